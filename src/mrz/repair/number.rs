//! Document numbers of cards, which may run on into the optional data (Doc 9303-5 and -6 §4.2.2 note j).
//!
//! A short number has its digit behind it and leaves the optional data alone. A long one has a filler there; the
//! optional data begin with the rest of it, at least one character, then the digit over all of the number, then a
//! filler. Both readings of a zone compete by their costs like any others.

use super::best::{Best, Grid, Remainders, TEN, minus};
use super::chain::{Chain, MINUS_ONE, Problem, Step};
use super::plan::{FILLER, Glyphs, Span};
use crate::mrz::digit;
use crate::mrz::layout::MAX_CHARACTERS;

/// Where a number, its digit and the optional data stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberField {
    /// The number field itself.
    pub(super) over: Span,
    /// Where the digit of a short number stands.
    pub(super) digit: usize,
    /// The optional data.
    pub(super) optional: Span,
}

/// The readings of a number and the optional data.
pub(super) struct Numbers {
    /// The number field and its digit, where the number is short.
    short: Chain,
    /// The optional data where the number is short.
    optional: Remainders,
    /// Both together where the number is long.
    long: Remainders,
    /// How many characters the cheapest long number of each remainder has beyond its field.
    longer: [usize; TEN],
}

/// How a reading of the whole takes its remainder from its parts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Split {
    /// A short number that leaves `number`, and optional data that leave `optional`.
    Short {
        /// The remainder of the number and its digit.
        number: usize,
        /// The remainder of the optional data.
        optional: usize,
    },
    /// A long number and the rest of the optional data, which leave this remainder together.
    Long(usize),
}

impl Numbers {
    /// All readings, short and long.
    pub(super) fn all(&self) -> Remainders {
        self.short.readings.then(&self.optional).or(&self.long)
    }

    /// How the cheapest reading that leaves `remainder` is made up.
    pub(super) fn split(&self, remainder: usize) -> Split {
        let cost = self.all().at(remainder).cost;
        let short = (0..TEN).find(|number| {
            let optional = self.optional.at(minus(remainder, *number));
            self.short.readings.at(*number).then(optional).cost == cost
        });
        short.map_or(Split::Long(remainder), |number| Split::Short { number, optional: minus(remainder, number) })
    }

    /// The readings whose number, and those whose optional data, are not those of the cheapest reading.
    pub(super) fn others(&self, split: Split) -> (Remainders, Remainders) {
        match split {
            Split::Short { number, optional } => (
                self.short.readings.without_cheapest(number).then(&self.optional).or(&self.long),
                self.short.readings.then(&self.optional.without_cheapest(optional)).or(&self.long),
            ),
            Split::Long(remainder) => {
                let others = self.short.readings.then(&self.optional).or(&self.long.without_cheapest(remainder));
                (others, others)
            }
        }
    }
}

impl Problem<'_> {
    /// All readings of a number and the optional data.
    pub(super) fn numbers(&self, field: NumberField) -> Numbers {
        let rests = self.rests(field.optional);
        let optional = rests.first().copied().unwrap_or(Remainders::start());
        let short = self.solve(self.guarded(field.over, field.digit));
        let other_number = short.readings.without_all_cheapest().then(&optional);
        let other_optional = short.readings.then(&optional.without_all_cheapest());
        let bound = other_number.dearest().max(other_optional.dearest());
        let (long, longer) = self.long_numbers(field, &rests, bound);
        Numbers { short, optional, long, longer }
    }

    /// Writes the cheapest reading with this split.
    pub(super) fn write_number(
        &self,
        field: NumberField,
        numbers: &Numbers,
        split: Split,
        text: &mut [u8; MAX_CHARACTERS],
    ) {
        match split {
            Split::Short { number, optional } => {
                self.write(&numbers.short, number, text);
                self.write(&self.solve(self.run(field.optional)), optional, text);
            }
            Split::Long(remainder) => {
                let more = numbers.longer.get(remainder).copied().unwrap_or(1);
                self.write(&self.solve(self.long_chain(field, more)), remainder, text);
            }
        }
    }

    /// Characters with the digit that covers them, as a chain.
    pub(super) fn guarded(&self, over: Span, digit: usize) -> Vec<Step> {
        let mut chain = self.weighed(over);
        chain.push(self.step(digit, MINUS_ONE, Glyphs::DIGITS));
        chain
    }

    /// Characters with their weights in the sum of their own digit.
    fn weighed(&self, over: Span) -> Vec<Step> {
        let positions = (over.0..over.1).enumerate();
        positions.map(|(at, position)| self.step(position, digit::weight(at) as usize, Glyphs::ANY)).collect()
    }

    /// Characters that no digit of their own covers, as a chain.
    pub(super) fn run(&self, span: Span) -> Vec<Step> {
        (span.0..span.1).map(|position| self.step(position, 0, Glyphs::ANY)).collect()
    }

    /// The first nine characters, of which the last is no filler, and a filler for the digit.
    fn long_head(&self, field: NumberField) -> Vec<Step> {
        let mut chain = self.weighed(field.over);
        if let Some(last) = chain.last_mut() {
            last.legal = last.legal.and(Glyphs::NOT_FILLER);
        }
        chain.push(self.step(field.digit, 0, Glyphs::FILLER));
        chain
    }

    /// A character of the tail that is followed by others.
    fn tail_step(&self, field: NumberField, at: usize) -> Step {
        let weight = digit::weight(field.over.1 - field.over.0 + at);
        self.step(field.optional.0 + at, weight as usize, Glyphs::NOT_FILLER)
    }

    /// A long number with `more` characters than the field holds, its digit, a filler, and the rest.
    fn long_chain(&self, field: NumberField, more: usize) -> Vec<Step> {
        let digit = field.optional.0 + more;
        let mut chain = self.long_head(field);
        chain.extend((0..more).map(|at| self.tail_step(field, at)));
        chain.push(self.step(digit, MINUS_ONE, Glyphs::DIGITS));
        chain.push(self.step(digit + 1, 0, Glyphs::FILLER));
        chain.extend(self.run((digit + 2, field.optional.1)));
        chain
    }

    /// The same for all lengths at once: heads that grow by one character meet rests that shrink by one.
    ///
    /// It ends where every longer number costs more than `bound`: whatever the rest of the zone asks for, a short
    /// number and optional data that differ from the best are cheaper then.
    fn long_numbers(&self, field: NumberField, rests: &[Remainders], bound: u32) -> (Remainders, [usize; TEN]) {
        let (mut all, mut longer) = (Remainders::NONE, [1; TEN]);
        let mut head = self.follow(&self.long_head(field), |_, _, _| ());
        let mut next = Grid::new();
        for tail in self.plan.layout.number_tails() {
            let more = tail - 1;
            self.advance(&head, &self.tail_step(field, more - 1), &mut next, |_, _| ());
            core::mem::swap(&mut head, &mut next);
            let lowest = rests.get(more).map_or(0, Remainders::lowest);
            if head.lowest() + lowest > bound {
                break;
            }
            // Behind the tail stands a filler, and behind that the rest.
            let rest = rests.get(tail + 1).unwrap_or(&Remainders::NONE);
            let ended = self.ended(&head, field.optional.0 + more);
            for (remainder, best) in ended.then(rest).reached() {
                if all.take(remainder, best)
                    && let Some(slot) = longer.get_mut(remainder)
                {
                    *slot = more;
                }
            }
        }
        (all, longer)
    }

    /// Numbers whose digit stands at `position`, with the filler behind it.
    fn ended(&self, head: &Grid, position: usize) -> Remainders {
        let filler = self.likelihoods.cost(position + 1, FILLER);
        let weight = self.plan.composite_at(position);
        let mut ended = Remainders::NONE;
        for (sums, best) in head.reached() {
            let cost = self.likelihoods.cost(position, sums.own) + filler;
            let composite = (sums.composite + weight * sums.own) % TEN;
            ended.take(composite, best.then(Best::one(cost)));
        }
        ended
    }

    /// What the positions from each one to the end of the span leave, the whole span first, nothing last.
    fn rests(&self, span: Span) -> Vec<Remainders> {
        let mut rests = vec![Remainders::start()];
        for step in self.run(span).iter().rev() {
            let one = self.leaves(step);
            let behind = rests.last().copied().unwrap_or(Remainders::NONE);
            rests.push(one.then(&behind));
        }
        rests.reverse();
        rests
    }
}
