//! Re-binding (D23, D24): what is to be filled in or done by hand in an instance after a delivery, and what of it was. The
//! list is worked out from what arrived and from what people did since; a delivery that overwrites clears nothing of that.
//! AppShelf runs no data preparation and activates nothing elsewhere: such an item is done when a person says so.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::component::ComponentKind;
use super::instance::ComponentState;
use super::locale::Text;
use super::message::Code;
use super::problem::Problem;
use super::refusal::Refusal;
use super::words::words;

/// Most characters of a secret.
pub const SECRET_MAX: usize = 10_000;
/// Most members of a role or contact.
pub const MEMBERS_MAX: usize = 200;

words! {
    /// What is to be done with a component of an instance.
    BindingKind {
        /// Fill in the secrets of a connector.
        ConnectorSecrets = "CONNECTOR_SECRETS",
        /// Write the code of a connector that runs as a function.
        ConnectorCode = "CONNECTOR_CODE",
        /// Give address and credential of a connector that was not sent and that an automation needs.
        ConnectorReplacement = "CONNECTOR_REPLACEMENT",
        /// Put members into a role.
        RoleMembers = "ROLE_MEMBERS",
        /// Put members into a contact.
        ContactMembers = "CONTACT_MEMBERS",
        /// Activate an AI assistant.
        Assistant = "ASSISTANT",
        /// Run a data preparation.
        DataPreparation = "DATA_PREPARATION",
        /// Enable an automation once its connectors are bound.
        Automation = "AUTOMATION",
    }
}

words! {
    /// How an item is done.
    BindingWay {
        /// By filling in secrets, which are never shown again.
        FillIn = "FILL_IN",
        /// By choosing members of the organisation; the admin's alone.
        ChooseMembers = "CHOOSE_MEMBERS",
        /// By saying that it was done.
        Confirm = "CONFIRM",
    }
}

/// What a connector that was not sent needs in its place.
pub const REPLACEMENT_SLOTS: [&str; 2] = ["address", "credential"];

impl BindingKind {
    /// How it is done.
    pub const fn way(self) -> BindingWay {
        match self {
            Self::ConnectorSecrets | Self::ConnectorReplacement => BindingWay::FillIn,
            Self::RoleMembers | Self::ContactMembers => BindingWay::ChooseMembers,
            Self::ConnectorCode | Self::Assistant | Self::DataPreparation | Self::Automation => BindingWay::Confirm,
        }
    }
}

/// A component as far as the list needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundPart {
    pub key: String,
    pub kind: ComponentKind,
    pub name: String,
    /// In which it arrived.
    pub state: ComponentState,
    /// Of a connector: the names of its secrets.
    pub secrets: Vec<String>,
    /// Of a connector: its code stayed behind.
    pub has_code: bool,
    /// Among the versions that something arrived from, the one that this did.
    pub origin: Option<usize>,
}

/// The version that something arrived from: what stands on what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// Keys that a component stands on, by its key.
    pub dependencies: HashMap<String, Vec<String>>,
    /// Names of connectors by their key.
    pub connectors: BTreeMap<String, String>,
}

/// What people did: component and slot. A component as a whole has the slot "".
pub type Filled = HashSet<(String, String)>;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindingItem {
    pub component_key: String,
    pub kind: BindingKind,
    /// Of the component.
    pub name: String,
    /// What is to be filled in, each with whether it was; empty where it is done another way.
    pub slots: Vec<(String, bool)>,
    /// Of an automation: connectors that are not bound yet, by name.
    pub waits_for: Vec<String>,
    pub done: bool,
}

impl BindingItem {
    /// Names the item within its instance.
    pub fn key(&self) -> String {
        format!("{}:{}", self.kind, self.component_key)
    }

    /// What is to be done, naming it.
    pub fn text(&self) -> Text {
        let name = &self.name;
        let open: Vec<&str> = self
            .slots
            .iter()
            .filter(|(_, set)| !set)
            .map(|(slot, _)| slot.as_str())
            .collect();
        let (zh_open, en_open) = (open.join("、"), open.join(", "));
        match self.kind {
            BindingKind::ConnectorSecrets if open.is_empty() => Text::new(
                format!("填写连接器“{name}”的密钥"),
                format!("Fill in the secrets of the connector “{name}”"),
            ),
            BindingKind::ConnectorSecrets => Text::new(
                format!("填写连接器“{name}”的密钥：{zh_open}"),
                format!("Fill in the secrets of the connector “{name}”: {en_open}"),
            ),
            BindingKind::ConnectorCode => Text::new(
                format!("为连接器“{name}”重新编写代码"),
                format!("Write the code of the connector “{name}” again"),
            ),
            BindingKind::ConnectorReplacement => Text::new(
                format!("连接器“{name}”未随应用发送，请填写地址和凭证"),
                format!("The connector “{name}” was not sent; give its address and credential"),
            ),
            BindingKind::RoleMembers => Text::new(
                format!("为角色“{name}”添加成员"),
                format!("Add members to the role “{name}”"),
            ),
            BindingKind::ContactMembers => Text::new(
                format!("为接口人“{name}”添加成员"),
                format!("Add members to the contact “{name}”"),
            ),
            BindingKind::Assistant => Text::new(
                format!("启用 AI 助理“{name}”"),
                format!("Activate the AI assistant “{name}”"),
            ),
            BindingKind::DataPreparation => Text::new(
                format!("运行数据准备“{name}”"),
                format!("Run the data preparation “{name}”"),
            ),
            BindingKind::Automation => Text::new(
                format!("为自动化“{name}”绑定连接器后启用"),
                format!("Bind the connectors of the automation “{name}”, then enable it"),
            ),
        }
    }

    /// An item that is confirmed may be confirmed now: an automation only once its connectors are bound.
    pub fn require_confirmable(&self) -> Result<(), Refusal> {
        if self.kind.way() != BindingWay::Confirm {
            return Err(Refusal::not_found().at("item"));
        }
        if self.waits_for.is_empty() {
            return Ok(());
        }
        let refusal = Refusal::rule(Code::OpenItems).at("item").advise(Text::new(
            "请先绑定这些连接器，再启用自动化",
            "Bind these connectors first, then enable the automation",
        ));
        Err(self.waits_for.iter().fold(refusal, |refusal, name| {
            refusal.detail(Text::new(name.clone(), name.clone()))
        }))
    }
}

/// Works the list out, in the order of the components; connectors that were not sent come before the automations that need
/// them. `members` are keys of roles and contacts that have some.
pub fn checklist(
    parts: &[BoundPart],
    origins: &[Origins],
    filled: &Filled,
    members: &HashSet<String>,
) -> Vec<BindingItem> {
    let present: HashMap<&str, &BoundPart> = parts.iter().map(|part| (part.key.as_str(), part)).collect();
    let mut items = Vec::new();
    let mut replaced = BTreeSet::new();
    for part in parts {
        match part.kind {
            ComponentKind::Connector => items.extend(of_connector(part, filled)),
            ComponentKind::Role => items.push(by_members(part, BindingKind::RoleMembers, members)),
            ComponentKind::Contact => items.push(by_members(part, BindingKind::ContactMembers, members)),
            ComponentKind::AiAssistant => items.push(confirmed(part, BindingKind::Assistant, filled)),
            ComponentKind::DataPreparation => items.push(confirmed(part, BindingKind::DataPreparation, filled)),
            ComponentKind::Automation if part.state == ComponentState::Disabled => {
                let mut waits_for = Vec::new();
                let origin = part.origin.and_then(|at| origins.get(at));
                let reached = origin
                    .map(|origin| reached_connectors(&part.key, origin))
                    .unwrap_or_default();
                for (key, name) in reached {
                    match present.get(key) {
                        Some(connector) => {
                            let open = of_connector(connector, filled).iter().any(|item| !item.done);
                            waits_for.extend(open.then(|| connector.name.clone()));
                        }
                        None => {
                            let item = replacement(key, name, filled);
                            waits_for.extend((!item.done).then(|| item.name.clone()));
                            if replaced.insert(key) {
                                items.push(item);
                            }
                        }
                    }
                }
                let item = confirmed(part, BindingKind::Automation, filled);
                items.push(BindingItem {
                    done: item.done && waits_for.is_empty(),
                    waits_for,
                    ..item
                });
            }
            ComponentKind::Automation
            | ComponentKind::FormPage
            | ComponentKind::CustomPage
            | ComponentKind::Portal
            | ComponentKind::CustomComponent
            | ComponentKind::CoolApp
            | ComponentKind::Dashboard => {}
        }
    }
    items
}

fn of_connector(part: &BoundPart, filled: &Filled) -> Vec<BindingItem> {
    let mut items = Vec::new();
    if !part.secrets.is_empty() {
        items.push(with_slots(
            part.key.clone(),
            BindingKind::ConnectorSecrets,
            part.name.clone(),
            &part.secrets,
            filled,
        ));
    }
    if part.has_code {
        items.push(confirmed(part, BindingKind::ConnectorCode, filled));
    }
    items
}

fn replacement(key: &str, name: &str, filled: &Filled) -> BindingItem {
    let slots = REPLACEMENT_SLOTS.map(str::to_owned);
    with_slots(
        key.to_owned(),
        BindingKind::ConnectorReplacement,
        name.to_owned(),
        &slots,
        filled,
    )
}

fn with_slots(key: String, kind: BindingKind, name: String, slots: &[String], filled: &Filled) -> BindingItem {
    let slot = |slot: &String| (slot.clone(), filled.contains(&(key.clone(), slot.clone())));
    let slots: Vec<(String, bool)> = slots.iter().map(slot).collect();
    BindingItem {
        done: slots.iter().all(|(_, set)| *set),
        component_key: key,
        kind,
        name,
        slots,
        waits_for: Vec::new(),
    }
}

fn by_members(part: &BoundPart, kind: BindingKind, members: &HashSet<String>) -> BindingItem {
    BindingItem {
        component_key: part.key.clone(),
        kind,
        name: part.name.clone(),
        slots: Vec::new(),
        waits_for: Vec::new(),
        done: members.contains(&part.key),
    }
}

fn confirmed(part: &BoundPart, kind: BindingKind, filled: &Filled) -> BindingItem {
    BindingItem {
        component_key: part.key.clone(),
        kind,
        name: part.name.clone(),
        slots: Vec::new(),
        waits_for: Vec::new(),
        done: filled.contains(&(part.key.clone(), String::new())),
    }
}

/// The connectors that a component reaches through its dependencies, however many steps away: key and name.
fn reached_connectors<'a>(key: &'a str, origin: &'a Origins) -> BTreeMap<&'a str, &'a str> {
    let (mut seen, mut reached) = (HashSet::new(), BTreeMap::new());
    let mut to_visit = vec![key];
    while let Some(key) = to_visit.pop() {
        if !seen.insert(key) {
            continue;
        }
        if let Some(name) = origin.connectors.get(key) {
            reached.insert(key, name.as_str());
        }
        let next = origin.dependencies.get(key).map(Vec::as_slice).unwrap_or_default();
        to_visit.extend(next.iter().map(String::as_str));
    }
    reached
}

/// An instance is enabled with nothing open, or with what is open waived by name. `waived` are keys of items, now or before.
pub fn require_waived(items: &[BindingItem], waived: &HashSet<String>) -> Result<(), Refusal> {
    let missing: Vec<&BindingItem> = items
        .iter()
        .filter(|item| !item.done && !waived.contains(&item.key()))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let refusal = Refusal::rule(Code::OpenItems).at("waivedItems");
    Err(missing
        .iter()
        .fold(refusal, |refusal, item| refusal.detail(item.text())))
}

/// A secret as it is sealed: not empty, and no longer than one is.
pub fn require_secret(value: &str) -> Result<(), Refusal> {
    match value.chars().count() {
        0 => Err(Refusal::invalid("value", Problem::Required)),
        1..=SECRET_MAX => Ok(()),
        _ => Err(Refusal::invalid("value", Problem::TooLong { max: SECRET_MAX })),
    }
}

#[cfg(test)]
mod tests;
