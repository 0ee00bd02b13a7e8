//! A partner's leads as a table that people keep (L24).

use chrono::FixedOffset;

use super::cell_time;
use super::instant::Instant;
use super::lead::{LeadSource, LeadStatus};
use super::locale::Locale;

/// One lead with the names that stand in its line.
#[derive(Clone, Debug)]
pub struct LeadLine {
    pub organization_name: String,
    pub person_name: String,
    pub email: String,
    pub phone: String,
    pub product_name: String,
    pub source: LeadSource,
    pub channel_code: String,
    pub message: String,
    pub status: LeadStatus,
    /// Who looks after it; empty where nobody does.
    pub assigned_to: String,
    pub lost_reason: String,
    pub created_at: Instant,
    pub contacted_at: Option<Instant>,
    pub closed_at: Option<Instant>,
}

/// The head of the table.
pub fn header(locale: Locale) -> [&'static str; 14] {
    match locale {
        Locale::ZhCn => [
            "企业",
            "联系人",
            "邮箱",
            "手机",
            "商品",
            "来源",
            "渠道码",
            "留言",
            "状态",
            "负责人",
            "流失原因",
            "产生时间",
            "联系时间",
            "结束时间",
        ],
        Locale::En => [
            "Organisation",
            "Person",
            "Mail",
            "Mobile",
            "Product",
            "Source",
            "Channel code",
            "Message",
            "State",
            "Looked after by",
            "Reason",
            "Arose at",
            "Contacted at",
            "Closed at",
        ],
    }
}

impl LeadLine {
    /// The line in words of that language, with the times of that zone.
    pub fn cells(&self, locale: Locale, zone: FixedOffset) -> [String; 14] {
        let at = |instant| cell_time::moment(instant, zone);
        let at_if_any = |instant: Option<Instant>| instant.map(at).unwrap_or_default();
        [
            self.organization_name.clone(),
            self.person_name.clone(),
            self.email.clone(),
            self.phone.clone(),
            self.product_name.clone(),
            self.source.text().get(locale).to_owned(),
            self.channel_code.clone(),
            self.message.clone(),
            self.status.text().get(locale).to_owned(),
            self.assigned_to.clone(),
            self.lost_reason.clone(),
            at(self.created_at),
            at_if_any(self.contacted_at),
            at_if_any(self.closed_at),
        ]
    }
}
