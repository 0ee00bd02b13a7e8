//! The index of the marketplace as rows: which entries hold a token, block by block, and a cell for each entry. What the numbers and
//! bits mean is `domain::market`; what becomes an entry is `market`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::conn::{Conn, on_each_backend};
use super::schema::{market_categories, market_cells, market_postings, market_tags};
use super::{Result, Tx};
use crate::domain::id::CategoryId;
use crate::domain::market::facets::{CELL, Cells};
use crate::domain::market::numbers::{self, BLOCK, Numbers};
use crate::domain::market::token::{Field, Probe};

/// Most tokens of one statement.
const TOKENS: usize = 400;

/// What cells say of the entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// See `domain::market::traits`.
    Traits,
    /// How often it was installed.
    Installs,
}

impl Cell {
    const fn code(self) -> i16 {
        match self {
            Self::Traits => 0,
            Self::Installs => 1,
        }
    }
}

// Nothing is left out of an INSERT, so that SQLite takes many rows in one statement.
#[derive(Insertable)]
#[diesel(table_name = market_postings)]
struct Posting<'a> {
    token: &'a str,
    field: i16,
    block: i32,
    numbers: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = market_cells)]
struct Block {
    kind: i16,
    block: i32,
    cells: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = market_tags)]
struct TagCount<'a> {
    tag: &'a str,
    name: &'a str,
    entries: i32,
}

fn stored(block: u64) -> i32 {
    i32::try_from(block).unwrap_or(i32::MAX)
}

/// Adds an entry to what holds each of the tokens, or takes it out.
pub fn change(tx: &mut Tx<'_>, number: u64, tokens: &BTreeSet<(Field, String)>, present: bool) -> Result<()> {
    let (block, within) = numbers::place(number);
    let block = stored(block);
    let mut fields: BTreeMap<Field, Vec<&str>> = BTreeMap::new();
    for (field, token) in tokens {
        fields.entry(*field).or_default().push(token);
    }
    for (field, tokens) in fields {
        for part in tokens.chunks(TOKENS) {
            change_part(tx, field.code(), block, within, part, present)?;
        }
    }
    Ok(())
}

fn change_part(tx: &mut Tx<'_>, field: i16, block: i32, within: u16, tokens: &[&str], present: bool) -> Result<()> {
    let rows = || {
        market_postings::table
            .filter(market_postings::token.eq_any(tokens))
            .filter(market_postings::field.eq(field))
            .filter(market_postings::block.eq(block))
    };
    let there: Vec<(String, Vec<u8>)> = rows()
        .select((market_postings::token, market_postings::numbers))
        .load(tx.conn)?;
    let there: HashMap<String, Vec<u8>> = there.into_iter().collect();
    let changed: Vec<Posting<'_>> = tokens
        .iter()
        .filter_map(|token| {
            let before = there.get(*token).map_or(&[][..], Vec::as_slice);
            let numbers = numbers::changed(before, within, present)?;
            Some(Posting {
                token,
                field,
                block,
                numbers,
            })
        })
        .collect();
    if !there.is_empty() {
        diesel::delete(rows()).execute(tx.conn)?;
    }
    if !changed.is_empty() {
        on_each_backend!(&mut *tx.conn, |conn| diesel::insert_into(market_postings::table)
            .values(&changed)
            .execute(conn))?;
    }
    Ok(())
}

/// Writes the cell of an entry.
pub fn set_cell(tx: &mut Tx<'_>, kind: Cell, number: u64, value: u32) -> Result<()> {
    let (block, within) = numbers::place(number);
    let row = market_cells::table.find((kind.code(), stored(block)));
    let there: Option<Vec<u8>> = row.select(market_cells::cells).first(tx.conn).optional()?;
    let mut cells = there.clone().unwrap_or_default();
    cells.resize(usize::try_from(BLOCK).unwrap_or_default() * CELL, 0);
    let at = usize::from(within) * CELL;
    cells[at..at + CELL].copy_from_slice(&value.to_le_bytes());
    if there.is_some() {
        diesel::update(row)
            .set(market_cells::cells.eq(cells))
            .execute(tx.conn)?;
        return Ok(());
    }
    let made = Block {
        kind: kind.code(),
        block: stored(block),
        cells,
    };
    diesel::insert_into(market_cells::table).values(made).execute(tx.conn)?;
    Ok(())
}

/// Every cell of a kind.
pub fn cells(conn: &mut Conn, kind: Cell) -> Result<Cells> {
    let rows: Vec<(i32, Vec<u8>)> = market_cells::table
        .filter(market_cells::kind.eq(kind.code()))
        .select((market_cells::block, market_cells::cells))
        .load(conn)?;
    let mut cells = Cells::default();
    for (block, stored) in rows {
        cells.add_block(u64::try_from(block).unwrap_or_default(), &stored);
    }
    Ok(cells)
}

/// What holds each piece of a search, by field.
#[derive(Debug, Default)]
pub struct Postings(HashMap<(Probe, Field), Numbers>);

type Row = (String, i16, i32, Vec<u8>);

const ALL: (
    market_postings::token,
    market_postings::field,
    market_postings::block,
    market_postings::numbers,
) = (
    market_postings::token,
    market_postings::field,
    market_postings::block,
    market_postings::numbers,
);

/// The pieces that are whole tokens.
fn exact(probes: &BTreeSet<Probe>) -> Vec<&str> {
    let exact = probes.iter().filter_map(|probe| match probe {
        Probe::Token(token) => Some(token.as_str()),
        Probe::Beginning(_) => None,
    });
    exact.collect()
}

impl Postings {
    /// Looks whole tokens up in one field.
    pub fn load_field(conn: &mut Conn, probes: &BTreeSet<Probe>, field: Field) -> Result<Self> {
        let mut found = Self::default();
        let query = market_postings::table
            .filter(market_postings::token.eq_any(exact(probes)))
            .filter(market_postings::field.eq(field.code()))
            .select(ALL);
        for row in query.load::<Row>(conn)? {
            found.add(Probe::Token(row.0.clone()), &row);
        }
        Ok(found)
    }

    /// Looks the pieces up.
    pub fn load(conn: &mut Conn, probes: &BTreeSet<Probe>) -> Result<Self> {
        let mut found = Self::default();
        let exact = exact(probes);
        if !exact.is_empty() {
            let query = market_postings::table
                .filter(market_postings::token.eq_any(exact))
                .select(ALL);
            for row in query.load::<Row>(conn)? {
                found.add(Probe::Token(row.0.clone()), &row);
            }
        }
        for probe in probes {
            let Probe::Beginning(word) = probe else { continue };
            let query = market_postings::table
                .filter(market_postings::token.ge(word))
                .filter(market_postings::token.lt(format!("{word}{}", char::MAX)))
                .select(ALL);
            for row in query.load::<Row>(conn)? {
                found.add(probe.clone(), &row);
            }
        }
        Ok(found)
    }

    fn add(&mut self, probe: Probe, (_, field, block, numbers): &Row) {
        if let Some(field) = Field::of_code(*field) {
            let block = u64::try_from(*block).unwrap_or_default();
            let held = self.0.entry((probe, field)).or_default();
            held.add_block(block, numbers);
        }
    }

    /// The entries that have a piece in a field.
    pub fn holding(&self, probe: &Probe, field: Field) -> Numbers {
        let held = self.0.get(&(probe.clone(), field));
        held.cloned().unwrap_or_default()
    }
}

/// The code by which traits know a category, made where it is the first of it.
pub fn category_code(tx: &mut Tx<'_>, id: &CategoryId) -> Result<u8> {
    let codes = category_codes(tx.conn)?;
    if let Some((_, code)) = codes.iter().find(|(known, _)| known == id) {
        return Ok(*code);
    }
    let code = u8::try_from(codes.len()).map_err(anyhow::Error::from)?;
    let row = (
        market_categories::category_id.eq(id),
        market_categories::code.eq(i32::from(code)),
    );
    diesel::insert_into(market_categories::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(code)
}

/// The codes of categories of which anything ever was listed.
pub fn category_codes(conn: &mut Conn) -> Result<Vec<(CategoryId, u8)>> {
    let rows: Vec<(CategoryId, i32)> = market_categories::table
        .filter(market_categories::code.ge(0))
        .order(market_categories::code.asc())
        .select((market_categories::category_id, market_categories::code))
        .load(conn)?;
    let known = rows.into_iter();
    Ok(known
        .filter_map(|(id, code)| Some((id, u8::try_from(code).ok()?)))
        .collect())
}

/// Counts the entries of tags on or back; a tag comes as it is compared and as it is shown.
pub fn count_tags(tx: &mut Tx<'_>, tags: &BTreeMap<String, String>, by: i32) -> Result<()> {
    for (tag, name) in tags {
        let row = market_tags::table.find(tag);
        let there: Option<i32> = row.select(market_tags::entries).first(tx.conn).optional()?;
        match (there, there.unwrap_or(0) + by) {
            (Some(_), left) if left <= 0 => {
                diesel::delete(row).execute(tx.conn)?;
            }
            (Some(_), entries) => {
                diesel::update(row)
                    .set(market_tags::entries.eq(entries))
                    .execute(tx.conn)?;
            }
            (None, entries) if entries > 0 => {
                diesel::insert_into(market_tags::table)
                    .values(TagCount { tag, name, entries })
                    .execute(tx.conn)?;
            }
            (None, _) => {}
        }
    }
    Ok(())
}

/// The tags that most entries have, as they are compared and as they are shown.
pub fn most_used_tags(conn: &mut Conn, most: i64) -> Result<Vec<(String, String)>> {
    let query = market_tags::table
        .order((market_tags::entries.desc(), market_tags::tag.desc()))
        .limit(most)
        .select((market_tags::tag, market_tags::name));
    Ok(query.load(conn)?)
}
