//! Mutations about page settings and edited pages.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::input::{
    MovePageInput, RenameFolderInput, RenamePageInput, SetPagePermissionInput, SetProcessDesignInput,
    UpdatePageDefinitionInput, page_of, setting_of,
};
use super::types::{PageSettings, load};
use crate::auth::viewer::Viewer;
use crate::domain::id::InstanceId;
use crate::domain::refusal::Refusal;
use crate::graphql::context::write;
use crate::graphql::error::{UserError, outcome, result_union};
use crate::graphql::instance::{AppInstance, InstancePage};
use crate::services::instance_page::{self, PageOf};
use crate::services::page_setting;
use crate::store::page_access::Access;
use crate::store::{self, Tx};

result_union! {
    /// Result of deciding who may do what.
    SetPagePermissionResult = PageSettings
}
result_union! {
    /// Result of replacing a process design.
    SetProcessDesignResult = PageSettings
}
result_union! {
    /// Result of renaming a page.
    RenamePageResult = InstancePage
}
result_union! {
    /// Result of renaming a folder.
    RenameFolderResult = AppInstance
}
result_union! {
    /// Result of moving a page.
    MovePageResult = InstancePage
}
result_union! {
    /// Result of editing a form.
    UpdatePageDefinitionResult = InstancePage
}

#[derive(Default)]
pub struct PageSettingMutation;

#[Object]
impl PageSettingMutation {
    /// D19: decides who sees a page and who may do what with its records; allowed whatever the partner opened.
    async fn set_page_permission(
        &self,
        ctx: &Context<'_>,
        input: SetPagePermissionInput,
    ) -> Result<SetPagePermissionResult> {
        let parsed =
            setting_of(&input.instance_id, input.page_key.clone()).and_then(|of| Ok((of, input.permission()?)));
        let ended = match parsed {
            Ok((of, permission)) => {
                let work = move |tx: &mut Tx<'_>, viewer: &Viewer| {
                    let (found, saved) =
                        page_setting::set_permission(tx, viewer, &of, input.version, permission.as_ref())?;
                    load(tx.conn, viewer, &found, &saved.page_key)
                };
                write(ctx, work).await?
            }
            Err(refusal) => Err(refusal.into()),
        };
        outcome(ctx, ended, SetPagePermissionResult::PageSettings)
    }

    /// D19: replaces the process design of a page; only where the partner opened full edit permission.
    async fn set_process_design(
        &self,
        ctx: &Context<'_>,
        input: SetProcessDesignInput,
    ) -> Result<SetProcessDesignResult> {
        let ended = match setting_of(&input.instance_id, Some(input.page_key)) {
            Ok(of) => {
                let (version, design) = (input.version, input.design);
                let work = move |tx: &mut Tx<'_>, viewer: &Viewer| {
                    let design = design.as_ref().map(|design| &design.0);
                    let (found, saved) = page_setting::set_process_design(tx, viewer, &of, version, design)?;
                    load(tx.conn, viewer, &found, &saved.page_key)
                };
                write(ctx, work).await?
            }
            Err(refusal) => Err(refusal.into()),
        };
        outcome(ctx, ended, SetProcessDesignResult::PageSettings)
    }

    /// D19: gives a page another name; only where the partner opened full edit permission.
    async fn rename_page(&self, ctx: &Context<'_>, input: RenamePageInput) -> Result<RenamePageResult> {
        let name = input.name;
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, of: &PageOf| instance_page::rename(tx, viewer, of, &name);
        let of = page_of(&input.instance_id, input.page_key);
        edit(ctx, of, work, RenamePageResult::InstancePage).await
    }

    /// D19: gives a folder another name, for all the pages in it; only where the partner opened full edit permission. Refused
    /// where another folder is called so, since the two could not be told apart again.
    async fn rename_folder(&self, ctx: &Context<'_>, input: RenameFolderInput) -> Result<RenameFolderResult> {
        let ended = match input.instance_id.parse::<InstanceId>() {
            Ok(id) => {
                let (folder, name) = (input.folder, input.name);
                let work = move |tx: &mut Tx<'_>, viewer: &Viewer| {
                    instance_page::rename_folder(tx, viewer, &id, &folder, &name)
                };
                write(ctx, work).await?
            }
            Err(_) => Err(Refusal::not_found().at("instanceId").into()),
        };
        outcome(ctx, ended, |row| RenameFolderResult::AppInstance(AppInstance(row)))
    }

    /// D19: puts a page into a folder and before another; only where the partner opened full edit permission.
    async fn move_page(&self, ctx: &Context<'_>, input: MovePageInput) -> Result<MovePageResult> {
        let (folder, before) = (input.folder, input.before);
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, of: &PageOf| {
            instance_page::move_to(tx, viewer, of, folder.as_deref(), before.as_deref())
        };
        let of = page_of(&input.instance_id, input.page_key);
        edit(ctx, of, work, MovePageResult::InstancePage).await
    }

    /// D19: replaces the definition of a form page, checked as a package's form is; only where the partner opened full edit
    /// permission. A form must be one that people can submit; a field that records hold values of keeps its kind, and goes only
    /// where `removedFields` names it. Lists follow as soon as the records are indexed anew.
    async fn update_page_definition(
        &self,
        ctx: &Context<'_>,
        input: UpdatePageDefinitionInput,
    ) -> Result<UpdatePageDefinitionResult> {
        let (revision, definition, removed) = (input.revision, input.definition.0, input.removed_fields);
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer, of: &PageOf| {
            instance_page::update_definition(tx, viewer, of, &revision, &definition, &removed)
        };
        let of = page_of(&input.instance_id, input.page_key);
        edit(ctx, of, work, UpdatePageDefinitionResult::InstancePage).await
    }
}

/// One use case on the page that the input names.
async fn edit<R: From<UserError>>(
    ctx: &Context<'_>,
    of: std::result::Result<PageOf, Refusal>,
    work: impl Fn(&mut Tx<'_>, &Viewer, &PageOf) -> store::Result<Access> + Send + 'static,
    wrap: impl FnOnce(InstancePage) -> R,
) -> Result<R> {
    let ended = match of {
        Ok(of) => write(ctx, move |tx, viewer| work(tx, viewer, &of)).await?,
        Err(refusal) => Err(refusal.into()),
    };
    outcome(ctx, ended, |access| {
        wrap(InstancePage {
            access: Arc::new(access),
        })
    })
}
