//! Scalars of the schema: money in minor units as text, and days.

use async_graphql::{InputObject, InputValueError, InputValueResult, Scalar, ScalarType, SimpleObject, Value};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::money;

/// Whole minor units (分) of a currency as a decimal string: "12100" is 121.00. A whole number is read as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinorUnits(pub i64);

/// Whole minor units of a currency as a decimal string: "12100" is 121.00. A whole number is read as well.
#[Scalar(name = "MinorUnits")]
impl ScalarType for MinorUnits {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => text
                .parse()
                .map(Self)
                .map_err(|_| InputValueError::custom("minor units are whole numbers as text, such as \"12100\"")),
            Value::Number(number) => number
                .as_i64()
                .map(Self)
                .ok_or_else(|| InputValueError::custom("minor units are whole numbers, such as \"12100\"")),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A day without a time zone, `2026-11-21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date(pub NaiveDate);

/// A day without a time zone, such as 2026-11-21.
#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => NaiveDate::parse_from_str(&text, "%Y-%m-%d")
                .map(Self)
                .map_err(|_| InputValueError::custom("a day is written 2026-11-21")),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

/// An amount of money.
#[derive(Clone, Debug, SimpleObject)]
pub struct Money {
    /// Minor units.
    pub amount: MinorUnits,
    /// ISO 4217, e.g. CNY.
    pub currency: String,
}

impl From<money::Money> for Money {
    fn from(money: money::Money) -> Self {
        Self {
            amount: MinorUnits(money.minor),
            currency: money.currency.as_str().to_owned(),
        }
    }
}

/// An amount of money.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct MoneyInput {
    /// Minor units.
    pub amount: MinorUnits,
    /// ISO 4217.
    #[graphql(default = "CNY")]
    pub currency: String,
}
