//! What an order opens once it is paid, or costs nothing: the license, and the delivery of the application where it is not there yet
//! (L14, L16).

use serde_json::json;

use crate::domain::delivery::{DeliveryKind, DeliveryStatus};
use crate::domain::distribution_barrier::DistributionBarrier;
use crate::domain::id::UserId;
use crate::domain::license::{ChargeType, Held, LicenseStatus};
use crate::domain::locale::Locale;
use crate::domain::notification::Notice;
use crate::domain::organization::Role;
use crate::domain::product_order::{ProductOrderStatus, ProductOrderType};
use crate::domain::refusal::Refusal;
use crate::store::delivery::{self, Delivery, NewDelivery};
use crate::store::license::{self, License};
use crate::store::notification::{self, Recipients};
use crate::store::product_order::{self, ProductOrder, Service};
use crate::store::{Result, Tx, application_version, instance, product};

/// Opens, renews or raises what an order is for, and marks the order as paid. `locale` is the language of the folder that base data
/// comes in.
pub(super) fn open(tx: &mut Tx<'_>, order: &ProductOrder, held: Held, locale: Locale) -> Result<ProductOrder> {
    let before = license::of_product(tx.conn, &order.customer_id, &order.product_id)?;
    let made = match &before {
        Some(before) => before.clone(),
        None => new(tx, order)?,
    };
    let named = License {
        product_name: order.product_name.clone(),
        organization_name: order.customer_name.clone(),
        tried_at: match order.charge_type {
            ChargeType::Trial => Some(tx.now),
            ChargeType::Free | ChargeType::Paid => made.tried_at,
        },
        ..made
    };
    let opened = license::save(tx, before.as_ref(), named.with(&held)?)?;
    license::audit(tx, action(order), before.as_ref(), &opened)?;
    let service = Service {
        from: Some(tx.now),
        until: held.until,
        before: before.as_ref().map(License::held).transpose()?,
        ..order.service()?
    };
    let paid = ProductOrder {
        status: ProductOrderStatus::Paid,
        license_id: Some(opened.id.clone()),
        paid_at: Some(tx.now),
        open_key: None,
        service: serde_json::to_string(&service)?,
        ..order.clone()
    };
    let paid = product_order::update(tx, order, paid)?;
    if order.charge_type != ChargeType::Paid {
        tell(tx, &paid)?;
    }
    if is_wanted(tx, &opened)? {
        deliver(tx, locale, &opened, &order.ordered_by)?;
    }
    Ok(paid)
}

fn new(tx: &mut Tx<'_>, order: &ProductOrder) -> Result<License> {
    Ok(License {
        id: tx.id(),
        organization_id: order.customer_id.clone(),
        partner_id: order.partner_id.clone(),
        product_id: order.product_id.clone(),
        application_id: product::get(tx.conn, &order.product_id)?.application_id,
        product_name: order.product_name.clone(),
        organization_name: order.customer_name.clone(),
        status: LicenseStatus::Free,
        item_code: None,
        plan_name: String::new(),
        seats: None,
        from_at: tx.now,
        until_at: None,
        terms: "[]".to_owned(),
        tried_at: None,
        reminded_days: None,
        instance_id: None,
        created_at: tx.now,
        updated_at: tx.now,
        version: 0,
    })
}

fn action(order: &ProductOrder) -> &'static str {
    match order.order_type {
        ProductOrderType::Buy => "license.opened",
        ProductOrderType::Renew | ProductOrderType::RenewDegrade => "license.renewed",
        ProductOrderType::Upgrade | ProductOrderType::RenewUpgrade => "license.upgraded",
    }
}

/// The partner learns of a trial, and of who opened it for nothing; what is paid for was told when it was ordered.
fn tell(tx: &mut Tx<'_>, order: &ProductOrder) -> Result<()> {
    let notice = Notice::ProductOpened {
        customer: order.customer_name.clone(),
        product: order.product_name.clone(),
        trial: order.charge_type == ChargeType::Trial,
    };
    let admins = Recipients::Holders(&order.partner_id, Role::PartnerAdmin);
    notification::notify(tx, admins, order.id.as_str(), &notice)?;
    Ok(())
}

/// Whether the application is neither there nor on its way. What was begun and failed is tried again as a delivery.
fn is_wanted(tx: &mut Tx<'_>, of: &License) -> Result<bool> {
    let latest = delivery::latest_of_licenses(tx.conn, std::slice::from_ref(&of.id))?.pop();
    let Some(latest) = latest else {
        return Ok(true);
    };
    match (&of.instance_id, latest.status) {
        (Some(instance), DeliveryStatus::Succeeded) => Ok(!instance::is_there(tx.conn, instance)?),
        _ => Ok(false),
    }
}

/// L16: has the application delivered in the version that is published now, with the first rows of its forms as base data. `by` is who
/// wanted it.
pub(super) fn deliver(tx: &mut Tx<'_>, locale: Locale, of: &License, by: &UserId) -> Result<Delivery> {
    let version = application_version::published(tx.conn, &of.application_id)?;
    let version = version.ok_or_else(|| Refusal::not_distributable(DistributionBarrier::NothingPublished))?;
    let folder = match locale {
        Locale::ZhCn => "基础业务数据",
        Locale::En => "Base data",
    };
    let new = NewDelivery {
        kind: DeliveryKind::App,
        partner_id: of.partner_id.clone(),
        customer_id: of.organization_id.clone(),
        version_id: version.id,
        version_number: version.number,
        created_by: by.clone(),
        created_by_organization_id: of.organization_id.clone(),
    };
    let made = Delivery {
        license_id: Some(of.id.clone()),
        active_key: Some(of.id.to_string()),
        include_sample_data: true,
        folder: Some(folder.to_owned()),
        // What is bought is the customer's to change; what they changed stays theirs (L17).
        open_edit_permission: true,
        total: version.component_count,
        ..Delivery::waiting(tx, new)
    };
    delivery::insert(tx, &made)?;
    delivery::enqueue(tx, &made)?;
    let label = format!("{} {}", of.product_name, made.version_number);
    let after = json!({ "status": made.status, "kind": made.kind, "version": made.version_number, "license": of.id });
    delivery::audit(tx, &made, "delivery.queued", &label, None, Some(after))?;
    Ok(made)
}
