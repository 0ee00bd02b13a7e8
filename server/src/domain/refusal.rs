//! The value that every use case returns when it says no: expected, typed, and speaking the caller's language.
//! Not for faults of the server, which are errors of another kind and never reach a caller in detail.

use std::borrow::Cow;
use std::fmt;

use super::distribution_barrier::DistributionBarrier;
use super::locale::{Locale, Text};
use super::message::Code;
use super::problem::Problem;

/// Which type of the schema's `UserError` family carries the refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    Validation,
    Transition,
    Rule,
    Stale,
    Permission,
    NotFound,
}

/// One field that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub path: Vec<String>,
    pub problem: Problem,
}

impl Issue {
    /// `path` is dotted, as in the input: `fields.customerCorpId`, `references.0`.
    pub fn new(path: &str, problem: Problem) -> Issue {
        Issue {
            path: split(path),
            problem,
        }
    }

    pub fn code(&self) -> Code {
        self.problem.code()
    }

    pub fn message(&self, locale: Locale) -> String {
        self.problem.message(locale)
    }
}

/// State and action of a refused transition: the schema's names, and words for people where the noun gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    pub from_status: Cow<'static, str>,
    pub action: Cow<'static, str>,
    words: Option<(Text, Text)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    kind: RefusalKind,
    code: Code,
    path: Vec<String>,
    details: Vec<Text>,
    issues: Vec<Issue>,
    barrier: Option<DistributionBarrier>,
    // Boxed: every service returns this type by value, and few refusals carry these two.
    transition: Option<Box<Transition>>,
    next_step: Option<Box<Text>>,
}

impl Refusal {
    fn new(kind: RefusalKind, code: Code) -> Refusal {
        Refusal {
            kind,
            code,
            path: Vec::new(),
            details: Vec::new(),
            issues: Vec::new(),
            barrier: None,
            transition: None,
            next_step: None,
        }
    }

    /// The role does not allow it.
    pub fn no_permission() -> Refusal {
        Refusal::new(RefusalKind::Permission, Code::NoPermission)
    }

    /// Does not exist, or belongs to somebody else.
    pub fn not_found() -> Refusal {
        Refusal::new(RefusalKind::NotFound, Code::NotFound)
    }

    /// Somebody else was quicker.
    pub fn stale() -> Refusal {
        Refusal::new(RefusalKind::Stale, Code::Conflict)
    }

    /// The state does not allow the action; both under their names in the schema, e.g. `IN_REVIEW`, `EDIT`.
    pub fn transition(from: impl Into<Cow<'static, str>>, action: impl Into<Cow<'static, str>>) -> Refusal {
        let transition = Transition {
            from_status: from.into(),
            action: action.into(),
            words: None,
        };
        Refusal {
            transition: Some(Box::new(transition)),
            ..Refusal::new(RefusalKind::Transition, Code::InvalidState)
        }
    }

    /// Every field that is wrong, at once.
    pub fn validation(issues: Vec<Issue>) -> Refusal {
        Refusal {
            issues,
            ..Refusal::new(RefusalKind::Validation, Code::Validation)
        }
    }

    /// One field that is wrong, at a dotted path.
    pub fn invalid(path: &str, problem: Problem) -> Refusal {
        Refusal::validation(vec![Issue::new(path, problem)]).at(path)
    }

    /// A rule of the product says no.
    pub fn rule(code: Code) -> Refusal {
        Refusal::new(RefusalKind::Rule, code)
    }

    /// P7: a page of a list holds from one to that many entries.
    pub fn page_size(most: usize) -> Refusal {
        Refusal::rule(Code::LimitPage).detail(Text::new(format!("1 至 {most}"), format!("1 to {most}")))
    }

    /// D8: the application cannot be distributed, and why.
    pub fn not_distributable(barrier: DistributionBarrier) -> Refusal {
        Refusal {
            barrier: Some(barrier),
            ..Refusal::rule(Code::ApplicationNotDistributable)
        }
    }

    /// `Ok` when no issue was found, else the refusal with all of them.
    pub fn unless_valid(issues: Vec<Issue>) -> Result<(), Refusal> {
        if issues.is_empty() {
            Ok(())
        } else {
            Err(Refusal::validation(issues))
        }
    }

    /// Ties the refusal to a field of the input by its dotted path.
    pub fn at(mut self, path: &str) -> Refusal {
        self.path = split(path);
        self
    }

    /// Adds one reason; it is listed, and stands for `{feature}` in the text.
    pub fn detail(mut self, detail: impl Into<Text>) -> Refusal {
        self.details.push(detail.into());
        self
    }

    /// Words for the state and the action of a refused transition.
    pub fn in_words(mut self, state: impl Into<Text>, action: impl Into<Text>) -> Refusal {
        if let Some(transition) = &mut self.transition {
            transition.words = Some((state.into(), action.into()));
        }
        self
    }

    /// Replaces the general advice by one that fits this case.
    pub fn advise(mut self, next_step: impl Into<Text>) -> Refusal {
        self.next_step = Some(Box::new(next_step.into()));
        self
    }

    pub fn kind(&self) -> RefusalKind {
        self.kind
    }

    pub fn code(&self) -> Code {
        self.code
    }

    pub fn path(&self) -> &[String] {
        &self.path
    }

    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    pub fn barrier(&self) -> Option<DistributionBarrier> {
        self.barrier
    }

    /// Present on every refusal of kind `Transition`.
    pub fn refused_transition(&self) -> Option<&Transition> {
        self.transition.as_deref()
    }

    pub fn details(&self, locale: Locale) -> Vec<String> {
        self.details
            .iter()
            .map(|detail| detail.get(locale).to_owned())
            .collect()
    }

    /// What happened.
    pub fn message(&self, locale: Locale) -> String {
        if let Some((state, action)) = self.transition.as_ref().and_then(|t| t.words.as_ref()) {
            let (state, action) = (state.get(locale), action.get(locale));
            return match locale {
                Locale::ZhCn => format!("当前状态为“{state}”，不能执行“{action}”"),
                Locale::En => format!("The state is \"{state}\", which does not allow \"{action}\""),
            };
        }
        let text = self.code.text(locale);
        match (self.code, self.issues.len()) {
            (Code::Validation, 1) => format!("{text}{}", enclosed(&self.issues[0].message(locale), locale)),
            (Code::Validation, count @ 2..) => match locale {
                Locale::ZhCn => format!("{text}（共 {count} 处）"),
                Locale::En => format!("{text} ({count} fields)"),
            },
            _ => text.replace("{feature}", &self.feature(locale)),
        }
    }

    /// What to do now.
    pub fn next_step(&self, locale: Locale) -> String {
        if let Some(next_step) = &self.next_step {
            return next_step.get(locale).to_owned();
        }
        match self.barrier {
            Some(barrier) => barrier.text().get(locale).to_owned(),
            None => self.code.next_step(locale).to_owned(),
        }
    }

    fn feature(&self, locale: Locale) -> String {
        match (self.details.is_empty(), locale) {
            (true, Locale::ZhCn) => "请查看明细".to_owned(),
            (true, Locale::En) => "see the details".to_owned(),
            (false, Locale::ZhCn) => self.details(locale).join("、"),
            (false, Locale::En) => self.details(locale).join(", "),
        }
    }
}

/// For logs: codes and places, never a text that a person typed.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused with {}", self.code.as_str())?;
        if let Some(transition) = &self.transition {
            write!(f, ": {} from {}", transition.action, transition.from_status)?;
        }
        let places: Vec<String> = self.issues.iter().map(|issue| issue.path.join(".")).collect();
        if !places.is_empty() {
            write!(f, " at {}", places.join(", "))?;
        } else if !self.path.is_empty() {
            write!(f, " at {}", self.path.join("."))?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

fn enclosed(text: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("（{text}）"),
        Locale::En => format!(" ({text})"),
    }
}

fn split(path: &str) -> Vec<String> {
    path.split('.')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One refusal of every code, built as services build them.
    fn every_refusal() -> Vec<Refusal> {
        let mut all: Vec<Refusal> = Code::ALL.map(Refusal::rule).into();
        all.push(Refusal::no_permission());
        all.push(Refusal::not_found());
        all.push(Refusal::stale());
        all.push(Refusal::transition("IN_REVIEW", "EDIT"));
        all.push(Refusal::validation(vec![Issue::new("name", Problem::Required); 3]));
        all.extend(DistributionBarrier::ALL.map(Refusal::not_distributable));
        all
    }

    #[test]
    fn no_refusal_leaves_a_placeholder_or_an_empty_text() {
        for locale in Locale::ALL {
            for refusal in every_refusal() {
                for text in [refusal.message(locale), refusal.next_step(locale)] {
                    assert!(
                        !text.trim().is_empty() && !text.contains(['{', '}']),
                        "{refusal}: {text}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_catalogue_speaks_the_words_of_the_specification() {
        for (code, zh, en) in [
            (Code::NoPermission, "没有权限", "No permission"),
            (
                Code::OrganizationMismatch,
                "当前组织无法购买，请联系服务商",
                "This organisation cannot purchase; contact the service provider",
            ),
            (
                Code::ApplicationNotDistributable,
                "当前选择的应用不支持获取分发链接",
                "The selected application does not support distribution links",
            ),
            (
                Code::ChargingRuleUnsupported,
                "收费规则：目前仅支持“按使用人数收费”",
                "Only charging by number of users is supported at present",
            ),
            (
                Code::OpeningOrderUnsupported,
                "目前暂不支持“优先试用，到期自动转免费”",
                "\"Trial first, then free automatically\" is not supported at present",
            ),
            (
                Code::AmountMismatch,
                "项目合同金额需要和项目合同文件里面的金额保持一致",
                "The contract amount must equal the amount in the contract file",
            ),
            (
                Code::SelfTestRequired,
                "请务必通过体验测试组织将SaaS应用自测完毕后再将产品申请上架为商品",
                "Finish the self-test in a test organisation before applying for listing",
            ),
            (
                Code::AgreementRequired,
                "请先阅读并同意《服务商分发协议》",
                "Read and agree to the distribution agreement first",
            ),
            (
                Code::DeliveryInProgress,
                "正在发送，请稍候",
                "A delivery is in progress",
            ),
        ] {
            assert_eq!(Refusal::rule(code).message(Locale::ZhCn), zh);
            assert_eq!(Refusal::rule(code).message(Locale::En), en);
        }
    }

    #[test]
    fn d14_a_missing_entitlement_names_every_feature() {
        let refusal = Refusal::rule(Code::EntitlementMissing)
            .detail(Text::new("自定义页面", "custom pages"))
            .detail(Text::new("HTTP 连接器", "HTTP connectors"));
        assert_eq!(
            refusal.message(Locale::ZhCn),
            "客户组织权益不满足：自定义页面、HTTP 连接器"
        );
        assert_eq!(
            refusal.message(Locale::En),
            "The target organisation lacks: custom pages, HTTP connectors"
        );
        assert_eq!(refusal.details(Locale::En), ["custom pages", "HTTP connectors"]);
    }

    #[test]
    fn d8_the_barrier_tells_what_to_do() {
        let refusal = Refusal::not_distributable(DistributionBarrier::NothingPublished);
        assert_eq!(
            refusal.next_step(Locale::En),
            "This application has no published version; publish one first"
        );
    }

    #[test]
    fn a_refused_transition_speaks_of_state_and_action() {
        let refusal = Refusal::transition("DEV_MAINTENANCE", "ENABLE")
            .in_words(
                Text::new("开发维护中", "Development maintenance"),
                Text::new("启用", "Enable"),
            )
            .advise(Text::new("请先关闭开发维护", "Close maintenance first"));
        assert_eq!(refusal.message(Locale::ZhCn), "当前状态为“开发维护中”，不能执行“启用”");
        assert_eq!(refusal.next_step(Locale::ZhCn), "请先关闭开发维护");
        assert_eq!(
            refusal.to_string(),
            "refused with INVALID_STATE: ENABLE from DEV_MAINTENANCE"
        );
    }

    #[test]
    fn several_issues_are_counted_and_one_is_named() {
        let one = Refusal::invalid("fields.name", Problem::Required);
        assert_eq!(one.message(Locale::ZhCn), "填写的内容有误，没有保存（请填写此项）");
        assert_eq!(one.path(), ["fields", "name"]);
        let two = Refusal::validation(vec![
            Issue::new("a", Problem::Required),
            Issue::new("b.0", Problem::Required),
        ]);
        assert_eq!(
            two.message(Locale::En),
            "Some entries are not right; nothing was saved (2 fields)"
        );
        assert_eq!(two.to_string(), "refused with VALIDATION at a, b.0");
    }

    #[test]
    fn a_refusal_is_small_enough_to_return_by_value() {
        assert!(size_of::<Refusal>() <= 128, "{}", size_of::<Refusal>());
    }
}
