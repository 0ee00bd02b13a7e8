//! The two languages that people are spoken to in, and texts that exist in both.
//! Not a translation engine: the catalogue of texts is `message` and `problem`.

use std::borrow::Cow;

/// A language of the product. Chinese is what users get unless they ask for English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    #[default]
    ZhCn,
    En,
}

impl std::str::FromStr for Locale {
    type Err = super::words::UnknownWord;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::from_tag(tag).ok_or_else(|| super::words::UnknownWord {
            what: "Locale",
            given: tag.to_owned(),
        })
    }
}

impl Locale {
    pub const ALL: [Locale; 2] = [Locale::ZhCn, Locale::En];

    /// The BCP 47 tag, which is also the stored form.
    pub fn as_str(self) -> &'static str {
        match self {
            Locale::ZhCn => "zh-CN",
            Locale::En => "en",
        }
    }

    /// Reads a stored tag or a language range of a header: any Chinese is `ZhCn`, any English `En`.
    pub fn from_tag(tag: &str) -> Option<Locale> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") {
            Some(Locale::ZhCn)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Locale::En)
        } else {
            None
        }
    }

    /// The best supported language of an `Accept-Language` header; Chinese when it names none of ours.
    /// Ranges of equal weight count in the order in which they stand.
    pub fn from_accept_language(header: &str) -> Locale {
        let mut best: Option<(u32, Locale)> = None;
        // Browsers send about ten ranges; a hostile header is not worth reading to its end.
        for range in header.split(',').take(32) {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let weight = parts.find_map(quality).unwrap_or(1000);
            let Some(locale) = (if tag == "*" {
                Some(Locale::default())
            } else {
                Locale::from_tag(tag)
            }) else {
                continue;
            };
            if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, locale));
            }
        }
        best.map_or(Locale::default(), |(_, locale)| locale)
    }
}

/// `q=0.8` as thousandths; `None` for any other parameter, 0 for a weight that cannot be read.
fn quality(parameter: &str) -> Option<u32> {
    let value = parameter
        .trim()
        .strip_prefix("q=")
        .or_else(|| parameter.trim().strip_prefix("Q="))?;
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let digits = format!("{whole}{fraction:0<3}");
    let read = (fraction.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse::<u32>().ok());
    Some(read.flatten().filter(|weight| *weight <= 1000).unwrap_or(0))
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Text {
    pub zh: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

impl Text {
    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Text {
        Text {
            zh: zh.into(),
            en: en.into(),
        }
    }

    pub fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::ZhCn => &self.zh,
            Locale::En => &self.en,
        }
    }
}

/// Names that people gave read the same in every language.
impl From<String> for Text {
    fn from(same: String) -> Text {
        Text {
            zh: same.clone().into(),
            en: same.into(),
        }
    }
}

impl From<&'static str> for Text {
    fn from(same: &'static str) -> Text {
        Text {
            zh: same.into(),
            en: same.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_supported_range_wins() {
        for (header, locale) in [
            ("", Locale::ZhCn),
            ("fr", Locale::ZhCn),
            ("*", Locale::ZhCn),
            ("en", Locale::En),
            ("EN-us", Locale::En),
            ("zh-TW,en;q=0.9", Locale::ZhCn),
            ("fr, en;q=0.4, zh;q=0.3", Locale::En),
            ("zh;q=0.3,en;q=0.30001", Locale::ZhCn),
            ("zh;q=0,en;q=0.1", Locale::En),
            ("en;q=banana", Locale::ZhCn),
            ("en;level=1;q=0.7,zh;q=0.8", Locale::ZhCn),
        ] {
            assert_eq!(Locale::from_accept_language(header), locale, "{header}");
        }
    }

    #[test]
    fn a_stored_tag_reads_back() {
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.as_str()), Some(locale));
        }
    }
}
