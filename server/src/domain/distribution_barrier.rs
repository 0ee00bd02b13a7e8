//! Why an application cannot be distributed (D8). Not the check itself, which belongs to the application.

use super::locale::Text;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DistributionBarrier {
    /// 精品应用: sold by the platform alone.
    PremiumApplication,
    /// The partner received it by a delivery and may not pass it on.
    Redistribution,
    /// No version has been published, so that there is nothing to send.
    NothingPublished,
}

impl DistributionBarrier {
    pub const ALL: [DistributionBarrier; 3] = [
        DistributionBarrier::PremiumApplication,
        DistributionBarrier::Redistribution,
        DistributionBarrier::NothingPublished,
    ];

    /// The name in the schema.
    pub fn as_str(self) -> &'static str {
        match self {
            DistributionBarrier::PremiumApplication => "PREMIUM_APPLICATION",
            DistributionBarrier::Redistribution => "REDISTRIBUTION",
            DistributionBarrier::NothingPublished => "NOTHING_PUBLISHED",
        }
    }

    /// The reason in a person's words, for the greyed entry of the picker and for a refusal's next step.
    pub fn text(self) -> Text {
        match self {
            DistributionBarrier::PremiumApplication => Text::new(
                "这是精品应用，不能通过分发链接销售，请选择自建应用",
                "This is a premium application, which is not sold through distribution links; choose one of your own",
            ),
            DistributionBarrier::Redistribution => Text::new(
                "这是他人分发给贵组织的应用，不能再次分发，请选择自建应用",
                "This application was distributed to you and cannot be passed on; choose one of your own",
            ),
            DistributionBarrier::NothingPublished => Text::new(
                "该应用还没有已发布的版本，请先发布一个版本",
                "This application has no published version; publish one first",
            ),
        }
    }
}
