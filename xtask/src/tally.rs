//! Counts of tests, read from the runners' closing lines.

use std::fmt;
use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    /// `test result: ok. 12 passed; 0 failed; 1 ignored; …`, once for each test program.
    pub(crate) fn read_cargo(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else {
            return;
        };
        for part in result.split([';', '.']) {
            self.read_count(part);
        }
    }

    /// `5 passed (3.2s)` and `1 failed`, on lines of their own.
    pub(crate) fn read_playwright(&mut self, line: &str) {
        self.read_count(line);
    }

    /// A step without tests of its own counts as one; so does one that fails without a failed
    /// test, as when it does not compile.
    pub(crate) fn close(&mut self, succeeded: bool) {
        if !succeeded {
            self.failed = self.failed.max(1);
        } else if *self == Self::default() {
            self.passed = 1;
        }
    }

    fn read_count(&mut self, text: &str) {
        let mut words = text.split_whitespace();
        let Some(count) = words.next().and_then(|word| word.parse::<u32>().ok()) else {
            return;
        };
        match words.next() {
            Some("passed") => self.passed += count,
            Some("failed") => self.failed += count,
            _ => {}
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn sums_cargos_programs() {
        let mut tally = Tally::default();
        tally.read_cargo("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s");
        tally.read_cargo("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured");
        tally.read_cargo("test domain::a ... 99 passed");
        assert_eq!(tally.to_string(), "15 passed, 2 failed");
    }

    #[test]
    fn reads_playwrights_lines() {
        let mut tally = Tally::default();
        for line in [
            "  ✓  1 planning.spec.ts:3:1 › tick (1.2s)",
            "  1 failed",
            "  2 skipped",
            "  41 passed (12.3s)",
        ] {
            tally.read_playwright(line);
        }
        assert_eq!(tally.to_string(), "41 passed, 1 failed");
    }

    #[test]
    fn a_step_counts_even_without_tests() {
        let closed = |mut tally: Tally, succeeded| {
            tally.close(succeeded);
            (tally.passed, tally.failed)
        };
        assert_eq!(closed(Tally::default(), true), (1, 0));
        assert_eq!(closed(Tally::default(), false), (0, 1));
        assert_eq!(closed(Tally { passed: 4, failed: 0 }, false), (4, 1));
        assert_eq!(closed(Tally { passed: 4, failed: 2 }, false), (4, 2));
    }
}
