//! What is on the marketplace (L11): an entry for every product that is listed there, made, changed and taken away in the transaction
//! in which the product changes. Entries are public; whether one is shown to somebody is `domain::market`'s. The search is
//! `market_search`.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::conn::Conn;
use super::market_index::{self, Cell};
use super::product::Product;
use super::schema::{market_entries, market_places};
use super::{Fault, Result, Tx, organization, product_revision};
use crate::auth::viewer::MemberScope;
use crate::domain::id::{ApplicationId, CategoryId, FileId, OrganizationId, ProductId, ProductRevisionId};
use crate::domain::instant::Instant;
use crate::domain::markdown;
use crate::domain::market::Looking;
use crate::domain::market::token::{self, MarketText, normalised};
use crate::domain::market::traits::Traits;
use crate::domain::product::ProductStatus;
use crate::domain::product_content::{Audience, ChargeForm, ProductContent, PromotionMode};

/// An entry as lists show it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = market_entries)]
pub struct MarketEntry {
    pub number: i64,
    pub product_id: ProductId,
    pub organization_id: OrganizationId,
    pub application_id: ApplicationId,
    pub revision_id: ProductRevisionId,
    pub category_id: CategoryId,
    pub charge_form: ChargeForm,
    pub name: String,
    pub icon_id: Option<FileId>,
    pub summary: String,
    /// JSON, see [`MarketEntry::tags`].
    pub tags: String,
    /// JSON, see [`MarketEntry::audience`].
    pub audience: String,
    pub partner_name: String,
    pub listed_at: Instant,
    pub installs: i32,
}

/// An entry with what only its index needs.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = market_entries)]
struct Indexed {
    #[diesel(embed)]
    entry: MarketEntry,
    normalised_name: String,
    description: String,
}

/// Where a product that ever was listed stands.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = market_places)]
struct Place {
    product_id: ProductId,
    number: i64,
    listed_at: Instant,
    installs: i32,
}

impl MarketEntry {
    /// By which it is found.
    pub fn tags(&self) -> Result<Vec<String>> {
        serde_json::from_str(&self.tags).map_err(|error| self.broken("tags", &error))
    }

    /// Whom it is for.
    pub fn audience(&self) -> Result<Audience> {
        serde_json::from_str(&self.audience).map_err(|error| self.broken("audience", &error))
    }

    fn broken(&self, column: &str, error: &serde_json::Error) -> super::Error {
        let fault = Fault::Inconsistent {
            table: "market_entries",
            row: self.product_id.to_string(),
            what: format!("{column}: {error}"),
        };
        fault.into()
    }

    fn at(&self) -> u64 {
        u64::try_from(self.number).unwrap_or_default()
    }
}

impl Indexed {
    fn text(&self) -> Result<MarketText> {
        Ok(MarketText {
            name: self.entry.name.clone(),
            tags: self.entry.tags()?,
            summary: self.entry.summary.clone(),
            description: self.description.clone(),
            partner: self.entry.partner_name.clone(),
        })
    }

    /// Its tags, as they are compared and as they are shown.
    fn tags(&self) -> Result<BTreeMap<String, String>> {
        let tags = self.entry.tags()?.into_iter();
        Ok(tags.map(|tag| (normalised(&tag), tag)).collect())
    }
}

/// Brings the marketplace up to a product that was just saved: L9, L10: only what is LISTED and promoted there is on it.
pub fn follow(tx: &mut Tx<'_>, product: &Product) -> Result<()> {
    let before: Option<Indexed> = market_entries::table
        .filter(market_entries::product_id.eq(&product.id))
        .select(Indexed::as_select())
        .first(tx.conn)
        .optional()?;
    let listed = product.status == ProductStatus::Listed && product.promotion_mode == Some(PromotionMode::Marketplace);
    let after = match listed {
        true => Some(indexed(tx, product)?),
        false => None,
    };
    if before.is_none() && after.is_none() {
        return Ok(());
    }
    replace(tx, before.as_ref(), after.as_ref())
}

/// Puts one entry in the place of another in everything by which it is found.
fn replace(tx: &mut Tx<'_>, before: Option<&Indexed>, after: Option<&Indexed>) -> Result<()> {
    let tokens = |of: Option<&Indexed>| match of {
        Some(of) => of.text().map(|text| token::tokens(&text)),
        None => Ok(Default::default()),
    };
    let (mut gone, mut come) = (tokens(before)?, tokens(after)?);
    let stays = before.map(|it| it.entry.number) == after.map(|it| it.entry.number);
    if stays {
        let both: Vec<_> = gone.intersection(&come).cloned().collect();
        for token in both {
            gone.remove(&token);
            come.remove(&token);
        }
    }
    if let Some(before) = before {
        market_index::change(tx, before.entry.at(), &gone, false)?;
        market_index::count_tags(tx, &before.tags()?, -1)?;
        diesel::delete(market_entries::table.find(before.entry.number)).execute(tx.conn)?;
        if !stays {
            market_index::set_cell(tx, Cell::Traits, before.entry.at(), 0)?;
            market_index::set_cell(tx, Cell::Installs, before.entry.at(), 0)?;
        }
    }
    if let Some(after) = after {
        let entry = &after.entry;
        market_index::change(tx, entry.at(), &come, true)?;
        market_index::count_tags(tx, &after.tags()?, 1)?;
        let category = market_index::category_code(tx, &entry.category_id)?;
        let traits = Traits::new(entry.charge_form, category, &entry.audience()?);
        market_index::set_cell(tx, Cell::Traits, entry.at(), traits.0)?;
        market_index::set_cell(tx, Cell::Installs, entry.at(), installs(entry.installs))?;
        diesel::insert_into(market_entries::table)
            .values(after)
            .execute(tx.conn)?;
    }
    Ok(())
}

fn installs(counted: i32) -> u32 {
    u32::try_from(counted).unwrap_or_default()
}

/// The entry of a listed product.
fn indexed(tx: &mut Tx<'_>, product: &Product) -> Result<Indexed> {
    let listed_at = product.listed_at.ok_or_else(|| lacks(product, "an instant"))?;
    let place = place(tx, product, listed_at)?;
    described(tx.conn, product, Some(place))
}

/// An approved product as the marketplace shows it, also where it is not there: whoever comes by a promotion link sees it so.
pub fn promoted(conn: &mut Conn, product: &Product) -> Result<MarketEntry> {
    match find(conn, &product.id)? {
        Some(listed) => Ok(listed),
        None => Ok(described(conn, product, None)?.entry),
    }
}

fn lacks(product: &Product, what: &str) -> Fault {
    Fault::Inconsistent {
        table: "products",
        row: product.id.to_string(),
        what: format!("shown without {what}"),
    }
}

/// A product as what is approved of it says. Without a place it is not on the marketplace: it has no number there, and stands since its
/// approval.
fn described(conn: &mut Conn, product: &Product, place: Option<Place>) -> Result<Indexed> {
    let lacks = |what: &str| lacks(product, what);
    let revision = product
        .approved_revision_id
        .as_ref()
        .ok_or_else(|| lacks("a revision"))?;
    let revision = product_revision::get(conn, revision)?;
    let content = revision.parsed()?;
    let description = markdown::plain_text(&content.description, markdown::MAX_CHARS);
    let name = content.title();
    let ProductContent {
        icon_id,
        summary,
        tags,
        audience,
        category_id,
        charge_form,
        ..
    } = content;
    Ok(Indexed {
        normalised_name: normalised(&name),
        description,
        entry: MarketEntry {
            number: place.as_ref().map_or(0, |place| place.number),
            product_id: product.id.clone(),
            organization_id: product.organization_id.clone(),
            application_id: product.application_id.clone(),
            revision_id: revision.id,
            category_id: category_id.ok_or_else(|| lacks("a category"))?,
            charge_form: charge_form.ok_or_else(|| lacks("a charge form"))?,
            name,
            icon_id,
            summary,
            tags: serde_json::to_string(&tags)?,
            audience: serde_json::to_string(&audience)?,
            partner_name: organization::get(conn, &product.organization_id)?.name,
            listed_at: match &place {
                Some(place) => place.listed_at,
                None => revision.decided_at.unwrap_or(product.updated_at),
            },
            installs: place.map_or(0, |place| place.installs),
        },
    })
}

/// The place of a product: the one that it had while it is the same listing, else the next one. How often it was installed stays.
fn place(tx: &mut Tx<'_>, product: &Product, listed_at: Instant) -> Result<Place> {
    let row = market_places::table.find(&product.id);
    let before: Option<Place> = row.select(Place::as_select()).first(tx.conn).optional()?;
    if let Some(before) = &before
        && before.listed_at == listed_at
    {
        return Ok(before.clone());
    }
    let last: Option<i64> = market_places::table
        .filter(market_places::number.ge(0))
        .order(market_places::number.desc())
        .select(market_places::number)
        .first(tx.conn)
        .optional()?;
    let made = Place {
        product_id: product.id.clone(),
        number: last.unwrap_or(0) + 1,
        listed_at,
        installs: before.map_or(0, |before| before.installs),
    };
    diesel::delete(row).execute(tx.conn)?;
    diesel::insert_into(market_places::table)
        .values(&made)
        .execute(tx.conn)?;
    Ok(made)
}

/// Counts an installation of a product, by which the marketplace sorts.
pub fn count_install(tx: &mut Tx<'_>, product: &ProductId) -> Result<()> {
    let row = market_places::table.find(product);
    let Some(place): Option<Place> = row.select(Place::as_select()).first(tx.conn).optional()? else {
        return Ok(());
    };
    let counted = place.installs + 1;
    diesel::update(row)
        .set(market_places::installs.eq(counted))
        .execute(tx.conn)?;
    let shown = market_entries::table.filter(market_entries::product_id.eq(product));
    let changed = diesel::update(shown)
        .set(market_entries::installs.eq(counted))
        .execute(tx.conn)?;
    match changed {
        0 => Ok(()),
        _ => {
            let number = u64::try_from(place.number).unwrap_or_default();
            market_index::set_cell(tx, Cell::Installs, number, installs(counted))
        }
    }
}

/// What is known of whoever looks: of those without an organisation, nothing.
pub fn looking(conn: &mut Conn, scope: Option<&MemberScope>) -> Result<Looking> {
    let Some(scope) = scope else {
        return Ok(Looking::default());
    };
    let found = organization::get(conn, &scope.organization_id)?;
    Ok(Looking {
        industry: found.industry,
        size: found.size,
    })
}

/// The entry of a product, whoever may see it.
pub fn find(conn: &mut Conn, product: &ProductId) -> Result<Option<MarketEntry>> {
    let query = market_entries::table
        .filter(market_entries::product_id.eq(product))
        .select(MarketEntry::as_select());
    Ok(query.first(conn).optional()?)
}

/// Entries by their numbers, in no order.
pub fn by_numbers(conn: &mut Conn, numbers: &[i64]) -> Result<Vec<MarketEntry>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let query = market_entries::table
        .filter(market_entries::number.eq_any(numbers))
        .select(MarketEntry::as_select());
    Ok(query.load(conn)?)
}

/// The tags of entries, as JSON.
pub fn tags_of(conn: &mut Conn, numbers: &[i64]) -> Result<Vec<String>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let query = market_entries::table
        .filter(market_entries::number.eq_any(numbers))
        .select(market_entries::tags);
    Ok(query.load(conn)?)
}
