//! `GET /exports/records.csv`: the records of a page that the viewer reads, as they search, filter and sort the list. Who may
//! read what is `services::record::export`, how a cell looks `domain::record_table`, how the table is sent `table`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::FixedOffset;
use serde::Deserialize;

use super::request::{asked, meta};
use super::route::{refuse, sign_in, word};
use super::table::{LINES, Piece, Pieces, send};
use crate::app::App;
use crate::auth::viewer::Viewer;
use crate::domain::csv;
use crate::domain::file::{MediaType, clean_file_name};
use crate::domain::locale::Locale;
use crate::domain::order_export::zone;
use crate::domain::problem::Problem;
use crate::domain::record_filter::{Condition, RecordQuery, SortDirection};
use crate::domain::refusal::Refusal;
use crate::services::record::export::{self, Export};
use crate::store;
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
    async fn piece(&self, from: Option<String>) -> store::Result<Piece> {
        let (export, viewer) = (self.export.clone(), self.viewer.clone());
        let (locale, zone) = (self.locale, self.zone);
        let page = PageRequest {
            size: LINES,
            backwards: false,
            from,
        };
        let read = self
            .app
            .store
            .read(move |conn| export.part(conn, &viewer, locale, zone, &page));
        let part = read.await?;
        Ok(Piece {
            text: part.lines.into_iter().map(csv::line).collect(),
            next: part.next,
        })
    }
}

/// Answers with the table.
pub async fn records(request: HttpRequest, app: Data<App>) -> HttpResponse {
    let meta = meta(&request, &app.config);
    let viewer = match sign_in(&app, &meta).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    let locale = viewer.locale;
    match open(&request, app, viewer).await {
        Ok((records, first)) => {
            let name = format!("{}.csv", records.export.access.page.name);
            let name = clean_file_name(&name, MediaType::Text);
            send(records, first, &name, meta.request_id)
        }
        Err(error) => refuse(error, locale, &meta.request_id),
    }
}

/// Reads the first lines before the answer begins: what is refused is refused with its status.
async fn open(request: &HttpRequest, app: Data<App>, viewer: Viewer) -> store::Result<(Records, Piece)> {
    let asked: Asked = asked(request, "query")?;
    let instance = asked.instance.as_deref().unwrap_or_default().parse();
    let instance = instance.map_err(|_| Refusal::not_found().at("instance"))?;
    let (query, page, asker) = (asked.query()?, asked.page.clone().unwrap_or_default(), viewer.clone());
    let begun = app.store.write(viewer.actor(), move |tx| {
        export::begin(tx, &asker, &instance, &page, &query)
    });
    let records = Records {
        export: begun.await?,
        zone: zone(asked.utc_offset),
        locale: viewer.locale,
        app: app.clone(),
        viewer,
    };
    let first = records.piece(None).await?;
    let first = first.under(records.export.heads(records.locale));
    Ok((records, first))
}
