//! A condition on the keys of a record's values as a piece of a query: on the index row that drives a list, or on any value
//! of the record. What the condition means is `domain::record_filter`.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType, Text};

use super::membership::escape_like;
use super::page_access::Readable;
use super::record_list::LinkNames;
use crate::domain::record_filter::{KeyPart, KeyTest, Linked};

/// A condition, to be used as any expression on a query that has `app_records` in it.
#[derive(Clone, Debug)]
pub struct Condition {
    negated: bool,
    /// None where the row of the index that the query is driven by is meant.
    probed: Option<String>,
    piece: Piece,
}

/// The comparison with its values as the database takes them.
#[derive(Clone, Debug)]
enum Piece {
    OneOf(Vec<(String, Option<String>)>),
    Between(String, String),
    Below(String),
    Above(String),
    Like(String),
    Linked(LinkedPiece),
    Empty,
}

/// Links to records by their ids, or by their titles among those that the person reads.
#[derive(Clone, Debug)]
struct LinkedPiece {
    ids: Vec<String>,
    /// None where the person reads none of them.
    named: Option<Named>,
}

#[derive(Clone, Debug)]
struct Named {
    page: String,
    /// Whose records alone, where the person reads no others.
    of: Option<String>,
    /// How titles are compared with each of these.
    with: &'static str,
    titles: Vec<String>,
}

impl LinkedPiece {
    fn of(linked: &Linked, names: &LinkNames) -> Self {
        let of = match names.readable(&linked.target) {
            Readable::None => None,
            Readable::Own(person) => Some(Some(person.to_string())),
            Readable::All => Some(None),
        };
        let title = |text: &String| match linked.within {
            true => format!("%{}%", escape_like(text)),
            false => text.clone(),
        };
        let named = of.map(|of| Named {
            page: linked.target.clone(),
            of,
            with: if linked.within { " LIKE " } else { " = " },
            titles: linked.titles.iter().map(title).collect(),
        });
        Self {
            ids: linked.ids.clone(),
            named,
        }
    }

    fn walk<'b, DB>(&'b self, row: &str, out: &mut AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<Text>,
        String: ToSql<Text, DB>,
    {
        out.push_sql("(1 = 0");
        for id in &self.ids {
            out.push_sql(" OR ");
            out.push_sql(row);
            out.push_sql(".sort_key = ");
            out.push_bind_param::<Text, _>(id)?;
        }
        if let Some(named) = &self.named {
            out.push_sql(" OR EXISTS (SELECT 1 FROM app_records AS linked WHERE linked.id = ");
            out.push_sql(row);
            out.push_sql(".sort_key AND linked.instance_id = app_records.instance_id AND linked.page_key = ");
            out.push_bind_param::<Text, _>(&named.page)?;
            if let Some(person) = &named.of {
                out.push_sql(" AND linked.created_by = ");
                out.push_bind_param::<Text, _>(person)?;
            }
            out.push_sql(" AND (1 = 0");
            for title in &named.titles {
                out.push_sql(" OR LOWER(linked.title)");
                out.push_sql(named.with);
                out.push_bind_param::<Text, _>(title)?;
                if named.with == " LIKE " {
                    out.push_sql(" ESCAPE '\\'");
                }
            }
            out.push_sql("))");
        }
        out.push_sql(")");
        Ok(())
    }
}

impl Condition {
    /// Some value of the record fits, or none does where the test is negated.
    pub fn probe(test: &KeyTest, names: &LinkNames) -> Self {
        Self {
            negated: test.negated,
            probed: Some(test.field.clone()),
            piece: Piece::of(&test.part, names),
        }
    }

    /// The value by which the list is driven fits.
    pub fn driver(test: &KeyTest, names: &LinkNames) -> Self {
        Self {
            negated: test.negated,
            probed: None,
            piece: Piece::of(&test.part, names),
        }
    }
}

impl Piece {
    fn of(part: &KeyPart, names: &LinkNames) -> Self {
        match part {
            KeyPart::Linked(linked) => Self::Linked(LinkedPiece::of(linked, names)),
            KeyPart::OneOf(keys) => Self::OneOf(keys.clone()),
            KeyPart::Between(from, end) => Self::Between(from.clone(), end.clone()),
            KeyPart::Below(key) => Self::Below(key.clone()),
            KeyPart::Above(key) => Self::Above(key.clone()),
            KeyPart::Contains(text) => Self::Like(format!("%{}%", escape_like(text))),
            KeyPart::Empty => Self::Empty,
        }
    }

    fn walk<'b, DB>(&'b self, row: &str, out: &mut AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<Text>,
        String: ToSql<Text, DB>,
    {
        let compare = |out: &mut AstPass<'_, 'b, DB>, with: &str, value: &'b String| {
            out.push_sql(row);
            out.push_sql(with);
            out.push_bind_param::<Text, _>(value)
        };
        match self {
            Self::OneOf(keys) => {
                for (index, (key, whole)) in keys.iter().enumerate() {
                    out.push_sql(if index == 0 { "(" } else { " OR " });
                    compare(out, ".sort_key = ", key)?;
                    if let Some(whole) = whole {
                        out.push_sql(" AND ");
                        compare(out, ".whole_text = ", whole)?;
                    }
                }
                out.push_sql(if keys.is_empty() { "1 = 0" } else { ")" });
            }
            Self::Between(from, end) => {
                compare(out, ".sort_key >= ", from)?;
                out.push_sql(" AND ");
                compare(out, ".sort_key < ", end)?;
            }
            // No value is neither smaller nor earlier.
            Self::Below(key) => {
                compare(out, ".sort_key < ", key)?;
                out.push_sql(" AND ");
                out.push_sql(row);
                out.push_sql(".sort_key > ''");
            }
            Self::Above(key) => compare(out, ".sort_key > ", key)?,
            Self::Like(like) => {
                out.push_sql("COALESCE(");
                out.push_sql(row);
                out.push_sql(".whole_text, ");
                out.push_sql(row);
                out.push_sql(".sort_key) LIKE ");
                out.push_bind_param::<Text, _>(like)?;
                out.push_sql(" ESCAPE '\\'");
            }
            Self::Linked(linked) => linked.walk(row, out)?,
            Self::Empty => {
                out.push_sql(row);
                out.push_sql(".sort_key = ''");
            }
        }
        Ok(())
    }
}

impl<DB> QueryFragment<DB> for Condition
where
    DB: Backend + HasSqlType<Text>,
    String: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        let Some(field) = &self.probed else {
            out.push_sql(if self.negated { "NOT (" } else { "(" });
            self.piece.walk("app_record_values", &mut out)?;
            out.push_sql(")");
            return Ok(());
        };
        out.push_sql(if self.negated { "NOT EXISTS (" } else { "EXISTS (" });
        out.push_sql(
            "SELECT 1 FROM app_record_values AS probe WHERE probe.record_id = app_records.id AND probe.field_key = ",
        );
        out.push_bind_param::<Text, _>(field)?;
        out.push_sql(" AND ");
        self.piece.walk("probe", &mut out)?;
        out.push_sql(")");
        Ok(())
    }
}

impl Expression for Condition {
    type SqlType = Bool;
}

impl QueryId for Condition {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<QS> SelectableExpression<QS> for Condition {}
impl<QS> AppearsOnTable<QS> for Condition {}

impl<G> ValidGrouping<G> for Condition {
    type IsAggregate = is_aggregate::Never;
}
