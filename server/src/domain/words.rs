//! How a closed set of words is declared: variants with their text form and their description, in one place.
//! The store, the schema and packages all read the same table. It holds no rule.

pub use super::component::UnknownWord;

/// Declares a fieldless enum whose variants have a fixed text form (stored, sent, shown in the schema) and a description.
macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident { $( $(#[doc = $vdoc:literal])+ $variant:ident = $text:literal, )+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[doc = $vdoc])+ #[serde(rename = $text)] $variant, )+
        }

        impl $name {
            /// Every word, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// What the set of words is, in English.
            pub const DOC: &'static str = concat!($($doc),+);

            /// The text form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// What the word means, in English.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($vdoc),+)),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::words::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or_else(|| {
                    $crate::domain::words::UnknownWord { what: stringify!($name), given: text.to_owned() }
                })
            }
        }
    };
}
pub(crate) use words;
