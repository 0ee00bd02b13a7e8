//! How the texts of products become tokens, and a search becomes what to look up. Both are brought to one form first: NFKC, lower case.
//!
//! Chinese has no blanks between words, and what a dictionary takes for a word is not what a customer types; so every character and
//! every pair of neighbours is a token, and any two-character word is found wherever it stands. A longer one is found where all its
//! pairs stand in the same text. Other scripts have words: each is found by its beginning.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Beginnings of words up to so many characters are tokens; longer ones are looked up among the words.
const BEGINNING: usize = 6;
/// Characters of a word that count.
const WORD: usize = 40;

/// Where a token stands. The order is that of relevance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The name is this very text.
    Whole,
    /// The name begins with it.
    Beginning,
    Name,
    Tags,
    Summary,
    /// The description and the partner's name.
    Text,
    /// Not searched by words: the filter by tag.
    Tag,
}

/// The fields that words are searched in, best first.
pub const SEARCHED: [Field; 4] = [Field::Name, Field::Tags, Field::Summary, Field::Text];

impl Field {
    /// Every field.
    pub const ALL: [Field; 7] = [
        Field::Whole,
        Field::Beginning,
        Field::Name,
        Field::Tags,
        Field::Summary,
        Field::Text,
        Field::Tag,
    ];

    /// The stored form.
    pub const fn code(self) -> i16 {
        match self {
            Self::Whole => 0,
            Self::Beginning => 1,
            Self::Name => 2,
            Self::Tags => 3,
            Self::Summary => 4,
            Self::Text => 5,
            Self::Tag => 6,
        }
    }

    /// From the stored form.
    pub fn of_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }
}

/// The texts by which a product is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarketText {
    pub name: String,
    pub tags: Vec<String>,
    pub summary: String,
    /// Without marks.
    pub description: String,
    pub partner: String,
}

/// What to look up for a piece of what is searched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Probe {
    /// This very token.
    Token(String),
    /// Every token that begins with it.
    Beginning(String),
}

/// What is searched: words of which each must be there; the pieces of a word stand in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The whole of it, as a name would be.
    pub whole: String,
    pub words: Vec<Vec<Probe>>,
}

/// A text in the form in which texts are compared: NFKC, lower case, single blanks.
pub fn normalised(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A word of a script with blanks, or a stretch of one without.
enum Run {
    Spaced(Vec<char>),
    Packed(Vec<char>),
}

/// Scripts that are written without blanks between words: Chinese, Japanese, Korean, Thai.
fn is_packed(character: char) -> bool {
    matches!(u32::from(character),
        0x0E00..=0x0E7F | 0x2E80..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// The runs of a normalised text. Whatever is neither letter nor digit parts them.
fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for character in text.chars() {
        let counts = character.is_alphanumeric() || (open && is_combining_mark(character));
        if !counts {
            open = false;
            continue;
        }
        match (runs.last_mut(), is_packed(character)) {
            (Some(Run::Packed(run)), true) if open => run.push(character),
            (Some(Run::Spaced(run)), false) if open => run.push(character),
            (_, true) => runs.push(Run::Packed(vec![character])),
            (_, false) => runs.push(Run::Spaced(vec![character])),
        }
        open = true;
    }
    runs
}

fn pairs(run: &[char]) -> impl Iterator<Item = String> {
    run.windows(2).map(|pair| pair.iter().collect())
}

fn beginnings(run: &[char]) -> Vec<String> {
    let run = &run[..run.len().min(WORD)];
    let short = (1..=run.len().min(BEGINNING)).map(|length| run[..length].iter().collect());
    let mut found: Vec<String> = short.collect();
    if run.len() > BEGINNING {
        found.push(run.iter().collect());
    }
    found
}

/// The tokens of a product, each with its field.
pub fn tokens(text: &MarketText) -> BTreeSet<(Field, String)> {
    let mut found = BTreeSet::new();
    let name = normalised(&text.name);
    match runs(&name).first() {
        Some(Run::Spaced(run)) => found.extend(beginnings(run).into_iter().map(|it| (Field::Beginning, it))),
        Some(Run::Packed(run)) => {
            found.insert((Field::Beginning, run[0].to_string()));
            found.extend(pairs(run).next().map(|it| (Field::Beginning, it)));
        }
        None => {}
    }
    let mut add = |field: Field, text: &str| {
        for run in runs(text) {
            match run {
                Run::Spaced(run) => found.extend(beginnings(&run).into_iter().map(|it| (field, it))),
                Run::Packed(run) => {
                    found.extend(run.iter().map(|it| (field, it.to_string())));
                    found.extend(pairs(&run).map(|it| (field, it)));
                }
            }
        }
    };
    add(Field::Name, &name);
    for tag in &text.tags {
        add(Field::Tags, &normalised(tag));
    }
    add(Field::Summary, &normalised(&text.summary));
    add(Field::Text, &normalised(&text.description));
    add(Field::Text, &normalised(&text.partner));
    found.extend(text.tags.iter().map(|tag| (Field::Tag, normalised(tag))));
    found.insert((Field::Whole, name));
    found
}

/// What to look up for a search.
pub fn search(text: &str) -> Search {
    let whole = normalised(text);
    let mut words: Vec<Vec<Probe>> = Vec::new();
    for run in runs(&whole) {
        let word = match run {
            Run::Spaced(run) => {
                let run = &run[..run.len().min(WORD)];
                let word = run.iter().collect();
                vec![match run.len() > BEGINNING {
                    true => Probe::Beginning(word),
                    false => Probe::Token(word),
                }]
            }
            Run::Packed(run) if run.len() == 1 => vec![Probe::Token(run[0].to_string())],
            Run::Packed(run) => {
                let mut word: Vec<Probe> = Vec::new();
                for pair in pairs(&run).map(Probe::Token) {
                    if !word.contains(&pair) {
                        word.push(pair);
                    }
                }
                word
            }
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    Search { whole, words }
}
