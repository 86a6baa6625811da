//! Colour at a terminal. It never carries meaning alone: every word that is painted says the same unpainted.

use landfall::check::Outcome;
use std::io::IsTerminal;

/// Paints when standard output is a terminal and `NO_COLOR` is not set.
#[derive(Clone, Copy)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    pub(crate) fn for_output() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { on: wanted && std::io::stdout().is_terminal() }
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    pub(crate) fn strong(self, text: &str) -> String {
        self.wrap("1", text)
    }

    pub(crate) fn faint(self, text: &str) -> String {
        self.wrap("2", text)
    }

    /// The colour of an outcome: green, red, or yellow for everything that was not concluded.
    pub(crate) fn outcome(self, outcome: Outcome, text: &str) -> String {
        let code = match outcome {
            Outcome::Passed => "32",
            Outcome::Failed => "1;31",
            Outcome::NotPresent => "2",
            _ => "33",
        };
        self.wrap(code, text)
    }
}
