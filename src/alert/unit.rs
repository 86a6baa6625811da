//! The tokens of a query, and for each of them the tokens of the list that it can be a spelling of.

use super::background;
use super::centiban;
use super::distance::Sieve;
use super::filed;
use super::key;
use super::normal;
use super::opened::{AlertList, Token};
use super::store::{Section, TOKEN_ROW};
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
    /// What it can be a spelling of, in the order of the tokens' numbers.
    pub(super) spelled: Vec<Spelled>,
    /// Listed tokens that it begins or ends with, and what that promises: it may be several written as one.
    pub(super) pieces: Vec<(Token, i32)>,
}

/// A listed token that may be meant.
pub(super) struct Spelled {
    pub(super) id: u32,
    /// What it costs to read the unit where this is meant.
    pub(super) cost: i32,
    pub(super) token: Token,
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
        let mut found = Vec::new();
        let sieve = Sieve::new(&text);
        // What stands apart and is listed as one is followed less far: a class more or less of it is not.
        let keys = if to - from == 1 { key::looked_up_under(&text) } else { key::filed_under(&text) };
        filed::under(&list.store, Section::Keys, &keys, UNDER_A_KEY, |id, letters| {
            if sieve.lets_through(letters) {
                found.extend(core::str::from_utf8(letters).map(|letters| (id, letters.to_owned())));
            }
        })?;
        let mates = named_otherwise(list, &text)?;
        found.extend(mates.iter().cloned());
        found.sort_unstable();
        found.dedup_by_key(|(id, _)| *id);
        list.store.fetch(Section::Tokens, found.iter().map(|(id, _)| u64::from(*id) * TOKEN_ROW));
        let room = UNSEEN + list.slots / 10;
        let whole = list.slots + room;
        let mut rarity = centiban::ratio(whole, room) + background::cost(&text);
        let mut spelled = Vec::with_capacity(found.len());
        for (id, listed) in found {
            let cost = list.channel.cost(&listed, &text, LIMIT);
            let cost = if mates.iter().any(|(mate, _)| *mate == id) { cost.min(NICKNAME) } else { cost };
            if cost <= LIMIT {
                let token = list.token(id)?;
                let letters = background::cost(&listed) + centiban::ratio(whole, room);
                let common = centiban::ratio(whole * 2, u64::from(token.count.max(1)) * 2 - 1).min(letters);
                rarity = rarity.min(common + cost);
                spelled.push(Spelled { id, cost, token });
            }
        }
        Ok(Self { from, to, text, rarity, spelled, pieces: Vec::new() })
    }

    /// Finds the listed tokens that this one begins or ends with.
    fn take_to_pieces(&mut self, list: &AlertList) -> Result<()> {
        let (text, last) = (self.text.as_str(), self.text.len().saturating_sub(PIECE));
        if !text.is_ascii() || last < PIECE {
            return Ok(());
        }
        let pieces = (PIECE..=last).filter_map(|at| text.split_at_checked(at)).flat_map(|(head, tail)| [head, tail]);
        let keys: Vec<u32> = pieces.map(key::exact).collect();
        let (mut found, whole) = (Vec::new(), text.as_bytes());
        filed::under(&list.store, Section::Keys, &keys, UNDER_A_KEY, |id, letters| {
            let is_piece = (PIECE..=last).contains(&letters.len());
            if is_piece && (whole.starts_with(letters) || whole.ends_with(letters)) {
                found.push((id, letters.len()));
            }
        })?;
        found.sort_unstable();
        found.dedup();
        for (id, length) in found {
            let share = self.rarity * i32::try_from(length).unwrap_or(0) / i32::try_from(whole.len()).unwrap_or(1);
            self.pieces.push((list.token(id)?, share));
        }
        Ok(())
    }

    /// What it is worth that this stands where the listed token is meant.
    pub(super) fn worth(&self, token: u32) -> Option<i32> {
        let at = self.spelled.binary_search_by_key(&token, |spelled| spelled.id).ok()?;
        self.spelled.get(at).map(|spelled| self.rarity - spelled.cost)
    }
}

/// The listed token of exactly these letters, if there is one.
fn listed_as(list: &AlertList, text: &str) -> Result<Option<u32>> {
    let mut found = None;
    filed::under(&list.store, Section::Keys, &[key::exact(text)], UNDER_A_KEY, |id, letters| {
        found = found.or_else(|| (letters == text.as_bytes()).then_some(id));
    })?;
    Ok(found)
}

/// The listed tokens that a token may stand for, by what the host knows of short forms.
fn named_otherwise(list: &AlertList, text: &str) -> Result<Vec<(u32, String)>> {
    let mates = list.nicknames.get().map_or(&[][..], |nicknames| nicknames.of(text));
    let listed = |mate: &String| listed_as(list, mate).map(|id| id.map(|id| (id, mate.clone()))).transpose();
    mates.iter().filter_map(listed).collect()
}
