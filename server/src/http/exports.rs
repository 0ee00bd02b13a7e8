//! `GET /exports/orders.csv`: a whole list as a table. Who may read what is `services::order`, how a cell looks `domain::csv`,
//! how it is sent `table`. Records are `record_export`.

use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, FixedOffset, Utc};
use serde::Deserialize;

use super::request::asked;
use super::route::word;
use super::table::{Piece, Pieces, answer, lines_from};
use crate::app::App;
use crate::auth::viewer::Viewer;
use crate::domain::cell_time::zone;
use crate::domain::locale::Locale;
use crate::domain::order::{OrderParty, OrderSort};
use crate::domain::order_export::{OrderLine, header};
use crate::domain::refusal::Refusal;
use crate::services::order::{self, Wanted};
use crate::store::conn::Conn;
use crate::store::order::OrderFilter;
use crate::store::page::PageRequest;
use crate::store::{self};

/// Adds the routes of exports; the application is in their data already.
pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/exports/orders.csv", web::get().to(orders))
        .route("/exports/leads.csv", web::get().to(super::lead_export::leads))
        .route(
            "/exports/product-orders.csv",
            web::get().to(super::product_order_export::orders),
        )
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
    fn name(&self) -> String {
        match self.locale {
            Locale::ZhCn => "订单.csv".to_owned(),
            Locale::En => "orders.csv".to_owned(),
        }
    }

    fn heads(&self) -> Vec<String> {
        header(self.locale).map(str::to_owned).into()
    }

    async fn piece(&self, from: Option<String>) -> store::Result<Piece> {
        let (viewer, wanted) = (self.viewer.clone(), self.wanted.clone());
        let (base_url, now) = (self.app.config.base_url.clone(), self.app.store.now());
        let read =
            move |conn: &mut Conn, page: &PageRequest| order::lines(conn, &viewer, &wanted, &base_url, now, page);
        let cells = |line: OrderLine| line.cells(self.locale, self.zone);
        lines_from(&self.app, from, read, cells).await
    }
}

/// Answers with the table.
async fn orders(request: HttpRequest, app: Data<App>) -> HttpResponse {
    answer(&request, app, |app, viewer| open(&request, app, viewer)).await
}

async fn open(request: &HttpRequest, app: Data<App>, viewer: Viewer) -> store::Result<Export> {
    let asked: Asked = asked(request, "query")?;
    Ok(Export {
        wanted: asked.wanted()?,
        zone: zone(asked.utc_offset),
        locale: viewer.locale,
        app,
        viewer,
    })
}
