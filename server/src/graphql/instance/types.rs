//! The instance itself. Its pages stand in `page`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::acceptance::{Acceptance, AcceptanceItem};
use super::page::InstancePage;
use super::relations::{
    AcceptanceChecklists, Audiences, Checklists, Components, Pages, RemovedPages, SampleCounts, SeatsOf, SettingsOf,
    Shown, Waivers,
};
use crate::domain::binding::BindingItem as BindingRule;
use crate::domain::component::ComponentKind;
use crate::domain::instance::{InstanceAction, InstanceStatus};
use crate::graphql::binding::{BindingItem, BindingList, Waiver};
use crate::graphql::context::{Ask, query_error, read};
use crate::graphql::edition::{ComponentSuspension, SuspensionsOf};
use crate::graphql::license::License;
use crate::graphql::loaders::{self, seen};
use crate::graphql::maintenance::{AutomaticGrants, MaintenanceSession, OpenOfInstance};
use crate::graphql::order::Order;
use crate::graphql::page_setting::PageSettings;
use crate::graphql::seat::InstanceSeats;
use crate::graphql::session::types::{Department, Organization, User};
use crate::services::instance as instance_service;
use crate::store::binding::Checklist;
use crate::store::instance::{self, InstanceComponent as Row};
use crate::store::page_setting::WHOLE_APPLICATION;
use crate::store::{page_access, removed_page};

/// The copy of an application in the customer's organisation.
#[derive(Clone, Debug)]
pub struct AppInstance(pub instance::AppInstance);

/// Who sees an enabled application.
#[derive(SimpleObject)]
pub struct VisibleRange {
    /// Everybody of the organisation.
    whole_organization: bool,
    /// Chosen departments.
    departments: Vec<Department>,
    /// Chosen members.
    members: Vec<User>,
}

/// A component that is not a page.
#[derive(SimpleObject)]
pub struct InstanceComponent {
    /// Stable key of the component.
    key: String,
    /// What it is.
    kind: ComponentKind,
    /// Its name.
    name: String,
    /// The version of the application that it came with.
    version_number: String,
    /// What is still to be done with it, in the caller's language; null where it works.
    note: Option<String>,
}

/// A page that was removed from an application.
pub struct RemovedPage(removed_page::RemovedPage);

#[Object]
impl RemovedPage {
    /// Key of the page.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What kind of page it was.
    async fn kind(&self) -> ComponentKind {
        self.0.kind
    }

    /// What it was called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// When.
    async fn removed_at(&self) -> DateTime<Utc> {
        self.0.removed_at.utc()
    }

    /// Who.
    async fn removed_by(&self, ctx: &Context<'_>) -> Result<User> {
        User::load(ctx, self.0.removed_by.clone()).await
    }
}

#[Object]
impl AppInstance {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Name of the application.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// One line about it.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// Where it stands.
    async fn status(&self) -> InstanceStatus {
        self.0.status
    }

    /// Whose it is.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.organization_id.clone()).await
    }

    /// Who sent it.
    async fn partner_name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(Organization::load(ctx, self.0.partner_id.clone()).await?.0.name)
    }

    /// The version that was sent.
    async fn version_number(&self) -> &str {
        &self.0.version_number
    }

    /// When it arrived.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// L16: by which it is used, where it was bought on the marketplace; for the customer's admins alone.
    async fn license(&self, ctx: &Context<'_>) -> Result<Option<License>> {
        match (ctx.viewer()?.customer_admin(), self.0.license_id.clone()) {
            (Ok(_), Some(id)) => License::load(ctx, id).await.map(Some),
            (Ok(_), None) | (Err(_), _) => Ok(None),
        }
    }

    /// The order that brought it, null for a license and in a test organisation; for the customer's admins alone.
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        match (ctx.viewer()?.customer_admin(), self.0.order_id.clone()) {
            (Ok(_), Some(id)) => Order::load(ctx, id).await.map(Some),
            (Ok(_), None) | (Err(_), _) => Ok(None),
        }
    }

    /// Whether remote maintenance is granted at once while the instance is in development maintenance (D31); for the
    /// customer's admins alone.
    async fn automatic_maintenance(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        match ctx.viewer()?.customer_admin() {
            Ok(_) => loaders::load::<AutomaticGrants>(ctx, self.0.id.clone()).await,
            Err(_) => Ok(None),
        }
    }

    /// Remote maintenance that waits for its grant or that runs (D31), oldest first; for the customer's admins alone.
    async fn open_maintenance(&self, ctx: &Context<'_>) -> Result<Vec<MaintenanceSession>> {
        if ctx.viewer()?.customer_admin().is_err() {
            return Ok(Vec::new());
        }
        let found = loaders::load::<OpenOfInstance>(ctx, self.0.id.clone()).await?;
        let now = ctx.app().store.now();
        let open = found.unwrap_or_default().into_iter().filter(|it| it.at(now).is_open());
        Ok(open.map(MaintenanceSession).collect())
    }

    /// ON: the customer edits everything; OFF: app permission and page permission only (D19).
    async fn full_edit_permission(&self) -> bool {
        self.0.full_edit_permission
    }

    /// Group on the workbench.
    async fn workbench_group(&self) -> &str {
        &self.0.workbench_group
    }

    /// Who sees it once it is enabled.
    async fn visible_range(&self, ctx: &Context<'_>) -> Result<VisibleRange> {
        let named = seen::<Audiences>(ctx, self.shown()).await?;
        let (departments, members) = named.map(|it| (it.departments, it.members)).unwrap_or_default();
        Ok(VisibleRange {
            whole_organization: self.0.visible_to_all,
            departments: departments.into_iter().map(Department).collect(),
            members: members.into_iter().map(User).collect(),
        })
    }

    /// Pages that the viewer sees, in their order: forms, custom pages, portals.
    async fn pages(&self, ctx: &Context<'_>) -> Result<Vec<InstancePage>> {
        let pages = seen::<Pages>(ctx, self.shown()).await?.unwrap_or_default();
        let page = |access| InstancePage {
            access: Arc::new(access),
        };
        Ok(pages.into_iter().map(page).collect())
    }

    /// One page by its key; null where there is none or the viewer does not see it.
    async fn page(&self, ctx: &Context<'_>, key: String) -> Result<Option<InstancePage>> {
        let instance = self.0.clone();
        let found = read(ctx, move |conn, viewer| {
            page_access::within(conn, &viewer.instance_user()?, instance, &key)
        });
        let page = |access| InstancePage {
            access: Arc::new(access),
        };
        Ok(found.await?.map(page))
    }

    /// Everything that is not a page.
    async fn other_components(&self, ctx: &Context<'_>) -> Result<Vec<InstanceComponent>> {
        let locale = ctx.locale();
        let Some((components, versions)) = seen::<Components>(ctx, self.shown()).await? else {
            return Ok(Vec::new());
        };
        let list = self.checklist(ctx).await?;
        let others = components.iter().filter(|component| !component.kind.is_page());
        let component = |row: &Row| {
            let open = |item: &&BindingRule| !item.done && item.component_key == row.key;
            let item = list.items.iter().find(open);
            InstanceComponent {
                version_number: versions.get(&row.delivery_id).cloned().unwrap_or_default(),
                note: item.map(|item| item.text().get(locale).to_owned()),
                key: row.key.clone(),
                kind: row.kind,
                name: row.name.clone(),
            }
        };
        Ok(others.map(component).collect())
    }

    /// What is to be done in it by hand after a delivery, and what was (D23, D24). For the customer's admins and a developer in
    /// a remote maintenance.
    async fn bindings(&self, ctx: &Context<'_>) -> Result<Vec<BindingItem>> {
        Ok(BindingList(self.checklist(ctx).await?).items())
    }

    /// What an admin enabled it without, oldest first; for the customer's admins alone.
    async fn waivers(&self, ctx: &Context<'_>) -> Result<Vec<Waiver>> {
        let rows = seen::<Waivers>(ctx, self.shown()).await?;
        Ok(rows.unwrap_or_default().into_iter().map(Waiver).collect())
    }

    /// What the organisation's edition no longer covers of it (D26): suspended, not deleted.
    async fn suspensions(&self, ctx: &Context<'_>) -> Result<Vec<ComponentSuspension>> {
        let found = loaders::load::<SuspensionsOf>(ctx, self.0.id.clone()).await?;
        Ok(found.unwrap_or_default().into_iter().map(ComponentSuspension).collect())
    }

    /// How many users it admits and who they are (L15); null where it admits everybody in its visible range.
    async fn seats(&self, ctx: &Context<'_>) -> Result<Option<InstanceSeats>> {
        let seats = seen::<SeatsOf>(ctx, self.shown()).await?;
        let instance_id = self.0.id.clone();
        Ok(seats.map(|seats| InstanceSeats { instance_id, seats }))
    }

    /// Pages that were removed and are not there again; for the customer's admins alone.
    async fn removed_pages(&self, ctx: &Context<'_>) -> Result<Vec<RemovedPage>> {
        let removed = seen::<RemovedPages>(ctx, self.shown()).await?;
        Ok(removed.unwrap_or_default().into_iter().map(RemovedPage).collect())
    }

    /// Records that came as sample data.
    async fn sample_record_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = seen::<SampleCounts>(ctx, self.shown()).await?.unwrap_or(0);
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// The last sign-off; null until there is one.
    async fn acceptance(&self, ctx: &Context<'_>) -> Result<Option<Acceptance>> {
        Ok(Acceptance::of(ctx, self.0.id.clone()).await?.into_iter().next())
    }

    /// Every sign-off, newest first.
    async fn acceptances(&self, ctx: &Context<'_>) -> Result<Vec<Acceptance>> {
        Acceptance::of(ctx, self.0.id.clone()).await
    }

    /// D27: what there is to see before it is accepted, page by page; for the customer's admins, empty for others.
    async fn acceptance_checklist(&self, ctx: &Context<'_>) -> Result<Vec<AcceptanceItem>> {
        let items = seen::<AcceptanceChecklists>(ctx, self.shown()).await?;
        Ok(AcceptanceItem::all(items.unwrap_or_default()))
    }

    /// What the customer decided about the whole application; null for those who decide nothing.
    async fn settings(&self, ctx: &Context<'_>) -> Result<Option<PageSettings>> {
        settings(ctx, self.shown(), WHOLE_APPLICATION).await
    }

    /// What a person has still to do by hand after a delivery, in the caller's language. For those who may do it.
    async fn manual_work(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let locale = ctx.locale();
        let list = self.checklist(ctx).await?;
        let open = list.items.iter().filter(|item| !item.done);
        Ok(open.map(|item| item.text().get(locale).to_owned()).collect())
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<InstanceAction>> {
        Ok(instance_service::available_actions(&ctx.viewer()?, &self.0))
    }
}

impl AppInstance {
    fn shown(&self) -> Shown {
        Shown(Arc::new(self.0.clone()))
    }

    /// What is to be done by hand, and what was; empty for those who do not keep the instance.
    async fn checklist(&self, ctx: &Context<'_>) -> Result<Arc<Checklist>> {
        Ok(seen::<Checklists>(ctx, self.shown()).await?.unwrap_or_default())
    }
}

/// What the customer decided about a page of an instance, or about the whole application; null for those who decide nothing.
pub async fn settings(ctx: &Context<'_>, of: Shown, page_key: &str) -> Result<Option<PageSettings>> {
    if ctx.viewer()?.instance_keeper().is_err() {
        return Ok(None);
    }
    let found = seen::<SettingsOf>(ctx, of).await?;
    let settings = found.map(|settings| settings.of_page(page_key)).transpose();
    settings.map_err(|error| query_error(error, ctx.locale()))
}
