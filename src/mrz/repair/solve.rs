//! The parts of a zone brought together under the composite digit.
//!
//! Each part gives its best readings for every remainder that it may leave in the composite sum; the composite
//! digit is a part that takes its own value off; together they have to leave 0. Layouts without a composite
//! digit are the same with all weights 0. What each field would cost if it were read differently comes from the
//! same tables: a part without its cheapest reading, together with all other parts.
//!
//! There is always a reading: every cost is finite, and in every layout a text of legal characters with its
//! digits computed satisfies the rules. The work does not depend on what was read: a few ten thousand additions.

use super::MAX_FIELDS;
use super::best::{Best, NEVER, Remainders, TEN, minus};
use super::chain::{Chain, MINUS_ONE, Problem, Step};
use super::date::Dates;
use super::number::{NumberField, Numbers};
use super::plan::{CHARACTERS, Glyphs, Kind, Opening, Part, Span, fields_in};
use crate::mrz::UNREAD;
use crate::mrz::layout::MAX_CHARACTERS;
use zeroize::Zeroize;

/// The most likely text that satisfies a layout, and what any other would cost.
///
/// It zeroes its text: whoever needs it takes a copy.
pub(super) struct Solution {
    /// The joined lines; fillers beyond their end.
    pub(super) text: [u8; MAX_CHARACTERS],
    /// Its cost, in centibans.
    pub(super) cost: u32,
    /// By the index of the field in the layout: what the best text costs more that reads the field differently.
    pub(super) margins: [u32; MAX_FIELDS],
    /// How many texts cost as little; at most `u32::MAX`.
    pub(super) readings: u32,
}

impl Drop for Solution {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

/// The readings of a part.
enum Solved {
    /// Ways to read it that exclude each other.
    Ways(Vec<Chain>),
    /// A date, with its digit if it has one.
    Dates(Box<Dates>),
    /// A document number and the optional data.
    Numbers(NumberField, Box<Numbers>),
}

/// A part that the composite digit, or a digit of its own, ties together.
struct Tied<'a> {
    part: &'a Part,
    solved: Solved,
    /// All its readings.
    all: Remainders,
}

impl Problem<'_> {
    /// Solves the zone.
    pub(super) fn solution(&self) -> Solution {
        let mut solution =
            Solution { text: [b'<'; MAX_CHARACTERS], cost: 0, margins: [NEVER; MAX_FIELDS], readings: 1 };
        let mut tied = Vec::with_capacity(MAX_FIELDS);
        for part in &self.plan.parts {
            match self.solve_part(part) {
                Some(solved) => tied.push(solved),
                None => self.read_freely(part, &mut solution),
            }
        }
        self.join(&tied, &mut solution);
        solution
    }

    /// The readings of a part; none if its positions are free.
    fn solve_part<'a>(&self, part: &'a Part) -> Option<Tied<'a>> {
        let (solved, all) = match part.kind {
            Kind::Free(_) => return None,
            Kind::Date(field) => {
                let dates = self.dates(field);
                let all = dates.remainders;
                (Solved::Dates(Box::new(dates)), all)
            }
            Kind::Number(field) => {
                let numbers = self.numbers(field);
                let all = numbers.all();
                (Solved::Numbers(field, Box::new(numbers)), all)
            }
            _ => {
                let ways = self.ways(part.kind).into_iter();
                let ways: Vec<_> = ways.map(|steps| self.solve(steps)).collect();
                let each = ways.iter().map(|way| &way.readings);
                let all = each.fold(Remainders::NONE, |all, readings| all.or(readings));
                (Solved::Ways(ways), all)
            }
        };
        Some(Tied { part, solved, all })
    }

    /// The chains of a part, of which a reading follows exactly one.
    fn ways(&self, kind: Kind) -> Vec<Vec<Step>> {
        match kind {
            Kind::Run(span) => vec![self.run(span)],
            Kind::Composite(digit) => {
                let mut step = self.step(digit, 0, Glyphs::DIGITS);
                step.composite = MINUS_ONE;
                vec![vec![step]]
            }
            Kind::Guarded { over, digit, may_be_empty } => {
                let mut ways = vec![self.guarded(over, digit)];
                if may_be_empty {
                    ways.push(self.empty(over, digit));
                }
                ways
            }
            Kind::Opening(opening) => self.openings(opening),
            Kind::Free(_) | Kind::Date(_) | Kind::Number(_) => Vec::new(),
        }
    }

    /// Fillers with a filler for their digit.
    fn empty(&self, over: Span, digit: usize) -> Vec<Step> {
        (over.0..over.1).chain([digit]).map(|position| self.step(position, 0, Glyphs::FILLER)).collect()
    }

    /// The ways to open a layout; beyond a way's end the fields' alphabets decide.
    fn openings(&self, opening: Opening) -> Vec<Vec<Step>> {
        let positions = || opening.start..opening.start + Opening::LEN;
        let rest = core::iter::repeat(&Glyphs::ANY);
        let steps = |way: &&'static [Glyphs]| {
            let sets = way.iter().chain(rest.clone());
            positions().zip(sets).map(|(position, set)| self.step(position, 0, *set)).collect()
        };
        opening.ways.iter().map(steps).collect()
    }

    /// Reads each position of a part for itself.
    fn read_freely(&self, part: &Part, solution: &mut Solution) {
        let Kind::Free((first, last)) = part.kind else {
            return;
        };
        let mut margin = NEVER;
        for position in first..last {
            let step = self.step(position, 0, Glyphs::ANY);
            let mut best = Best::NONE;
            for (glyph, cost) in self.likelihoods.legal(position, step.legal) {
                if best.take(Best::one(cost))
                    && let Some(slot) = solution.text.get_mut(position)
                {
                    *slot = CHARACTERS.get(glyph).copied().unwrap_or(b'<');
                }
            }
            if best.cost == best.second && self.is_open(&step) {
                leave_unread(&mut solution.text, position);
            }
            margin = margin.min(best.second - best.cost);
            solution.cost += best.cost;
            solution.readings = solution.readings.saturating_mul(best.readings);
        }
        set_margins(&mut solution.margins, part.fields, margin);
    }

    /// Chooses the remainder of every part so that they leave 0 together, and writes the parts.
    fn join(&self, tied: &[Tied], solution: &mut Solution) {
        let mut before = vec![Remainders::start()];
        for next in tied {
            let so_far = before.last().copied().unwrap_or(Remainders::NONE);
            before.push(so_far.then(&next.all));
        }
        let total = before.last().map_or(Best::NONE, |all| all.at(0));
        solution.cost += total.cost;
        solution.readings = solution.readings.saturating_mul(total.readings);
        let mut behind = Remainders::start();
        let mut wanted = 0;
        for (tied, before) in tied.iter().zip(&before).rev() {
            let remainder = take_last(before, &tied.all, wanted);
            wanted = minus(wanted, remainder);
            self.write_part(tied, remainder, &mut solution.text);
            self.margins_of(tied, remainder, &mut solution.margins, |different| {
                different.cost_between(before, &behind) - total.cost
            });
            behind = tied.all.then(&behind);
        }
    }

    /// Writes the cheapest reading of a part that leaves `remainder`.
    fn write_part(&self, tied: &Tied, remainder: usize, text: &mut [u8; MAX_CHARACTERS]) {
        match &tied.solved {
            Solved::Numbers(field, numbers) => {
                self.write_number(*field, numbers, numbers.split(remainder), text);
            }
            Solved::Dates(dates) => dates.write(remainder, text),
            Solved::Ways(ways) => {
                let cheapest = |way: &&Chain| way.readings.at(remainder).cost;
                let Some(way) = ways.iter().min_by_key(cheapest) else {
                    return;
                };
                self.write(way, remainder, text);
                let is_opening = matches!(tied.part.kind, Kind::Opening(_));
                let steps = way.steps.iter();
                let open = steps.filter(|step| is_opening && self.is_open(step));
                open.for_each(|step| leave_unread(text, step.position));
            }
        }
    }

    /// What it costs to read each field of a part differently; `more` prices a set of different readings.
    fn margins_of(
        &self,
        tied: &Tied,
        remainder: usize,
        margins: &mut [u32; MAX_FIELDS],
        more: impl Fn(&Remainders) -> u32,
    ) {
        if let Solved::Numbers(field, numbers) = &tied.solved {
            let (number, optional) = numbers.others(numbers.split(remainder));
            set_margins(margins, tied.part.fields, more(&number));
            let fields = fields_in(self.plan.layout, field.optional);
            set_margins(margins, fields, more(&optional));
        } else {
            let different = tied.all.without_cheapest(remainder);
            set_margins(margins, tied.part.fields, more(&different));
        }
    }

    /// Whether several characters are legal at a step and neither the reader nor a digit prefers one of them.
    fn is_open(&self, step: &Step) -> bool {
        let mut costs = self.likelihoods.legal(step.position, step.legal);
        let first = costs.next().map(|(_, cost)| cost);
        let mut others = costs.map(|(_, cost)| Some(cost) == first).peekable();
        step.composite == 0 && others.peek().is_some() && others.all(|equal| equal)
    }
}

/// The remainder of the last part in the cheapest reading of all whose sum leaves `wanted`.
fn take_last(before: &Remainders, last: &Remainders, wanted: usize) -> usize {
    let cost = |remainder: &usize| {
        let rest = before.at(minus(wanted, *remainder));
        rest.then(last.at(*remainder)).cost
    };
    (0..TEN).min_by_key(cost).unwrap_or(0)
}

/// Sets the margin of several fields, given as bits by their index in the layout.
fn set_margins(margins: &mut [u32; MAX_FIELDS], fields: u16, margin: u32) {
    for (index, slot) in margins.iter_mut().enumerate() {
        if fields & 1 << index != 0 {
            *slot = margin;
        }
    }
}

/// Leaves the mark of an unread character where any other would be invented.
fn leave_unread(text: &mut [u8; MAX_CHARACTERS], position: usize) {
    if let Some(slot) = text.get_mut(position) {
        *slot = UNREAD;
    }
}
