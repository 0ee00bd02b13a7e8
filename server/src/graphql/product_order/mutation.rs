//! Opening and ordering products, paying and giving back (L13, L14).

use async_graphql::{Context, ID, InputObject, Object, Result};
use serde::Serialize;

use super::types::ProductOrder;
use crate::auth::viewer::Viewer;
use crate::domain::id::{ProductId, ProductOrderId};
use crate::domain::license::{ChargeType, Wish};
use crate::domain::refusal::Refusal;
use crate::graphql::context::{change, idempotency_key, write_once};
use crate::graphql::error::{outcome, result_union};
use crate::graphql::scalars::MinorUnits;
use crate::services::license::ordering::{self, NewOrder};
use crate::services::license::{self, payment, refund};
use crate::store::{self, Tx};

/// Opens a product that costs nothing, or tries one.
#[derive(InputObject, Serialize)]
pub struct OpenProductInput {
    /// The product.
    pub product_id: ID,
    /// TRIAL or FREE, as `ProductOffer.ways` says.
    pub way: ChargeType,
    /// L24: whether the person agrees that the partner gets in touch, with their name, mail address and organisation; for a trial.
    #[graphql(default)]
    pub shares_contact: bool,
    /// The token of the promotion link that the organisation came by; the order keeps its channel code (L19).
    pub promotion: Option<String>,
}

/// Orders a plan for the acting organisation.
#[derive(InputObject, Serialize)]
pub struct OrderProductInput {
    /// The product.
    pub product_id: ID,
    /// Of one of its plans.
    pub item_code: ID,
    /// Within the plan's range.
    pub seats: i32,
    /// Of one of the plan's periods. Null raises what runs until its end; with a period what runs is renewed.
    pub months: Option<i32>,
    /// The amount that was shown and agreed to. What costs more by now is not ordered and answers Stale.
    pub accepted_amount: Option<MinorUnits>,
    /// The token of the promotion link that the organisation came by; the order keeps its channel code (L19).
    pub promotion: Option<String>,
}

/// Orders a plan for a customer of the partner's.
#[derive(InputObject, Serialize)]
pub struct OrderForCustomerInput {
    /// CorpID of the customer.
    pub corp_id: String,
    /// A product of the acting partner.
    pub product_id: ID,
    /// Of one of its plans whose channel is DIRECT or ALL.
    pub item_code: ID,
    /// Within the plan's range.
    pub seats: i32,
    /// As in `orderProduct`.
    pub months: Option<i32>,
}

/// Names an order.
#[derive(InputObject)]
pub struct ProductOrderActionInput {
    /// The order.
    pub id: ID,
}

/// Names an order, and where its money is found in the books.
#[derive(InputObject)]
pub struct ConfirmProductOrderInput {
    /// The order.
    pub id: ID,
    /// Of the bank transfer: 1 to 80 characters.
    pub reference: String,
}

/// Gives an order back.
#[derive(InputObject)]
pub struct RefundProductOrderInput {
    /// The order.
    pub id: ID,
    /// Why: up to 1,000 characters; the partner has to say it.
    #[graphql(default)]
    pub reason: String,
}

result_union! {
    /// Result of opening a product.
    OpenProductResult = ProductOrder
}
result_union! {
    /// Result of ordering.
    OrderProductResult = ProductOrder
}
result_union! {
    /// Result of ordering for a customer.
    OrderForCustomerResult = ProductOrder
}
result_union! {
    /// Result of giving an order up.
    CloseProductOrderResult = ProductOrder
}
result_union! {
    /// Result of confirming a payment.
    ConfirmPaymentResult = ProductOrder
}
result_union! {
    /// Result of giving an order back.
    RefundProductOrderResult = ProductOrder
}
result_union! {
    /// Result of confirming that money was sent back.
    ConfirmRefundResult = ProductOrder
}

#[derive(Default)]
pub struct ProductOrderMutation;

/// The id of a product in an input.
fn product(id: &ID) -> std::result::Result<ProductId, Refusal> {
    id.parse().map_err(|_| Refusal::not_found().at("productId"))
}

/// Runs what makes an order, at most once per idempotency key.
async fn make<I: Serialize>(
    ctx: &Context<'_>,
    operation: &'static str,
    input: &I,
    key: Option<String>,
    work: impl Fn(&mut Tx<'_>, &Viewer) -> store::Result<store::product_order::ProductOrder> + Send + 'static,
) -> Result<store::Result<store::product_order::ProductOrder>> {
    let key = match idempotency_key(key, operation, input) {
        Ok(key) => key,
        Err(error) => return Ok(Err(error)),
    };
    let make = move |tx: &mut Tx<'_>, viewer: &Viewer| {
        let made = work(tx, viewer)?;
        Ok((made.id.to_string(), made))
    };
    write_once(ctx, key, make, license::ordered).await
}

#[Object]
impl ProductOrderMutation {
    /// L13: starts the trial of a product, or opens it for nothing, by the opening order that its partner chose; the application is
    /// delivered by itself. For the organisation's admins.
    async fn open_product(
        &self,
        ctx: &Context<'_>,
        input: OpenProductInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<OpenProductResult> {
        let (id, way) = (input.product_id.clone(), input.way);
        let (shares, promotion) = (input.shares_contact, input.promotion.clone());
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer| {
            viewer.customer_admin()?;
            ordering::open(tx, viewer, &product(&id)?, way, shares, promotion.as_deref())
        };
        let ended = make(ctx, "openProduct", &input, idempotency_key, work).await?;
        outcome(ctx, ended, |row| OpenProductResult::ProductOrder(ProductOrder(row)))
    }

    /// L13: orders a plan: anew, renewed or raised, as what is held decides. It waits for its payment, where it costs anything. For the
    /// organisation's admins.
    async fn order_product(
        &self,
        ctx: &Context<'_>,
        input: OrderProductInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<OrderProductResult> {
        let (id, item_code) = (input.product_id.clone(), input.item_code.to_string());
        let wish = Wish {
            seats: input.seats,
            months: input.months,
        };
        let accepted_minor = input.accepted_amount.as_ref().map(|amount| amount.0);
        let promotion = input.promotion.clone();
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer| {
            viewer.customer_admin()?;
            let new = NewOrder {
                product_id: product(&id)?,
                item_code: item_code.clone(),
                wish,
                accepted_minor,
                promotion: promotion.clone(),
            };
            ordering::order(tx, viewer, &new)
        };
        let ended = make(ctx, "orderProduct", &input, idempotency_key, work).await?;
        outcome(ctx, ended, |row| OrderProductResult::ProductOrder(ProductOrder(row)))
    }

    /// 销售渠道 DIRECT: a partner admin orders a plan for a customer, whose admins pay it or give it up.
    async fn order_for_customer(
        &self,
        ctx: &Context<'_>,
        input: OrderForCustomerInput,
        #[graphql(desc = "Repeats with the same key and input return the first result for 24 hours.")]
        idempotency_key: Option<String>,
    ) -> Result<OrderForCustomerResult> {
        let (id, item_code, corp_id) = (
            input.product_id.clone(),
            input.item_code.to_string(),
            input.corp_id.clone(),
        );
        let wish = Wish {
            seats: input.seats,
            months: input.months,
        };
        let work = move |tx: &mut Tx<'_>, viewer: &Viewer| {
            viewer.partner_admin()?;
            let new = NewOrder {
                product_id: product(&id)?,
                item_code: item_code.clone(),
                wish,
                accepted_minor: None,
                promotion: None,
            };
            ordering::order_for(tx, viewer, &corp_id, &new)
        };
        let ended = make(ctx, "orderForCustomer", &input, idempotency_key, work).await?;
        outcome(ctx, ended, |row| {
            OrderForCustomerResult::ProductOrder(ProductOrder(row))
        })
    }

    /// Gives an order up before it is paid; either side.
    async fn close_product_order(
        &self,
        ctx: &Context<'_>,
        input: ProductOrderActionInput,
    ) -> Result<CloseProductOrderResult> {
        let ended = change::<ProductOrderId, _, _>(ctx, &input.id, Viewer::parties, ordering::close).await?;
        outcome(ctx, ended, |row| {
            CloseProductOrderResult::ProductOrder(ProductOrder(row))
        })
    }

    /// L14: a partner admin confirms that a bank transfer arrived, which opens what was ordered.
    async fn confirm_payment(
        &self,
        ctx: &Context<'_>,
        input: ConfirmProductOrderInput,
    ) -> Result<ConfirmPaymentResult> {
        let reference = input.reference;
        let ended = change(ctx, &input.id, Viewer::partner_admin, move |tx, viewer, id| {
            payment::confirm(tx, viewer, id, &reference)
        });
        outcome(ctx, ended.await?, |row| {
            ConfirmPaymentResult::ProductOrder(ProductOrder(row))
        })
    }

    /// L14: gives an order back, at the buyer's word within seven days of the payment, later at the partner's. The service ends at once.
    async fn refund_product_order(
        &self,
        ctx: &Context<'_>,
        input: RefundProductOrderInput,
    ) -> Result<RefundProductOrderResult> {
        let reason = input.reason;
        let ended = change(ctx, &input.id, Viewer::parties, move |tx, viewer, id| {
            refund::ask(tx, viewer, id, &reason)
        });
        outcome(ctx, ended.await?, |row| {
            RefundProductOrderResult::ProductOrder(ProductOrder(row))
        })
    }

    /// L14: a partner admin confirms that the money was sent back.
    async fn confirm_refund(&self, ctx: &Context<'_>, input: ConfirmProductOrderInput) -> Result<ConfirmRefundResult> {
        let reference = input.reference;
        let ended = change(ctx, &input.id, Viewer::partner_admin, move |tx, viewer, id| {
            refund::confirm(tx, viewer, id, &reference)
        });
        outcome(ctx, ended.await?, |row| {
            ConfirmRefundResult::ProductOrder(ProductOrder(row))
        })
    }
}
