//! Where lines are broken.

/// Breaks a text at its spaces into lines that fit; a word that does not fit alone is broken
/// anywhere. Each line but the last ends with the space at which it was broken, so that the text
/// reads on when it is copied.
pub(super) fn broken(text: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(line + " ");
        }
        line = chopped(word, &fits, &mut lines);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Chops what does not fit off a word, and gives the rest. A line has one letter at least.
fn chopped(word: &str, fits: &impl Fn(&str) -> bool, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    for letter in word.chars() {
        line.push(letter);
        if !fits(&line) && line.chars().nth(1).is_some() {
            line.pop();
            lines.push(std::mem::replace(&mut line, letter.into()));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(width: usize, text: &str) -> Vec<String> {
        broken(text, |line| line.chars().count() <= width)
    }

    #[test]
    fn lines_are_broken_at_spaces() {
        assert_eq!(at(9, "un deux trois"), ["un deux ", "trois"]);
        assert_eq!(at(20, " un  deux\ntrois "), ["un deux trois"]);
        assert_eq!(at(9, "72,36\u{a0}€ ici"), ["72,36\u{a0}€ ", "ici"]);
        assert!(at(9, " ").is_empty());
    }

    #[test]
    fn a_long_word_is_broken_where_it_must_be() {
        assert_eq!(at(4, "a Œuvrard b"), ["a ", "Œuvr", "ard ", "b"]);
        assert_eq!(at(0, "été"), ["é", "t", "é"]);
    }
}
