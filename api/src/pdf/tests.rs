//! The files that come out, read again.

mod reader;
mod samples;

use domain::problem::Language::{self, English, French};
use domain::wire::DocumentView;

use super::sheet::Mark;
use super::style::{FOOT, SMALL, WIDE};
use super::*;
use reader::Pdf;

fn printed(view: &DocumentView, language: Language) -> Pdf {
    Pdf::read(&document(view, language).unwrap())
}

/// All that is read, without the breaks within a paragraph.
fn text(pdf: &Pdf) -> String {
    pdf.text().replace(" \n", " ")
}

/// Whether all of these stand in a text, one after the other.
fn assert_in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("{part:?} is not, or not in its place, in:\n{text}");
        };
        rest = after;
    }
}

#[test]
fn an_invoice_says_all_that_it_must_in_the_order_of_reading() {
    let pdf = printed(&samples::invoice(), French);
    assert_in_order(
        &text(&pdf),
        &[
            "Commune de Neuvecelle\nRégie périscolaire\n12, place du Préau\n74500 Neuvecelle\n",
            "SIRET 214\u{a0}000\u{a0}000\u{a0}00000\n",
            "Facture\nCantine, octobre 2026\n",
            "Numéro F2026001184\nÉmise le 9 novembre 2026\n",
            "À payer jusqu'au 19 novembre 2026\nPériode du 1er au 31 octobre 2026\n",
            "À payer jusqu'au 19 novembre 2026\n253,53\u{a0}€\n",
            "À l'attention de\nMme Camille Delorme\n8, chemin des Noisetiers\n74500 Neuvecelle\n",
            "Détail\nPrestation\nQuantité\nPrix unitaire\nRéduction\nMontant\n",
            "Léa Delorme CE2\nRepas\n17\n5,40\u{a0}€\n—\n91,80\u{a0}€\n",
            "1, 2, 5, 6, 8, 9, 12, 13, 15, 19, 20, 22, 23, 26, 27, 29 et 30 octobre\n",
            "Quotient familial 1\u{a0}120 (CAF) · tranche 4 (1\u{a0}001 à 1\u{a0}400) · 1er enfant \
             · tarif du 1er septembre 2026\n",
            "Tom Delorme grande section\nRepas\n17\n5,40\u{a0}€\n−10\u{a0}%\n82,62\u{a0}€\n",
            "soit 4,86\u{a0}€ l'unité\n",
            "Repas sans inscription\n1\n6,90\u{a0}€\n−10\u{a0}%\n6,21\u{a0}€\n20 octobre\n",
            "Zoé Delorme petite section\n",
            "Total\n253,53\u{a0}€\n",
            "Pour payer\nPar chèque de 253,53\u{a0}€ exactement, à l'ordre de\u{a0}: Trésor Public.",
            "F2026001184",
            "À savoir\nTVA non applicable, article 256\u{a0}B du code général des impôts.\n",
            "Service de gestion comptable de",
            "guichet@neuvecelle.example\n, 04 65 71 20 15",
            "deux mois",
            "tribunal administratif de Grenoble",
        ],
    );
    let pages = pdf.pages();
    assert_eq!(pages.len(), 1, "three children's month is one page");
    let foot = ["Commune de Neuvecelle · Facture F2026001184", "Page 1 sur 1"];
    assert_eq!(pages[0].artifacts, foot);
}

#[test]
fn english_has_its_own_dates_and_amounts() {
    let text = text(&printed(&samples::partly_credited(), English));
    let parts = [
        "Invoice\nCanteen, October 2026\n",
        "19 November 2026\n",
        "To be paid by 19 November 2026\n€198.13\n",
        "Meal\n17\n€5.40\n—\n€91.80\n",
        "so €4.86 each",
        "Total\n€253.53\nLess credit note A2026000041\n−€5.40\nPaid already\n−€50.00\n",
        "Left to pay\n€198.13\n",
        "By cheque of exactly €198.13",
    ];
    assert_in_order(&text, &parts);
}

#[test]
fn what_is_paid_is_not_asked_for_again() {
    let text = text(&printed(&samples::paid(), French));
    let rest = "Déjà payé\n−253,53\u{a0}€\nReste à payer\n0,00\u{a0}€\n";
    assert_in_order(&text, &["Payée\n253,53\u{a0}€\n", "Total\n253,53\u{a0}€\n", rest]);
    assert!(!text.contains("chèque"), "{text}");
}

#[test]
fn a_credit_note_says_what_it_corrects_and_what_is_left() {
    let text = text(&printed(&samples::credit_note(), French));
    let parts = [
        "Avoir\n",
        "Numéro A2026000041\nÉmis le ",
        "Corrige la facture F2026001184\n",
        "Reste en votre faveur\n4,32\u{a0}€\n",
        "Tom Delorme ",
        "15 et 16 octobre\n",
        "Total\n9,72\u{a0}€\nDéduit de la facture F2026001184\n−5,40\u{a0}€\n",
        "Reste en votre faveur\n4,32\u{a0}€\nVotre avoir\n",
        "TVA non applicable",
    ];
    assert_in_order(&text, &parts);
    assert!(!text.contains("chèque") && !text.contains("À payer"), "{text}");
}

#[test]
fn a_terms_invoice_says_which_term() {
    let text = text(&printed(&samples::term_invoice(), French));
    let parts = [
        "Facture complémentaire\n",
        "Bus et TAP, 1er trimestre 2026-2027\n",
        "Bus · forfait 2AR\n1\n96,00\u{a0}€\n",
        "confirmé le 28 août 2026\n",
        "TAP · 2 activités par semaine\n",
    ];
    assert_in_order(&text, &parts);
}

#[test]
fn two_hundred_lines_go_over_pages_and_none_is_lost() {
    let pdf = printed(&samples::long(200), French);
    let pages = pdf.pages();
    assert!(pages.len() > 5);
    let lines = |page: &reader::Page| page.content.iter().filter(|text| *text == "Repas").count();
    let counts: Vec<_> = pages.iter().map(lines).collect();
    // The last one may have the totals alone.
    let (_, full) = counts.split_last().unwrap();
    assert!(full.iter().all(|count| *count > 8), "{counts:?}");
    assert_eq!(counts.iter().sum::<usize>(), 200);
    let titles =
        ["Prestation", "Quantité", "Prix unitaire", "Réduction", "Montant"].map(str::to_owned);
    for (number, page) in (1..).zip(&pages).skip(1) {
        let again: &[_] = if lines(page) > 0 { &titles } else { &[] };
        assert!(page.artifacts.starts_with(again), "page {number}");
        let foot = format!("Page {number} sur {}", pages.len());
        assert_eq!(page.artifacts.last(), Some(&foot));
        assert!(!page.content.contains(&"Prestation".to_owned()), "read once");
    }
    // A child that goes over to the next page is named again.
    assert_eq!(pages[1].artifacts[5..7], ["Enfant Delorme 0 ", "CM1"]);
    assert_eq!((pdf.count("/THead"), pdf.count("/TBody")), (1, 10));
}

#[test]
fn names_of_any_length_and_letters_are_printed() {
    let text = text(&printed(&samples::hard_names(), French));
    let parts = [
        "Communauté de communes du Pays d’Évian et de la vallée d’Abondance\n",
        "M. et Mme Łukasz Żółć-Yıldız d’Été de la Rochefoucauld-Liancourt d'Œuvrard\n",
        "bâtiment Ő, résidence des Ormes ?\n74500 Évian\n",
        "Ștefan-Çağrı ? Œuvrard ",
    ];
    assert_in_order(&text, &parts);
    assert_eq!(text.matches("Anne-Sophie").count(), 12);
    assert_eq!(text.matches('ŵ').count(), 300);
}

#[test]
fn nothing_stands_outside_of_the_margins() {
    // At the end of a line it is not seen.
    const SPACE: f32 = 0.28;
    for view in [samples::hard_names(), samples::long(40)] {
        let (_, _, pages) = document::laid_out(&view, French).unwrap().into_parts();
        for mark in pages.iter().flatten() {
            let (left, right, bottom) = match mark {
                Mark::Text { left, baseline, run, style, .. } => {
                    let space = if run.text.ends_with(' ') { SPACE } else { 0.0 };
                    (*left, left + (run.width - space) * style.size, *baseline)
                }
                Mark::Link { column, top, height, .. } | Mark::Box { column, top, height, .. } => {
                    (column.left, column.right(), top + height)
                }
            };
            let inside = left > WIDE.left - 0.1 && right < WIDE.right() + 0.5;
            assert!(inside && bottom < FOOT + SMALL.leading, "{mark:?}");
        }
    }
}

#[test]
fn a_screen_reader_finds_its_way() {
    for (language, tag) in [(French, "fr-FR"), (English, "en-GB")] {
        let pdf = printed(&samples::invoice(), language);
        let counts = ["/H1", "/H2", "/Table", "/THead", "/TBody", "/TFoot"].map(|of| pdf.count(of));
        assert_eq!(counts, [1, 3, 1, 1, 3, 1]);
        // Five columns, three children, four lines and a total; what they head.
        assert_eq!((pdf.count("/TH"), pdf.count("/TD")), (13, 4 * 5 + 1));
        let catalog = pdf.object("/Type/Catalog");
        assert!(catalog.contains(&format!("/Lang({tag})")), "{catalog}");
        assert!(catalog.contains("/DisplayDocTitle true"), "{catalog}");
        assert_eq!(pdf.count("/Link"), 1);
        assert!(pdf.object("/Subtype/Link").contains("(mailto:guichet@neuvecelle.example)"));
        let figure = pdf.object("/Headers[(Ucolumn 4)");
        assert!(figure.contains("(Uchild 0)(Uline 0 0)]"), "{figure}");
        let metadata = pdf.metadata();
        for part in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"] {
            assert!(metadata.contains(part), "{metadata}");
        }
    }
}

#[test]
fn the_same_document_is_the_same_bytes_with_the_day_of_its_issue() {
    let view = samples::invoice();
    let bytes = document(&view, French).unwrap();
    assert!(bytes == document(&view, French).unwrap());
    assert!(bytes != document(&view, English).unwrap());
    assert!(bytes.len() < 40_000, "{}", bytes.len());
    let metadata = Pdf::read(&bytes).metadata().to_owned();
    assert!(metadata.contains("<xmp:CreateDate>2026-11-09T00:00:00Z<"), "{metadata}");
    assert!(metadata.contains("Facture F2026001184 · Cantine, octobre 2026"), "{metadata}");
}

#[test]
fn a_certificate_says_for_whom_how_much_and_by_which_law() {
    let certificate = samples::certificate();
    let said = |language| text(&Pdf::read(&care_certificate(&certificate, language).unwrap()));
    let parts = [
        "Attestation de frais de garde\nAnnée 2026\n",
        "Enfant Zoé Delorme\nDate de naissance 5 novembre 2022\nÉtablie le 12 janvier 2027\n",
        "Payé en 2026\n162,00\u{a0}€\n",
        "Mme Camille Delorme\n",
        "atteste avoir reçu de Mme Camille Delorme",
        "162,00\u{a0}€ pour la garde de Zoé Delorme, né(e) le 5 novembre 2022.",
        "article 200 quater B du code général des impôts",
    ];
    assert_in_order(&said(French), &parts);
    let parts = ["Certificate of childcare costs", "€162.00", "born on 5 November 2022"];
    assert_in_order(&said(English), &parts);
}
