//! A tariff as it is typed: from text to amounts, and back to the cell of a mistake.

use chrono::NaiveDate;
use domain::activity::ServiceKind;
use domain::billing::{Item, ItemPrices, Tariff, TariffFault};
use domain::cents::Cents;
use domain::mistake::FieldMistake;
use domain::problem::Language;

use super::form::{Mistake, missing};
use super::money;

/// A tariff's fields. Its mistakes have the pointers of [`Tariff`], with the positions of these
/// rows: [`Draft::place`] translates what the server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) service: ServiceKind,
    pub(super) from: String,
    pub(super) brackets: Vec<String>,
    /// All items of the service; those without a single price are not sent.
    pub(super) rows: Vec<DraftRow>,
    pub(super) reductions: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftRow {
    pub(super) item: Item,
    pub(super) by_bracket: Vec<String>,
    pub(super) outside: String,
}

impl DraftRow {
    fn is_empty(&self) -> bool {
        self.by_bracket.iter().chain([&self.outside]).all(|text| text.trim().is_empty())
    }
}

/// What stands at a cell that can't be read.
#[derive(Clone, Copy)]
pub(super) struct Advice {
    pub(super) amount: &'static str,
    pub(super) whole: &'static str,
    pub(super) language: Language,
}

impl Draft {
    /// Filled in from a tariff; without one, a single bracket and no prices.
    pub(super) fn new(service: ServiceKind, base: Option<&Tariff>, language: Language) -> Self {
        let brackets = base.map_or_else(|| vec!["0".to_owned()], |base| texts(&base.brackets));
        let items = Item::ALL.into_iter().filter(|item| item.service() == service);
        let rows = items.map(|item| {
            let prices = base.and_then(|base| base.prices(item));
            let mut by_bracket: Vec<_> = prices
                .map(|prices| &prices.by_bracket[..])
                .unwrap_or_default()
                .iter()
                .map(|price| money::typed(*price, language))
                .collect();
            by_bracket.resize(brackets.len(), String::new());
            let outside = prices.and_then(|prices| prices.outside);
            let outside = outside.map(|price| money::typed(price, language)).unwrap_or_default();
            DraftRow { item, by_bracket, outside }
        });
        let rows = rows.collect();
        let reductions = base.map(|base| texts(&base.reductions)).unwrap_or_default();
        Self { service, from: String::new(), brackets, rows, reductions }
    }

    pub(super) fn add_bracket(&mut self) {
        self.brackets.push(String::new());
        for row in &mut self.rows {
            row.by_bracket.push(String::new());
        }
    }

    /// The first stays.
    pub(super) fn remove_bracket(&mut self) {
        if self.brackets.len() > 1 {
            self.brackets.pop();
            for row in &mut self.rows {
                row.by_bracket.pop();
            }
        }
    }

    /// The tariff, or the fields that can't be read.
    pub(super) fn read(&self, advice: Advice) -> Result<Tariff, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let from = self.from.parse::<NaiveDate>();
        if from.is_err() {
            mistakes.push(missing("/from", advice.language));
        }
        let mut brackets = Vec::new();
        for (at, text) in self.brackets.iter().enumerate() {
            match whole(text, advice) {
                Ok(value) => brackets.push(value),
                Err(words) => mistakes.push((format!("/brackets/{at}"), words)),
            }
        }
        let mut prices = Vec::new();
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            let mut by_bracket = Vec::new();
            for (bracket, text) in row.by_bracket.iter().enumerate() {
                match amount(text, advice) {
                    Ok(price) => by_bracket.push(price),
                    Err(words) => {
                        mistakes.push((format!("/prices/{at}/by_bracket/{bracket}"), words));
                    }
                }
            }
            let outside = match row.outside.trim() {
                "" => None,
                text => match amount(text, advice) {
                    Ok(price) => Some(price),
                    Err(words) => {
                        mistakes.push((format!("/prices/{at}/outside"), words));
                        None
                    }
                },
            };
            prices.push(ItemPrices { item: row.item, by_bracket, outside });
        }
        let mut reductions = Vec::new();
        for (at, text) in self.reductions.iter().enumerate() {
            let too_much = TariffFault::ReductionAbove100 { at };
            let percent = whole(text, advice).and_then(|percent| {
                u8::try_from(percent).map_err(|_| too_much.advice(advice.language).to_owned())
            });
            match percent {
                Ok(percent) => reductions.push(percent),
                Err(words) => mistakes.push((too_much.pointer(), words)),
            }
        }
        match from {
            Ok(from) if mistakes.is_empty() => {
                Ok(Tariff { service: self.service, from, brackets, prices, reductions })
            }
            _ => Err(mistakes),
        }
    }

    /// Where a mistake of the server's stands in these rows.
    pub(super) fn place(&self, pointer: &str) -> String {
        let placed = || {
            let (sent, rest) = pointer.strip_prefix("/prices/")?.split_once('/')?;
            let sent: usize = sent.parse().ok()?;
            let mut filled = self.rows.iter().enumerate().filter(|(_, row)| !row.is_empty());
            let (row, _) = filled.nth(sent)?;
            Some(format!("/prices/{row}/{rest}"))
        };
        placed().unwrap_or_else(|| pointer.to_owned())
    }
}

fn texts<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn whole(text: &str, advice: Advice) -> Result<u32, String> {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    if digits.is_empty() {
        return Err(FieldMistake::Missing.advice(advice.language));
    }
    digits.parse().map_err(|_| advice.whole.to_owned())
}

fn amount(text: &str, advice: Advice) -> Result<Cents, String> {
    if text.trim().is_empty() {
        return Err(FieldMistake::Missing.advice(advice.language));
    }
    money::read(text).ok_or_else(|| advice.amount.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADVICE: Advice = Advice { amount: "5,40", whole: "123", language: Language::French };

    fn canteen() -> Tariff {
        let prices = ItemPrices {
            item: Item::UnexpectedMeal,
            by_bracket: vec![Cents(600), Cents(840)],
            outside: Some(Cents(900)),
        };
        Tariff {
            service: ServiceKind::Canteen,
            from: "2017-09-01".parse().unwrap(),
            brackets: vec![0, 400],
            prices: vec![prices],
            reductions: vec![0, 10],
        }
    }

    fn draft() -> Draft {
        let mut draft = Draft::new(ServiceKind::Canteen, Some(&canteen()), Language::French);
        draft.from = "2018-01-01".to_owned();
        draft
    }

    #[test]
    fn what_is_filled_in_reads_back() {
        let tariff = Tariff { from: "2018-01-01".parse().unwrap(), ..canteen() };
        assert_eq!(draft().read(ADVICE), Ok(tariff));
        assert_eq!(draft().rows[1].by_bracket, ["6,00", "8,40"]);
    }

    #[test]
    fn each_mistake_is_at_its_cell() {
        let mut draft = draft();
        draft.from.clear();
        draft.add_bracket();
        draft.brackets[1] = "4OO".to_owned();
        draft.rows[1].by_bracket[0] = "six".to_owned();
        draft.rows[1].outside = "9,".to_owned();
        draft.reductions = vec!["dix".to_owned(), "300".to_owned()];
        let mistakes = draft.read(ADVICE).unwrap_err();
        let pointers: Vec<_> = mistakes.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(
            pointers,
            [
                "/from",
                "/brackets/1",
                "/brackets/2",
                "/prices/1/by_bracket/0",
                "/prices/1/by_bracket/2",
                "/prices/1/outside",
                "/reductions/0",
                "/reductions/1",
            ]
        );
        assert_eq!(mistakes[1].1, "123");
        assert_eq!(mistakes[3].1, "5,40");
    }

    #[test]
    fn what_the_server_says_of_a_sent_row_stands_at_its_own() {
        let draft = draft();
        assert!(draft.rows[0].is_empty());
        assert_eq!(draft.place("/prices/0/by_bracket"), "/prices/1/by_bracket");
        for other in ["/brackets/1", "/prices", "/prices/7/item"] {
            assert_eq!(draft.place(other), other);
        }
    }

    #[test]
    fn a_first_tariff_begins_with_one_bracket() {
        let mut draft = Draft::new(ServiceKind::Bus, None, Language::English);
        assert_eq!((draft.brackets.len(), draft.rows.len()), (1, 2));
        draft.remove_bracket();
        assert_eq!(draft.brackets, ["0"]);
        draft.add_bracket();
        assert!(draft.rows.iter().all(|row| row.by_bracket.len() == 2));
        draft.remove_bracket();
        assert!(draft.rows.iter().all(|row| row.by_bracket.len() == 1));
    }
}
