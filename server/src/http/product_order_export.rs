//! `GET /exports/product-orders.csv`: the orders of products of either side as they filter the list (L13, L14). Who may read what is
//! `services::license`, how the table is sent `table`.

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
use crate::domain::locale::Locale;
use crate::domain::order::OrderParty;
use crate::domain::product_order_export::{ProductOrderLine, header};
use crate::domain::refusal::Refusal;
use crate::services::license;
use crate::store;
use crate::store::conn::Conn;
use crate::store::page::PageRequest;
use crate::store::product_order::ProductOrderFilter;

/// The list as its address names it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    party: Option<String>,
    search: Option<String>,
    status: Option<String>,
    license_id: Option<String>,
    /// Minutes east of UTC in which times are written.
    utc_offset: Option<i32>,
}

impl Asked {
    fn filter(&self) -> Result<ProductOrderFilter, Refusal> {
        let license_id = self.license_id.as_deref().map(str::parse).transpose();
        Ok(ProductOrderFilter {
            search: self.search.clone(),
            status: word("status", self.status.as_deref())?,
            license_id: license_id.map_err(|_| Refusal::not_found().at("licenseId"))?,
        })
    }
}

/// One export on its way.
struct Export {
    app: Data<App>,
    viewer: Viewer,
    party: OrderParty,
    filter: ProductOrderFilter,
    zone: FixedOffset,
    locale: Locale,
}

impl Pieces for Export {
    fn name(&self) -> String {
        match self.locale {
            Locale::ZhCn => "商品订单.csv".to_owned(),
            Locale::En => "product-orders.csv".to_owned(),
        }
    }

    fn heads(&self) -> Vec<String> {
        header(self.locale).map(str::to_owned).into()
    }

    async fn piece(&self, from: Option<String>) -> store::Result<Piece> {
        let (viewer, party, filter) = (self.viewer.clone(), self.party, self.filter.clone());
        let base_url = self.app.config.base_url.clone();
        let read =
            move |conn: &mut Conn, page: &PageRequest| license::lines(conn, &viewer, party, &filter, &base_url, page);
        let cells = |line: ProductOrderLine| line.cells(self.locale, self.zone);
        lines_from(&self.app, from, read, cells).await
    }
}

/// Answers with the table.
pub async fn orders(request: HttpRequest, app: Data<App>) -> HttpResponse {
    answer(&request, app, |app, viewer| open(&request, app, viewer)).await
}

async fn open(request: &HttpRequest, app: Data<App>, viewer: Viewer) -> store::Result<Export> {
    let asked: Asked = asked(request, "query")?;
    Ok(Export {
        party: word("party", asked.party.as_deref())?.unwrap_or(OrderParty::Partner),
        filter: asked.filter()?,
        zone: zone(asked.utc_offset),
        locale: viewer.locale,
        app,
        viewer,
    })
}
