//! What the choices cost so far, always in sight: beside the form, or below it on a phone.

use domain::activity::ServiceKind;
use domain::billing::{InvoiceLine, document};
use domain::cents::Cents;
use domain::ids::ChildId;
use leptos::prelude::*;

use super::draft_mark::DraftMark;
use super::filling::Filling;
use super::say;
use super::totals::{ChildTotal, Totals};
use super::words::{SubscribingWords, use_subscribing_words};
use crate::components::{Icon, IconView};
use crate::i18n::use_words;

#[component]
pub(super) fn TotalCard(
    /// Below the total.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let filling: Filling = expect_context();
    let own = use_subscribing_words();
    let bills = untrack(|| !filling.form().tariffs.is_empty());
    let content = move || match filling.totals.get() {
        Ok(_) if filling.is_all_held() => view! { <p class="soft">{own.all_held}</p> }.into_any(),
        Ok(_) if !bills => view! { <p class="soft">{own.not_billed}</p> }.into_any(),
        Ok(totals) => view! { <Sums totals=totals/> }.into_any(),
        Err(_) => view! {
            <p class="error"><IconView icon=Icon::Alert/>{own.no_total}</p>
        }
        .into_any(),
    };
    let has_canteen =
        Memo::new(move |_| filling.choices().iter().any(|choices| choices.canteen.is_some()));
    let canteen =
        move || has_canteen.get().then(|| view! { <p class="soft">{own.canteen_apart}</p> });
    view! {
        <section class="card pad total" aria-labelledby="total">
            <h2 id="total">{own.total}</h2>
            {content}
            {canteen}
            {children.map(|children| children())}
        </section>
    }
}

#[component]
fn Sums(totals: Totals) -> impl IntoView {
    let words = use_words();
    let own = use_subscribing_words();
    let amount = |cents| document::amount(cents, words.language);
    let Totals { children, total, credits, more, billed_again } = totals;
    let children = children.into_iter().map(|of| view! { <OfChild of=of/> }).collect_view();
    let again = (!billed_again.is_empty()).then(|| {
        let names: Vec<_> = billed_again.into_iter().map(|id| name(id, own)).collect();
        view! { <p class="soft">{(own.billed_again)(&names.join(", "))}</p> }
    });
    let has_credits = !credits.is_empty();
    let in_all = has_credits.then(|| {
        let (label, amount) = if more < Cents::ZERO {
            (own.in_your_favour, amount(negative(more)))
        } else {
            (own.more_to_pay, amount(more))
        };
        view! {
            <div class="all">
                <dt><b>{label}</b></dt>
                <dd class="in-all">{amount}</dd>
            </div>
        }
    });
    let credits = credits
        .into_iter()
        .map(|(invoice, cents)| {
            view! {
                <div class="who">
                    <dt>{(own.credit_on)(&invoice.to_string())}</dt>
                    <dd>{amount(negative(cents))}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <dl class="sums">
            {children}
            <div class="all">
                <dt><b>{if has_credits { own.invoice_total } else { own.term }}</b></dt>
                <dd class="money">{amount(total)}</dd>
            </div>
            {credits}
            {in_all}
        </dl>
        {again}
    }
}

fn negative(cents: Cents) -> Cents {
    cents.checked_mul(-1).unwrap_or(Cents::ZERO)
}

/// The first name of a child, unless it is another guardian's.
fn name(id: ChildId, own: &SubscribingWords) -> String {
    let filling: Filling = expect_context();
    let form = untrack(|| filling.form());
    let child = form.children.iter().find(|child| child.id == id);
    child.map_or_else(|| own.sibling.to_owned(), |child| child.first_name.clone())
}

#[component]
fn OfChild(of: ChildTotal) -> impl IntoView {
    let words = use_words();
    let name = name(of.child, use_subscribing_words());
    let lines = of.lines.into_iter().map(|line| view! { <Line line=line/> }).collect_view();
    view! {
        <div class="who">
            <dt>{name}</dt>
            <dd>{document::amount(of.total, words.language)}</dd>
        </div>
        {lines}
    }
}

#[component]
fn Line(line: InvoiceLine) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    let amount = line.amount().map(|cents| document::amount(cents, words.language));
    let taps = (line.item.service() == ServiceKind::Tap).then(|| {
        let form = untrack(|| filling.form());
        let choices = untrack(|| filling.choices());
        let own = choices.iter().find(|choices| choices.child == line.child);
        let taps = own.map(|choices| choices.taps.clone()).unwrap_or_default();
        let names: Vec<_> = taps.iter().map(|slug| say::name(slug, &form.activities)).collect();
        names.join(", ")
    });
    let reduction =
        document::reduction(&line.rule, words.language).map(|less| (own.counted)(&less));
    let small = [taps, reduction].into_iter().flatten().filter(|text| !text.is_empty());
    let small = small.map(|text| view! { <small>{text}</small> }).collect_view();
    view! {
        <div class="soft">
            <dt>{line.item.words(words.language)}{small}</dt>
            <dd>{amount.unwrap_or_default()}</dd>
        </div>
    }
}

/// On a phone a bar above the menu, with the total; elsewhere the buttons below the form.
#[component]
pub(super) fn Dock(children: Children) -> impl IntoView {
    let filling: Filling = expect_context();
    let words = use_words();
    let own = use_subscribing_words();
    let total = move || {
        filling
            .totals
            .get()
            .ok()
            .filter(|_| !filling.is_all_held())
            .map(|of| document::amount(of.total, words.language))
            .unwrap_or_default()
    };
    let label = move || if filling.is_all_held() { own.held } else { own.term };
    view! {
        <div class="dock">
            <p class="dock-total">
                <span class="soft">{label}</span>
                <b role="status">{total}</b>
            </p>
            {children()}
            <DraftMark/>
        </div>
    }
}
