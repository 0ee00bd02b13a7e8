//! Promotion links (L18–L20). A partner's admins see their own; whoever has a token finds the one link that it opens. Only the hash of a
//! token is stored; whether a link sells is decided by the domain. What came of it is `promotion_count`.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::audit::Fact;
use super::conn::{Conn, Dialect};
use super::error::is_unique_violation;
use super::page::{Page, PageRequest, paged};
use super::product::Product;
use super::schema::{products, promotion_links};
use super::{Result, Tx};
use crate::auth::viewer::PartnerScope;
use crate::domain::id::{OrganizationId, ProductId, PromotionLinkId, UserId};
use crate::domain::instant::Instant;
use crate::domain::link_token::LinkToken;
use crate::domain::problem::Problem;
use crate::domain::promotion_link::{PromotionLinkStatus, Validity};
use crate::domain::refusal::Refusal;

/// A link by which a product is promoted.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = promotion_links, treat_none_as_null = true)]
pub struct PromotionLink {
    pub id: PromotionLinkId,
    pub organization_id: OrganizationId,
    pub product_id: ProductId,
    pub name: String,
    /// Unique within the product; orders carry it, so it never changes.
    pub channel_code: String,
    /// SHA-256, hex.
    pub token_hash: String,
    pub valid_from: Option<Instant>,
    pub valid_to: Option<Instant>,
    pub disabled: bool,
    pub created_by: UserId,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// Grows with every change.
    pub version: i32,
}

impl PromotionLink {
    /// From when until when it sells.
    pub fn validity(&self) -> Validity {
        Validity {
            from: self.valid_from,
            to: self.valid_to,
        }
    }

    /// Whether it sells at `now`, given its product.
    pub fn status(&self, product: &Product, now: Instant) -> PromotionLinkStatus {
        PromotionLinkStatus::at(self.disabled, product.status, self.validity(), now)
    }

    fn facts(&self) -> Value {
        json!({
            "productId": self.product_id, "name": self.name, "channelCode": self.channel_code,
            "validFrom": self.valid_from, "validTo": self.valid_to, "disabled": self.disabled,
        })
    }
}

type Boxed<'a> = promotion_links::BoxedQuery<'a, Dialect>;

fn own<'a>(scope: &PartnerScope, product: Option<&ProductId>) -> Boxed<'a> {
    let query = promotion_links::table
        .select(promotion_links::all_columns)
        .filter(promotion_links::organization_id.eq(scope.organization_id.clone()))
        .into_boxed();
    match product {
        Some(product) => query.filter(promotion_links::product_id.eq(product.clone())),
        None => query,
    }
}

/// A page of the partner's links, of one product or of all, newest first.
pub fn list(
    conn: &mut Conn,
    scope: &PartnerScope,
    product: Option<&ProductId>,
    page: &PageRequest,
) -> Result<Page<PromotionLink>> {
    let query = own(scope, product);
    Ok(page.cut(paged!(query, page, promotion_links::id, descending).load(conn)?))
}

/// How many [`list`] has in all.
pub fn count(conn: &mut Conn, scope: &PartnerScope, product: Option<&ProductId>) -> Result<i64> {
    Ok(own(scope, product).select(diesel::dsl::count_star()).first(conn)?)
}

/// How many links each of the products has, and how many of them nobody disabled and are valid at `now` (see
/// [`PromotionLinkStatus::at`], which asks for the product besides). Those without any are absent; the viewer was shown the products
/// already.
pub fn counts(conn: &mut Conn, ids: &[ProductId], now: Instant) -> Result<Vec<(ProductId, i64, i64)>> {
    use diesel::dsl::{case_when, count_star, sum};
    use diesel::sql_types::Integer;
    let begun = promotion_links::valid_from
        .is_null()
        .or(promotion_links::valid_from.assume_not_null().le(now));
    let going = promotion_links::valid_to
        .is_null()
        .or(promotion_links::valid_to.assume_not_null().gt(now));
    let open = case_when(
        promotion_links::disabled.eq(false).and(begun).and(going),
        1.into_sql::<Integer>(),
    )
    .otherwise(0.into_sql::<Integer>());
    let query = promotion_links::table
        .filter(promotion_links::product_id.eq_any(ids))
        .group_by(promotion_links::product_id)
        .select((promotion_links::product_id, count_star(), sum(open).assume_not_null()));
    Ok(query.load(conn)?)
}

/// The partner's own link, or `None`.
pub fn find(conn: &mut Conn, scope: &PartnerScope, id: &PromotionLinkId) -> Result<Option<PromotionLink>> {
    let query = own(scope, None).filter(promotion_links::id.eq(id.clone()));
    Ok(query.first(conn).optional()?)
}

/// The link that a visitor's token opens, with its product. The token is the authority, so no scope is asked for.
pub fn by_token(conn: &mut Conn, token: &str) -> Result<Option<(PromotionLink, Product)>> {
    let Some(token) = LinkToken::parse(token) else {
        return Ok(None);
    };
    let query = promotion_links::table
        .inner_join(products::table)
        .filter(promotion_links::token_hash.eq(token.hash().as_str().to_owned()))
        .select((promotion_links::all_columns, products::all_columns));
    Ok(query.first(conn).optional()?)
}

/// L20: the link that somebody brings, where it sells this product now; refused where it does not.
pub fn require_open(conn: &mut Conn, token: &str, product: &ProductId, now: Instant) -> Result<PromotionLink> {
    let found = by_token(conn, token)?.filter(|(link, _)| link.product_id == *product);
    let (link, product) = found.ok_or_else(|| Refusal::not_found().at("promotion"))?;
    link.status(&product, now).require_open(link.validity())?;
    Ok(link)
}

/// Makes a link; refused where the product has a link of its channel code.
pub fn insert(tx: &mut Tx<'_>, link: &PromotionLink) -> Result<()> {
    match diesel::insert_into(promotion_links::table)
        .values(link)
        .execute(tx.conn)
    {
        Err(error) if is_unique_violation(&error) => Err(Refusal::invalid("channelCode", Problem::ChannelTaken).into()),
        other => Ok(other.map(|_| ())?),
    }
}

/// Whether the product has a link of that channel code.
pub fn is_taken(conn: &mut Conn, product: &ProductId, channel_code: &str) -> Result<bool> {
    let same = promotion_links::table
        .filter(promotion_links::product_id.eq(product))
        .filter(promotion_links::channel_code.eq(channel_code));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(conn)?)
}

/// Saves a link that was read at `before.version`, and counts the version on. Stale where somebody was quicker.
pub fn update(tx: &mut Tx<'_>, before: &PromotionLink, after: PromotionLink) -> Result<PromotionLink> {
    let after = PromotionLink {
        updated_at: tx.now,
        version: before.version + 1,
        ..after
    };
    let read = promotion_links::table
        .filter(promotion_links::id.eq(&before.id))
        .filter(promotion_links::version.eq(before.version));
    match diesel::update(read).set(&after).execute(tx.conn)? {
        1 => Ok(after),
        _ => Err(Refusal::stale().into()),
    }
}

/// Records what became of a link.
pub fn audit(
    tx: &mut Tx<'_>,
    action: &'static str,
    before: Option<&PromotionLink>,
    after: &PromotionLink,
) -> Result<()> {
    tx.audit(Fact {
        organization_id: &after.organization_id,
        action,
        object_id: after.id.as_str(),
        label: &after.name,
        before: before.map(PromotionLink::facts),
        after: Some(after.facts()),
    })
}
