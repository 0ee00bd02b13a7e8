//! `GET /exports/leads.csv`: the leads of the acting partner as they filter the list (L24). Who may read what is `services::lead`, how the
//! table is sent `table`.

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
use crate::domain::lead_export::header;
use crate::domain::locale::Locale;
use crate::domain::order_export::zone;
use crate::domain::refusal::Refusal;
use crate::services::lead;
use crate::store;
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
    async fn piece(&self, from: Option<String>) -> store::Result<Piece> {
        let (viewer, filter) = (self.viewer.clone(), self.filter.clone());
        let page = PageRequest {
            size: LINES,
            backwards: false,
            from,
        };
        let read = self
            .app
            .store
            .read(move |conn| lead::lines(conn, &viewer, &filter, &page));
        let (lines, next) = read.await?;
        let text = lines
            .iter()
            .map(|line| csv::line(line.cells(self.locale, self.zone)))
            .collect();
        Ok(Piece { text, next })
    }
}

pub async fn leads(request: HttpRequest, app: Data<App>) -> HttpResponse {
    let meta = meta(&request, &app.config);
    let viewer = match sign_in(&app, &meta).await {
        Ok(viewer) => viewer,
        Err(answer) => return answer,
    };
    let locale = viewer.locale;
    match open(&request, app, viewer).await {
        Ok((export, first)) => {
            let name = match locale {
                Locale::ZhCn => "商机.csv",
                Locale::En => "leads.csv",
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
        filter: asked.filter()?,
        zone: zone(asked.utc_offset),
        locale: viewer.locale,
        app,
        viewer,
    };
    let first = export.piece(None).await?.under(header(export.locale));
    Ok((export, first))
}
