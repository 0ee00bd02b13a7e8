//! `GET /exports/orders.csv`: a whole list as a table. Who may read what is `services::order`, how a cell looks `domain::csv`,
//! how it is sent `table`. Records are `record_export`.

use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, FixedOffset, Utc};
use serde::Deserialize;

use super::request::{asked, meta};
use super::route::{refuse, sign_in, word};
use super::table::{LINES, Piece, Pieces, send};
use crate::app::App;
use crate::auth::viewer::Viewer;
use crate::domain::csv;
use crate::domain::locale::Locale;
use crate::domain::order::{OrderParty, OrderSort};
use crate::domain::order_export::{header as head, zone};
use crate::domain::refusal::Refusal;
use crate::services::order::{self, Wanted};
use crate::store::order::OrderFilter;
use crate::store::page::PageRequest;
use crate::store::{self};

/// Adds the routes of exports; the application is in their data already.
pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/exports/orders.csv", web::get().to(orders))
        .route("/exports/leads.csv", web::get().to(super::lead_export::leads))
        .route("/exports/records.csv", web::get().to(super::record_export::records));
}

/// The list as the order centre's address names it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    party: Option<String>,
    search: Option<String>,
    app_status: Option<String>,
    page_status: Option<String>,
    created_from: Option<DateTime<Utc>>,
    created_to: Option<DateTime<Utc>>,
    project_id: Option<String>,
    sort: Option<String>,
    /// Minutes east of UTC in which times are written.
    utc_offset: Option<i32>,
}

impl Asked {
    fn wanted(&self) -> Result<Wanted, Refusal> {
        let project_id = self.project_id.as_deref().map(str::parse).transpose();
        Ok(Wanted {
            party: word("party", self.party.as_deref())?.unwrap_or(OrderParty::Partner),
            sort: word("sort", self.sort.as_deref())?.unwrap_or(OrderSort::CreatedDesc),
            filter: OrderFilter {
                search: self.search.clone(),
                app_status: word("appStatus", self.app_status.as_deref())?,
                page_status: word("pageStatus", self.page_status.as_deref())?,
                created_from: self.created_from.map(Into::into),
                created_to: self.created_to.map(Into::into),
                project_id: project_id.map_err(|_| Refusal::not_found().at("projectId"))?,
                project_active: false,
            },
        })
    }
}

/// One export on its way.
struct Export {
    app: Data<App>,
    viewer: Viewer,
    wanted: Wanted,
    zone: FixedOffset,
    locale: Locale,
}

impl Pieces for Export {
    async fn piece(&self, from: Option<String>) -> store::Result<Piece> {
        let (viewer, wanted) = (self.viewer.clone(), self.wanted.clone());
        let (base_url, now) = (self.app.config.base_url.clone(), self.app.store.now());
        let page = PageRequest {
            size: LINES,
            backwards: false,
            from,
        };
        let read = self
            .app
            .store
            .read(move |conn| order::lines(conn, &viewer, &wanted, &base_url, now, &page));
        let (lines, next) = read.await?;
        let text = lines
            .iter()
            .map(|line| csv::line(line.cells(self.locale, self.zone)))
            .collect();
        Ok(Piece { text, next })
    }
}

async fn orders(request: HttpRequest, app: Data<App>) -> HttpResponse {
    let meta = meta(&request, &app.config);
    let viewer = match sign_in(&app, &meta).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    let locale = viewer.locale;
    match open(&request, app, viewer).await {
        Ok((export, first)) => {
            let name = match locale {
                Locale::ZhCn => "订单.csv",
                Locale::En => "orders.csv",
            };
            send(export, first, name, meta.request_id)
        }
        Err(error) => refuse(error, locale, &meta.request_id),
    }
}

/// Reads the first lines before the answer begins: what is refused is refused with its status.
async fn open(request: &HttpRequest, app: Data<App>, viewer: Viewer) -> store::Result<(Export, Piece)> {
    let asked: Asked = asked(request, "query")?;
    let export = Export {
        wanted: asked.wanted()?,
        zone: zone(asked.utc_offset),
        locale: viewer.locale,
        app,
        viewer,
    };
    let first = export.piece(None).await?.under(head(export.locale));
    Ok((export, first))
}
