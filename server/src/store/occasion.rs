//! What a delivery is sent for: an order, a license (L16), a new version for one (L17), or a self-test (L2). The engine is one; what it writes down elsewhere, and whom it tells,
//! is the occasion's.

use super::conn::Conn;
use super::delivery::Delivery;
use super::license::{self, License};
use super::order::{self, Order};
use super::self_test::{self, SelfTest};
use super::{Result, application};
use crate::domain::delivery::DeliveryKind;

/// What a delivery is sent for.
#[derive(Clone, Debug)]
pub enum Occasion {
    Order(Box<Order>),
    License(Box<License>),
    /// A new version of what a license is for.
    Upgrade(Box<License>),
    SelfTest(Box<SelfTest>),
}

/// What the delivery is sent for.
pub fn of(conn: &mut Conn, delivery: &Delivery) -> Result<Occasion> {
    Ok(match (&delivery.order_id, &delivery.license_id) {
        (Some(id), _) => Occasion::Order(Box::new(order::get(conn, id)?)),
        (None, Some(id)) if delivery.kind == DeliveryKind::Upgrade => {
            Occasion::Upgrade(Box::new(license::get(conn, id)?))
        }
        (None, Some(id)) => Occasion::License(Box::new(license::get(conn, id)?)),
        (None, None) => Occasion::SelfTest(Box::new(self_test::of_delivery(conn, &delivery.id)?)),
    })
}

impl Occasion {
    /// Of several deliveries with the same key one runs at a time (D18): one an order or a license, and one of an application
    /// into a test organisation.
    pub fn active_key(&self) -> String {
        match self {
            Self::Order(of) => of.id.to_string(),
            Self::License(license) | Self::Upgrade(license) => license.id.to_string(),
            Self::SelfTest(test) => format!("{} {}", test.test_organization_id, test.application_id),
        }
    }

    /// How the audit log calls the delivery.
    pub fn label(&self, conn: &mut Conn, delivery: &Delivery) -> Result<String> {
        Ok(match self {
            Self::Order(of) => format!("{} {}", of.number, delivery.version_number),
            Self::License(license) | Self::Upgrade(license) => {
                format!("{} {}", license.product_name, delivery.version_number)
            }
            Self::SelfTest(test) => {
                let application = application::get(conn, &test.application_id)?;
                format!("{} {}", application.name, delivery.version_number)
            }
        })
    }
}
