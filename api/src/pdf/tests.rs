//! The files that come out, read again.

mod samples;

use domain::problem::Language::{self, English, French};

use super::*;
use samples::*;

#[test]
fn dump() {
    let out = std::path::Path::new("/tmp/pdfs");
    std::fs::create_dir_all(out).unwrap();
    for (name, view) in [
        ("invoice", invoice()),
        ("credit", credit_note()),
        ("long", long(200)),
        ("names", hard_names()),
        ("term", term_invoice()),
        ("partly", partly_credited()),
    ] {
        for (tag, language) in [("fr", French), ("en", English)] {
            let bytes = document(&view, language).unwrap();
            std::fs::write(out.join(format!("{name}-{tag}.pdf")), bytes).unwrap();
        }
    }
    for (tag, language) in [("fr", French), ("en", English)] {
        let bytes = care_certificate(&certificate(), language).unwrap();
        std::fs::write(out.join(format!("certificate-{tag}.pdf")), bytes).unwrap();
    }
}
