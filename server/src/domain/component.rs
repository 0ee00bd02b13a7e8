//! What a version of an application is made of: the kinds of component (组成项) and the entitlement features that
//! a component may need of the organisation that receives it. It is not the package format (see `package`) and not
//! the table of editions, which says who has which feature.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is not one of the fixed words of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not a {what}")]
pub struct UnknownWord {
    /// Which enumeration was asked for, in English.
    pub what: &'static str,
    /// The text that was given.
    pub given: String,
}

/// The twelve kinds of component. The text form is the one stored, sent and written in packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ComponentKind {
    /// 表单页面: a form with its records.
    FormPage,
    /// 自定义页面: a free page.
    CustomPage,
    /// 门户: an entrance that gathers pages.
    Portal,
    /// AI 助理: arrives inactive (D24).
    AiAssistant,
    /// 数据准备: a prepared data set, arrives not run (D24).
    DataPreparation,
    /// 宜搭角色: arrives without members (D24).
    Role,
    /// 接口人: a contact, arrives without members (D24).
    Contact,
    /// 集成自动化: a flow with its trigger, timers included.
    Automation,
    /// 连接器: travels only when chosen, never with its secrets (D23).
    Connector,
    /// 自定义组件: a component with a version of its own.
    CustomComponent,
    /// 酷应用: an entry in group chats.
    CoolApp,
    /// 数据大屏: never travels (D21).
    Dashboard,
}

impl ComponentKind {
    /// Every kind, in the order of the specification.
    pub const ALL: [Self; 12] = [
        Self::FormPage,
        Self::CustomPage,
        Self::Portal,
        Self::AiAssistant,
        Self::DataPreparation,
        Self::Role,
        Self::Contact,
        Self::Automation,
        Self::Connector,
        Self::CustomComponent,
        Self::CoolApp,
        Self::Dashboard,
    ];

    /// The text form, for example `FORM_PAGE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FormPage => "FORM_PAGE",
            Self::CustomPage => "CUSTOM_PAGE",
            Self::Portal => "PORTAL",
            Self::AiAssistant => "AI_ASSISTANT",
            Self::DataPreparation => "DATA_PREPARATION",
            Self::Role => "ROLE",
            Self::Contact => "CONTACT",
            Self::Automation => "AUTOMATION",
            Self::Connector => "CONNECTOR",
            Self::CustomComponent => "CUSTOM_COMPONENT",
            Self::CoolApp => "COOL_APP",
            Self::Dashboard => "DASHBOARD",
        }
    }

    /// Whether people open it as a page; these count against the pages an application may have (D25).
    pub const fn is_page(self) -> bool {
        matches!(self, Self::FormPage | Self::CustomPage | Self::Portal)
    }

    /// The feature that every component of this kind needs, whatever its definition says (D25).
    pub const fn implied_feature(self) -> Option<Feature> {
        match self {
            Self::CustomPage => Some(Feature::CustomPages),
            Self::DataPreparation => Some(Feature::DataPreparations),
            Self::FormPage
            | Self::Portal
            | Self::AiAssistant
            | Self::Role
            | Self::Contact
            | Self::Automation
            | Self::Connector
            | Self::CustomComponent
            | Self::CoolApp
            | Self::Dashboard => None,
        }
    }
}

/// What an edition entitles an organisation to (D25). The names are those that refusals carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Feature {
    /// 每个应用的页面数: a quota that is counted, never declared by a component.
    PagesPerApp,
    /// 自定义页面.
    CustomPages,
    /// HTTP 连接器: a quota counted over the connectors that declare it.
    HttpConnectors,
    /// 数据准备: a quota counted over the data preparations.
    DataPreparations,
    /// 跨应用表单: a quota counted over the forms that declare it.
    CrossAppForms,
    /// 公开访问域名.
    PublicDomain,
}

impl Feature {
    /// Every feature, in the order of the rule.
    pub const ALL: [Self; 6] = [
        Self::PagesPerApp,
        Self::CustomPages,
        Self::HttpConnectors,
        Self::DataPreparations,
        Self::CrossAppForms,
        Self::PublicDomain,
    ];

    /// The text form, for example `CUSTOM_PAGES`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PagesPerApp => "PAGES_PER_APP",
            Self::CustomPages => "CUSTOM_PAGES",
            Self::HttpConnectors => "HTTP_CONNECTORS",
            Self::DataPreparations => "DATA_PREPARATIONS",
            Self::CrossAppForms => "CROSS_APP_FORMS",
            Self::PublicDomain => "PUBLIC_DOMAIN",
        }
    }

    /// Whether a component may name it among its required features: all but the counted page quota.
    pub const fn is_declarable(self) -> bool {
        !matches!(self, Self::PagesPerApp)
    }
}

impl fmt::Display for ComponentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ComponentKind {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownWord {
                what: "component kind",
                given: text.to_owned(),
            })
    }
}

impl FromStr for Feature {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|feature| feature.as_str() == text)
            .ok_or_else(|| UnknownWord {
                what: "feature",
                given: text.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d21_the_text_form_of_every_kind_reads_back_and_equals_its_json() {
        for kind in ComponentKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert!("form_page".parse::<ComponentKind>().is_err());
    }

    #[test]
    fn d25_the_text_form_of_every_feature_reads_back_and_equals_its_json() {
        for feature in Feature::ALL {
            assert_eq!(feature.as_str().parse(), Ok(feature));
            assert_eq!(serde_json::to_value(feature).unwrap(), feature.as_str());
        }
    }

    #[test]
    fn d25_the_page_quota_is_counted_and_never_declared() {
        let declarable: Vec<_> = Feature::ALL.into_iter().filter(|f| f.is_declarable()).collect();
        assert!(!declarable.contains(&Feature::PagesPerApp));
        assert_eq!(declarable.len(), 5);
    }
}
