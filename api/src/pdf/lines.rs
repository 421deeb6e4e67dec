//! Where lines are broken.

/// How wide texts are, and how wide a line may be.
pub(super) struct Measure<W> {
    pub(super) width_of: W,
    pub(super) width: f32,
}

impl<W: Fn(&str) -> f32> Measure<W> {
    /// Breaks a text at its spaces into lines that fit; a word that does not fit alone is broken
    /// anywhere. Each line but the last ends with the space at which it was broken, so that the
    /// text reads on when it is copied.
    pub(super) fn lines(&self, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut line, mut used) = (String::new(), 0.0);
        let space = (self.width_of)(" ");
        for word in text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
            let wide = (self.width_of)(word);
            if !line.is_empty() && used + space + wide <= self.width {
                line.push(' ');
                line.push_str(word);
                used += space + wide;
                continue;
            }
            if !line.is_empty() {
                lines.push(line + " ");
            }
            (line, used) = if wide <= self.width {
                (word.to_owned(), wide)
            } else {
                self.chopped(word, &mut lines)
            };
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// Chops what does not fit off a word, and gives the rest with its width. A line has one letter
    /// at least.
    fn chopped(&self, word: &str, lines: &mut Vec<String>) -> (String, f32) {
        let (mut line, mut used) = (String::new(), 0.0);
        for letter in word.chars() {
            let longer = format!("{line}{letter}");
            let wide = (self.width_of)(&longer);
            (line, used) = if wide <= self.width || line.is_empty() {
                (longer, wide)
            } else {
                lines.push(line);
                (letter.into(), (self.width_of)(letter.encode_utf8(&mut [0; 4])))
            };
        }
        (line, used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(width: f32, text: &str) -> Vec<String> {
        let width_of = |text: &str| text.chars().map(|_| 1.0).sum();
        Measure { width_of, width }.lines(text)
    }

    #[test]
    fn lines_are_broken_at_spaces() {
        assert_eq!(at(9.0, "un deux trois"), ["un deux ", "trois"]);
        assert_eq!(at(20.0, " un  deux\ntrois "), ["un deux trois"]);
        assert_eq!(at(9.0, "72,36\u{a0}€ ici"), ["72,36\u{a0}€ ", "ici"]);
        assert!(at(9.0, " ").is_empty());
    }

    #[test]
    fn a_long_word_is_broken_where_it_must_be() {
        assert_eq!(at(4.0, "a Œuvrard b"), ["a ", "Œuvr", "ard ", "b"]);
        assert_eq!(at(0.0, "été"), ["é", "t", "é"]);
    }
}
