//! The tokens of a query, and for each of them the tokens of the list that it can be a spelling of.

use super::background;
use super::centiban;
use super::distance::Sieve;
use super::filed;
use super::key;
use super::normal;
use super::opened::AlertList;
use super::spelling::NEVER;
use super::store::Section;
use crate::error::Result;
use crate::list::Query;

/// No spelling is followed beyond this cost.
const LIMIT: i32 = 600;
/// The most tokens under one key that are looked at.
const UNDER_A_KEY: usize = 2000;
/// The fewest letters that a piece of a token has.
const PIECE: usize = 3;
/// The most tokens of a query that are taken together.
const JOINED: usize = 3;
/// What it costs to come with a short form of a name, or with the whole of one that is listed short.
const NICKNAME: i32 = 110;
/// Room that a list's frequencies leave to names that are not on it: this many tokens, and a tenth of its own.
const UNSEEN: u64 = 3000;

/// One token of the query, or some that stand together.
pub(super) struct Unit {
    /// The tokens it is made of: from, to.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: String,
    /// `-100 × log10` of how often a stranger comes with this.
    pub(super) rarity: i32,
    /// What it costs to read it where the listed token is meant, in the order of the tokens' numbers.
    pub(super) costs: Vec<(u32, i32)>,
    /// Listed tokens that it begins or ends with, and what that promises: it may be several written as one.
    pub(super) pieces: Vec<(u32, i32)>,
}

/// The tokens of a query, with what is known of them.
pub(super) struct Units {
    /// The single tokens first, in the order of the name as read: given names, then surname.
    pub(super) all: Vec<Unit>,
    /// How many single tokens there are.
    pub(super) singles: usize,
    /// How many of them are given names.
    pub(super) given: usize,
    /// The last given name may be cut short, and others may be missing.
    pub(super) truncated: bool,
}

impl Units {
    /// Looks a query's name up.
    pub(super) fn of(query: &Query, list: &AlertList) -> Result<Self> {
        let (given, surname) = parts(query);
        let truncated = is_truncated(query, &given, &surname);
        let tokens: Vec<String> =
            given.iter().chain(&surname).filter(|token| !normal::is_title(token)).cloned().collect();
        let given = given.iter().filter(|token| !normal::is_title(token)).count();
        let mut units = Self { all: Vec::new(), singles: tokens.len(), given, truncated };
        for length in 1..=JOINED {
            for from in 0..tokens.len() {
                let Some(joined) = tokens.get(from..from + length) else { break };
                let text = joined.concat();
                if length == 1 || text.len() <= normal::LETTERS {
                    let mut unit = Unit::look_up(list, (from, from + length), text)?;
                    if length == 1 {
                        unit.take_to_pieces(list)?;
                    }
                    units.all.push(unit);
                }
            }
        }
        Ok(units)
    }
}

/// Given names and surname of a query.
fn parts(query: &Query) -> (Vec<String>, Vec<String>) {
    let (surname, given) = (query.surname.reveal(), query.given.reveal());
    if surname.is_empty() && given.is_empty() {
        let mrz = query.mrz_name.reveal();
        let (surname, given) = mrz.split_once("<<").unwrap_or((mrz, ""));
        return (normal::tokens(given), normal::tokens(surname));
    }
    (normal::tokens(given), normal::tokens(surname))
}

/// Whether the name fills its field: 31 and 36 to 39 characters in machine-readable zones of two lines, 30 of three.
fn is_truncated(query: &Query, given: &[String], surname: &[String]) -> bool {
    let mrz = query.mrz_name.reveal();
    if !mrz.is_empty() {
        return !mrz.ends_with('<') && mrz.len() >= 30;
    }
    let letters = |tokens: &[String]| tokens.iter().map(|token| token.len() + 1).sum::<usize>();
    letters(given) + letters(surname) >= 30
}

impl Unit {
    fn look_up(list: &AlertList, (from, to): (usize, usize), text: String) -> Result<Self> {
        let mut ids = Vec::new();
        for key in key::keys(&text) {
            filed::under(&list.store, Section::Keys, key, UNDER_A_KEY, &mut |id| {
                ids.push(id);
                Ok(())
            })?;
        }
        let mates = named_otherwise(list, &text)?;
        ids.extend(&mates);
        ids.sort_unstable();
        ids.dedup();
        let room = UNSEEN + list.slots / 10;
        let whole = list.slots + room;
        let mut rarity = centiban::ratio(whole, room) + background::cost(&text);
        let mut costs = Vec::new();
        let sieve = Sieve::new(&text);
        for id in ids {
            let of = |letters: &str| match sieve.lets_through(letters) {
                true => list.channel.cost(letters, &text, LIMIT),
                false => NEVER,
            };
            let spelled = list.letters(id, |length| sieve.is_as_long(length), of)?.unwrap_or(NEVER);
            let cost = if mates.contains(&id) { spelled.min(NICKNAME) } else { spelled };
            if cost <= LIMIT {
                let token = list.token(id)?;
                let letters = background::cost(&token.text) + centiban::ratio(whole, room);
                let common = centiban::ratio(whole * 2, u64::from(token.count) * 2 - 1).min(letters);
                rarity = rarity.min(common + cost);
                costs.push((id, cost));
            }
        }
        Ok(Self { from, to, text, rarity, costs, pieces: Vec::new() })
    }

    /// Finds the listed tokens that this one begins or ends with.
    fn take_to_pieces(&mut self, list: &AlertList) -> Result<()> {
        let last = self.text.len().saturating_sub(PIECE);
        if !self.text.is_ascii() {
            return Ok(());
        }
        for at in PIECE..=last {
            let (head, tail) = self.text.split_at(at);
            for piece in [head, tail] {
                let mut ids = Vec::new();
                filed::under(&list.store, Section::Keys, key::exact(piece), UNDER_A_KEY, &mut |id| {
                    ids.push(id);
                    Ok(())
                })?;
                for id in ids {
                    let token = list.token(id)?;
                    let share = self.rarity * i32::try_from(piece.len()).unwrap_or(0)
                        / i32::try_from(self.text.len()).unwrap_or(1);
                    if token.text == piece {
                        self.pieces.push((id, share));
                    }
                }
            }
        }
        Ok(())
    }

    /// What it is worth that this stands where the listed token is meant.
    pub(super) fn worth(&self, token: u32) -> Option<i32> {
        let at = self.costs.binary_search_by_key(&token, |(id, _)| *id).ok()?;
        self.costs.get(at).map(|(_, cost)| self.rarity - cost)
    }
}

/// The listed tokens that a token may stand for, by what the host knows of short forms.
fn named_otherwise(list: &AlertList, text: &str) -> Result<Vec<u32>> {
    let mut found = Vec::new();
    for mate in list.nicknames.get().map_or(&[][..], |nicknames| nicknames.of(text)) {
        let mut ids = Vec::new();
        filed::under(&list.store, Section::Keys, key::exact(mate), UNDER_A_KEY, &mut |id| {
            ids.push(id);
            Ok(())
        })?;
        for id in ids {
            if list.letters(id, |length| length == mate.len(), |letters| letters == mate)? == Some(true) {
                found.push(id);
            }
        }
    }
    Ok(found)
}
