//! Inputs about instances.

use async_graphql::{ID, InputObject};

use crate::domain::acceptance::AcceptanceItemKind;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::services::instance::VisibleRange;

/// Accepts an application.
#[derive(InputObject)]
pub struct CloseMaintenanceInput {
    /// The instance.
    pub id: ID,
    /// The sign-off of the acceptance, at most 2,000 characters.
    #[graphql(default)]
    pub note: String,
}

/// Ticks an item of an acceptance's checklist.
#[derive(InputObject)]
pub struct TickAcceptanceItemInput {
    /// The instance.
    pub id: ID,
    /// What was done.
    pub kind: AcceptanceItemKind,
    /// Key of the page or component.
    pub component_key: String,
}

/// Names an instance.
#[derive(InputObject)]
pub struct InstanceActionInput {
    /// The instance.
    pub id: ID,
}

/// Who sees an enabled application.
#[derive(InputObject)]
pub struct VisibleRangeInput {
    /// Everybody; the lists are ignored then.
    pub whole_organization: bool,
    /// Departments of the organisation.
    #[graphql(default)]
    pub department_ids: Vec<ID>,
    /// Members of the organisation.
    #[graphql(default)]
    pub member_ids: Vec<ID>,
}

impl VisibleRangeInput {
    /// Parsed; an id of another noun is an unknown one.
    pub fn parse(&self) -> Result<VisibleRange, Refusal> {
        let unknown = |path: &'static str| move |_| Refusal::invalid(path, Problem::Unknown);
        let departments = self
            .department_ids
            .iter()
            .map(|id| id.parse())
            .collect::<Result<_, _>>();
        let members = self.member_ids.iter().map(|id| id.parse()).collect::<Result<_, _>>();
        Ok(VisibleRange {
            whole_organization: self.whole_organization,
            departments: departments.map_err(unknown("visibleRange.departmentIds"))?,
            members: members.map_err(unknown("visibleRange.memberIds"))?,
        })
    }
}

/// Publishes and enables.
#[derive(InputObject)]
pub struct EnableInstanceInput {
    /// The instance.
    pub id: ID,
    /// Group on the workbench, at most 40 characters; null keeps it.
    pub workbench_group: Option<String>,
    /// Null keeps it.
    pub visible_range: Option<VisibleRangeInput>,
    /// Keys of the items of the instance's checklist that are still open and that the admin does without for now.
    #[graphql(default)]
    pub waived_items: Vec<String>,
}

/// Changes how an application is published.
#[derive(InputObject)]
pub struct UpdatePublishSettingsInput {
    /// The instance.
    pub id: ID,
    /// Group on the workbench, at most 40 characters.
    pub workbench_group: String,
    /// Who sees it.
    pub visible_range: VisibleRangeInput,
}

/// Removes an application.
#[derive(InputObject)]
pub struct RemoveInstanceInput {
    /// The instance.
    pub id: ID,
    /// Typed by the person; must equal the application's name.
    pub name: String,
}

/// Removes a page from an application.
#[derive(InputObject)]
pub struct RemoveInstancePageInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the page.
    pub page_key: String,
}
