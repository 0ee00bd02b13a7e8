//! Self-tests (L2): delivering a version into a test organisation, answering the checklist, and whether a version passed. What a
//! worker then does is `deliver`, the same as for an order; retrying and stopping it is `delivery`.

use serde_json::json;

use crate::auth::viewer::Viewer;
use crate::domain::delivery::DeliveryKind;
use crate::domain::file::FilePurpose;
use crate::domain::id::{ApplicationId, ApplicationVersionId, FileId, OrganizationId, SelfTestId};
use crate::domain::message::Code;
use crate::domain::problem::Problem;
use crate::domain::refusal::{Issue, Refusal};
use crate::domain::self_test::{self as rules, SelfTestAction, SelfTestQuestion, SelfTestStatus, SelfTestStep};
use crate::domain::transition::Status;
use crate::store::application_version::ApplicationVersion;
use crate::store::audit::Fact;
use crate::store::conn::Conn;
use crate::store::delivery::{self, Delivery, NewDelivery};
use crate::store::occasion::Occasion;
use crate::store::page::{Page, PageRequest};
use crate::store::self_test::{self, SelfTest, SelfTestItem};
use crate::store::{Result, Tx, application, application_component, application_version, file, test_organization};

/// What is tried, and where.
#[derive(Clone, Debug)]
pub struct NewSelfTest {
    pub version_id: ApplicationVersionId,
    pub test_organization_id: OrganizationId,
    pub include_sample_data: bool,
    pub include_connectors: bool,
}

/// An answer to one item.
#[derive(Clone, Debug)]
pub struct Answer {
    pub question: SelfTestQuestion,
    pub passed: bool,
    pub note: String,
    pub evidence_id: Option<FileId>,
}

/// Delivers a version, published or not, into a test organisation; the delivery itself is a job.
pub fn start(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewSelfTest) -> Result<SelfTest> {
    let scope = viewer.partner()?;
    let version = application_version::find(tx.conn, &scope, &new.version_id)?;
    let version = version.ok_or_else(|| Refusal::not_found().at("versionId"))?;
    let place = test_organization::find(tx.conn, &scope, &new.test_organization_id)?;
    let place = place.ok_or_else(|| Refusal::not_found().at("testOrganizationId"))?;
    let sent = queued(tx, viewer, &version, new);
    let made = SelfTest {
        id: tx.id(),
        partner_id: scope.organization_id,
        application_id: version.application_id.clone(),
        version_id: version.id.clone(),
        test_organization_id: place.organization_id,
        delivery_id: sent.id.clone(),
        status: SelfTestStatus::Sending,
        created_by: scope.user_id,
        created_at: tx.now,
        passed_at: None,
        version: 1,
    };
    let key = Occasion::SelfTest(Box::new(made.clone())).active_key();
    delivery::require_idle(tx.conn, &key)?;
    let sent = Delivery {
        active_key: Some(key),
        ..sent
    };
    delivery::insert(tx, &sent)?;
    let items = checklist(tx, &made)?;
    self_test::insert(tx, &made, &items)?;
    delivery::enqueue(tx, &sent)?;
    let application = application::get(tx.conn, &made.application_id)?;
    let label = format!("{} {}", application.name, version.number);
    let after = json!({
        "status": sent.status, "kind": sent.kind, "version": sent.version_number,
        "includeSampleData": sent.include_sample_data, "includeConnectors": sent.include_connectors,
    });
    delivery::audit(tx, &sent, "delivery.queued", &label, None, Some(after))?;
    let after = json!({ "status": made.status, "testOrganization": made.test_organization_id, "delivery": sent.id });
    record(tx, &made, "self_test.started", &label, None, after)?;
    Ok(made)
}

/// The delivery as it waits for its first item. The application is the partner's own: everything in it may be edited.
fn queued(tx: &Tx<'_>, viewer: &Viewer, version: &ApplicationVersion, new: &NewSelfTest) -> Delivery {
    let waiting = NewDelivery {
        kind: DeliveryKind::App,
        partner_id: version.organization_id.clone(),
        customer_id: new.test_organization_id.clone(),
        version_id: version.id.clone(),
        version_number: version.number.clone(),
        created_by: viewer.user_id.clone(),
        created_by_organization_id: viewer.organization_id.clone(),
    };
    Delivery {
        include_sample_data: new.include_sample_data,
        include_connectors: new.include_connectors,
        open_edit_permission: true,
        total: version.component_count,
        ..Delivery::waiting(tx, waiting)
    }
}

/// The checklist of a self-test before anything is answered.
fn checklist(tx: &mut Tx<'_>, of: &SelfTest) -> Result<Vec<SelfTestItem>> {
    let counts = application_component::counts(tx.conn, std::slice::from_ref(&of.version_id))?;
    let kinds: Vec<_> = counts.into_iter().map(|(_, kind, _)| kind).collect();
    let item = |(position, item)| SelfTestItem {
        self_test_id: of.id.clone(),
        item,
        position,
        passed: None,
        note: String::new(),
        evidence_id: None,
        tested_by: None,
        tested_at: None,
    };
    Ok((0..).zip(rules::checklist(&kinds)).map(item).collect())
}

/// Answers an item, also again as long as the self-test is not passed.
pub fn answer(tx: &mut Tx<'_>, viewer: &Viewer, id: &SelfTestId, answer: &Answer) -> Result<SelfTest> {
    let scope = viewer.partner()?;
    let found = self_test::find(tx.conn, &scope, id)?.ok_or_else(|| Refusal::not_found().at("id"))?;
    // Whatever the answer is, an answer has to be open.
    found.status.apply(SelfTestStep::KeepOpen)?;
    let mut items = self_test::items_of(tx.conn, std::slice::from_ref(&found.id))?;
    let asked = items.iter_mut().find(|item| item.item == answer.question);
    let item = asked.ok_or_else(|| Refusal::invalid("item", Problem::Unknown))?;
    let before = json!({ "item": item.item, "passed": item.passed, "note": item.note, "evidence": item.evidence_id });
    *item = checked(tx, viewer, item, answer)?;
    let answered = item.clone();
    self_test::save_item(tx, &answered)?;
    let status = found
        .status
        .apply(SelfTestStep::of(items.iter().map(|item| item.passed)))?;
    let moved = SelfTest {
        status,
        passed_at: (status == SelfTestStatus::Passed).then_some(tx.now),
        ..found.clone()
    };
    let saved = self_test::update(tx, &found, moved)?;
    let label = label(tx, &saved)?;
    let after = json!({
        "item": answered.item, "passed": answered.passed, "note": answered.note, "evidence": answered.evidence_id,
        "status": saved.status,
    });
    let action = match saved.status {
        SelfTestStatus::Passed => "self_test.passed",
        SelfTestStatus::Sending | SelfTestStatus::Testing | SelfTestStatus::Failed => "self_test.answered",
    };
    record(tx, &saved, action, &label, Some(before), after)?;
    Ok(saved)
}

/// The item with its answer, or everything that is wrong with it.
fn checked(tx: &mut Tx<'_>, viewer: &Viewer, item: &SelfTestItem, answer: &Answer) -> Result<SelfTestItem> {
    let mut issues = Vec::new();
    let note = rules::note(&answer.note, answer.passed);
    let note = note.unwrap_or_else(|problem| {
        issues.push(Issue::new("note", problem));
        String::new()
    });
    if let Some(id) = &answer.evidence_id {
        let purpose = FilePurpose::SelfTestEvidence;
        match file::find(tx.conn, &viewer.member()?, id)? {
            None => issues.push(Issue::new("evidenceId", Problem::Unknown)),
            Some(found) if found.purpose != purpose => issues.push(Issue::new("evidenceId", purpose.wrong_kind())),
            Some(_) => {}
        }
    }
    Refusal::unless_valid(issues)?;
    Ok(SelfTestItem {
        passed: Some(answer.passed),
        note,
        evidence_id: answer.evidence_id.clone(),
        tested_by: Some(viewer.user_id.clone()),
        tested_at: Some(tx.now),
        ..item.clone()
    })
}

fn label(tx: &mut Tx<'_>, of: &SelfTest) -> Result<String> {
    let application = application::get(tx.conn, &of.application_id)?;
    let version = application_version::get(tx.conn, &of.version_id)?;
    Ok(format!("{} {}", application.name, version.number))
}

fn record(
    tx: &mut Tx<'_>,
    of: &SelfTest,
    action: &'static str,
    label: &str,
    before: Option<serde_json::Value>,
    after: serde_json::Value,
) -> Result<()> {
    tx.audit(Fact {
        organization_id: &of.partner_id,
        action,
        object_id: of.id.as_str(),
        label,
        before,
        after: Some(after),
    })
}

/// The partner's self-tests of an application, newest first.
pub fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    application: &ApplicationId,
    page: &PageRequest,
) -> Result<Page<SelfTest>> {
    self_test::list(conn, &viewer.partner()?, application, page)
}

/// How many self-tests [`list`] has in all.
pub fn count(conn: &mut Conn, viewer: &Viewer, application: &ApplicationId) -> Result<i64> {
    self_test::count(conn, &viewer.partner()?, application)
}

/// A self-test of the viewer's organisation as a partner; for everybody else it does not exist.
pub fn find(conn: &mut Conn, viewer: &Viewer, id: &SelfTestId) -> Result<Option<SelfTest>> {
    match viewer.partner() {
        Ok(scope) => self_test::find(conn, &scope, id),
        Err(_) => Ok(None),
    }
}

/// A self-test that the same idempotency key began before.
pub fn started(conn: &mut Conn, viewer: &Viewer, id: &str) -> Result<SelfTest> {
    let id = id.parse().map_err(|_| Refusal::not_found())?;
    Ok(find(conn, viewer, &id)?.ok_or_else(Refusal::not_found)?)
}

/// What the viewer can do with a self-test now.
pub fn actions(viewer: &Viewer, of: &SelfTest) -> Vec<SelfTestAction> {
    match viewer.organization_id == of.partner_id && viewer.partner().is_ok() {
        true => of.status.available_actions(),
        false => Vec::new(),
    }
}

/// The refusal of a version that passed no self-test.
pub fn required() -> Refusal {
    Refusal::rule(Code::SelfTestRequired)
}
