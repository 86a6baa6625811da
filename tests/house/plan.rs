//! The floors and rooms as `docs/architecture.md` states them, and which of them may import which.

use std::collections::BTreeMap;

pub const PLAN: &str = include_str!("../../docs/architecture.md");

const TOP_FLOOR: u8 = 6;
/// `specimen` issues documents with formats, means and evidence, and knows nothing of judgement.
const BESIDE_IMPORTS_UP_TO: u8 = 3;
/// Only the engine and the doors may offer specimens.
const BESIDE_IMPORTED_FROM: u8 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Floor(u8),
    Beside,
}

impl Place {
    /// Reads the first cell of a row: `3 evidence` or `beside`.
    fn read(cell: &str) -> Option<Self> {
        match cell.split_once(' ') {
            Some((number, _)) => {
                let floor = number.parse().ok().filter(|floor| *floor <= TOP_FLOOR);
                floor.map(Place::Floor)
            }
            None => (cell == "beside").then_some(Place::Beside),
        }
    }

    /// For two different rooms at these places.
    pub fn may_import(self, other: Place) -> bool {
        match (self, other) {
            (Place::Floor(0), Place::Floor(0)) => true,
            (Place::Floor(from), Place::Floor(to)) => to < from,
            (Place::Beside, Place::Floor(to)) => to <= BESIDE_IMPORTS_UP_TO,
            (Place::Floor(from), Place::Beside) => from >= BESIDE_IMPORTED_FROM,
            (Place::Beside, Place::Beside) => false,
        }
    }
}

pub struct Room {
    pub place: Place,
    /// The table calls it `stands`, not `planned`.
    pub stands: bool,
}

pub type Plan = BTreeMap<String, Room>;

/// The text from the heading `## title` to the next one.
pub fn section<'t>(text: &'t str, title: &str) -> Result<&'t str, String> {
    let (_, rest) = text.split_once(&format!("\n## {title}\n")).ok_or(format!("no section `{title}`"))?;
    Ok(rest.split_once("\n## ").map_or(rest, |(body, _)| body))
}

/// Reads the table of the section "Rooms", whose rows are `| floor | room | state | what it does |`.
pub fn read(text: &str) -> Result<Plan, String> {
    let mut plan = Plan::new();
    let table = section(text, "Rooms")?.lines();
    for line in table.filter(|line| line.starts_with('|')).skip(2) {
        let (name, room) = row(line).ok_or(format!("not a row of the table: {line}"))?;
        if plan.insert(name, room).is_some() {
            return Err(format!("a second time: {line}"));
        }
    }
    Ok(plan)
}

fn row(line: &str) -> Option<(String, Room)> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [floor, room, state, purpose] = cells[..] else {
        return None;
    };
    let name = room.strip_prefix('`')?.strip_suffix('`')?;
    let stands = match state {
        "stands" => true,
        "planned" => false,
        _ => return None,
    };
    let place = Place::read(floor)?;
    (!purpose.is_empty()).then(|| (name.to_owned(), Room { place, stands }))
}
