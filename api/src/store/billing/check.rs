//! What must always hold of papers and money.

use domain::billing::{DocumentNumber, first_gap};

use super::documents::{self, Document, Papers};
use super::households;
use crate::store::{Conn, StoreError, each_db};

/// Families looked at in one go.
const PAGE: i64 = 100;

/// Everything that is wrong, a sentence each.
pub async fn findings(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let mut findings: Vec<_> = gap(conn).await?.into_iter().collect();
    let mut last = None;
    loop {
        let families = households::after(conn, last, PAGE).await?;
        for family in &families {
            let documents = documents::of_family(conn, *family).await?;
            findings.extend(documents.iter().filter_map(unbalanced));
            match Papers::of(&documents).issued().billed_twice() {
                Ok(None) => {}
                Ok(Some(twice)) => {
                    findings.push(format!("{}: billed twice: {:?}", twice.invoice, twice.charge));
                }
                Err(why) => findings.push(format!("family {family}: {why}")),
            }
        }
        last = families.last().copied();
        if last.is_none() {
            break;
        }
    }
    for (child, families) in households::moved(conn).await? {
        let mut documents = Vec::new();
        for family in families {
            documents.extend(documents::of_family(conn, family).await?);
        }
        if let Ok(Some(twice)) = Papers::of(&documents).issued().billed_twice() {
            findings.push(format!("{}: child {child} is billed in two dossiers", twice.invoice));
        }
    }
    Ok(findings)
}

/// A number that is missing, or a counter that is not the last number's.
async fn gap(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    // In one statement: on a live server papers are issued between two.
    let rows: Vec<(String, i64)> = each_db!(conn, c => sqlx::query_as(
        "WITH counted AS (
             SELECT CAST(COALESCE(SUM(last), 0) AS BIGINT) AS numbers FROM document_counter
         ), given AS (SELECT number FROM document UNION ALL SELECT number FROM receipt)
         SELECT COALESCE(given.number, ''), counted.numbers
         FROM counted LEFT JOIN given ON TRUE",
    )
    .fetch_all(c)
    .await)?;
    let counted = rows.first().map_or(0, |(_, counted)| *counted);
    let mut numbers = Vec::new();
    for (text, _) in rows.iter().filter(|(text, _)| !text.is_empty()) {
        match DocumentNumber::parse(text) {
            Ok(number) => numbers.push(number),
            Err(_) => return Ok(Some(format!("{text:?} is no number"))),
        }
    }
    if let Some(number) = first_gap(numbers.iter().copied()) {
        return Ok(Some(format!("number {number} is missing")));
    }
    let there = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    Ok((counted != there).then(|| format!("{counted} numbers were given, {there} are there")))
}

fn unbalanced(document: &Document) -> Option<String> {
    let number = document.number;
    let sum = domain::billing::total(&document.lines);
    if sum != Ok(document.total) {
        return Some(format!("{number}: its lines come to {sum:?}, not to {}", document.total));
    }
    document.adds_up().err().map(|why| why.to_string())
}
