//! Two names against each other: which token is which, what is missing, what contradicts.
//!
//! Tokens are paired by what the pairing is worth, the best first. A pairing may join tokens of one side
//! (`ABD AL RAHMAN` and `ABDULRAHMAN`), an initial stands for a name, and the last given name of a full field may
//! be cut short. A token that has no partner costs little; one on each side cost more together: they contradict.

use super::normal;
use super::opened::AlertList;
use super::record::NameRecord;
use super::unit::{Unit, Units};
use crate::error::Result;
use crate::list::NameKind;

/// The least that a name can say: on a list of people with several names a wholly other name is not impossible.
const FLOOR: i32 = -250;
/// A listed token that was not read; a token read that is not listed.
const MISSING: i32 = -35;
const MORE: i32 = -45;
/// What contradictions and much agreement are worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weights {
    /// A token without partner on each side: they contradict.
    contradiction: i32,
    /// What is over [`KNEE`] counts this part of itself, and where something contradicts.
    over_knee: (i32, i32),
}

impl Weights {
    /// A birth date is compared too.
    pub(super) const BESIDE_A_DATE: Self = Self { contradiction: -150, over_knee: (4, 4) };
    /// The name is nearly all that there is: then one part that contradicts outweighs many that agree, for families
    /// and villages share the many.
    pub(super) const ALONE: Self = Self { contradiction: -300, over_knee: (5, 20) };
}

/// No token of the one surname has a partner in the other name, and the other way round.
const OTHER_SURNAME: i32 = -100;
/// What tokens are worth together before they count less.
const KNEE: i32 = 450;
/// The same for words that say little.
const PARTICLE: i32 = -8;
/// An initial that fits, and one that was to fit and does not.
const INITIAL: i32 = 55;
/// Tokens that stand joined on one side, parted on the other.
const JOINED: i32 = -20;
/// The last given name, cut short.
const CUT: i32 = -20;
/// Two paired tokens that stand in another order.
const ORDER: i32 = -15;
/// A listed name of one token says little of somebody who has several.
const SINGLE: i32 = -50;
/// Tokens of this length are compared with any other, up to this cost, where no key led to a partner.
const LEFTOVER: usize = 4;
const LEFTOVER_LIMIT: i32 = 800;
const LEFT: i32 = -40;
/// A weak alias says less.
const WEAK: i32 = -60;
/// The cost up to which a token is taken for several listed ones together.
const JOINED_LIMIT: i32 = 350;
/// The most listed tokens that are taken together.
const TOGETHER: usize = 6;

/// How far a comparison goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Pairings that the index led to.
    Keys,
    /// And what is left over on both sides, each with each.
    Leftovers,
}

/// A pairing: tokens of the query and of the listed name, from and to, and what it is worth.
#[derive(Debug, Clone, Copy)]
struct Pairing {
    read: (usize, usize),
    listed: (usize, usize),
    worth: i32,
}

/// How a listed name compares.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared {
    pub(super) score: i32,
    /// How many tokens of the listed name have a partner, of how many that count.
    pub(super) paired: usize,
    pub(super) of: usize,
}

/// The listed texts of a name, without titles.
struct Listed {
    ids: Vec<u32>,
    texts: Vec<String>,
}

/// Compares a query's name with a listed one.
pub(super) fn compare(
    list: &AlertList,
    units: &Units,
    name: &NameRecord,
    (weights, depth): (Weights, Depth),
) -> Result<Compared> {
    let mut listed = Listed { ids: Vec::new(), texts: Vec::new() };
    for id in &name.tokens {
        let text = list.letters(*id, |letters| (!normal::is_title(letters)).then(|| letters.to_owned()))?;
        if let Some(text) = text {
            listed.ids.push(*id);
            listed.texts.push(text);
        }
    }
    let mut pairings = pairings(list, units, &listed);
    pairings.sort_by_key(|pairing| (-pairing.worth, pairing.read, pairing.listed));
    let (mut read_used, mut listed_used) = (vec![false; units.singles], vec![false; listed.ids.len()]);
    let mut chosen: Vec<Pairing> = Vec::new();
    for pairing in pairings {
        let free =
            |used: &[bool], (from, to): (usize, usize)| used.get(from..to).is_some_and(|part| !part.contains(&true));
        if free(&read_used, pairing.read) && free(&listed_used, pairing.listed) {
            mark(&mut read_used, pairing.read);
            mark(&mut listed_used, pairing.listed);
            chosen.push(pairing);
        }
    }
    if depth == Depth::Leftovers {
        leftovers(list, units, &listed, (&mut read_used, &mut listed_used), &mut chosen);
    }
    let missing = unpaired(&listed_used, |at| listed.texts.get(at));
    let more = unpaired(&read_used, |at| units.all.get(at).map(|unit| &unit.text));
    let contradictions = missing.0.min(more.0);
    let over_knee = if contradictions > 0 { weights.over_knee.1 } else { weights.over_knee.0 };
    let mut score = together_worth(chosen.iter().map(|pairing| pairing.worth).sum(), over_knee);
    let missing_costs = if units.truncated { MISSING / 3 } else { MISSING };
    score += count(missing.0) * missing_costs + count(more.0) * MORE + count(missing.1 + more.1) * PARTICLE;
    score += count(contradictions) * weights.contradiction;
    let surnames = (units.given < units.singles && units.given > 0, name.surname > 0);
    let lost = |used: &[bool]| !used.is_empty() && !used.contains(&true);
    if surnames == (true, true)
        && lost(read_used.get(units.given..).unwrap_or_default())
        && lost(listed_used.get(..name.surname.min(listed_used.len())).unwrap_or_default())
    {
        score += OTHER_SURNAME;
    }
    score += order(&mut chosen) * ORDER;
    if name.kind == NameKind::WeakAlias {
        score += WEAK;
    }
    let of = listed.texts.iter().filter(|text| !normal::is_particle(text)).count();
    if of <= 1 && units.singles > 1 {
        score += SINGLE;
    }
    Ok(Compared { score: score.max(FLOOR), paired: of - missing.0.min(of), of })
}

/// What pairings are worth together: names are chosen to go with each other, so that what is over [`KNEE`] counts less.
fn together_worth(sum: i32, over_knee: i32) -> i32 {
    if sum > KNEE { KNEE + (sum - KNEE) / over_knee } else { sum }
}

/// What the promise of a name is worth at the most, where it is weighed against what is known beside it.
pub(super) fn worth_of_promise(name: i32) -> i32 {
    together_worth(name, Weights::BESIDE_A_DATE.over_knee.0)
}

/// Pairs what found no partner by its keys: spellings that are further apart than the index looks.
fn leftovers(
    list: &AlertList,
    units: &Units,
    listed: &Listed,
    (read_used, listed_used): (&mut [bool], &mut [bool]),
    chosen: &mut Vec<Pairing>,
) {
    for (at, unit) in units.all.iter().take(units.singles).enumerate() {
        if read_used.get(at) != Some(&false) || unit.text.len() < LEFTOVER {
            continue;
        }
        let free = listed.texts.iter().enumerate().filter(|(at, text)| {
            listed_used.get(*at) == Some(&false) && text.len() >= LEFTOVER && !normal::is_particle(text)
        });
        // What costs more is worth nothing.
        let limit = LEFTOVER_LIMIT.min(unit.rarity + LEFT);
        let worths = free.map(|(at, text)| (unit.rarity - list.channel.cost(text, &unit.text, limit) + LEFT, at));
        if let Some((worth, place)) = worths.max().filter(|(worth, _)| *worth > 0) {
            mark(read_used, (at, at + 1));
            mark(listed_used, (place, place + 1));
            chosen.push(Pairing { read: (at, at + 1), listed: (place, place + 1), worth });
        }
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn mark(used: &mut [bool], (from, to): (usize, usize)) {
    used.get_mut(from..to).into_iter().flatten().for_each(|used| *used = true);
}

/// How many tokens have no partner: those that count, and words that say little.
fn unpaired<'a>(used: &[bool], text: impl Fn(usize) -> Option<&'a String>) -> (usize, usize) {
    let mut found = (0, 0);
    for at in used.iter().enumerate().filter(|(_, used)| !**used).map(|(at, _)| at) {
        match text(at) {
            Some(text) if normal::is_particle(text) || text.len() == 1 => found.1 += 1,
            _ => found.0 += 1,
        }
    }
    found
}

/// How many neighbours among the pairings stand the other way round, 2 at the most: a surname before given names is
/// one such place.
fn order(chosen: &mut [Pairing]) -> i32 {
    chosen.sort_by_key(|pairing| pairing.read);
    let turned = chosen.windows(2).filter(|pair| matches!(pair, [one, other] if other.listed < one.listed)).count();
    count(turned.saturating_sub(1).min(2))
}

/// Every pairing that is worth something.
fn pairings(list: &AlertList, units: &Units, listed: &Listed) -> Vec<Pairing> {
    let mut found = Vec::new();
    for (number, unit) in units.all.iter().enumerate() {
        for (at, id) in listed.ids.iter().enumerate() {
            let Some(text) = listed.texts.get(at) else { break };
            let single = number < units.singles;
            let mut worth = unit.worth(*id).map(|worth| if single { worth } else { joined_worth(units, unit, worth) });
            if single {
                worth = worth.max(initial(&unit.text, text));
                if units.truncated && number + 1 == units.given {
                    worth = worth.max(cut(unit, text));
                }
            }
            if let Some(worth) = worth.filter(|worth| *worth > 0) {
                found.push(Pairing { read: (unit.from, unit.to), listed: (at, at + 1), worth });
            }
        }
        if number < units.singles {
            together(list, unit, listed, &mut found);
        }
    }
    found
}

/// Tokens of the query read as one listed token: no rarer than they are one by one.
fn joined_worth(units: &Units, unit: &Unit, worth: i32) -> i32 {
    let parts = units.all.get(unit.from..unit.to).unwrap_or_default();
    let apart: i32 = parts.iter().map(|part| part.rarity).sum();
    worth + apart.min(unit.rarity) - unit.rarity + JOINED
}

/// A token of the query read as several listed ones.
fn together(list: &AlertList, unit: &Unit, listed: &Listed, found: &mut Vec<Pairing>) {
    if unit.text.len() < 4 {
        return;
    }
    for from in 0..listed.texts.len() {
        for to in from + 2..=(from + TOGETHER).min(listed.texts.len()) {
            let Some(parts) = listed.texts.get(from..to) else { break };
            let joined = parts.concat();
            if joined.len() > unit.text.len() + 3 {
                break;
            }
            if joined.len() + 3 < unit.text.len() {
                continue;
            }
            let cost = list.channel.cost(&joined, &unit.text, JOINED_LIMIT);
            let worth = unit.rarity - cost + JOINED;
            if worth > 0 {
                found.push(Pairing { read: (unit.from, unit.to), listed: (from, to), worth });
            }
        }
    }
}

/// An initial on either side.
fn initial(read: &str, listed: &str) -> Option<i32> {
    let one = read.len() == 1 || listed.len() == 1;
    (one && read != listed && read.as_bytes().first() == listed.as_bytes().first()).then_some(INITIAL)
}

/// The last given name of a full field begins the listed name.
fn cut(unit: &Unit, listed: &str) -> Option<i32> {
    let letters = i32::try_from(unit.text.len()).unwrap_or(0);
    let fits = listed.len() > unit.text.len() && listed.starts_with(&unit.text);
    fits.then(|| unit.rarity.min(95 * letters) + CUT)
}
