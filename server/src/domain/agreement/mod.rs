//! Agreements that people tick: versioned texts, embedded so that what was agreed to can always be shown again. Who
//! accepted which version when is a row, not this.

use super::locale::{Locale, Text};
use super::message::Code;
use super::refusal::Refusal;
use super::words::words;

words! {
    /// A text that has to be agreed to.
    AgreementKind {
        /// 《服务商分发协议》.
        Distribution = "DISTRIBUTION",
    }
}

/// One version of an agreement. A change of the text is a new version, never an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub kind: AgreementKind,
    /// Year and month from which it counts.
    pub version: &'static str,
    zh: &'static str,
    en: &'static str,
}

const DISTRIBUTION: Agreement = Agreement {
    kind: AgreementKind::Distribution,
    version: "2026-11",
    zh: include_str!("distribution.zh-CN.md"),
    en: include_str!("distribution.en.md"),
};

impl Agreement {
    /// The version that counts now.
    pub const fn current(kind: AgreementKind) -> Agreement {
        match kind {
            AgreementKind::Distribution => DISTRIBUTION,
        }
    }

    /// What it is called.
    pub fn title(&self) -> Text {
        match self.kind {
            AgreementKind::Distribution => Text::new("服务商分发协议", "Service provider distribution agreement"),
        }
    }

    /// The text as Markdown.
    pub fn body(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::ZhCn => self.zh,
            Locale::En => self.en,
        }
    }

    /// Refused with AGREEMENT_REQUIRED unless this very version was ticked: an older one was a different text.
    pub fn require_ticked(&self, version: Option<&str>) -> Result<(), Refusal> {
        if version == Some(self.version) {
            Ok(())
        } else {
            Err(Refusal::rule(Code::AgreementRequired).at("agreementVersion"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d1_only_the_current_version_counts_as_agreed() {
        let agreement = Agreement::current(AgreementKind::Distribution);
        assert_eq!(agreement.require_ticked(Some(agreement.version)), Ok(()));
        for ticked in [None, Some(""), Some("2025-01"), Some(" 2026-11")] {
            let refusal = agreement.require_ticked(ticked).unwrap_err();
            assert_eq!(refusal.code(), Code::AgreementRequired, "{ticked:?}");
            assert_eq!(refusal.path(), ["agreementVersion"]);
        }
    }

    #[test]
    fn d13_the_agreement_is_there_in_both_languages_with_the_same_sections() {
        for kind in AgreementKind::ALL {
            let agreement = Agreement::current(*kind);
            let sections = |locale| agreement.body(locale).matches("\n## ").count();
            assert!(sections(Locale::ZhCn) > 5);
            assert_eq!(sections(Locale::ZhCn), sections(Locale::En));
            for locale in Locale::ALL {
                assert!(agreement.body(locale).contains(agreement.version), "{locale:?}");
            }
        }
    }
}
