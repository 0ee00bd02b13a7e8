//! Keyset pages: `first`/`after` and `last`/`before` over lists that are ordered by one growing text key (an id or a due
//! time with an id). A cursor is opaque to clients; an altered one is refused.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::domain::instant::Instant;
use crate::domain::problem::{Format, Problem};
use crate::domain::refusal::Refusal;

/// Most rows on a page (P7).
pub const MAX_PAGE: i32 = 100;
/// Rows on a page when nothing is asked for.
pub const DEFAULT_PAGE: i32 = 20;

/// What part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// 1 to 100.
    pub size: i64,
    /// Walk from the end of the list.
    pub backwards: bool,
    /// The key to continue from, exclusive.
    pub from: Option<String>,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self {
            size: i64::from(DEFAULT_PAGE),
            backwards: false,
            from: None,
        }
    }
}

/// A page of rows in list order.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub has_next: bool,
    pub has_previous: bool,
}

impl<T> Page<T> {
    /// The same page of other things.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(f).collect(),
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }
}

impl PageRequest {
    /// From GraphQL's arguments; refuses sizes outside 1–100, both directions at once and altered cursors.
    pub fn parse(
        first: Option<i32>,
        after: Option<&str>,
        last: Option<i32>,
        before: Option<&str>,
    ) -> std::result::Result<Self, Refusal> {
        let backwards = last.is_some() || (before.is_some() && first.is_none());
        if backwards && (first.is_some() || after.is_some()) {
            return Err(Refusal::invalid(
                "last",
                Problem::OutOfRange {
                    min: 1,
                    max: i64::from(MAX_PAGE),
                },
            ));
        }
        let (name, size) = if backwards { ("last", last) } else { ("first", first) };
        let size = size.unwrap_or(DEFAULT_PAGE);
        if !(1..=MAX_PAGE).contains(&size) {
            return Err(Refusal::invalid(
                name,
                Problem::OutOfRange {
                    min: 1,
                    max: i64::from(MAX_PAGE),
                },
            ));
        }
        let (name, cursor) = if backwards {
            ("before", before)
        } else {
            ("after", after)
        };
        let from = cursor.map(|text| {
            decode(text).ok_or_else(|| Refusal::invalid(name, Problem::BadFormat { what: Format::Cursor }))
        });
        Ok(Self {
            size: i64::from(size),
            backwards,
            from: from.transpose()?,
        })
    }

    /// One row more than the page, to know whether there is another.
    pub fn limit(&self) -> i64 {
        self.size + 1
    }

    /// Cuts what a query returned (walking direction, one row more) into the page in list order.
    pub fn cut<T>(&self, mut rows: Vec<T>) -> Page<T> {
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let continued = self.from.is_some();
        if self.backwards {
            rows.reverse();
            return Page {
                rows,
                has_next: continued,
                has_previous: more,
            };
        }
        Page {
            rows,
            has_next: more,
            has_previous: continued,
        }
    }
}

/// The page key of a list that is ordered by a due time and then by id.
pub fn instant_key(due: Instant, id: &str) -> String {
    format!("{due}|{id}")
}

/// Reads a key that [`instant_key`] made; a cursor of another list is refused.
pub fn parse_instant_key(key: &str) -> std::result::Result<(Instant, String), Refusal> {
    let refused = || Refusal::invalid("after", Problem::BadFormat { what: Format::Cursor });
    let (due, id) = key.split_once('|').ok_or_else(refused)?;
    let due = chrono::DateTime::parse_from_rfc3339(due).map_err(|_| refused())?;
    Ok((Instant::from(due.to_utc()), id.to_owned()))
}

/// The cursor of a key.
pub fn encode(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

fn decode(cursor: &str) -> Option<String> {
    // The longest key is that of a record: a hundred characters of a value and an id.
    if cursor.len() > 700 {
        return None;
    }
    String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()
}

/// Adds the keyset predicate, the order and the limit of a page to a boxed query. `ascending` is the order of the list.
macro_rules! paged {
    ($query:expr, $request:expr, $key:expr, ascending) => {
        $crate::store::page::paged!(@ $query, $request, $key, !$request.backwards)
    };
    ($query:expr, $request:expr, $key:expr, descending) => {
        $crate::store::page::paged!(@ $query, $request, $key, $request.backwards)
    };
    (@ $query:expr, $request:expr, $key:expr, $grows:expr) => {{
        let query = $query.limit($request.limit());
        match ($grows, $request.from.clone()) {
            (true, Some(from)) => query.filter(diesel::ExpressionMethods::gt($key, from)).order(diesel::ExpressionMethods::asc($key)),
            (true, None) => query.order(diesel::ExpressionMethods::asc($key)),
            (false, Some(from)) => query.filter(diesel::ExpressionMethods::lt($key, from)).order(diesel::ExpressionMethods::desc($key)),
            (false, None) => query.order(diesel::ExpressionMethods::desc($key)),
        }
    }};
}
pub(crate) use paged;
