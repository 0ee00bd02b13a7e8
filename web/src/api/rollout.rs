//! Rollouts of new versions (L17): leading them, what came of them at the customer's, and freeze windows.

use super::{
    DateTime, Problem,
    operation::{Plain, bare, body},
    page::{PageInfo, Window},
    schema,
    select::{Root, Select},
    session::Person,
    transport,
};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RolloutStatus {
    Running,
    Paused,
    Stopped,
    Finished,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RolloutAction {
    StartWave,
    Pause,
    Resume,
    Stop,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaveKind {
    All,
    Percent,
    List,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaveStatus {
    Planned,
    Running,
    Finished,
    Stopped,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriberState {
    Planned,
    Waiting,
    Running,
    Done,
    DoneKept,
    Frozen,
    Failed,
    Skipped,
    Stopped,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriberAction {
    Retry,
}

read_enums!(
    RolloutStatus,
    RolloutAction,
    WaveKind,
    WaveStatus,
    SubscriberState,
    SubscriberAction
);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SubscriberCount {
        pub state: SubscriberState,
        pub count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Rollout")]
    pub struct RolloutRow {
        pub id: cynic::Id,
        pub product_name: String,
        pub version_number: String,
        pub status: RolloutStatus,
        pub total: i32,
        pub counts: Vec<SubscriberCount>,
        pub created_at: DateTime,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "RolloutConnection")]
    pub struct RolloutPage {
        pub nodes: Vec<RolloutRow>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(RolloutPage of RolloutRow);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RolloutWave {
        pub number: i32,
        pub kind: WaveKind,
        pub percent: Option<i32>,
        pub status: WaveStatus,
        pub total: i32,
        pub counts: Vec<SubscriberCount>,
        pub started_at: Option<DateTime>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Rollout {
        pub id: cynic::Id,
        pub product_id: cynic::Id,
        pub product_name: String,
        pub version_number: String,
        pub status: RolloutStatus,
        pub automatic: bool,
        pub total: i32,
        pub counts: Vec<SubscriberCount>,
        pub waves: Vec<RolloutWave>,
        pub created_by: Person,
        pub created_at: DateTime,
        pub finished_at: Option<DateTime>,
        pub available_actions: Vec<RolloutAction>,
    }
}

read! {
    /// A rollout that was just acted on.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Rollout")]
    pub struct RolloutBrief {
        pub id: cynic::Id,
    }
}

read! {
    /// That a rollout moved; what shows it reads it anew then.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RolloutChange {
        pub rollout: RolloutBrief,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct KeptComponent {
        pub name: String,
        pub removed: bool,
        pub changes: Vec<String>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RolloutSubscriber {
        pub license_id: cynic::Id,
        pub customer_name: String,
        pub wave: Option<i32>,
        pub state: SubscriberState,
        pub reason_texts: Vec<String>,
        pub from_version: String,
        pub frozen_until: Option<DateTime>,
        pub kept: Vec<KeptComponent>,
        pub available_actions: Vec<SubscriberAction>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, Default, PartialEq)]
    #[cynic(graphql_type = "RolloutSubscriberConnection")]
    pub struct SubscriberPage {
        pub nodes: Vec<RolloutSubscriber>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(SubscriberPage of RolloutSubscriber);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PreflightWave {
        pub number: i32,
        pub kind: WaveKind,
        pub total: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct LeftOut {
        pub reason_text: String,
        pub count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RolloutCandidate {
        pub customer_name: String,
        pub version_number: Option<String>,
        pub wave: Option<i32>,
        pub reason_text: Option<String>,
    }
}

read! {
    /// The first of them.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "RolloutCandidateConnection")]
    pub struct CandidatePage {
        pub nodes: Vec<RolloutCandidate>,
        pub total_count: i32,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RolloutPreflight {
        pub version_number: String,
        pub total: i32,
        pub in_no_wave: i32,
        pub blocked: bool,
        pub waves: Vec<PreflightWave>,
        pub left_out: Vec<LeftOut>,
        pub candidates: CandidatePage,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct InstanceUpgrade {
        pub version_number: String,
        pub from_version: String,
        pub arrived_at: Option<DateTime>,
        pub kept: Vec<KeptComponent>,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "InstanceUpgradeConnection")]
    pub struct UpgradePage {
        pub nodes: Vec<InstanceUpgrade>,
        pub page_info: PageInfo,
        pub total_count: i32,
    }
}

crate::pages!(UpgradePage of InstanceUpgrade);

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct FreezeWindow {
        pub id: cynic::Id,
        pub from: DateTime,
        pub until: DateTime,
        pub reason: String,
        pub running: bool,
    }
}

read! {
    /// A product that may be rolled out.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Product")]
    pub struct SoldProduct {
        pub id: cynic::Id,
        pub name: String,
    }
}

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProductConnection")]
    pub struct SoldProducts {
        pub nodes: Vec<SoldProduct>,
    }
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RolloutWaveInput {
    pub kind: WaveKind,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub percent: Option<i32>,
    pub license_ids: Vec<cynic::Id>,
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RolloutInput {
    pub product_id: cynic::Id,
    pub waves: Vec<RolloutWaveInput>,
    pub automatic: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RolloutActionInput {
    pub id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RolloutSubscriberInput {
    pub id: cynic::Id,
    pub license_id: cynic::Id,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AddFreezeWindowInput {
    pub from: DateTime,
    pub until: DateTime,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct FreezeWindowActionInput {
    pub id: cynic::Id,
}

operation! { $ Query:
    rollouts(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        productId = product_id: Option<cynic::Id>
    ) => RolloutPage
}
operation! { $ Query: rollout(id = id: cynic::Id) => Option<Rollout> }
operation! { $ Query: rollout_preflight(input = input: RolloutInput) -> RolloutPreflightResult / RolloutPreflight }
operation! { $ Query: products(first = first: Option<i32>) => SoldProducts }
operation! { $ Query:
    instance_upgrades(
        first = first: Option<i32>, after = after: Option<String>, last = last: Option<i32>, before = before: Option<String>,
        instanceId = instance_id: cynic::Id
    ) => UpgradePage
}
operation! { $ Mutation:
    start_rollout(input = input: RolloutInput, idempotencyKey = idempotency_key: Option<String>) -> StartRolloutResult / RolloutBrief
}
operation! { $ Mutation: start_rollout_wave(input = input: RolloutActionInput) -> StartRolloutWaveResult / RolloutBrief }
operation! { $ Mutation: pause_rollout(input = input: RolloutActionInput) -> PauseRolloutResult / RolloutBrief }
operation! { $ Mutation: resume_rollout(input = input: RolloutActionInput) -> ResumeRolloutResult / RolloutBrief }
operation! { $ Mutation: stop_rollout(input = input: RolloutActionInput) -> StopRolloutResult / RolloutBrief }
operation! { $ Mutation:
    retry_rollout_subscriber(input = input: RolloutSubscriberInput) -> RetryRolloutSubscriberResult / RolloutBrief
}
operation! { $ Mutation: add_freeze_window(input = input: AddFreezeWindowInput) -> AddFreezeWindowResult / FreezeWindow }
operation! { $ Mutation: remove_freeze_window(input = input: FreezeWindowActionInput) -> RemoveFreezeWindowResult / FreezeWindow }
operation! { $ Subscription:
    /// Tells of everything that moves in one rollout.
    rollout_progress(id = id: cynic::Id) => RolloutChange
}

/// The freeze windows of the acting organisation.
pub async fn freeze_windows() -> Result<Vec<FreezeWindow>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        freeze_windows: Vec<FreezeWindow>,
    }
    let body = bare("query", "freeze_windows", FreezeWindow::select);
    transport::ask::<Plain<Vec<FreezeWindow>>>(body, true).await
}

/// Which rollout, and which of its subscribers.
#[derive(cynic::QueryVariables, Clone, Debug)]
struct SubscriberVariables {
    id: cynic::Id,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
    state: Option<SubscriberState>,
}

/// A page of the subscribers of a rollout; nothing where there is no such rollout.
pub async fn subscribers(
    id: cynic::Id,
    window: Window,
    state: Option<SubscriberState>,
) -> Result<Option<SubscriberPage>, Problem> {
    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "Rollout", variables = "SubscriberVariables", no_deserialize)]
    struct Holder {
        #[arguments(first: $first, after: $after, last: $last, before: $before, state: $state)]
        subscribers: SubscriberPage,
    }
    read!(@fields Holder subscribers: SubscriberPage);
    impl Select for Holder {
        fn select(document: &mut String) {
            document.push_str("{subscribers(first:$first after:$after last:$last before:$before state:$state)");
            SubscriberPage::select(document);
            document.push('}');
        }
    }
    #[derive(cynic::QueryFragment)]
    #[cynic(variables = "SubscriberVariables", no_deserialize)]
    #[allow(dead_code)]
    struct Query {
        #[arguments(id: $id)]
        rollout: Option<Holder>,
    }
    let root = Root {
        kind: "query",
        field: "rollout",
        arguments: &["id"],
        variables: <SubscriberVariables as cynic::QueryVariables>::VARIABLES,
        select: Holder::select,
    };
    let variables = SubscriberVariables {
        id,
        first: window.first,
        after: window.after,
        last: window.last,
        before: window.before,
        state,
    };
    let holder = transport::ask::<Plain<Option<Holder>>>(body(&root, &variables), true).await?;
    Ok(holder.map(|holder| holder.subscribers))
}
