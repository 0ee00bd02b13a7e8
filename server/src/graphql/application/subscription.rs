//! Live progress of imports.

use async_graphql::futures_util::stream::BoxStream;
use async_graphql::{Context, ID, Result, Subscription};

use super::import::PackageImport;
use crate::domain::application::{ImportStage, PackageImportStatus};
use crate::domain::id::PackageImportId;
use crate::domain::refusal::Refusal;
use crate::graphql::context::{Ask, query_error};
use crate::graphql::progress::{Followed, follow};
use crate::services::package_import;
use crate::store::Signal;

#[derive(Default)]
pub struct ApplicationSubscription;

impl Followed for PackageImport {
    type State = (PackageImportStatus, ImportStage, i32, i32);

    fn state(&self) -> Self::State {
        (self.0.status, self.0.stage, self.0.done, self.0.total)
    }

    fn is_finished(&self) -> bool {
        package_import::is_finished(&self.0)
    }
}

#[Subscription]
impl ApplicationSubscription {
    /// Sends the import now and whenever it moves, until it is finished.
    async fn package_import_progress(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> Result<BoxStream<'static, Result<PackageImport>>> {
        let (viewer, locale) = (ctx.viewer()?, ctx.locale());
        let missing = |_| query_error(Refusal::not_found().into(), locale);
        let id: PackageImportId = id.parse().map_err(missing)?;
        let moved = Signal::ImportMoved(id.clone());
        let read = move |conn: &mut _| Ok(package_import::get(conn, &viewer, &id)?.map(PackageImport));
        Ok(follow(&ctx.app().store, locale, move |signal| *signal == moved, read))
    }
}
