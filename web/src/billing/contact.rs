//! The guichet's e-mail address and phone number in a sentence, to be written to and called.

use leptos::prelude::*;

/// How the guichet is reached.
pub(super) struct Reached {
    pub(super) email: String,
    pub(super) phone: String,
}

/// A piece of a sentence, with where it leads to.
type Piece<'a> = (&'a str, Option<String>);

impl Reached {
    fn pieces<'a>(&self, text: &'a str) -> Vec<Piece<'a>> {
        let links = [
            (&self.email, format!("mailto:{}", self.email)),
            (&self.phone, format!("tel:{}", self.phone.replace([' ', '\u{a0}', '.'], ""))),
        ];
        let mut pieces: Vec<Piece> = vec![(text, None)];
        for (words, href) in links.into_iter().filter(|(words, _)| !words.is_empty()) {
            pieces = pieces
                .into_iter()
                .flat_map(|(text, to)| match text.split_once(words.as_str()) {
                    Some((before, after)) if to.is_none() => {
                        let link = &text[before.len()..text.len() - after.len()];
                        vec![(before, None), (link, Some(href.clone())), (after, None)]
                    }
                    _ => vec![(text, to)],
                })
                .collect();
        }
        pieces
    }
}

pub(super) fn linked(text: &str, reached: &Reached) -> impl IntoView + use<> {
    let pieces = reached.pieces(text).into_iter().map(|(text, to)| {
        let text = text.to_owned();
        match to {
            Some(href) => view! { <a href=href>{text}</a> }.into_any(),
            None => text.into_any(),
        }
    });
    pieces.collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guichet_is_written_to_and_called() {
        let reached =
            Reached { email: "guichet@preau.test".into(), phone: "04 50 00 00 00".into() };
        let text = "Le guichet vous répond : guichet@preau.test, 04 50 00 00 00.";
        let found = reached.pieces(text);
        assert_eq!(
            found,
            [
                ("Le guichet vous répond : ", None),
                ("guichet@preau.test", Some("mailto:guichet@preau.test".into())),
                (", ", None),
                ("04 50 00 00 00", Some("tel:0450000000".into())),
                (".", None),
            ]
        );
        assert_eq!(reached.pieces("Rien.").len(), 1);
        let none = Reached { email: String::new(), phone: String::new() };
        assert_eq!(none.pieces(text).len(), 1);
    }
}
