//! The yearly certificate of what was paid for the care of a young child.

use domain::billing::document;
use domain::dates;
use domain::problem::Language;
use domain::wire::{CareCertificate, DocumentKind};

use super::PdfError;
use super::letterhead::{Fact, Letterhead, Sum, notes};
use super::sheet::Sheet;
use super::style::{LARGE, WIDE};
use super::typeface::Typefaces;
use super::words::words;
use super::writer::{About, write};

/// The certificate as a PDF: what was paid in a calendar year for a child under six, for the tax
/// credit of *Code général des impôts*, art. 200 quater B (see `domain::billing::care_paid`).
pub fn care_certificate(
    certificate: &CareCertificate,
    language: Language,
) -> Result<Vec<u8>, PdfError> {
    let said = said(certificate, language);
    let mut sheet = Sheet::new(Typefaces::new()?, &certificate.office.email);
    let head = Letterhead {
        office: &certificate.office,
        addressee: &certificate.addressee,
        to: document::labels(DocumentKind::Invoice, language).to,
        title: said.title,
        subject: said.subject.clone(),
        facts: said.facts,
        sum: said.sum,
    };
    head.put(&mut sheet);
    sheet.space(34.0);
    for paragraph in &said.certified {
        sheet.paragraph(paragraph, LARGE, WIDE);
        sheet.space(8.0);
    }
    sheet.space(12.0);
    notes(&mut sheet, words(language).good_to_know, &said.notes);
    write(
        sheet,
        &About {
            title: format!("{} · {}", said.title, said.subject),
            foot: format!("{} · {}", certificate.office.name, said.title),
            author: certificate.office.name.clone(),
            issued_on: certificate.issued_on,
            language,
        },
    )
}

struct Said {
    title: &'static str,
    subject: String,
    facts: Vec<Fact>,
    sum: Sum,
    certified: Vec<String>,
    notes: Vec<String>,
}

fn said(certificate: &CareCertificate, language: Language) -> Said {
    let CareCertificate { year, office, addressee, child, birth_date, paid, issued_on } =
        certificate;
    let [born, issued] = [birth_date, issued_on].map(|day| dates::full(*day, language));
    let amount = document::amount(*paid, language);
    let fact = |name, value: &String, strong| Fact { name, value: value.clone(), strong };
    let (desk, payer) = (&office.desk, &addressee.name);
    let contact = format!("{}, {}", office.email, office.phone);
    match language {
        Language::French => Said {
            title: "Attestation de frais de garde",
            subject: format!("Année {year}"),
            facts: vec![
                fact("Enfant", child, true),
                fact("Date de naissance", &born, false),
                fact("Établie le", &issued, false),
            ],
            sum: Sum { caption: format!("Payé en {year}"), amount: amount.clone() },
            certified: vec![
                format!(
                    "{} ({desk}) atteste avoir reçu de {payer}, du 1er\u{a0}janvier au 31\u{a0}décembre \
                     {year}, la somme de {amount} pour la garde de {child}, né(e) le {born}.",
                    office.name
                ),
                "Cette somme est ce qui a été payé pour les temps d'activités périscolaires (TAP), \
                 avoirs déduits. Les repas et le transport n'y sont pas compris."
                    .to_owned(),
            ],
            notes: vec![
                format!(
                    "Attestation établie pour le crédit d'impôt pour frais de garde des jeunes \
                     enfants (article 200 quater B du code général des impôts)\u{a0}: l'enfant \
                     avait moins de six ans au 1er\u{a0}janvier {year}. Conservez-la avec votre \
                     déclaration de revenus."
                ),
                format!("Une question\u{a0}? Le guichet vous répond\u{a0}: {contact}."),
            ],
        },
        Language::English => Said {
            title: "Certificate of childcare costs",
            subject: format!("Year {year}"),
            facts: vec![
                fact("Child", child, true),
                fact("Date of birth", &born, false),
                fact("Issued on", &issued, false),
            ],
            sum: Sum { caption: format!("Paid in {year}"), amount: amount.clone() },
            certified: vec![
                format!(
                    "{} ({desk}) certifies that it received from {payer}, from 1 January to 31 \
                     December {year}, the sum of {amount} for the care of {child}, born on {born}.",
                    office.name
                ),
                "This sum is what was paid for after-school activities (TAP), credit notes taken \
                 off. Meals and transport are not part of it."
                    .to_owned(),
            ],
            notes: vec![
                format!(
                    "Issued for the tax credit for the care of young children (article 200 quater \
                     B of the French tax code): the child was under six on 1 January {year}. Keep \
                     it with your tax return."
                ),
                format!("A question? The guichet answers: {contact}."),
            ],
        },
    }
}
