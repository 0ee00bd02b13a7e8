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

/// Characters of a cursor: it may hold a name by which a list is sorted.
const MAX_CURSOR: usize = 2_000;

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
            return Err(Refusal::invalid("last", Problem::BothDirections));
        }
        let (name, size) = if backwards { ("last", last) } else { ("first", first) };
        let size = size.unwrap_or(DEFAULT_PAGE);
        if !(1..=MAX_PAGE).contains(&size) {
            return Err(Refusal::page_size(usize::try_from(MAX_PAGE).unwrap_or_default()).at(name));
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

/// The page key of a list that is ordered by an instant and then by id.
pub fn instant_key(at: Instant, id: &str) -> String {
    text_key(&at.to_string(), id)
}

/// Reads a key that [`instant_key`] made; a cursor of another list is refused.
pub fn parse_instant_key(key: &str) -> std::result::Result<(Instant, String), Refusal> {
    let (at, id) = parse_text_key(key)?;
    let at = chrono::DateTime::parse_from_rfc3339(&at).map_err(|_| foreign_cursor())?;
    Ok((Instant::from(at.to_utc()), id))
}

/// The page key of a list that is ordered by a text and then by id.
pub fn text_key(text: &str, id: &str) -> String {
    format!("{text}|{id}")
}

/// Reads a key that [`text_key`] made; ids hold no bar.
pub fn parse_text_key(key: &str) -> std::result::Result<(String, String), Refusal> {
    let (text, id) = key.rsplit_once('|').ok_or_else(foreign_cursor)?;
    Ok((text.to_owned(), id.to_owned()))
}

fn foreign_cursor() -> Refusal {
    Refusal::invalid("after", Problem::BadFormat { what: Format::Cursor })
}

/// The cursor of a key.
pub fn encode(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

fn decode(cursor: &str) -> Option<String> {
    if cursor.len() > MAX_CURSOR {
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

/// The same for a list that is ordered by one column and, where that is equal, by id. `$parse` reads the page key.
macro_rules! paged_by {
    ($query:expr, $request:expr, $parse:path, $column:expr, $id:expr, ascending) => {
        $crate::store::page::paged_by!(@ $query, $request, $parse, $column, $id, !$request.backwards)
    };
    ($query:expr, $request:expr, $parse:path, $column:expr, $id:expr, descending) => {
        $crate::store::page::paged_by!(@ $query, $request, $parse, $column, $id, $request.backwards)
    };
    (@ $query:expr, $request:expr, $parse:path, $column:expr, $id:expr, $grows:expr) => {{
        use diesel::{BoolExpressionMethods as _, ExpressionMethods as _};
        let query = $query.limit($request.limit());
        let from = $request.from.as_deref().map($parse).transpose()?;
        // The plain bound on the column lets an index begin where the page does.
        match ($grows, from) {
            (true, Some((reached, place))) => query
                .filter($column.ge(reached.clone()))
                .filter($column.gt(reached).or($id.gt(place)))
                .order(($column.asc(), $id.asc())),
            (true, None) => query.order(($column.asc(), $id.asc())),
            (false, Some((reached, place))) => query
                .filter($column.le(reached.clone()))
                .filter($column.lt(reached).or($id.lt(place)))
                .order(($column.desc(), $id.desc())),
            (false, None) => query.order(($column.desc(), $id.desc())),
        }
    }};
}
pub(crate) use paged_by;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;

    #[test]
    fn p7_a_page_that_cannot_be_is_refused_for_its_true_reason() {
        for (first, last, at) in [
            (Some(0), None, "first"),
            (Some(101), None, "first"),
            (None, Some(-1), "last"),
        ] {
            let refusal = PageRequest::parse(first, None, last, None).expect_err("no page");
            assert_eq!(
                (refusal.code().as_str(), refusal.path()),
                ("LIMIT_PAGE", &[at.to_owned()][..])
            );
            assert_eq!(refusal.message(Locale::En), "A page of a list holds 1 to 100 entries");
        }
        let refusal = PageRequest::parse(Some(2), None, Some(2), None).expect_err("no page");
        assert!(refusal.message(Locale::En).contains("not both at once"), "{refusal}");
        assert!(PageRequest::parse(Some(100), None, None, None).is_ok());
    }
}
