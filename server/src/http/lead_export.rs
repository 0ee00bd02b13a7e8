//! `GET /exports/leads.csv`: the leads of the acting partner as they filter the list (L24). Who may read what is `services::lead`, how the
//! table is sent `table`.

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
use crate::domain::lead_export::{LeadLine, header};
use crate::domain::locale::Locale;
use crate::domain::refusal::Refusal;
use crate::services::lead;
use crate::store;
use crate::store::conn::Conn;
use crate::store::lead::LeadFilter;
use crate::store::page::PageRequest;

/// The list as its address names it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    status: Option<String>,
    source: Option<String>,
    product_id: Option<String>,
    assigned_to: Option<String>,
    /// Minutes east of UTC in which times are written.
    utc_offset: Option<i32>,
}

impl Asked {
    fn filter(&self) -> Result<LeadFilter, Refusal> {
        let product_id = self.product_id.as_deref().map(str::parse).transpose();
        let assigned_to = self.assigned_to.as_deref().map(str::parse).transpose();
        Ok(LeadFilter {
            status: word("status", self.status.as_deref())?,
            source: word("source", self.source.as_deref())?,
            product_id: product_id.map_err(|_| Refusal::not_found().at("productId"))?,
            assigned_to: assigned_to.map_err(|_| Refusal::not_found().at("assignedTo"))?,
        })
    }
}

/// One export on its way.
struct Export {
    app: Data<App>,
    viewer: Viewer,
    filter: LeadFilter,
    zone: FixedOffset,
    locale: Locale,
}

impl Pieces for Export {
    fn name(&self) -> String {
        match self.locale {
            Locale::ZhCn => "商机.csv".to_owned(),
            Locale::En => "leads.csv".to_owned(),
        }
    }

    fn heads(&self) -> Vec<String> {
        header(self.locale).map(str::to_owned).into()
    }

    async fn piece(&self, from: Option<String>) -> store::Result<Piece> {
        let (viewer, filter) = (self.viewer.clone(), self.filter.clone());
        let read = move |conn: &mut Conn, page: &PageRequest| lead::lines(conn, &viewer, &filter, page);
        let cells = |line: LeadLine| line.cells(self.locale, self.zone);
        lines_from(&self.app, from, read, cells).await
    }
}

/// Answers with the table.
pub async fn leads(request: HttpRequest, app: Data<App>) -> HttpResponse {
    answer(&request, app, |app, viewer| open(&request, app, viewer)).await
}

async fn open(request: &HttpRequest, app: Data<App>, viewer: Viewer) -> store::Result<Export> {
    let asked: Asked = asked(request, "query")?;
    Ok(Export {
        filter: asked.filter()?,
        zone: zone(asked.utc_offset),
        locale: viewer.locale,
        app,
        viewer,
    })
}
