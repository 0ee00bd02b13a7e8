//! What a rollout would do (a dry run), and starting it. Both plan with the same functions, so that the start does what was shown.

use std::collections::HashMap;

use serde_json::json;

use crate::auth::viewer::{PartnerScope, Viewer};
use crate::domain::application::VersionStatus;
use crate::domain::id::{ApplicationVersionId, LicenseId, ProductId};
use crate::domain::instant::Instant;
use crate::domain::message::Code;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::domain::rollout::wave::{PlannedWave, WaveKind, assign, problems};
use crate::domain::rollout::{RolloutStatus, SubscriberReason, WaveStatus};
use crate::store::application_version::{self, ApplicationVersion};
use crate::store::conn::Conn;
use crate::store::page::{Page, PageRequest};
use crate::store::product::{self, Product};
use crate::store::rollout::candidate::{self, Candidate};
use crate::store::rollout::subscriber;
use crate::store::rollout::wave::{self, RolloutWave};
use crate::store::rollout::{self, Rollout, ending};
use crate::store::{Result, Tx};

/// What a partner wants to roll out.
#[derive(Clone, Debug)]
pub struct NewRollout {
    pub product_id: ProductId,
    /// A published version of the product's application; nothing means the one that is sold.
    pub version_id: Option<ApplicationVersionId>,
    pub waves: Vec<PlannedWave>,
    /// Each wave begins by itself once the one before is finished and nobody of it failed.
    pub automatic: bool,
}

/// What a rollout would do now.
#[derive(Clone, Debug)]
pub struct Preflight {
    pub product: Product,
    pub version: ApplicationVersion,
    /// How many do not get it, by the reason.
    pub left_out: Vec<(SubscriberReason, i64)>,
    /// Everybody who gets it.
    pub subscribers: Vec<LicenseId>,
    /// Who is in which wave, by its place.
    pub waves: Vec<Vec<LicenseId>>,
    /// Another rollout of the product is under way.
    pub blocked: bool,
}

impl Preflight {
    /// The number of the wave in which somebody is.
    pub fn wave_of(&self) -> HashMap<&LicenseId, i32> {
        let numbered = (1..).zip(&self.waves);
        numbered
            .flat_map(|(number, wave)| wave.iter().map(move |id| (id, number)))
            .collect()
    }
}

/// The product, and the version that is to be rolled out. What was delisted is rolled out as well: who bought it goes on using it (L10).
fn wanted(
    conn: &mut Conn,
    scope: &PartnerScope,
    product: &ProductId,
    version: Option<&ApplicationVersionId>,
) -> Result<(Product, ApplicationVersion)> {
    let product = product::find_own(conn, scope, product)?.ok_or_else(|| Refusal::not_found().at("productId"))?;
    let version = match version {
        None => application_version::published(conn, &product.application_id)?
            .ok_or_else(|| Refusal::invalid("productId", Problem::NothingPublished))?,
        Some(id) => application_version::find(conn, scope, id)?
            .filter(|it| it.application_id == product.application_id && it.status == VersionStatus::Published)
            .ok_or_else(|| Refusal::invalid("versionId", Problem::Unknown))?,
    };
    Ok((product, version))
}

/// What starting the rollout would do now. Nothing is written.
pub fn preflight(conn: &mut Conn, viewer: &Viewer, new: &NewRollout) -> Result<Preflight> {
    let scope = viewer.partner()?;
    let (product, version) = wanted(conn, &scope, &new.product_id, new.version_id.as_ref())?;
    let older = candidate::older_versions(conn, &product.id, &version.number)?;
    let subscribers = candidate::subscribers(conn, &product.id, &older)?;
    Refusal::unless_valid(problems(&new.waves, &subscribers))?;
    let counts = candidate::counts(conn, &product.id, &version.number)?;
    let left_out = |reason: &SubscriberReason| Some((*reason, *counts.get(&Some(*reason))?));
    Ok(Preflight {
        left_out: SubscriberReason::ALL.iter().filter_map(left_out).collect(),
        waves: assign(version.id.as_str(), &new.waves, &subscribers),
        subscribers,
        blocked: rollout::open_of(conn, &product.id)?.is_some(),
        product,
        version,
    })
}

/// A page of everybody who holds or held a license of the product, with what a rollout would mean for them.
pub fn candidates(
    conn: &mut Conn,
    viewer: &Viewer,
    product: &ProductId,
    version: Option<&ApplicationVersionId>,
    page: &PageRequest,
    now: Instant,
) -> Result<Page<Candidate>> {
    let (product, version) = wanted(conn, &viewer.partner()?, product, version)?;
    candidate::list(conn, &product.id, &version.number, page, now)
}

/// How many [`candidates`] has in all.
pub fn count_candidates(conn: &mut Conn, viewer: &Viewer, product: &ProductId) -> Result<i64> {
    let scope = viewer.partner()?;
    let product = product::find_own(conn, &scope, product)?.ok_or_else(|| Refusal::not_found().at("productId"))?;
    candidate::count(conn, &product.id)
}

/// Starts a rollout and its first wave: everybody who gets the version is noted with their wave, once and for all.
pub fn start(tx: &mut Tx<'_>, viewer: &Viewer, new: &NewRollout) -> Result<Rollout> {
    let scope = viewer.partner()?;
    let (product, version) = wanted(tx.conn, &scope, &new.product_id, new.version_id.as_ref())?;
    if rollout::open_of(tx.conn, &product.id)?.is_some() {
        return Err(Refusal::rule(Code::RolloutOpen).at("productId").into());
    }
    let mut made = Rollout {
        id: tx.id(),
        partner_id: product.organization_id.clone(),
        version_id: version.id,
        version_number: version.number,
        product_name: product.name.clone(),
        status: RolloutStatus::Running,
        automatic: new.automatic,
        total: 0,
        created_by: scope.user_id,
        created_at: tx.now,
        finished_at: None,
        open_key: Some(product.id.to_string()),
        product_id: product.id,
        version: 1,
    };
    rollout::insert(tx, &made)?;
    let older = candidate::older_versions(tx.conn, &made.product_id, &made.version_number)?;
    let subscribers = subscriber::gather(tx, &made, &older)?;
    Refusal::unless_valid(problems(&new.waves, &subscribers))?;
    if subscribers.is_empty() {
        return Err(Refusal::invalid("productId", Problem::NothingToSend).into());
    }
    made.total = i32::try_from(subscribers.len()).unwrap_or(i32::MAX);
    let made = rollout::update(tx, &made.clone(), made)?;
    let waves = plan(tx, &made, &new.waves, &subscribers)?;
    let planned: Vec<_> = waves
        .iter()
        .map(|it| json!({ "kind": it.kind, "percent": it.percent, "subscribers": it.total }))
        .collect();
    let after = json!({
        "status": made.status, "version": made.version_number, "subscribers": made.total, "automatic": made.automatic,
        "waves": planned,
    });
    rollout::audit(tx, &made, "rollout.started", None, Some(after))?;
    wave::begin(tx, &made, &waves[0])?;
    ending::proceed(tx, &made)?;
    rollout::get(tx.conn, &made.id)
}

/// Notes who is in which wave.
fn plan(tx: &mut Tx<'_>, of: &Rollout, planned: &[PlannedWave], subscribers: &[LicenseId]) -> Result<Vec<RolloutWave>> {
    let chosen = assign(of.version_id.as_str(), planned, subscribers);
    let mut waves = Vec::with_capacity(planned.len());
    for ((number, wave), licenses) in (1..).zip(planned).zip(&chosen) {
        match wave.kind {
            WaveKind::All => subscriber::put_rest_into(tx, &of.id, number)?,
            WaveKind::Percent | WaveKind::List => subscriber::put_into(tx, &of.id, number, licenses)?,
        }
        waves.push(RolloutWave {
            rollout_id: of.id.clone(),
            number,
            kind: wave.kind,
            percent: wave.percent.filter(|_| wave.kind == WaveKind::Percent),
            status: WaveStatus::Planned,
            total: i32::try_from(licenses.len()).unwrap_or(i32::MAX),
            started_at: None,
            finished_at: None,
        });
    }
    subscriber::leave_out(tx, &of.id)?;
    wave::insert(tx, &waves)?;
    Ok(waves)
}
