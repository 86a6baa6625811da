//! Positions one after the other, and the best readings of all their sums.
//!
//! At each step the 37 characters fall into ten classes by their value modulo 10; a class moves every sum that
//! was reached so far to another one. A check digit is a step like any other with weight 9, which is -1: the own
//! sum of a chain that satisfies its digit is 0. The cheapest reading is found by walking back along the
//! classes by which each sum was reached.

use super::best::{Best, Grid, Remainders, Sums, TEN, plus};
use super::plan::{CHARACTERS, FILLER, Glyphs, Plan};
use super::reader::Likelihoods;
use crate::mrz::layout::MAX_CHARACTERS;
use zeroize::Zeroize;

/// The weight by which a check digit takes its own value off the sum.
pub(super) const MINUS_ONE: usize = 9;

/// One position of a chain.
#[derive(Clone, Copy)]
pub(super) struct Step {
    /// Where in the joined zone.
    pub(super) position: usize,
    /// Weight in the sum of the chain's own digit; 0 if it has none.
    pub(super) own: usize,
    /// Weight in the composite sum; 0 if it does not cover the position.
    pub(super) composite: usize,
    /// What may stand there.
    pub(super) legal: Glyphs,
}

/// The classes by which the cheapest readings arrived at a step's sums: four bits each, one word per own sum.
#[derive(Clone, Default)]
struct Way([u64; TEN]);

impl Way {
    /// Where the class for a composite sum stands in its word.
    const fn shift(sums: Sums) -> usize {
        4 * (sums.composite % TEN)
    }

    fn put(&mut self, sums: Sums, class: u8) {
        if let Some(word) = self.0.get_mut(sums.own) {
            *word &= !(0xF << Self::shift(sums));
            *word |= u64::from(class) << Self::shift(sums);
        }
    }

    fn class(&self, sums: Sums) -> usize {
        let word = self.0.get(sums.own).copied().unwrap_or(0);
        (word >> Self::shift(sums)) as usize & 0xF
    }
}

/// A chain that was followed.
///
/// With its ways back it holds what was read, so it zeroes them.
pub(super) struct Chain {
    /// The positions in their order.
    pub(super) steps: Vec<Step>,
    ways: Vec<Way>,
    /// The readings whose own sum is 0, by their contribution to the composite sum.
    pub(super) readings: Remainders,
}

impl Drop for Chain {
    fn drop(&mut self) {
        for way in &mut self.ways {
            way.0.zeroize();
        }
    }
}

/// What has to be solved: the rules on one side, the reader on the other.
pub(super) struct Problem<'a> {
    /// The layout as repair sees it.
    pub(super) plan: Plan,
    /// What the reader says of each position.
    pub(super) likelihoods: &'a Likelihoods,
}

/// What a character adds to a sum before weighing: its value modulo 10.
pub(super) const fn class(glyph: usize) -> usize {
    if glyph == FILLER { 0 } else { glyph % TEN }
}

impl Problem<'_> {
    /// A step as the layout has it, restricted to some characters.
    pub(super) fn step(&self, position: usize, own: usize, only: Glyphs) -> Step {
        Step {
            position,
            own,
            composite: self.plan.composite_at(position),
            legal: self.plan.legal_at(position).and(only),
        }
    }

    /// The ten classes of a step's characters, empty ones included.
    fn classes(&self, step: &Step) -> [Best; TEN] {
        let mut classes = [Best::NONE; TEN];
        for (glyph, cost) in self.likelihoods.legal(step.position, step.legal) {
            if let Some(best) = classes.get_mut(class(glyph)) {
                best.take(Best::one(cost));
            }
        }
        classes
    }

    /// Goes from one grid to the next by one step; `arrived` hears of the class by which sums are reached most
    /// cheaply so far.
    pub(super) fn advance(&self, from: &Grid, step: &Step, to: &mut Grid, mut arrived: impl FnMut(Sums, u8)) {
        to.clear();
        let weights = Sums { own: step.own, composite: step.composite };
        let classes = self.classes(step);
        for (reached, best) in from.reached() {
            let mut sums = reached;
            for (class, next) in (0..).zip(&classes) {
                if next.exists() && to.take(sums, best.then(*next)) {
                    arrived(sums, class);
                }
                sums = sums.plus(weights);
            }
        }
    }

    /// The grid behind a chain; `arrived` hears as in [`Problem::advance`], with the index of the step.
    pub(super) fn follow(&self, chain: &[Step], mut arrived: impl FnMut(usize, Sums, u8)) -> Grid {
        let (mut from, mut to) = (Grid::new(), Grid::new());
        to.take(Sums::ZERO, Best::one(0));
        for (index, step) in chain.iter().enumerate() {
            core::mem::swap(&mut from, &mut to);
            self.advance(&from, step, &mut to, |sums, class| arrived(index, sums, class));
        }
        to
    }

    /// Follows a chain and keeps what is needed to write its cheapest readings.
    pub(super) fn solve(&self, steps: Vec<Step>) -> Chain {
        let mut ways = vec![Way::default(); steps.len()];
        let grid = self.follow(&steps, |index, sums, class| {
            if let Some(way) = ways.get_mut(index) {
                way.put(sums, class);
            }
        });
        Chain { readings: grid.satisfied(), steps, ways }
    }

    /// What one step without a digit of its own leaves.
    pub(super) fn leaves(&self, step: &Step) -> Remainders {
        let mut all = Remainders::NONE;
        let mut remainder = 0;
        for best in self.classes(step) {
            all.take(remainder, best);
            remainder = plus(remainder, step.composite);
        }
        all
    }

    /// Writes the cheapest reading of a chain that leaves `remainder`.
    pub(super) fn write(&self, chain: &Chain, remainder: usize, text: &mut [u8; MAX_CHARACTERS]) {
        let mut sums = Sums { own: 0, composite: remainder };
        for (step, way) in chain.steps.iter().zip(&chain.ways).rev() {
            let class = way.class(sums);
            if let Some(slot) = text.get_mut(step.position) {
                *slot = self.cheapest(step, class);
            }
            sums = sums.minus(Sums { own: class * step.own % TEN, composite: class * step.composite % TEN });
        }
    }

    /// The cheapest character of a class; of equals the one that is printed, or else the first.
    fn cheapest(&self, step: &Step, wanted: usize) -> u8 {
        let printed = self.likelihoods.printed().get(step.position).copied();
        let legal = self.likelihoods.legal(step.position, step.legal);
        legal
            .filter(|(glyph, _)| class(*glyph) == wanted)
            .filter_map(|(glyph, cost)| CHARACTERS.get(glyph).map(|character| (*character, cost)))
            .min_by_key(|(character, cost)| (*cost, Some(*character) != printed))
            .map_or(b'<', |(character, _)| character)
    }
}
