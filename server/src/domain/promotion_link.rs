//! Promotion links (推广码, L18–L20): how one is written, when it sells, and what can be done with it. What came of a link is
//! `promotion_count`.

use super::id::ProductId;
use super::instant::Instant;
use super::locale::Text;
use super::message::Code;
use super::problem::{Format, Problem};
use super::product::ProductStatus;
use super::refusal::{Issue, Refusal};
use super::wording;
use super::words::words;

/// Characters of a name.
pub const NAME_MAX: usize = 60;
/// Characters of a channel code.
pub const CHANNEL_MAX: usize = 32;
/// Characters of the random number by which a browser is told from others.
const VISITOR_MIN: usize = 16;
const VISITOR_MAX: usize = 64;

words! {
    /// Whether a promotion link sells.
    PromotionLinkStatus {
        /// Sells.
        Open = "OPEN",
        /// Will sell from a day on that has not come yet.
        NotYetValid = "NOT_YET_VALID",
        /// Its time is over.
        Expired = "EXPIRED",
        /// Disabled by the partner.
        Disabled = "DISABLED",
        /// Its product is neither approved nor on the marketplace now.
        NotSold = "NOT_SOLD",
    }
}

words! {
    /// What can be done with a promotion link.
    PromotionLinkAction {
        /// Change its name or its time.
        Change = "CHANGE",
        /// Keep it from selling.
        Disable = "DISABLE",
        /// Let it sell again.
        Enable = "ENABLE",
        /// Pass its address and its code on.
        Copy = "COPY",
    }
}

/// From when until when a link sells; nothing is no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    pub from: Option<Instant>,
    /// The first instant at which it sells no more.
    pub to: Option<Instant>,
}

impl PromotionLinkStatus {
    /// L20: the state of a link at `now`. What its partner did comes before what its product and the clock say.
    pub fn at(disabled: bool, product: ProductStatus, validity: Validity, now: Instant) -> Self {
        if disabled {
            Self::Disabled
        } else if !sells(product) {
            Self::NotSold
        } else if validity.to.is_some_and(|to| to <= now) {
            Self::Expired
        } else if validity.from.is_some_and(|from| from > now) {
            Self::NotYetValid
        } else {
            Self::Open
        }
    }

    /// L20: refused, with the date where one matters, unless the link sells.
    pub fn require_open(self, validity: Validity) -> Result<(), Refusal> {
        let refused = |code: Code, date: Option<Instant>| {
            let refusal = Refusal::rule(code).at("promotion");
            Err(date.map_or(refusal.clone(), |date| refusal.detail(dated(date))))
        };
        match self {
            Self::Open => Ok(()),
            Self::Disabled => refused(Code::PromotionDisabled, None),
            Self::NotSold => refused(Code::NotOnSale, None),
            Self::NotYetValid => refused(Code::PromotionNotYetValid, validity.from),
            Self::Expired => refused(Code::PromotionExpired, validity.to),
        }
    }
}

/// L9: a link sells what is approved, on the marketplace or not.
pub const fn sells(product: ProductStatus) -> bool {
    match product {
        ProductStatus::Approved | ProductStatus::Listed => true,
        ProductStatus::Draft
        | ProductStatus::InReview
        | ProductStatus::Rejected
        | ProductStatus::Hidden
        | ProductStatus::Delisted => false,
    }
}

/// A moment as people in Shanghai read it.
fn dated(at: Instant) -> Text {
    let local = at.utc().with_timezone(&chrono_tz::Asia::Shanghai);
    let text = local.format("%Y-%m-%d %H:%M").to_string();
    Text::new(text.clone(), text)
}

/// What its partner's admins can do with a link, and nobody else.
pub fn available_actions(disabled: bool) -> Vec<PromotionLinkAction> {
    let switch = match disabled {
        true => PromotionLinkAction::Enable,
        false => PromotionLinkAction::Disable,
    };
    vec![PromotionLinkAction::Change, switch, PromotionLinkAction::Copy]
}

/// Refused unless the link can be switched so.
pub fn require_action(disabled: bool, wanted: PromotionLinkAction) -> Result<(), Refusal> {
    if available_actions(disabled).contains(&wanted) {
        return Ok(());
    }
    let (state, words) = match disabled {
        true => (PromotionLinkStatus::Disabled, Text::new("已停用", "Disabled")),
        false => (PromotionLinkStatus::Open, Text::new("已启用", "Enabled")),
    };
    let action = match wanted {
        PromotionLinkAction::Enable => Text::new("启用", "Enable"),
        PromotionLinkAction::Disable => Text::new("停用", "Disable"),
        PromotionLinkAction::Change => Text::new("修改", "Change"),
        PromotionLinkAction::Copy => Text::new("复制", "Copy"),
    };
    Err(Refusal::transition(state.as_str(), wanted.as_str()).in_words(words, action))
}

/// What a link is made of, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct LinkForm {
    /// `None` where the given one was no id.
    pub product_id: Option<ProductId>,
    pub name: String,
    pub channel_code: String,
    pub validity: Validity,
}

/// L18: everything that is wrong with a new link, and the form as it is stored.
pub fn checked(form: &LinkForm, now: Instant) -> (LinkForm, Vec<Issue>) {
    let (name, mut issues) = checked_change(&form.name, form.validity, now);
    let channel_code = channel_code(&form.channel_code).unwrap_or_else(|problem| {
        issues.push(Issue::new("channelCode", problem));
        String::new()
    });
    let checked = LinkForm {
        name,
        channel_code,
        ..form.clone()
    };
    (checked, issues)
}

/// What of a link may be changed: its name and its time. The name as it is stored, and everything that is wrong.
pub fn checked_change(name: &str, validity: Validity, now: Instant) -> (String, Vec<Issue>) {
    let mut issues = Vec::new();
    let name = wording::required(wording::line(name, NAME_MAX)).unwrap_or_else(|problem| {
        issues.push(Issue::new("name", problem));
        String::new()
    });
    match (validity.from, validity.to) {
        (Some(from), Some(to)) if to <= from => issues.push(Issue::new("validTo", Problem::EndBeforeStart)),
        (_, Some(to)) if to <= now => issues.push(Issue::new("validTo", Problem::NotInFuture)),
        (_, Some(_) | None) => {}
    }
    (name, issues)
}

/// L18: 1 to 32 of `[A-Za-z0-9_-]`; blanks around it do not count.
pub fn channel_code(given: &str) -> Result<String, Problem> {
    code_of(given, 1, CHANNEL_MAX)
}

/// The random number of a browser, 16 to 64 of `[A-Za-z0-9_-]`.
pub fn visitor_id(given: &str) -> Result<String, Refusal> {
    code_of(given, VISITOR_MIN, VISITOR_MAX).map_err(|problem| Refusal::invalid("visitorId", problem))
}

fn code_of(given: &str, min: usize, max: usize) -> Result<String, Problem> {
    let code = given.trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if let Some(found) = code.chars().find(|c| !allowed(*c)) {
        let what = Format::ChannelCode;
        return Err(Problem::BadCharacter { found, what });
    }
    match code.len() {
        0 => Err(Problem::Required),
        length if length < min => Err(Problem::TooShort { min }),
        length if length > max => Err(Problem::TooLong { max }),
        _ => Ok(code.to_owned()),
    }
}

#[cfg(test)]
mod tests;
