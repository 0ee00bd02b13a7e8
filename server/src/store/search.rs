//! The index by which lists are searched (how texts are cut stands in `domain::search_token`). A search by rare words looks
//! its few rows up by id; one by words that many rows hold is left to the list, which meets enough of them as it walks its
//! order. So neither reads a list from end to end.

use diesel::prelude::*;

use super::conn::{Conn, on_each_backend};
use super::schema::search_tokens;
use super::{Result, Tx};
use crate::auth::viewer::PartyScope;
use crate::domain::search_token::{Probe, SearchNoun, probes, tokens};

/// From so many rows on, a list that is walked meets them often enough.
const MANY: usize = 1_000;
/// Most rows of one INSERT.
const ROWS: usize = 500;
/// The scope of those who see every object.
const EVERYBODY: &str = "*";

/// Which rows may hold what is searched; that they do is still to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidates {
    /// The ids of all of them.
    Few(Vec<String>),
    /// Too many to name.
    Many,
}

// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Insertable)]
#[diesel(table_name = search_tokens)]
struct Token<'a> {
    noun: &'a str,
    scope: &'a str,
    token: &'a str,
    object_id: &'a str,
}

/// Makes an object findable by its text, in lower case, for these organisations and for those who see every object.
pub fn index(tx: &mut Tx<'_>, noun: SearchNoun, organizations: &[&str], object_id: &str, text: &str) -> Result<()> {
    let tokens = tokens(text);
    let mut scopes = organizations.to_vec();
    scopes.push(EVERYBODY);
    scopes.sort_unstable();
    scopes.dedup();
    let row = |scope, token| Token {
        noun: noun.as_str(),
        scope,
        token,
        object_id,
    };
    let rows: Vec<Token<'_>> = scopes
        .iter()
        .flat_map(|scope| tokens.iter().map(move |token| row(*scope, token.as_str())))
        .collect();
    for piece in rows.chunks(ROWS) {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(search_tokens::table)
            .values(piece)
            .execute(conn))?;
    }
    Ok(())
}

/// Forgets an object, or its text before it is indexed anew.
pub fn forget(tx: &mut Tx<'_>, object_id: &str) -> Result<()> {
    diesel::delete(search_tokens::table.filter(search_tokens::object_id.eq(object_id))).execute(tx.conn)?;
    Ok(())
}

/// The objects that the scope may find by a text in lower case: those of its rarest pair of characters.
pub fn candidates(conn: &mut Conn, noun: SearchNoun, scope: &PartyScope, searched: &str) -> Result<Candidates> {
    let scope = match scope {
        PartyScope::Partner(partner) => partner.organization_id.as_str(),
        PartyScope::Customer(customer) => customer.organization_id.as_str(),
        PartyScope::Reviewer(_) => EVERYBODY,
    };
    rarest(conn, noun, scope, searched)
}

/// The same for a list that everybody may see.
pub fn public_candidates(conn: &mut Conn, noun: SearchNoun, searched: &str) -> Result<Candidates> {
    rarest(conn, noun, EVERYBODY, searched)
}

fn rarest(conn: &mut Conn, noun: SearchNoun, scope: &str, searched: &str) -> Result<Candidates> {
    let mut rarest: Option<Vec<String>> = None;
    for probe in probes(searched) {
        let query = search_tokens::table
            .filter(search_tokens::noun.eq(noun.as_str()))
            .filter(search_tokens::scope.eq(scope))
            .select(search_tokens::object_id)
            .limit(i64::try_from(MANY + 1).unwrap_or(i64::MAX))
            .into_boxed();
        let query = match probe {
            Probe::Token(token) => query.filter(search_tokens::token.eq(token)),
            Probe::Range(from, to) => query
                .filter(search_tokens::token.ge(from))
                .filter(search_tokens::token.lt(to)),
        };
        let found: Vec<String> = query.load(conn)?;
        let rarer = rarest.as_ref().is_none_or(|rarest| found.len() < rarest.len());
        if found.len() <= MANY && rarer {
            rarest = Some(found);
        }
    }
    Ok(rarest.map_or(Candidates::Many, Candidates::Few))
}
