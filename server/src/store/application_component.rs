//! What a version is made of: components (组成项) and the sample rows of its form pages. Written once, in the transaction
//! that makes the version, and never changed. Callers hold the id of a version that they may read.

use appshelf_rules::Form;
use diesel::prelude::*;

use super::conn::{Conn, on_each_backend};
use super::schema::{application_components, application_sample_rows, application_sample_values};
use super::{Fault, Result, Tx};
use crate::domain::component::{ComponentKind, Feature};
use crate::domain::id::ApplicationVersionId;
use crate::domain::preflight::BASE_ROWS;
use crate::domain::record_index::{RecordIndex, ValueKey};
use crate::domain::sample_link;

/// A component with its definition.
// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_components, treat_none_as_default_value = false)]
pub struct Component {
    pub version_id: ApplicationVersionId,
    pub key: String,
    pub position: i32,
    pub kind: ComponentKind,
    pub name: String,
    pub folder: Option<String>,
    /// A JSON object; see `docs/package-format.md`.
    pub definition: String,
    /// JSON array of keys.
    pub dependencies: String,
    /// JSON array of features.
    pub required_features: String,
}

/// A component without its definition, which may be large.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = application_components)]
pub struct ComponentHead {
    pub version_id: ApplicationVersionId,
    pub key: String,
    pub position: i32,
    pub kind: ComponentKind,
    pub name: String,
    pub folder: Option<String>,
    /// JSON array of keys.
    pub dependencies: String,
    /// JSON array of features.
    pub required_features: String,
}

/// A sample row of a form page.
// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_sample_rows, treat_none_as_default_value = false)]
pub struct SampleRow {
    pub version_id: ApplicationVersionId,
    pub component_key: String,
    /// From 0, without gaps.
    pub position: i32,
    /// A JSON object.
    pub data: String,
    /// How people recognise the record that is made of it, if it is one of those that travel (D22).
    pub title: String,
    /// What a list of records searches.
    pub search_text: String,
    /// Lower case titles of linked rows.
    pub link_text: String,
    /// Whether the database may copy it as a record.
    pub as_is: bool,
}

/// A sample row that is not there yet, with the keys of its values where it is copied as it is.
#[derive(Clone, Debug)]
pub struct NewSampleRow {
    pub row: SampleRow,
    pub values: Vec<ValueKey>,
}

#[derive(Insertable)]
#[diesel(table_name = application_sample_values, treat_none_as_default_value = false)]
struct SampleValue<'a> {
    version_id: ApplicationVersionId,
    component_key: &'a str,
    position: i32,
    field_key: &'a str,
    ordinal: i32,
    sort_key: &'a str,
    whole_text: Option<&'a str>,
}

impl NewSampleRow {
    /// A row with how it is found as a record under its form, if it is one of those that travel.
    pub fn new(
        version_id: ApplicationVersionId,
        component_key: String,
        position: i32,
        data: String,
        form: &Form,
    ) -> Result<Self> {
        let mut row = SampleRow {
            version_id,
            component_key,
            position,
            data,
            title: String::new(),
            search_text: String::new(),
            link_text: String::new(),
            as_is: false,
        };
        let travels = u32::try_from(position).is_ok_and(|position| position < BASE_ROWS);
        if !travels {
            return Ok(Self {
                row,
                values: Vec::new(),
            });
        }
        let data = serde_json::from_str(&row.data)?;
        let index = RecordIndex::of(form, &data);
        row.title = index.title;
        row.search_text = index.search_text;
        row.link_text = index.link_text;
        row.as_is = !sample_link::links(form, &data);
        let values = match row.as_is {
            true => index.values,
            false => Vec::new(),
        };
        Ok(Self { row, values })
    }

    fn rows_of_values(&self) -> impl Iterator<Item = SampleValue<'_>> {
        self.values.iter().map(|value| SampleValue {
            version_id: self.row.version_id.clone(),
            component_key: &self.row.component_key,
            position: self.row.position,
            field_key: &value.field,
            ordinal: value.ordinal,
            sort_key: &value.sort_key,
            whole_text: value.whole_text.as_deref(),
        })
    }
}

impl ComponentHead {
    /// Keys of components that must be there before this one.
    pub fn parsed_dependencies(&self) -> Result<Vec<String>> {
        read(self, &self.dependencies)
    }

    /// What the receiving organisation must be entitled to.
    pub fn parsed_features(&self) -> Result<Vec<Feature>> {
        read(self, &self.required_features)
    }
}

fn read<T: serde::de::DeserializeOwned>(of: &ComponentHead, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        let row = format!("{} {}", of.version_id, of.key);
        let what = error.to_string();
        let table = "application_components";
        Fault::Inconsistent { table, row, what }.into()
    })
}

/// Most rows of one INSERT: 9 columns each stay far below what both databases bind in one statement.
const ROWS: usize = 400;
/// Most bytes of text of one INSERT, as they are copied once more for it.
const BYTES: usize = 4 * 1024 * 1024;

/// Cuts rows into pieces that one statement can carry. A row is never cut, so a piece has at least one.
fn pieces<T>(mut rows: &[T], size: impl Fn(&T) -> usize) -> Vec<&[T]> {
    let mut pieces = Vec::new();
    while !rows.is_empty() {
        let mut bytes = 0;
        let fits = |row: &&T| {
            bytes += size(row);
            bytes <= BYTES
        };
        let length = rows.iter().take(ROWS).take_while(fits).count().max(1);
        let (piece, rest) = rows.split_at(length);
        pieces.push(piece);
        rows = rest;
    }
    pieces
}

/// Adds components to a version that is being made.
pub fn insert(tx: &mut Tx<'_>, components: &[Component]) -> Result<()> {
    for piece in pieces(components, |row| row.definition.len() + row.dependencies.len()) {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(application_components::table)
            .values(piece)
            .execute(conn))?;
    }
    Ok(())
}

/// Adds sample rows to a version that is being made.
pub fn insert_sample_rows(tx: &mut Tx<'_>, samples: &[NewSampleRow]) -> Result<()> {
    for piece in pieces(samples, |sample| sample.row.data.len()) {
        let rows: Vec<&SampleRow> = piece.iter().map(|sample| &sample.row).collect();
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(
            application_sample_rows::table
        )
        .values(rows)
        .execute(conn))?;
        let values: Vec<SampleValue<'_>> = piece.iter().flat_map(NewSampleRow::rows_of_values).collect();
        for values in values.chunks(ROWS) {
            on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(
                application_sample_values::table
            )
            .values(values)
            .execute(conn))?;
        }
    }
    Ok(())
}

/// How many components of each kind the versions have.
pub fn counts(
    conn: &mut Conn,
    versions: &[ApplicationVersionId],
) -> Result<Vec<(ApplicationVersionId, ComponentKind, i64)>> {
    let query = application_components::table
        .filter(application_components::version_id.eq_any(versions))
        .group_by((application_components::version_id, application_components::kind))
        .select((
            application_components::version_id,
            application_components::kind,
            diesel::dsl::count_star(),
        ));
    Ok(query.load(conn)?)
}

/// The components of the versions without their definitions, in the order in which people see them.
pub fn heads(conn: &mut Conn, versions: &[ApplicationVersionId]) -> Result<Vec<ComponentHead>> {
    let query = application_components::table
        .filter(application_components::version_id.eq_any(versions))
        .order((
            application_components::version_id.asc(),
            application_components::position.asc(),
        ))
        .select(ComponentHead::as_select());
    Ok(query.load(conn)?)
}

/// One component of a version with its definition.
pub fn find(conn: &mut Conn, version: &ApplicationVersionId, key: &str) -> Result<Option<Component>> {
    let query = application_components::table
        .find((version, key))
        .select(application_components::all_columns);
    Ok(query.first(conn).optional()?)
}

/// Some components of a version with their definitions.
pub fn by_keys(conn: &mut Conn, version: &ApplicationVersionId, keys: &[String]) -> Result<Vec<Component>> {
    let query = application_components::table
        .filter(application_components::version_id.eq(version))
        .filter(application_components::key.eq_any(keys))
        .select(application_components::all_columns);
    Ok(query.load(conn)?)
}

/// The components of one kind of the versions with their definitions.
pub fn of_kind(conn: &mut Conn, versions: &[ApplicationVersionId], kind: ComponentKind) -> Result<Vec<Component>> {
    let query = application_components::table
        .filter(application_components::version_id.eq_any(versions))
        .filter(application_components::kind.eq(kind))
        .select(application_components::all_columns);
    Ok(query.load(conn)?)
}

/// The first sample rows of a form page, by position.
#[cfg(test)]
pub fn sample_rows(conn: &mut Conn, version: &ApplicationVersionId, key: &str, limit: i64) -> Result<Vec<SampleRow>> {
    let query = application_sample_rows::table
        .filter(application_sample_rows::version_id.eq(version))
        .filter(application_sample_rows::component_key.eq(key))
        .order(application_sample_rows::position.asc())
        .limit(limit)
        .select(application_sample_rows::all_columns);
    Ok(query.load(conn)?)
}

/// How many sample rows each form page of a version has.
pub fn sample_row_counts(conn: &mut Conn, version: &ApplicationVersionId) -> Result<Vec<(String, i64)>> {
    let query = application_sample_rows::table
        .filter(application_sample_rows::version_id.eq(version))
        .group_by(application_sample_rows::component_key)
        .select((application_sample_rows::component_key, diesel::dsl::count_star()));
    Ok(query.load(conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_insert_carries_neither_too_many_rows_nor_too_many_bytes() {
        let sizes = |rows: &[usize]| -> Vec<usize> { pieces(rows, |size| *size).into_iter().map(<[_]>::len).collect() };
        assert_eq!(sizes(&[]), Vec::<usize>::new());
        assert_eq!(sizes(&[1; 900]), [400, 400, 100]);
        assert_eq!(sizes(&[BYTES, 1, BYTES * 2, 1, 1]), [1, 1, 1, 2]);
    }
}
