//! How much work a page may cost: no page takes more than about ten times what an ordinary one does.
//!
//! Work is counted, not timed: the same page gives the same result on any machine. One unit is about one look at a
//! grey value.
//!
//! A part is given to each candidate, so that a single one can never use up what the others need. What it does not use comes back.
//!
//! # What it holds
//!
//! The scan of lines costs the same for every page and is not counted. Counted are the readers: laying grids, moving them,
//! sampling and correcting. A page full of false finder patterns ends when the budget does, and what was read until
//! then is given back.

/// Units of work that are left.
pub(crate) struct Budget {
    left: u64,
}

impl Budget {
    /// A budget of so many units.
    pub(crate) const fn new(units: u64) -> Self {
        Self { left: units }
    }

    /// Takes units out; false if there are not as many left, and then nothing is.
    pub(crate) const fn spend(&mut self, units: u64) -> bool {
        if units > self.left {
            self.left = 0;
            return false;
        }
        self.left -= units;
        true
    }

    /// A budget within this one, of at most so many units; what it does not use comes back by [`Budget::merge`].
    pub(crate) const fn part(&mut self, units: u64) -> Self {
        let units = if units < self.left { units } else { self.left };
        self.left -= units;
        Self { left: units }
    }

    /// A budget within this one: an equal share of what is left, when so many parts are still to come.
    pub(crate) const fn share(&mut self, parts: u64) -> Self {
        self.part(if parts > 1 { self.left / parts } else { self.left })
    }

    /// Takes back what a part has left.
    pub(crate) const fn merge(&mut self, part: &Self) {
        self.left += part.left;
    }
}
