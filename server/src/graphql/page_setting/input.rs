//! Inputs about page settings and edited pages.

use async_graphql::{ID, InputObject, Json};
use serde_json::Value;

use crate::domain::page_permission::{Audience, Grant, PagePermission, RecordReach};
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::services::instance_page::PageOf;
use crate::services::page_setting::SettingOf;

/// What some people may do on a page; whoever is named sees it.
#[derive(InputObject)]
pub struct PageGrantInput {
    /// Everybody in the application's visible range; the lists are ignored then.
    pub everyone: bool,
    /// Departments of the organisation.
    #[graphql(default)]
    pub department_ids: Vec<ID>,
    /// Members of the organisation.
    #[graphql(default)]
    pub member_ids: Vec<ID>,
    /// Add records.
    pub add: bool,
    /// Read records, their history and files; export them.
    pub read: RecordReach,
    /// Change records; reaches no further than reading.
    pub edit: RecordReach,
    /// Delete records; reaches no further than reading.
    pub delete: RecordReach,
}

/// Decides who may do what on a page.
#[derive(InputObject)]
pub struct SetPagePermissionInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the page; null for the whole application, which counts for pages without a permission of their own.
    pub page_key: Option<String>,
    /// The version of the settings that was read; 0 where there were none.
    pub version: i32,
    /// At most 20; what a person may do is the most that any grant for them allows. Null takes the decision back.
    pub grants: Option<Vec<PageGrantInput>>,
}

/// Replaces a page's process design.
#[derive(InputObject)]
pub struct SetProcessDesignInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the page.
    pub page_key: String,
    /// The version of the settings that was read; 0 where there were none.
    pub version: i32,
    /// At most 1 Mi characters as JSON; null removes it. What the product's own screens write and show is
    /// `{"steps": [{"name", "kind", "who", "whom", "everyone", "note"}]}` with the kinds HANDLE, APPROVE and INFORM, and SUBMITTER,
    /// ADMINS or NAMED (by `whom`) as who.
    pub design: Option<Json<Value>>,
}

/// Gives a page another name.
#[derive(InputObject)]
pub struct RenamePageInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the page.
    pub page_key: String,
    /// 1 to 100 characters.
    pub name: String,
}

/// Gives a folder another name.
#[derive(InputObject)]
pub struct RenameFolderInput {
    /// The instance.
    pub instance_id: ID,
    /// The folder as it is called now.
    pub folder: String,
    /// 1 to 100 characters; refused where another folder is called so.
    pub name: String,
}

/// Puts a page elsewhere.
#[derive(InputObject)]
pub struct MovePageInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the page.
    pub page_key: String,
    /// Folder, at most 100 characters; null for none.
    pub folder: Option<String>,
    /// Key of the page before which it stands; null for the end.
    pub before: Option<String>,
}

/// Replaces the definition of a form page.
#[derive(InputObject)]
pub struct UpdatePageDefinitionInput {
    /// The instance.
    pub instance_id: ID,
    /// Key of the form page.
    pub page_key: String,
    /// The revision of the definition that was read.
    pub revision: String,
    /// JSON Schema and UI schema, as in a package.
    pub definition: Json<Value>,
    /// Keys of the fields that are taken away although records hold values of them; the values stay stored and are shown no
    /// more.
    #[graphql(default)]
    pub removed_fields: Vec<String>,
}

impl SetPagePermissionInput {
    /// The permission, parsed; an id of another noun is an unknown one.
    pub fn permission(&self) -> Result<Option<PagePermission>, Refusal> {
        let Some(grants) = &self.grants else { return Ok(None) };
        let grants = grants.iter().enumerate().map(|(index, grant)| grant.parse(index));
        let grants = grants.collect::<Result<_, _>>()?;
        Ok(Some(PagePermission { grants }))
    }
}

impl PageGrantInput {
    fn parse(&self, index: usize) -> Result<Grant, Refusal> {
        let unknown = |_| Refusal::invalid(&format!("grants.{index}.audience"), Problem::Unknown);
        let departments = self
            .department_ids
            .iter()
            .map(|id| id.parse())
            .collect::<Result<Vec<_>, _>>();
        let members = self
            .member_ids
            .iter()
            .map(|id| id.parse())
            .collect::<Result<Vec<_>, _>>();
        let (departments, members) = (departments.map_err(unknown)?, members.map_err(unknown)?);
        let chosen = !self.everyone;
        Ok(Grant {
            audience: Audience {
                everyone: self.everyone,
                departments: departments.into_iter().filter(|_| chosen).collect(),
                members: members.into_iter().filter(|_| chosen).collect(),
            },
            add: self.add,
            read: self.read,
            edit: self.edit,
            delete: self.delete,
        })
    }
}

/// Which settings an input names.
pub fn setting_of(instance_id: &ID, page_key: Option<String>) -> Result<SettingOf, Refusal> {
    Ok(SettingOf {
        instance_id: instance_id.parse().map_err(|_| Refusal::not_found().at("instanceId"))?,
        page_key,
    })
}

/// Which page an input names.
pub fn page_of(instance_id: &ID, page_key: String) -> Result<PageOf, Refusal> {
    Ok(PageOf {
        instance_id: instance_id.parse().map_err(|_| Refusal::not_found().at("instanceId"))?,
        page_key,
    })
}
