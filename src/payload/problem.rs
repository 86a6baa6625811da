//! Problems: what a payload does not do as its format asks, field by field.
//!
//! A problem is a [`Deviation`], the name of the field it was met in and where that stands. It never holds a value.
//! Hostile input could be nothing but problems: their number has a ceiling.

use crate::deviation::Deviation;
use serde::Serialize;

/// One thing that is not as the format asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Problem {
    /// In what way.
    #[serde(rename = "problem")]
    pub deviation: Deviation,
    /// The field, by the name under which JSON shows it.
    pub field: &'static str,
    /// How far into the payload: bytes of binary payloads, characters of texts, from 0.
    pub offset: usize,
}

/// Everything that was met, in order, each thing once for each field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// How many are kept.
    pub const CAPACITY: usize = 128;

    /// Notes that `field`, which stands at `offset`, deviates.
    pub(crate) fn note(&mut self, deviation: Deviation, field: &'static str, offset: usize) {
        let known = self.0.iter().any(|old| (old.deviation, old.field) == (deviation, field));
        if !known && self.0.len() < Self::CAPACITY {
            self.0.push(Problem { deviation, field, offset });
        }
    }

    /// Every problem, in the order in which it was met.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// Whether this was met anywhere.
    #[must_use]
    pub fn contains(&self, deviation: Deviation) -> bool {
        self.0.iter().any(|problem| problem.deviation == deviation)
    }

    /// Whether this was met in this field.
    #[must_use]
    pub fn contains_in(&self, deviation: Deviation, field: &str) -> bool {
        self.0.iter().any(|problem| problem.deviation == deviation && problem.field == field)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}
