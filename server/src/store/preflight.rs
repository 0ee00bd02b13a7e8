//! Gathers what `domain::preflight` needs to know of a version and its target, and has it work out the plan. The dry run and
//! the send both come here, so that they cannot differ.

use std::collections::HashMap;

use super::application_component::{self, ComponentHead};
use super::conn::Conn;
use super::{Fault, Result, edition, organization};
use crate::domain::arrival::arriving;
use crate::domain::component::ComponentKind;
use crate::domain::id::{ApplicationVersionId, InstanceId, OrganizationId};
use crate::domain::preflight::{Part, Plan, SendOptions, Target, plan};

/// What is to be sent from whom to whom.
#[derive(Clone, Debug)]
pub struct Send<'a> {
    pub version_id: &'a ApplicationVersionId,
    pub partner_id: &'a OrganizationId,
    pub customer_id: &'a OrganizationId,
    pub options: SendOptions,
    /// The instance that an earlier attempt began: what it holds already does not count twice.
    pub instance_id: Option<&'a InstanceId>,
}

/// Works out what the send would do now. Reads only.
pub fn of_send(conn: &mut Conn, send: &Send<'_>) -> Result<Plan> {
    let parts = parts(conn, send.version_id)?;
    let source = organization::get(conn, send.partner_id)?;
    let customer = organization::get(conn, send.customer_id)?;
    let target = Target {
        edition: customer.edition,
        limits: edition::limits(conn, customer.edition)?,
        holds: edition::holdings(conn, send.customer_id, send.instance_id)?,
    };
    Ok(plan(&parts, send.options, source.edition, &target))
}

/// The components of a version, in order.
fn parts(conn: &mut Conn, version: &ApplicationVersionId) -> Result<Vec<Part>> {
    let heads = application_component::heads(conn, std::slice::from_ref(version))?;
    let rows: HashMap<String, i64> = application_component::sample_row_counts(conn, version)?
        .into_iter()
        .collect();
    let mut connectors: HashMap<String, (Vec<String>, bool)> = HashMap::new();
    for connector in application_component::of_kind(conn, version, ComponentKind::Connector)? {
        // A definition that cannot be read fails when it is sent, with its name; here it has nothing to tell.
        let definition = serde_json::from_str(&connector.definition).unwrap_or_default();
        let arrival = arriving(ComponentKind::Connector, definition);
        connectors.insert(connector.key, (arrival.secrets, arrival.code_removed));
    }
    let part = |head: ComponentHead| -> Result<Part> {
        let (secrets, has_code) = connectors.remove(&head.key).unwrap_or_default();
        let sample_rows = rows.get(&head.key).copied().unwrap_or(0);
        Ok(Part {
            dependencies: head.parsed_dependencies()?,
            required_features: head.parsed_features()?,
            sample_rows: u32::try_from(sample_rows).map_err(|_| Fault::Inconsistent {
                table: "application_sample_rows",
                row: head.key.clone(),
                what: format!("{sample_rows} rows"),
            })?,
            key: head.key,
            kind: head.kind,
            name: head.name,
            secrets,
            has_code,
        })
    };
    heads.into_iter().map(part).collect()
}
