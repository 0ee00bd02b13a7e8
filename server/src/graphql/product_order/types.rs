//! The order of a product itself, as both sides see it.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

use super::loaders::{LastStanding, PayeeAccounts, Payments, Refunds};
use crate::auth::payment_signature::seal;
use crate::domain::license::ChargeType;
use crate::domain::payment::{PaymentEventKind, PaymentOutcome, PaymentProvider};
use crate::domain::product_order::{
    CloseReason, ProductOrderAction, ProductOrderStatus, ProductOrderType, RefundBy, buyer_may_refund_until,
};
use crate::graphql::context::{Ask, query_error};
use crate::graphql::license::License;
use crate::graphql::loaders;
use crate::graphql::scalars::{MinorUnits, Money};
use crate::graphql::session::types::{Organization, User};
use crate::services::license as service;
use crate::store::product_order;

/// An order of a product.
#[derive(Clone, Debug)]
pub struct ProductOrder(pub product_order::ProductOrder);

/// How an order is paid.
#[derive(SimpleObject)]
pub struct PaymentInstructions {
    /// By bank transfer: into whose account.
    holder: String,
    /// At which bank.
    bank: String,
    /// The account's number.
    number: String,
    /// What to write into the transfer, by which the partner finds it.
    reference: String,
    /// Where it can be paid online instead; null where there is no gateway. Opens in the browser, with what is to be paid in its address.
    checkout_url: Option<String>,
}

/// What of an order goes back.
#[derive(SimpleObject)]
pub struct ProductRefund {
    /// How much.
    amount: MinorUnits,
    /// At whose word.
    by: RefundBy,
    /// Why; may be empty.
    reason: String,
    /// When it was asked for.
    asked_at: DateTime<Utc>,
    /// When the money was sent back; null until then.
    refunded_at: Option<DateTime<Utc>>,
    /// By which it is found in the books.
    reference: String,
}

/// What a payment gateway told of an order.
#[derive(SimpleObject)]
pub struct PaymentEvent {
    /// What.
    kind: PaymentEventKind,
    /// How much.
    amount: MinorUnits,
    /// By which the gateway knows the payment.
    reference: String,
    /// By the gateway's clock.
    occurred_at: DateTime<Utc>,
    /// What became of it.
    outcome: PaymentOutcome,
}

#[Object]
impl ProductOrder {
    /// Prefixed id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Short, unique, read out by people.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Where it stands.
    async fn status(&self) -> ProductOrderStatus {
        self.0.status
    }

    /// Which kind of order it is.
    async fn order_type(&self) -> ProductOrderType {
        self.0.order_type
    }

    /// How it opens the product.
    async fn charge_type(&self) -> ChargeType {
        self.0.charge_type
    }

    /// Of which product; the marketplace shows it, where it is still sold.
    async fn product_id(&self) -> ID {
        ID(self.0.product_id.to_string())
    }

    /// As the product was called.
    async fn product_name(&self) -> &str {
        &self.0.product_name
    }

    /// Who bought.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::load(ctx, self.0.customer_id.clone()).await
    }

    /// Who sells.
    async fn partner_name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(Organization::load(ctx, self.0.partner_id.clone()).await?.0.name)
    }

    /// Who ordered; null for the other side, which does not know the people.
    async fn ordered_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let ours = match self.0.by_partner {
            true => &self.0.partner_id,
            false => &self.0.customer_id,
        };
        match ctx.viewer()?.organization_id == *ours {
            true => User::load(ctx, self.0.ordered_by.clone()).await.map(Some),
            false => Ok(None),
        }
    }

    /// The partner ordered for the customer.
    async fn by_partner(&self) -> bool {
        self.0.by_partner
    }

    /// The code of the plan; null for a trial, and for a product that costs nothing.
    async fn item_code(&self) -> Option<ID> {
        self.0.item_code.as_ref().map(|code| ID(code.to_string()))
    }

    /// The plan, as it was called.
    async fn plan_name(&self) -> Option<&str> {
        Some(self.0.plan_name.as_str()).filter(|name| !name.is_empty())
    }

    /// For how many people; null for no limit.
    async fn seats(&self) -> Option<i32> {
        self.0.seats
    }

    /// For how many months; null where the end stays as it was, or where there is none.
    async fn months(&self) -> Option<i32> {
        self.0.months
    }

    /// What it costs.
    async fn amount(&self) -> Money {
        Money {
            amount: MinorUnits(self.0.amount_minor),
            currency: self.0.currency.clone(),
        }
    }

    /// When it was placed.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at.utc()
    }

    /// Until when it waits for its payment.
    async fn pay_until(&self) -> Option<DateTime<Utc>> {
        self.0.pay_until.map(|at| at.utc())
    }

    /// When it was paid, or opened where it costs nothing.
    async fn paid_at(&self) -> Option<DateTime<Utc>> {
        self.0.paid_at.map(|at| at.utc())
    }

    /// The way of its payment.
    async fn payment_provider(&self) -> Option<PaymentProvider> {
        self.0.payment_provider
    }

    /// By which its payment is found in the books; empty before.
    async fn payment_reference(&self) -> &str {
        &self.0.payment_reference
    }

    /// Until when the buyer's word is enough for a refund.
    async fn buyer_may_refund_until(&self) -> Option<DateTime<Utc>> {
        let paid = self.0.paid_at.filter(|_| self.0.amount_minor > 0);
        paid.map(|at| buyer_may_refund_until(at).utc())
    }

    /// What the service that it opened ends with, as far as this order goes; null for no end, and before it is paid.
    async fn service_until(&self, ctx: &Context<'_>) -> Result<Option<DateTime<Utc>>> {
        let service = self.0.service().map_err(|error| query_error(error, ctx.locale()))?;
        Ok(service.until.map(|at| at.utc()))
    }

    /// L19: the channel code of the promotion link that it came through, for the partner.
    async fn isv_operation_code(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let code = self.0.isv_operation_code.as_deref();
        Ok(code.filter(|_| {
            ctx.viewer_if_any()
                .is_some_and(|viewer| viewer.organization_id == self.0.partner_id)
        }))
    }

    /// What it opened; null before.
    async fn license(&self, ctx: &Context<'_>) -> Result<Option<License>> {
        match self.0.license_id.clone() {
            Some(id) => License::load(ctx, id).await.map(Some),
            None => Ok(None),
        }
    }

    /// What of it goes back.
    async fn refund(&self, ctx: &Context<'_>) -> Result<Option<ProductRefund>> {
        let found = loaders::load::<Refunds>(ctx, self.0.id.clone()).await?;
        Ok(found.map(|refund| ProductRefund {
            amount: MinorUnits(refund.amount_minor),
            by: refund.refund_by,
            reason: refund.reason,
            asked_at: refund.asked_at.utc(),
            refunded_at: refund.refunded_at.map(|at| at.utc()),
            reference: refund.reference,
        }))
    }

    /// Why it was closed.
    async fn close_reason(&self) -> Option<CloseReason> {
        self.0.close_reason
    }

    /// When it was closed.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at.map(|at| at.utc())
    }

    /// What a payment gateway told of it, in the order in which it happened; for the partner.
    async fn payment_events(&self, ctx: &Context<'_>) -> Result<Vec<PaymentEvent>> {
        if ctx.viewer()?.organization_id != self.0.partner_id {
            return Ok(Vec::new());
        }
        let found = loaders::load::<Payments>(ctx, self.0.id.clone())
            .await?
            .unwrap_or_default();
        let event = |event: crate::store::payment_event::PaymentEvent| PaymentEvent {
            kind: event.kind,
            amount: MinorUnits(event.amount_minor),
            reference: event.reference,
            occurred_at: event.occurred_at.utc(),
            outcome: event.outcome,
        };
        Ok(found.into_iter().map(event).collect())
    }

    /// How it is paid, for the buyer's admins as long as it waits; null otherwise.
    async fn payment_instructions(&self, ctx: &Context<'_>) -> Result<Option<PaymentInstructions>> {
        if !service::payment::is_told_where(&ctx.viewer()?, &self.0) {
            return Ok(None);
        }
        let Some(found) = loaders::load::<PayeeAccounts>(ctx, self.0.partner_id.clone()).await? else {
            return Ok(None);
        };
        let account = service::payment::opened(&ctx.app().sealing, found);
        let account = account.map_err(|error| query_error(error, ctx.locale()))?;
        Ok(Some(PaymentInstructions {
            holder: account.holder,
            bank: account.bank,
            number: account.number.expose_secret().to_owned(),
            reference: self.0.number.clone(),
            checkout_url: checkout_url(ctx, &self.0),
        }))
    }

    /// What the viewer can do with it now.
    async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<ProductOrderAction>> {
        let last = match self.0.license_id.clone() {
            Some(id) => loaders::load::<LastStanding>(ctx, id).await?.as_ref() == Some(&self.0.id),
            None => false,
        };
        let now = ctx.app().store.now();
        Ok(service::order_actions(&ctx.viewer()?, &self.0, last, now))
    }
}

/// Where a gateway takes the payment: its address with what is to be paid, sealed so that nobody pays less.
fn checkout_url(ctx: &Context<'_>, order: &product_order::ProductOrder) -> Option<String> {
    let config = &ctx.app().config;
    let gateway = config.payment_gateway.as_ref()?;
    let (id, amount) = (order.id.as_str(), order.amount_minor.to_string());
    let back = format!("{}/purchases/{id}", config.base_url);
    let pieces = [id, &amount, &order.currency, &back];
    let mut url = url::Url::parse(&gateway.url).ok()?;
    url.query_pairs_mut()
        .append_pair("order", id)
        .append_pair("amount", &amount)
        .append_pair("currency", &order.currency)
        .append_pair("return", &back)
        .append_pair("signature", &seal(&gateway.secret, &pieces));
    Some(url.to_string())
}
