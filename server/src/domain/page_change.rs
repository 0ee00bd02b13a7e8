//! How the pages of a version differ from those of the instance that they would be sent into (D16): what became of each page, what
//! changed inside it in words, and the digest by which a partner acknowledges what was shown. It knows no rows.

mod form;
mod structure;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::component::ComponentKind;
use super::locale::Text;
use super::preflight::{SkipReason, kind_name};
use super::words::words;

words! {
    /// What sending a page would mean for the instance.
    PageChangeKind {
        /// The instance never had it.
        New = "NEW",
        /// The version has another content than the instance.
        Changed = "CHANGED",
        /// The instance has the same content.
        Unchanged = "UNCHANGED",
        /// The version brings nothing new; the customer changed the page.
        ChangedByCustomer = "CHANGED_BY_CUSTOMER",
        /// The customer removed it; it can be sent as a new page.
        DeletedByCustomer = "DELETED_BY_CUSTOMER",
        /// The version no longer has it; it stays in the instance.
        NotInVersion = "NOT_IN_VERSION",
    }
}

words! {
    /// What became of a field of a form.
    FieldChangeKind {
        /// The form gets it.
        Added = "ADDED",
        /// The form loses it; values of records stay stored.
        Removed = "REMOVED",
        /// It is another than before.
        Changed = "CHANGED",
    }
}

/// What is known of a page before it is put into words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageFacts {
    pub in_version: bool,
    pub in_instance: bool,
    /// The customer removed it.
    pub removed: bool,
    /// The version differs from the instance.
    pub differs: bool,
    /// The version differs from what was delivered.
    pub developed: bool,
    /// The instance differs from what was delivered.
    pub customized: bool,
}

impl PageFacts {
    /// L17: why it stays as it is when a new version comes; `None` where it is added or takes the place of what is there. What the
    /// version does not develop is no news, whether the customer changed it or not.
    pub const fn stays_at_upgrade(self) -> Option<SkipReason> {
        match (self.in_instance, self.removed) {
            (false, true) => Some(SkipReason::RemovedByCustomer),
            (false, false) => None,
            (true, _) if !self.differs || !self.developed => Some(SkipReason::Unchanged),
            (true, _) if self.customized => Some(SkipReason::ChangedByCustomer),
            (true, _) => None,
        }
    }

    /// What sending it would mean; `None` for what neither side has.
    pub const fn change(self) -> Option<PageChangeKind> {
        match (self.in_version, self.in_instance) {
            (true, false) if self.removed => Some(PageChangeKind::DeletedByCustomer),
            (true, false) => Some(PageChangeKind::New),
            (true, true) if !self.differs => Some(PageChangeKind::Unchanged),
            (true, true) if self.customized && !self.developed => Some(PageChangeKind::ChangedByCustomer),
            (true, true) => Some(PageChangeKind::Changed),
            (false, true) => Some(PageChangeKind::NotInVersion),
            (false, false) => None,
        }
    }
}

impl PageChangeKind {
    /// Whether an overwrite takes it when nothing was chosen: what the version changed, and what the customer removed, which
    /// then fails with that reason.
    pub const fn is_overwritten(self) -> bool {
        match self {
            Self::Changed | Self::DeletedByCustomer => true,
            Self::New | Self::Unchanged | Self::ChangedByCustomer | Self::NotInVersion => false,
        }
    }

    /// Whether it can be sent as a new page.
    pub const fn can_be_new(self) -> bool {
        match self {
            Self::New | Self::DeletedByCustomer => true,
            Self::Changed | Self::Unchanged | Self::ChangedByCustomer | Self::NotInVersion => false,
        }
    }
}

/// One field of a form that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    pub key: String,
    /// What people call it.
    pub label: String,
    pub change: FieldChangeKind,
    /// What it is, or what changed about it.
    pub details: Vec<Text>,
}

/// What is different about a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageDiff {
    /// Of form pages.
    pub fields: Vec<FieldChange>,
    /// Everything that is not one field.
    pub details: Vec<Text>,
}

impl PageDiff {
    /// All of it as sentences.
    pub fn sentences(&self) -> Vec<Text> {
        let field = |field: &FieldChange| {
            let (zh, en) = match field.change {
                FieldChangeKind::Added => ("新增字段", "Field added"),
                FieldChangeKind::Removed => ("移除字段", "Field removed"),
                FieldChangeKind::Changed => ("修改字段", "Field changed"),
            };
            let label = &field.label;
            let said = |details: Vec<&str>, between: &str| details.join(between);
            let zh_details = said(field.details.iter().map(|it| it.zh.as_ref()).collect(), "，");
            let en_details = said(field.details.iter().map(|it| it.en.as_ref()).collect(), ", ");
            match field.details.is_empty() {
                true => Text::new(format!("{zh}“{label}”"), format!("{en}: {label}")),
                false => Text::new(
                    format!("{zh}“{label}”（{zh_details}）"),
                    format!("{en}: {label} ({en_details})"),
                ),
            }
        };
        self.fields
            .iter()
            .map(field)
            .chain(self.details.iter().cloned())
            .collect()
    }
}

/// That a page was moved, and where to.
pub fn moved_to(folder: Option<&str>) -> Text {
    match folder.filter(|name| !name.is_empty()) {
        Some(name) => Text::new(
            format!("移动到文件夹“{name}”"),
            format!("Moved to the folder \"{name}\""),
        ),
        None => Text::new("移出文件夹", "Moved out of its folder"),
    }
}

/// A page as far as its content goes; where it stands is the customer's matter.
#[derive(Clone, Copy, Debug)]
pub struct PageContent<'a> {
    pub kind: ComponentKind,
    pub name: &'a str,
    pub definition: &'a Value,
}

/// What is different in `after`. A page that was not there before is nothing but additions.
pub fn diff(before: Option<PageContent<'_>>, after: PageContent<'_>) -> PageDiff {
    let mut found = PageDiff::default();
    if let Some(before) = before {
        if before.name != after.name {
            found
                .details
                .push(from_to(Text::new("名称", "Name"), before.name, after.name));
        }
        if before.kind != after.kind {
            let (from, to) = (kind_name(before.kind), kind_name(after.kind));
            found.details.push(Text::new(
                format!("类型：{} → {}", from.zh, to.zh),
                format!("Kind: {} → {}", from.en, to.en),
            ));
        }
    }
    let nothing = Value::Null;
    let earlier = before.map_or(&nothing, |before| before.definition);
    match (after.kind, before.map(|before| before.kind)) {
        (ComponentKind::FormPage, None | Some(ComponentKind::FormPage)) => {
            form::compare(earlier, after.definition, &mut found);
        }
        (_, None) => {}
        (_, Some(_)) => structure::compare(earlier, after.definition, &mut found.details),
    }
    found
}

/// What was one thing and is another.
fn from_to(what: Text, from: &str, to: &str) -> Text {
    Text::new(
        format!("{}：{from} → {to}", what.zh),
        format!("{}: {from} → {to}", what.en),
    )
}

/// What identifies the content of a page.
pub fn fingerprint(kind: ComponentKind, name: &str, definition: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [kind.as_str(), name, definition] {
        // Lengths keep one part from running into the next.
        hasher.update(part.len().to_be_bytes());
        hasher.update(part);
    }
    in_hex(hasher)
}

/// What identifies everything that was shown: the version, and of each page what became of it and what it is now.
pub fn digest<'a>(version: &str, pages: impl Iterator<Item = (&'a str, PageChangeKind, Option<&'a str>)>) -> String {
    let mut hasher = Sha256::new();
    hasher.update(version);
    for (key, change, fingerprint) in pages {
        hasher.update([0]);
        hasher.update(key);
        hasher.update([0]);
        hasher.update(change.as_str());
        hasher.update([0]);
        hasher.update(fingerprint.unwrap_or_default());
    }
    in_hex(hasher)
}

fn in_hex(hasher: Sha256) -> String {
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
