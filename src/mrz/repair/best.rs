//! The arithmetic of repair: of a set of readings, only the two cheapest costs and a count are kept.
//!
//! Readings of a part of a zone are sorted by what their weighted sums leave modulo 10: one remainder where only
//! the composite digit covers the part, two where a digit of its own does. Sets join ([`Best::or`]) and combine
//! ([`Best::then`]) without ever being listed, which is what makes repair a matter of a few thousand additions.
//! Costs are centibans and stay far below [`NEVER`], so that no sum overflows.

/// The cost of a reading that does not exist.
pub(super) const NEVER: u32 = 1 << 29;
/// Remainders of a check digit.
pub(super) const TEN: usize = 10;

/// What is kept of a set of readings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Best {
    /// The cost of the cheapest reading, in centibans.
    pub(super) cost: u32,
    /// The cost of the cheapest of all others; the same as `cost` for a tie.
    pub(super) second: u32,
    /// How many readings have the lowest cost.
    pub(super) readings: u32,
}

impl Best {
    /// No reading.
    pub(super) const NONE: Self = Self { cost: NEVER, second: NEVER, readings: 0 };

    /// One reading.
    pub(super) const fn one(cost: u32) -> Self {
        Self { cost, second: NEVER, readings: 1 }
    }

    /// Whether there is a reading at all.
    pub(super) const fn exists(self) -> bool {
        self.cost < NEVER
    }

    /// The readings of both sets, which have none in common.
    ///
    /// Which of the two is cheaper is a toss-up, so there is no branch on it.
    pub(super) const fn or(self, other: Self) -> Self {
        let (cost, dearer) = if self.cost < other.cost { (self.cost, other.cost) } else { (other.cost, self.cost) };
        let second = if self.second < other.second { self.second } else { other.second };
        let own = (self.cost == cost) as u32 * self.readings;
        let others = (other.cost == cost) as u32 * other.readings;
        Self { cost, second: if dearer < second { dearer } else { second }, readings: own.saturating_add(others) }
    }

    /// Takes other readings in, and says whether one of them is cheaper than all before.
    pub(super) fn take(&mut self, other: Self) -> bool {
        let cheaper = other.cost < self.cost;
        *self = self.or(other);
        cheaper
    }

    /// Every reading of one part followed by every reading of another.
    pub(super) fn then(self, next: Self) -> Self {
        let second = (self.second + next.cost).min(self.cost + next.second);
        Self {
            cost: (self.cost + next.cost).min(NEVER),
            second: second.min(NEVER),
            readings: self.readings.saturating_mul(next.readings),
        }
    }

    /// The set without its cheapest reading, for asking what it would cost to read something else.
    pub(super) const fn without_cheapest(self) -> Self {
        Self::one(self.second)
    }
}

/// The sum of two remainders, modulo 10.
pub(super) const fn plus(first: usize, second: usize) -> usize {
    let sum = first + second;
    if sum < TEN { sum } else { sum - TEN }
}

/// What has to be added to a remainder to reach another one.
pub(super) const fn minus(reached: usize, remainder: usize) -> usize {
    plus(reached, TEN - remainder)
}

/// Readings sorted by the remainder of their contribution to the composite sum.
#[derive(Clone, Copy)]
pub(super) struct Remainders([Best; TEN]);

impl Remainders {
    pub(super) const NONE: Self = Self([Best::NONE; TEN]);

    /// Nothing read yet: the empty text, with the sum 0.
    pub(super) fn start() -> Self {
        Self::one(0, Best::one(0))
    }

    /// Readings that all leave the same remainder.
    pub(super) fn one(remainder: usize, best: Best) -> Self {
        let mut all = Self::NONE;
        all.take(remainder, best);
        all
    }

    /// What is kept of the readings that leave a remainder, 0 to 9.
    pub(super) fn at(&self, remainder: usize) -> Best {
        self.0.get(remainder).copied().unwrap_or(Best::NONE)
    }

    /// Takes readings in, and says whether one of them is cheaper than all before with its remainder.
    pub(super) fn take(&mut self, remainder: usize, best: Best) -> bool {
        self.0.get_mut(remainder).is_some_and(|all| all.take(best))
    }

    /// The remainders that some reading leaves, with what is kept of those readings.
    pub(super) fn reached(&self) -> impl Iterator<Item = (usize, Best)> {
        let all = self.0.iter().copied().enumerate();
        all.filter(|(_, best)| best.exists())
    }

    /// The readings of both sets.
    pub(super) fn or(&self, other: &Self) -> Self {
        let mut all = *self;
        for (remainder, best) in other.reached() {
            all.take(remainder, best);
        }
        all
    }

    /// Every reading followed by every reading of another part: sums add modulo 10.
    pub(super) fn then(&self, next: &Self) -> Self {
        let mut all = Self::NONE;
        for (here, first) in self.reached() {
            for (there, second) in next.reached() {
                all.take(plus(here, there), first.then(second));
            }
        }
        all
    }

    /// The set without the cheapest reading that leaves `remainder`.
    pub(super) fn without_cheapest(&self, remainder: usize) -> Self {
        let mut all = *self;
        if let Some(best) = all.0.get_mut(remainder) {
            *best = best.without_cheapest();
        }
        all
    }

    /// The lowest cost of one reading each of this part, of those `before` and of those `behind` that make the
    /// whole sum 0.
    pub(super) fn cost_between(&self, before: &Self, behind: &Self) -> u32 {
        let mut lowest = NEVER;
        for (here, own) in self.reached() {
            for (there, first) in before.reached() {
                let wanted = minus(0, plus(here, there));
                lowest = lowest.min(own.cost + first.cost + behind.at(wanted).cost);
            }
        }
        lowest
    }

    /// The sets without their cheapest readings.
    pub(super) fn without_all_cheapest(&self) -> Self {
        Self(self.0.map(Best::without_cheapest))
    }

    /// The cost of the cheapest reading where that is highest.
    pub(super) fn dearest(&self) -> u32 {
        self.0.iter().map(|best| best.cost).max().unwrap_or(NEVER)
    }

    /// The lowest cost of all.
    pub(super) fn lowest(&self) -> u32 {
        self.0.iter().map(|best| best.cost).min().unwrap_or(NEVER)
    }
}

/// What a reading leaves in the sum of its own digit and in the composite sum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) own: usize,
    pub(super) composite: usize,
}

impl Sums {
    pub(super) const ZERO: Self = Self { own: 0, composite: 0 };

    pub(super) const fn plus(self, other: Self) -> Self {
        Self { own: plus(self.own, other.own), composite: plus(self.composite, other.composite) }
    }

    pub(super) const fn minus(self, other: Self) -> Self {
        Self { own: minus(self.own, other.own), composite: minus(self.composite, other.composite) }
    }

    /// Both as one number, 0 to 99.
    pub(super) const fn index(self) -> usize {
        self.own * TEN + self.composite
    }
}

/// Readings sorted by both sums.
///
/// Few of the hundred pairs are ever reached: half of them at most, because all weights are odd, and ten where
/// both weights are the same. The reached ones are marked, so that nobody has to look for them.
#[derive(Clone)]
pub(super) struct Grid {
    kept: [Best; TEN * TEN],
    /// One bit for each composite sum, by own sum.
    reached: [u16; TEN],
}

impl Grid {
    pub(super) const fn new() -> Self {
        Self { kept: [Best::NONE; TEN * TEN], reached: [0; TEN] }
    }

    /// Forgets all readings.
    pub(super) fn clear(&mut self) {
        for (row, bits) in self.kept.chunks_exact_mut(TEN).zip(&mut self.reached) {
            if *bits != 0 {
                row.fill(Best::NONE);
            }
            *bits = 0;
        }
    }

    /// Takes readings in, and says whether one of them is cheaper than all before with these sums.
    pub(super) fn take(&mut self, sums: Sums, best: Best) -> bool {
        let kept = self.kept.get_mut(sums.index());
        let (Some(kept), Some(bits)) = (kept, self.reached.get_mut(sums.own)) else {
            return false;
        };
        *bits |= 1 << (sums.composite & 0xF);
        kept.take(best)
    }

    /// The pairs of sums that some reading leaves, with what is kept of those readings.
    pub(super) fn reached(&self) -> impl Iterator<Item = (Sums, Best)> {
        let mut own = 0;
        let mut left = self.reached[0];
        core::iter::from_fn(move || {
            while left == 0 {
                own += 1;
                left = *self.reached.get(own)?;
            }
            let composite = left.trailing_zeros() as usize;
            left &= left - 1;
            let sums = Sums { own, composite };
            self.kept.get(sums.index()).map(|best| (sums, *best))
        })
    }

    /// The lowest cost of all.
    pub(super) fn lowest(&self) -> u32 {
        let costs = self.reached().map(|(_, best)| best.cost);
        costs.min().unwrap_or(NEVER)
    }

    /// The readings whose own sum is 0, by their contribution to the composite sum.
    pub(super) fn satisfied(&self) -> Remainders {
        let mut all = Remainders::NONE;
        for (sums, best) in self.reached().take_while(|(sums, _)| sums.own == 0) {
            all.take(sums.composite, best);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, by listing.
    fn of(costs: &[u32]) -> Best {
        let mut sorted = costs.to_vec();
        sorted.sort_unstable();
        let cost = sorted.first().copied().unwrap_or(NEVER);
        Best {
            cost,
            second: sorted.get(1).copied().unwrap_or(NEVER),
            readings: u32::try_from(sorted.iter().filter(|c| **c == cost).count()).unwrap(),
        }
    }

    #[test]
    fn joining_and_combining_agree_with_listing_all_readings() {
        let sets: [&[u32]; 6] = [&[], &[7], &[7, 7], &[3, 9, 9], &[0, 0, 7], &[2, 3]];
        for a in sets {
            for b in sets {
                let (kept_a, kept_b) = (of(a), of(b));
                assert!(kept_a.or(kept_b) == of(&[a, b].concat()));
                let pairs: Vec<u32> = a.iter().flat_map(|x| b.iter().map(move |y| x + y)).collect();
                let both = kept_a.then(kept_b);
                assert!(both == of(&pairs), "{a:?} then {b:?}");
                assert_eq!(both.exists(), !pairs.is_empty());
            }
        }
    }

    #[test]
    fn sums_add_modulo_ten() {
        let seven = Remainders::one(7, Best::one(1));
        let six = Remainders::one(6, Best::one(2));
        let both = seven.then(&six);
        assert!(both.at(3) == Best::one(3) && both.reached().count() == 1);
        assert_eq!(six.cost_between(&seven, &Remainders::one(7, Best::one(4))), 7);
        assert_eq!(six.cost_between(&seven, &six), NEVER);
        for (a, b) in (0..TEN).flat_map(|a| (0..TEN).map(move |b| (a, b))) {
            assert_eq!(plus(a, b), (a + b) % TEN);
            assert_eq!(plus(minus(a, b), b), a);
        }
    }

    #[test]
    fn a_grid_gives_back_what_it_took_and_nothing_else() {
        let mut grid = Grid::new();
        let taken = [(0, 3), (0, 9), (9, 9), (4, 0)].map(|(own, composite)| Sums { own, composite });
        for (cost, sums) in (5..).zip(taken) {
            assert!(grid.take(sums, Best::one(cost)));
            assert!(!grid.take(sums, Best::one(cost + 1)));
        }
        assert!(grid.reached().count() == 4 && grid.satisfied().reached().count() == 2);
        assert!(grid.satisfied().at(9) == of(&[6, 7]));
        grid.clear();
        assert_eq!(grid.reached().count(), 0);
        assert!(grid.take(taken[0], Best::one(50)), "nothing is left of before");
    }

    #[test]
    fn counts_saturate() {
        let many = Best { cost: 0, second: 0, readings: u32::MAX / 2 };
        assert_eq!(many.then(many).readings, u32::MAX);
        assert_eq!(many.or(many).or(many).readings, u32::MAX);
    }
}
