//! What families owe: tariffs, households, invoices and credit notes.

pub mod canteen;
pub mod check;
pub mod documents;
pub mod households;
pub mod lists;
pub mod office;
pub mod receipts;
pub mod reminders;
pub mod runs;
pub mod tariffs;
pub mod unpaid;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

/// What a column holds as JSON.
fn read<T: DeserializeOwned>(
    json: &str,
    table: &'static str,
    column: &'static str,
) -> Result<T, StoreError> {
    // Not its text: it has names and addresses, and errors are logged.
    serde_json::from_str(json).map_err(|_| StoreError::corrupt(table, column, "unreadable JSON"))
}

/// A column's JSON. All that is kept so can be written.
fn write(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
