//! The catalogue of refusal codes with their texts in both languages: what happened, and what to do next.
//! Texts of single fields are in `problem`; the value that carries a code to the caller is `refusal`.

use super::locale::Locale;

/// The stable codes of refusals, one for one the schema's `ErrorCode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    NoPermission,
    OrganizationMismatch,
    ApplicationNotDistributable,
    ChargingRuleUnsupported,
    OpeningOrderUnsupported,
    AmountMismatch,
    SelfTestRequired,
    AgreementRequired,
    DeliveryInProgress,
    EntitlementMissing,
    InvalidState,
    ImmutableField,
    Conflict,
    NotFound,
    Validation,
    RateLimited,
    Unauthenticated,
    LinkExpired,
    LinkRevoked,
    ProjectNotActive,
    PermissionRequired,
    BadCredentials,
    IdempotencyKeyReused,
    OpenItems,
    EditPermissionOff,
    SeatsTaken,
    AcknowledgementRequired,
    LimitPage,
    PreTasksOpen,
    SecondOperatorRequired,
    NotOnSale,
    TrialFirst,
    TrialUsed,
    TrialsExhausted,
    LeadsExhausted,
    PaymentPending,
    LicenseEnded,
    NotAnUpgrade,
    LaterOrderStands,
    RefundTooLate,
    NotBought,
    PromotionDisabled,
    PromotionNotYetValid,
    PromotionExpired,
    RolloutOpen,
}

/// One row of the catalogue. `{feature}` in a text stands for the refusal's details.
struct Entry {
    name: &'static str,
    zh: [&'static str; 2],
    en: [&'static str; 2],
}

/// Builds a row: name, then text and next step in Chinese, then in English.
const fn entry(name: &'static str, zh: [&'static str; 2], en: [&'static str; 2]) -> Entry {
    Entry { name, zh, en }
}

impl Code {
    pub const ALL: [Code; 45] = [
        Code::NoPermission,
        Code::OrganizationMismatch,
        Code::ApplicationNotDistributable,
        Code::ChargingRuleUnsupported,
        Code::OpeningOrderUnsupported,
        Code::AmountMismatch,
        Code::SelfTestRequired,
        Code::AgreementRequired,
        Code::DeliveryInProgress,
        Code::EntitlementMissing,
        Code::InvalidState,
        Code::ImmutableField,
        Code::Conflict,
        Code::NotFound,
        Code::Validation,
        Code::RateLimited,
        Code::Unauthenticated,
        Code::LinkExpired,
        Code::LinkRevoked,
        Code::ProjectNotActive,
        Code::PermissionRequired,
        Code::BadCredentials,
        Code::IdempotencyKeyReused,
        Code::OpenItems,
        Code::EditPermissionOff,
        Code::SeatsTaken,
        Code::AcknowledgementRequired,
        Code::LimitPage,
        Code::PreTasksOpen,
        Code::SecondOperatorRequired,
        Code::NotOnSale,
        Code::TrialFirst,
        Code::TrialUsed,
        Code::TrialsExhausted,
        Code::LeadsExhausted,
        Code::PaymentPending,
        Code::LicenseEnded,
        Code::NotAnUpgrade,
        Code::LaterOrderStands,
        Code::RefundTooLate,
        Code::NotBought,
        Code::PromotionDisabled,
        Code::PromotionNotYetValid,
        Code::PromotionExpired,
        Code::RolloutOpen,
    ];

    /// The name in the schema, e.g. `NO_PERMISSION`.
    pub fn as_str(self) -> &'static str {
        self.entry().name
    }

    /// What happened. The text may hold `{feature}`; `Refusal::message` fills it.
    pub fn text(self, locale: Locale) -> &'static str {
        self.texts(locale)[0]
    }

    /// What the person can do now.
    pub fn next_step(self, locale: Locale) -> &'static str {
        self.texts(locale)[1]
    }

    fn texts(self, locale: Locale) -> [&'static str; 2] {
        let entry = self.entry();
        match locale {
            Locale::ZhCn => entry.zh,
            Locale::En => entry.en,
        }
    }

    fn entry(self) -> Entry {
        match self {
            Code::NoPermission => entry(
                "NO_PERMISSION",
                ["没有权限", "请联系组织管理员为您开通相应角色，或切换到有权限的组织"],
                [
                    "No permission",
                    "Ask an administrator of your organisation for the role, or switch to an organisation in which you have it",
                ],
            ),
            Code::LimitPage => entry(
                "LIMIT_PAGE",
                [
                    "每页条数应为 {feature}",
                    "请调整 first 或 last，其余内容用 after 或 before 继续读取",
                ],
                [
                    "A page of a list holds {feature} entries",
                    "Change first or last, and read the rest with after or before",
                ],
            ),
            Code::PreTasksOpen => entry(
                "PRE_TASKS_OPEN",
                [
                    "上架应用市场前的前置任务尚未全部完成",
                    "请等待类目运营完成各项前置任务，进度可在商品详情中查看",
                ],
                [
                    "Tasks that stand before the marketplace are not done yet",
                    "Wait until the operator of the category has done them; the product's page shows which are open",
                ],
            ),
            Code::NotOnSale => entry(
                "NOT_ON_SALE",
                ["该商品或规格目前不能购买", "请在商品页查看可购买的规格，或联系服务商"],
                [
                    "It cannot be ordered at present",
                    "See on the product's page what can be ordered, or ask its partner",
                ],
            ),
            Code::TrialFirst => entry(
                "TRIAL_FIRST",
                [
                    "该商品先试用，试用到期后可选择免费版",
                    "请先开通试用，或直接购买付费规格",
                ],
                [
                    "This product is tried first; the free plan can be chosen afterwards",
                    "Start the trial, or order one of the plans",
                ],
            ),
            Code::TrialUsed => entry(
                "TRIAL_USED",
                ["每个组织只能试用一次", "请选择付费规格或免费版"],
                [
                    "An organisation tries a product once",
                    "Choose one of the plans, or the free plan",
                ],
            ),
            Code::TrialsExhausted => entry(
                "TRIALS_EXHAUSTED",
                ["今天的试用名额已满", "请明天再试，或直接购买付费规格"],
                [
                    "No trial is left for today",
                    "Try again tomorrow, or order one of the plans",
                ],
            ),
            Code::LeadsExhausted => entry(
                "LEADS_EXHAUSTED",
                ["服务商今天的咨询名额已满", "请明天再来咨询，或先开通试用"],
                [
                    "The partner takes no more enquiries about this product today",
                    "Ask again tomorrow, or begin with a trial",
                ],
            ),
            Code::PaymentPending => entry(
                "PAYMENT_PENDING",
                ["该商品还有一笔订单等待付款", "请先完成付款，或关闭该订单后再试"],
                [
                    "An order of this product still awaits its payment",
                    "Pay it, or close it, then try again",
                ],
            ),
            Code::LicenseEnded => entry(
                "LICENSE_ENDED",
                [
                    "授权已到期，应用暂时不能使用",
                    "请联系组织管理员续费；数据已保留，续费后即可继续使用",
                ],
                [
                    "The license has ended, so the application cannot be used at present",
                    "Ask an administrator of your organisation to renew it; the data is kept and is there again afterwards",
                ],
            ),
            Code::NotAnUpgrade => entry(
                "NOT_AN_UPGRADE",
                [
                    "升级后的人数或规格不能低于当前规格",
                    "请选择更多人数；减少人数请在续费时选择",
                ],
                [
                    "An upgrade has more seats or a larger plan than what runs",
                    "Choose more seats; fewer seats are chosen with a renewal",
                ],
            ),
            Code::LaterOrderStands => entry(
                "LATER_ORDER_STANDS",
                ["之后还有以此订单为基础的订单", "请先退后一笔订单"],
                [
                    "A later order builds on this one",
                    "Have the later order refunded first",
                ],
            ),
            Code::RefundTooLate => entry(
                "REFUND_TOO_LATE",
                ["付款已超过 7 天，不能自行退款", "请联系服务商办理退款"],
                [
                    "The seven days in which you can have the money back yourself are over",
                    "Ask the partner for a refund",
                ],
            ),
            Code::NotBought => entry(
                "NOT_BOUGHT",
                [
                    "只有购买过该商品的组织才能评价",
                    "购买或开通该商品后再来评价；试用不算购买",
                ],
                [
                    "Only organisations that bought the product rate it",
                    "Rate it once you bought or opened it; a trial does not count",
                ],
            ),
            Code::RolloutOpen => entry(
                "ROLLOUT_OPEN",
                ["该商品已有进行中的版本推送", "请等待其完成，或先停止它，再开始新的推送"],
                [
                    "Another rollout of this product is under way",
                    "Wait until it is finished, or stop it, before another begins",
                ],
            ),
            Code::SecondOperatorRequired => entry(
                "SECOND_OPERATOR_REQUIRED",
                [
                    "该类目需要两位运营分别审核，您已审核通过",
                    "请由该类目的另一位运营完成审核",
                ],
                [
                    "This category wants two operators, and you have approved already",
                    "Let another operator of the category decide",
                ],
            ),
            Code::OrganizationMismatch => entry(
                "ORGANIZATION_MISMATCH",
                [
                    "当前组织无法购买，请联系服务商",
                    "如果您属于多个组织，请切换到服务商指定的组织后重试；否则请服务商核对项目中的客户组织 CorpID，以及该链接是否属于其他项目",
                ],
                [
                    "This organisation cannot purchase; contact the service provider",
                    "If you belong to several organisations, switch to the one that the link was made for; otherwise ask the provider to check the CorpID in the project and whether the link belongs to another project",
                ],
            ),
            Code::ApplicationNotDistributable => entry(
                "APPLICATION_NOT_DISTRIBUTABLE",
                ["当前选择的应用不支持获取分发链接", "请选择一个已发布版本的自建应用"],
                [
                    "The selected application does not support distribution links",
                    "Choose an application of your own that has a published version",
                ],
            ),
            Code::ChargingRuleUnsupported => entry(
                "CHARGING_RULE_UNSUPPORTED",
                [
                    "收费规则：目前仅支持“按使用人数收费”",
                    "请将收费规则改为“按使用人数收费”",
                ],
                [
                    "Only charging by number of users is supported at present",
                    "Set the charging rule to charging by number of users",
                ],
            ),
            Code::OpeningOrderUnsupported => entry(
                "OPENING_ORDER_UNSUPPORTED",
                ["目前暂不支持“优先试用，到期自动转免费”", "请选择其他优先开通顺序"],
                [
                    "\"Trial first, then free automatically\" is not supported at present",
                    "Choose another opening order",
                ],
            ),
            Code::AmountMismatch => entry(
                "AMOUNT_MISMATCH",
                [
                    "项目合同金额需要和项目合同文件里面的金额保持一致",
                    "请将项目复制为新项目，更正合同金额或更换合同文件后重新提交",
                ],
                [
                    "The contract amount must equal the amount in the contract file",
                    "Copy the project as a new one, correct the amount or replace the file, and submit it again",
                ],
            ),
            Code::SelfTestRequired => entry(
                "SELF_TEST_REQUIRED",
                [
                    "请务必通过体验测试组织将SaaS应用自测完毕后再将产品申请上架为商品",
                    "请在体验测试组织中完成自测清单，所有项目通过后再提交",
                ],
                [
                    "Finish the self-test in a test organisation before applying for listing",
                    "Complete the checklist in a test organisation until every item has passed, then submit again",
                ],
            ),
            Code::AgreementRequired => entry(
                "AGREEMENT_REQUIRED",
                [
                    "请先阅读并同意《服务商分发协议》",
                    "请阅读当前版本的协议并勾选同意后重试",
                ],
                [
                    "Read and agree to the distribution agreement first",
                    "Read the current version of the agreement, tick it and try again",
                ],
            ),
            Code::DeliveryInProgress => entry(
                "DELIVERY_IN_PROGRESS",
                ["正在发送，请稍候", "请等待当前发送完成，进度可在订单中心查看"],
                [
                    "A delivery is in progress",
                    "Wait until it has finished; the order centre shows its progress",
                ],
            ),
            Code::EntitlementMissing => entry(
                "ENTITLEMENT_MISSING",
                [
                    "客户组织权益不满足：{feature}",
                    "请客户升级版本，或减少所发送的内容后重新发送",
                ],
                [
                    "The target organisation lacks: {feature}",
                    "Ask the customer to upgrade the edition, or send less, and then send again",
                ],
            ),
            Code::InvalidState => entry(
                "INVALID_STATE",
                [
                    "当前状态下不能执行此操作",
                    "请刷新页面查看最新状态，再选择当前可用的操作",
                ],
                [
                    "The current state does not allow this action",
                    "Reload to see the current state and choose one of the actions offered there",
                ],
            ),
            Code::ImmutableField => entry(
                "IMMUTABLE_FIELD",
                ["该字段确定后不能修改", "请保留原值，或新建一个对象并填写新的内容"],
                [
                    "This field cannot be changed once it is set",
                    "Keep the old value, or create a new object with the new one",
                ],
            ),
            Code::Conflict => entry(
                "CONFLICT",
                [
                    "内容已被他人修改，您的更改没有保存",
                    "请刷新后核对最新内容，再重新提交您的更改",
                ],
                [
                    "Somebody else changed this in the meantime; your change was not saved",
                    "Reload, look at the latest content and make your change again",
                ],
            ),
            Code::NotFound => entry(
                "NOT_FOUND",
                [
                    "内容不存在，或者不属于当前组织",
                    "请检查链接是否完整；如果您属于多个组织，请切换组织后重试",
                ],
                [
                    "This does not exist, or does not belong to your organisation",
                    "Check that the link is complete; if you belong to several organisations, switch and try again",
                ],
            ),
            Code::Validation => entry(
                "VALIDATION",
                ["填写的内容有误，没有保存", "请按照各字段的提示修改后重新提交"],
                [
                    "Some entries are not right; nothing was saved",
                    "Correct the fields as their notes say and submit again",
                ],
            ),
            Code::RateLimited => entry(
                "RATE_LIMITED",
                ["操作过于频繁", "请等待一分钟后重试"],
                ["Too many requests", "Wait a minute and try again"],
            ),
            Code::Unauthenticated => entry(
                "UNAUTHENTICATED",
                ["尚未登录，或登录已过期", "请登录后重试"],
                [
                    "You are not signed in, or your session has ended",
                    "Sign in and try again",
                ],
            ),
            Code::LinkExpired => entry(
                "LINK_EXPIRED",
                ["分发链接已过期，不能再购买", "请联系服务商获取新的分发链接"],
                [
                    "This distribution link has expired and sells nothing any more",
                    "Ask the service provider for a new link",
                ],
            ),
            Code::LinkRevoked => entry(
                "LINK_REVOKED",
                [
                    "分发链接已被服务商停用，不能再购买",
                    "请向服务商确认原因，并索取新的分发链接",
                ],
                [
                    "The service provider has revoked this distribution link",
                    "Ask the service provider why, and for a new link",
                ],
            ),
            Code::PromotionDisabled => entry(
                "PROMOTION_DISABLED",
                [
                    "推广链接已被服务商停用，不能通过它开通或购买",
                    "请联系服务商获取可用的推广链接",
                ],
                [
                    "The service provider has disabled this promotion link; nothing is sold through it",
                    "Ask the service provider for a promotion link that sells",
                ],
            ),
            Code::PromotionNotYetValid => entry(
                "PROMOTION_NOT_YET_VALID",
                ["推广链接尚未生效（{feature}）", "请在生效时间之后再打开链接"],
                [
                    "This promotion link is not valid yet ({feature})",
                    "Open it again once it is",
                ],
            ),
            Code::PromotionExpired => entry(
                "PROMOTION_EXPIRED",
                [
                    "推广链接已到期（{feature}），不能再通过它开通或购买",
                    "请联系服务商获取新的推广链接",
                ],
                [
                    "The time of this promotion link is over ({feature}); nothing is sold through it any more",
                    "Ask the service provider for a new promotion link",
                ],
            ),
            Code::ProjectNotActive => entry(
                "PROJECT_NOT_ACTIVE",
                [
                    "项目不在进行中，不能再获取链接、购买、发送或维护",
                    "项目需审批通过且尚未结项；客户请联系服务商，服务商请查看项目状态或新建项目",
                ],
                [
                    "The project is not active, so nothing can be sold, sent or maintained under it",
                    "A project is active from its approval until it is settled: customers contact the service provider, providers look at the project's state or start a new one",
                ],
            ),
            Code::PermissionRequired => entry(
                "PERMISSION_REQUIRED",
                [
                    "贵组织尚未获得应用分发权限",
                    "请由服务商管理员提交“应用分发权限申请”，审核通过后再操作",
                ],
                [
                    "Your organisation does not have the distribution permission",
                    "A partner administrator applies for it; come back once it is granted",
                ],
            ),
            Code::BadCredentials => entry(
                "BAD_CREDENTIALS",
                ["邮箱或密码不正确", "请检查后重新输入；忘记密码请联系组织管理员重置"],
                [
                    "The e-mail address or the password is wrong",
                    "Check both and try again; an administrator of your organisation can reset the password",
                ],
            ),
            Code::IdempotencyKeyReused => entry(
                "IDEMPOTENCY_KEY_REUSED",
                [
                    "该幂等键已用于另一个请求，本次没有执行",
                    "内容不同的请求请使用新的幂等键；重试同一请求时请保持内容不变",
                ],
                [
                    "This idempotency key was used for a different request; nothing was done",
                    "Use a new key for a different input; to retry, send the same input again",
                ],
            ),
            Code::OpenItems => entry(
                "OPEN_ITEMS",
                [
                    "还有未完成的事项：{feature}",
                    "请先完成这些事项，或逐项确认暂不处理后再启用",
                ],
                [
                    "Something is still to be done: {feature}",
                    "Finish these items, or waive each of them by name, and try again",
                ],
            ),
            Code::EditPermissionOff => entry(
                "EDIT_PERMISSION_OFF",
                [
                    "服务商未开放全部编辑权限，只能修改应用权限和页面权限",
                    "请联系服务商在订单中心开放编辑权限",
                ],
                [
                    "The partner did not open full edit permission; only the app permission and page permissions can be changed",
                    "Ask the partner to switch the edit permission on in the order centre",
                ],
            ),
            Code::SeatsTaken => entry(
                "SEATS_TAKEN",
                [
                    "使用人数已达上限（{feature} 人）",
                    "请联系管理员释放席位，或联系服务商增加人数",
                ],
                [
                    "All seats are taken ({feature})",
                    "Ask an administrator to free a seat, or the service provider for more",
                ],
            ),
            Code::AcknowledgementRequired => entry(
                "ACKNOWLEDGEMENT_REQUIRED",
                [
                    "请先查看并确认页面变更",
                    "请查看每个页面的最新变更，勾选确认后再发送；查看之后页面如有改动需要重新确认",
                ],
                [
                    "Review and acknowledge the changes of the pages first",
                    "Look at the current changes of every page, acknowledge them and send again; changes made after you looked need to be acknowledged anew",
                ],
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_code_says_what_happened_and_what_to_do_next_in_both_languages() {
        for locale in Locale::ALL {
            let mut texts = HashSet::new();
            let mut steps = HashSet::new();
            for code in Code::ALL {
                assert!(!code.text(locale).trim().is_empty(), "{code:?}");
                assert!(!code.next_step(locale).trim().is_empty(), "{code:?}");
                assert!(!code.next_step(locale).contains(['{', '}']), "{code:?}");
                assert!(texts.insert(code.text(locale)), "{code:?} repeats a text");
                assert!(steps.insert(code.next_step(locale)), "{code:?} repeats a next step");
            }
        }
    }

    #[test]
    fn chinese_is_chinese_and_english_is_english() {
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for code in Code::ALL {
            assert!(
                han(code.text(Locale::ZhCn)) && han(code.next_step(Locale::ZhCn)),
                "{code:?}"
            );
            assert!(
                !han(code.text(Locale::En)) && !han(code.next_step(Locale::En)),
                "{code:?}"
            );
        }
    }

    #[test]
    fn codes_are_exactly_those_of_the_schema() {
        let schema = include_str!("../../../schema.graphql");
        let body = schema
            .split("enum ErrorCode {")
            .nth(1)
            .expect("the enum")
            // A description may hold braces of its own; the type's stands alone on its line.
            .split("\n}")
            .next()
            .expect("its end");
        let in_string = |line: &&str| !line.is_empty() && !line.starts_with('"') && !line.contains(' ');
        let theirs: HashSet<&str> = body.lines().map(str::trim).filter(in_string).collect();
        let ours: HashSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(ours, theirs);
    }
}
