//! What an import will make: which application, which number, and what to tell about it. Nothing is written here.

use super::{Target, TargetApplication};
use crate::domain::application::{ApplicationAction, ApplicationOrigin};
use crate::domain::id::{ApplicationId, OrganizationId};
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::domain::version_number::VersionNumber;
use crate::package::{Import, ImportReport, Warning};
use crate::store::application::{self, Application};
use crate::store::conn::Conn;
use crate::store::{Result, application_version};

/// What is to be made.
pub(super) struct Plan {
    /// `None` makes a new application.
    pub application: Option<Application>,
    pub number: VersionNumber,
    /// The report of the package with the number that it gets and what else is worth saying.
    pub report: ImportReport,
}

/// Decides application and number.
pub(super) fn plan(conn: &mut Conn, target: &Target, read: &Import) -> Result<Plan> {
    let name = &read.package.name;
    let namesake = application::by_name(conn, &target.organization_id, name, ApplicationOrigin::Own)?;
    let mut report = read.report.clone();
    let application = match &target.application {
        TargetApplication::Existing(id) => {
            let existing = existing(conn, &target.organization_id, id)?;
            if existing.name != *name {
                report.warnings.push(keeps_its_name(&existing.name, name));
            }
            Some(existing)
        }
        TargetApplication::OfSameName => namesake,
        TargetApplication::New => {
            if namesake.is_some() {
                report.warnings.push(namesake_exists(name));
            }
            None
        }
    };
    let wanted = read.package.version.parse();
    let wanted = wanted.map_err(|problem| Refusal::invalid("version", problem))?;
    let number = match &application {
        None => wanted,
        Some(application) if read.numbered => {
            free(conn, Some(&application.id), &wanted)?;
            wanted
        }
        Some(application) => {
            let next = next_number(conn, &application.id)?.unwrap_or(wanted);
            report.warnings.push(was_numbered(&next));
            next
        }
    };
    report.version = number.to_string();
    Ok(Plan {
        application,
        number,
        report,
    })
}

/// The organisation's application that is to get a version. Those that it did not build itself take none.
pub(super) fn existing(conn: &mut Conn, organization: &OrganizationId, id: &ApplicationId) -> Result<Application> {
    let missing = || Refusal::not_found().at("applicationId");
    let found = application::by_ids(conn, std::slice::from_ref(id))?.pop();
    let found = found.filter(|found| found.organization_id == *organization);
    let found = found.ok_or_else(missing)?;
    if !found.origin.takes_versions() {
        let action = ApplicationAction::ImportVersion.as_str();
        return Err(Refusal::transition(found.origin.as_str(), action).into());
    }
    Ok(found)
}

/// Refuses a number that the application has already.
pub(super) fn free(conn: &mut Conn, application: Option<&ApplicationId>, number: &VersionNumber) -> Result<()> {
    let Some(id) = application else { return Ok(()) };
    let versions = application_version::of_applications(conn, std::slice::from_ref(id))?;
    let text = number.to_string();
    if versions.iter().any(|version| version.number == text) {
        return Err(Refusal::invalid("version", Problem::VersionTaken).into());
    }
    Ok(())
}

/// The patch after the highest number of the application.
fn next_number(conn: &mut Conn, id: &ApplicationId) -> Result<Option<VersionNumber>> {
    let versions = application_version::of_applications(conn, std::slice::from_ref(id))?;
    let highest = versions.first().and_then(|version| version.number.parse().ok());
    Ok(highest.map(|highest: VersionNumber| highest.next_patch()))
}

fn warning(code: &'static str, zh: String, en: String) -> Warning {
    Warning {
        code,
        place: "$".to_owned(),
        zh,
        en,
    }
}

fn keeps_its_name(kept: &str, name: &str) -> Warning {
    warning(
        "NAME_DIFFERS",
        format!("文件中的应用名称为“{name}”，应用仍叫“{kept}”"),
        format!("The file calls the application \"{name}\"; it keeps its name \"{kept}\""),
    )
}

fn namesake_exists(name: &str) -> Warning {
    warning(
        "NAMESAKE",
        format!("已有同名应用“{name}”，本次导入为另一个新应用；如需新增版本，请在该应用下导入"),
        format!(
            "There is an application named \"{name}\" already and this makes another one; to add a version, import into it"
        ),
    )
}

fn was_numbered(number: &VersionNumber) -> Warning {
    warning(
        "VERSION_CHOSEN",
        format!("文件没有版本号，已使用 {number}"),
        format!("The file carries no version number; it became {number}"),
    )
}
