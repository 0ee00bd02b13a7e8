//! The amount check of a submitted project (D2): what there is to read, and what was read. Reading is a job's.

use crate::domain::amount_check::{AmountVerdict, FoundText};
use crate::domain::contract_amount::{self, FoundAmount};
use crate::domain::id::ProjectId;
use crate::store::conn::Conn;
use crate::store::file::File;
use crate::store::{Result, Tx, amount_check, file, project};

/// The contract that waits to be read; `None` where that was done already, or there is nothing to do any more.
pub fn waiting(conn: &mut Conn, id: &ProjectId) -> Result<Option<File>> {
    let pending = amount_check::of_project(conn, id)?.is_some_and(|check| check.verdict == AmountVerdict::Pending);
    if !pending {
        return Ok(None);
    }
    match project::get(conn, id)?.contract_file_id {
        Some(contract) => file::get(conn, &contract).map(Some),
        None => Ok(None),
    }
}

/// Compares what was found with the declared amount and keeps the verdict; `None` is a document that could not be read.
/// A second reading changes nothing.
pub fn finish(tx: &mut Tx<'_>, id: &ProjectId, found: Option<&[FoundAmount]>) -> Result<()> {
    let declared = project::get(tx.conn, id)?.contract_amount()?;
    let verdict = match declared {
        Some(declared) => contract_amount::verdict(declared, found).into(),
        None => AmountVerdict::Unreadable,
    };
    let texts: Vec<FoundText> = found.unwrap_or_default().iter().map(FoundText::from).collect();
    amount_check::finish(tx, id, verdict, &texts)?;
    Ok(())
}
