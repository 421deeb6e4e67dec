//! *Régie*: who bills, as the next invoices will say it.

use domain::billing::RevenueOffice;
use domain::problem::ProblemCode;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::answer::Answer;
use super::form::{Form, LinesField, TextField, Verdict};
use super::words::use_billing_words;
use crate::api::Asked;
use crate::api::Session;
use crate::components::{Icon, Notice, Toast, Toasts, Tone};

/// To whom cheques are made out, until somebody says otherwise (manual, 5.2.2).
const PAYABLE_TO: &str = "Trésor Public";

#[component]
pub(super) fn OfficePage() -> impl IntoView {
    let session: Session = expect_context();
    let words = &use_billing_words().office;
    // `None` where it has not been entered.
    let asked = Asked::<Option<RevenueOffice>>::new();
    let ask = Callback::new(move |()| {
        asked.ask(async move {
            match session.revenue_office().await {
                Err(error) if error.code() == Some(ProblemCode::NoOffice) => Ok(None),
                answer => answer.map(Some),
            }
        });
    });
    ask.run(());
    // What is typed is not lost with what the server says of it later.
    let content = move || {
        let office = asked.known();
        office.map(|office| view! { <OfficeForm office=(*office).clone()/> })
    };
    view! { <Answer asked=asked failed=words.failed retry=ask>{content}</Answer> }
}

/// What is typed.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    desk: RwSignal<String>,
    address: RwSignal<String>,
    siret: RwSignal<String>,
    email: RwSignal<String>,
    phone: RwSignal<String>,
    payable_to: RwSignal<String>,
    treasury: RwSignal<String>,
    court: RwSignal<String>,
}

impl Fields {
    fn new(office: Option<&RevenueOffice>) -> Self {
        let field = |read: fn(&RevenueOffice) -> String| {
            RwSignal::new(office.map(read).unwrap_or_default())
        };
        let payable_to = office.map_or(PAYABLE_TO, |office| &office.payable_to);
        Self {
            name: field(|office| office.name.clone()),
            desk: field(|office| office.desk.clone()),
            address: field(|office| office.address.join("\n")),
            siret: field(|office| office.siret.clone()),
            email: field(|office| office.email.clone()),
            phone: field(|office| office.phone.clone()),
            payable_to: RwSignal::new(payable_to.to_owned()),
            treasury: field(|office| office.treasury.clone()),
            court: field(|office| office.court.clone()),
        }
    }

    fn read(self) -> RevenueOffice {
        RevenueOffice {
            name: self.name.get_untracked(),
            desk: self.desk.get_untracked(),
            address: lines_of(&self.address.get_untracked()),
            // Printed in groups, it is copied with their spaces.
            siret: self.siret.get_untracked().split_whitespace().collect(),
            email: self.email.get_untracked(),
            phone: self.phone.get_untracked(),
            payable_to: self.payable_to.get_untracked(),
            treasury: self.treasury.get_untracked(),
            court: self.court.get_untracked(),
        }
    }
}

#[component]
fn OfficeForm(office: Option<RevenueOffice>) -> impl IntoView {
    let session: Session = expect_context();
    let toasts: Toasts = expect_context();
    let words = &use_billing_words().office;
    let is_new = RwSignal::new(office.is_none());
    let form = Form::new("office-form");
    let fields = Fields::new(office.as_ref());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !form.start() {
            return;
        }
        let wish = fields.read();
        form.send();
        spawn_local(async move {
            match session.set_revenue_office(&wish).await {
                Ok(_) => {
                    form.done();
                    is_new.try_set(false);
                    toasts.show(Toast::info(words.saved));
                }
                Err(error) => form.refused(error),
            }
        });
    };
    let first = move || {
        is_new.get().then(|| {
            view! { <Notice tone=Tone::Open icon=Icon::Info>{words.first}</Notice> }
        })
    };
    view! {
        {first}
        <section class="card pad" aria-labelledby="office-title">
            <h2 id="office-title">{words.heading}</h2>
            <p class="soft">{words.about}</p>
            <form class="form" id=form.id novalidate on:submit=submit>
                <div class="two pair">
                    <TextField id="office-name" label=words.name value=fields.name form=form pointer="/name"/>
                    <TextField id="office-desk" label=words.desk value=fields.desk form=form pointer="/desk"/>
                </div>
                <LinesField
                    id="office-address" label=words.address rows="3" value=fields.address form=form
                    pointer="/address" hint=words.address_hint
                />
                <div class="two pair">
                    <TextField
                        id="office-siret" label="SIRET" value=fields.siret form=form pointer="/siret"
                        hint=words.siret_hint inputmode="numeric"
                    />
                    <TextField
                        id="office-payable" label=words.payable_to value=fields.payable_to form=form
                        pointer="/payable_to"
                    />
                    <TextField
                        id="office-email" label=words.email kind="email" value=fields.email form=form
                        pointer="/email"
                    />
                    <TextField
                        id="office-phone" label=words.phone kind="tel" value=fields.phone form=form
                        pointer="/phone"
                    />
                </div>
                <TextField
                    id="office-treasury" label=words.treasury value=fields.treasury form=form
                    pointer="/treasury" hint=words.treasury_hint
                />
                <TextField
                    id="office-court" label=words.court value=fields.court form=form pointer="/court"
                    hint=words.court_hint
                />
                <Verdict form=form/>
                <button class="btn primary" type="submit" aria-disabled=move || form.is_busy()>
                    {words.save}
                </button>
            </form>
        </section>
    }
}

/// The lines that say something.
fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_are_no_address() {
        let typed = "  12, place du Préau\n\n74500 Neuvecelle \n";
        assert_eq!(lines_of(typed), ["12, place du Préau", "74500 Neuvecelle"]);
        assert!(lines_of(" \n ").is_empty());
    }
}
