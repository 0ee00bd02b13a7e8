//! `GET /exports/records.csv`: the records of a page that the viewer reads, as they search, filter and sort the list. Who may
//! read what is `services::record::export`, how a cell looks `domain::record_table`, how the table is sent `table`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::FixedOffset;
use serde::Deserialize;

use super::request::asked;
use super::route::word;
use super::table::{Piece, Pieces, answer, lines_from};
use crate::app::App;
use crate::auth::viewer::Viewer;
use crate::domain::cell_time::zone;
use crate::domain::file::{MediaType, clean_file_name};
use crate::domain::locale::Locale;
use crate::domain::problem::Problem;
use crate::domain::record_filter::{Condition, RecordQuery, SortDirection};
use crate::domain::refusal::Refusal;
use crate::services::record::export::{self, Export};
use crate::store;
use crate::store::conn::Conn;
use crate::store::page::PageRequest;

/// The list as the page's address names it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    instance: Option<String>,
    page: Option<String>,
    search: Option<String>,
    /// Key of a field; newest first where it is left out.
    sort: Option<String>,
    direction: Option<String>,
    /// JSON array of `{ "field", "test", "values" }`.
    filters: Option<String>,
    /// Minutes east of UTC in which times are written.
    utc_offset: Option<i32>,
}

/// One condition as JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedCondition {
    field: String,
    test: String,
    #[serde(default)]
    values: Vec<String>,
}

impl Asked {
    fn query(&self) -> Result<RecordQuery, Refusal> {
        let direction: Option<SortDirection> = word("direction", self.direction.as_deref())?;
        let direction = direction.unwrap_or(SortDirection::Ascending);
        let text = self.filters.as_deref().filter(|text| !text.is_empty());
        let asked: Vec<AskedCondition> = match text.map(serde_json::from_str).transpose() {
            Ok(asked) => asked.unwrap_or_default(),
            Err(_) => return Err(Refusal::invalid("filters", Problem::UnknownChoice)),
        };
        let condition = |asked: AskedCondition| {
            let test = word("filters", Some(&asked.test))?;
            Ok(Condition {
                field: asked.field,
                test: test.ok_or_else(|| Refusal::invalid("filters", Problem::UnknownChoice))?,
                values: asked.values,
            })
        };
        let field = self.sort.clone().filter(|field| !field.is_empty());
        Ok(RecordQuery {
            search: self.search.clone(),
            sort: field.map(|field| (field, direction)),
            conditions: asked.into_iter().map(condition).collect::<Result<_, Refusal>>()?,
        })
    }
}

/// One export on its way.
struct Records {
    app: Data<App>,
    viewer: Viewer,
    export: Export,
    zone: FixedOffset,
    locale: Locale,
}

impl Pieces for Records {
    fn name(&self) -> String {
        let name = format!("{}.csv", self.export.access.page.name);
        clean_file_name(&name, MediaType::Text)
    }

    fn heads(&self) -> Vec<String> {
        self.export.heads(self.locale)
    }

    async fn piece(&self, from: Option<String>) -> store::Result<Piece> {
        let (export, viewer) = (self.export.clone(), self.viewer.clone());
        let (locale, zone) = (self.locale, self.zone);
        let read = move |conn: &mut Conn, page: &PageRequest| {
            let part = export.part(conn, &viewer, locale, zone, page)?;
            Ok((part.lines, part.next))
        };
        lines_from(&self.app, from, read, |cells| cells).await
    }
}

/// Answers with the table.
pub async fn records(request: HttpRequest, app: Data<App>) -> HttpResponse {
    answer(&request, app, |app, viewer| open(&request, app, viewer)).await
}

async fn open(request: &HttpRequest, app: Data<App>, viewer: Viewer) -> store::Result<Records> {
    let asked: Asked = asked(request, "query")?;
    let instance = asked.instance.as_deref().unwrap_or_default().parse();
    let instance = instance.map_err(|_| Refusal::not_found().at("instance"))?;
    let (query, page, asker) = (asked.query()?, asked.page.clone().unwrap_or_default(), viewer.clone());
    let begun = app.store.write(viewer.actor(), move |tx| {
        export::begin(tx, &asker, &instance, &page, &query)
    });
    Ok(Records {
        export: begun.await?,
        zone: zone(asked.utc_offset),
        locale: viewer.locale,
        app: app.clone(),
        viewer,
    })
}
