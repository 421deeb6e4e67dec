//! A tariff to be read: items down, brackets across.

use domain::billing::{Tariff, document};
use leptos::prelude::*;

use super::words::use_billing_words;
use crate::i18n::use_words;

#[component]
pub(super) fn TariffTable(tariff: Tariff, #[prop(into)] caption: String) -> impl IntoView {
    let language = use_words().language;
    let words = &use_billing_words().tariffs;
    let brackets = tariff.brackets.iter().filter_map(|from| tariff.bracket(Some(*from)));
    let head = brackets.map(|bracket| {
        let words = bracket.words(language);
        // The span below the number, in one piece.
        let (number, span) = words.split_once(" (").unwrap_or((&words, ""));
        let span = (!span.is_empty()).then(|| view! { <small>"("{span.to_owned()}</small> });
        view! { <th scope="col" class="end">{number.to_owned()}{span}</th> }
    });
    let head = head.collect_view();
    let has_outside = tariff.prices.iter().any(|prices| prices.outside.is_some());
    let rows = tariff.prices.iter().map(|prices| {
        let cells = prices.by_bracket.iter().map(|price| {
            view! { <td class="end num">{document::amount(*price, language)}</td> }
        });
        let cells = cells.collect_view();
        let outside = has_outside.then(|| {
            let price = prices.outside.map(|price| document::amount(price, language));
            let price = price.unwrap_or_else(|| words.as_others.to_owned());
            view! { <td class="end num">{price}</td> }
        });
        view! { <tr><th scope="row">{prices.item.words(language)}</th>{cells}{outside}</tr> }
    });
    let rows = rows.collect_view();
    let reductions = reductions(&tariff);
    let told = if reductions.is_empty() {
        words.no_reductions.to_owned()
    } else {
        let parts = reductions
            .iter()
            .map(|step| (words.reduction)(step.rank, step.and_later, step.percent));
        format!("{} {}", words.reductions_are, parts.collect::<Vec<_>>().join(", "))
    };
    let label = caption.clone();
    view! {
        <div class="wide-table" role="region" tabindex="0" aria-label=label>
            <table class="list prices">
                <caption class="sr">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.item}</th>
                        {head}
                        {has_outside.then(|| view! { <th scope="col" class="end">{words.outside}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="soft told">{told}</p>
    }
}

/// A sibling's reduction.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    rank: usize,
    /// It holds for all later ranks too.
    and_later: bool,
    percent: u8,
}

/// Those that are reductions; equal ones at the end are one.
fn reductions(tariff: &Tariff) -> Vec<Step> {
    let mut percents = tariff.reductions.clone();
    while percents.len() > 1 && percents.last() == percents.get(percents.len() - 2) {
        percents.pop();
    }
    let last = percents.len();
    let steps =
        (1..).zip(percents).map(|(rank, percent)| Step { rank, and_later: rank == last, percent });
    steps.filter(|step| step.percent > 0).collect()
}

#[cfg(test)]
mod tests {
    use domain::activity::ServiceKind;

    use super::*;

    #[test]
    fn equal_reductions_are_told_once() {
        let steps = |reductions: &[u8]| {
            let tariff = Tariff {
                service: ServiceKind::Canteen,
                from: "2017-09-01".parse().unwrap(),
                brackets: vec![0],
                prices: vec![],
                reductions: reductions.to_vec(),
            };
            let steps = super::reductions(&tariff).into_iter();
            steps.map(|step| (step.rank, step.and_later, step.percent)).collect::<Vec<_>>()
        };
        assert_eq!(steps(&[]), []);
        assert_eq!(steps(&[0]), []);
        assert_eq!(steps(&[0, 10, 20]), [(2, false, 10), (3, true, 20)]);
        assert_eq!(steps(&[0, 10, 10]), [(2, true, 10)]);
        assert_eq!(steps(&[5, 5]), [(1, true, 5)]);
    }
}
