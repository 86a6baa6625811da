//! Finds printed lines of OCR-B: where in the picture, which way, how large.
//!
//! Text is where light changes most, so a coarse map of change picks the places worth a look. There the wide network is
//! asked at a few sizes and in four directions whether a character stands there; where it says so, the cell is drawn onto the
//! character and the line is followed to both ends, character by character. That needs no straight line, no upright page and no
//! known resolution. Every step has a budget, so that no picture costs more than its share.

use super::network::{CLASSES, Glance, Networks};
use super::window::{Cell, Point, Span, sample};
use crate::image::{Plane, Planes};

/// A line as it was followed: one cell for each character, in reading order.
#[derive(Clone, Default)]
pub struct Track {
    /// The cells.
    pub cells: Vec<Cell>,
    /// How sure each is that a character stands there, 0 to 1.
    pub there: Vec<f32>,
}

/// Looks at one picture.
pub struct Finder<'a, 'b> {
    planes: &'a Planes<'b>,
    networks: &'a mut Networks,
    /// Looks left for each pair of opposite directions, and which pair is tried.
    budgets: [usize; 2],
    pair: usize,
}

/// One size and two opposite directions.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    pitch: f32,
    pair: usize,
}

/// How many looks a pair of directions may cost, found or not: clutter that runs one way must not starve the other.
const BUDGET: usize = 9_000;
/// Looks for one size and direction.
const PROBES: usize = 170;
/// Parts of the picture, each way, among which the looks are spread.
const PARTS: usize = 6;
/// Looks for further zones of the same size once two lines are found.
const SPARE: usize = 24;
/// Characters that are followed before direction and pitch count as settled.
const SETTLED: usize = 12;
/// The characters of the shortest line that is followed up; the shortest of a zone has 30.
const LEAST_LINE: usize = 18;
/// The most characters of a line with room for what is read beyond its ends.
const MOST_LINE: usize = 64;
/// Characters in a row that may be hidden.
const HIDDEN: usize = 4;
/// From how sure the network is a look counts as a hit.
const HIT: f32 = 0.7;
/// Between the smallest and the largest pitch in pixels, from one size to the next.
const SIZE_STEP: f32 = 1.45;
/// The smallest pitch that is looked for, in pixels.
const LEAST_PITCH: f32 = 5.0;

/// The four directions in which a line may run, in pairs: across the picture, and up or down it.
const DIRECTIONS: [[Point; 2]; 2] = [[(1.0, 0.0), (-1.0, 0.0)], [(0.0, 1.0), (0.0, -1.0)]];

impl<'a, 'b> Finder<'a, 'b> {
    /// A finder for a picture.
    pub fn new(planes: &'a Planes<'b>, networks: &'a mut Networks) -> Self {
        Self { planes, networks, budgets: [BUDGET; 2], pair: 0 }
    }

    /// The wide network's word on a cell.
    pub fn glance(&mut self, cell: &Cell) -> Glance {
        match self.budgets.get_mut(self.pair) {
            Some(budget) if *budget > 0 => *budget -= 1,
            _ => return Glance::default(),
        }
        let (window, deviation) = sample(self.planes, cell, Span::Wide);
        if deviation < 1.5 {
            return Glance::default();
        }
        self.networks.glance(&window)
    }

    /// The close network's word on a cell.
    pub fn read(&mut self, cell: &Cell) -> [f32; CLASSES] {
        let (window, _) = sample(self.planes, cell, Span::Close);
        self.networks.read(&window)
    }

    /// The sizes and pairs of directions that are worth a search, the likeliest first.
    #[must_use]
    pub fn attempts(&self) -> Vec<Attempt> {
        let first = self.planes.halved(0);
        let (width, height) = (first.width() as f32, first.height() as f32);
        let upright = height > 1.6 * width;
        let pairs = if upright { [1, 0] } else { [0, 1] };
        pitches(width, height).into_iter().flat_map(|pitch| pairs.map(|pair| Attempt { pitch, pair })).collect()
    }

    /// Adds the lines that an attempt finds, each once; says whether there are any.
    pub fn lines(&mut self, attempt: &Attempt, found: &mut Vec<Track>) -> bool {
        self.pair = attempt.pair;
        let before = found.len();
        let change = Change::of(self.planes, attempt.pitch);
        for direction in DIRECTIONS.get(attempt.pair).into_iter().flatten() {
            self.search(&change, attempt.pitch, *direction, found);
            if found.len() >= before + 2 {
                break;
            }
        }
        found.len() > before
    }

    /// Looks at the most changing places for characters of one size that run in one direction.
    fn search(&mut self, change: &Change, pitch: f32, direction: Point, found: &mut Vec<Track>) {
        let along = (direction.0 * pitch, direction.1 * pitch);
        let mut spare = SPARE;
        for place in change.liveliest(direction, PROBES) {
            let cell = Cell::on_line(place, along);
            if found.iter().any(|track| track.covers(place)) {
                continue;
            }
            if found.len() >= 2 {
                if spare == 0 {
                    return;
                }
                spare -= 1;
            }
            let glance = self.glance(&cell);
            if glance.there < HIT {
                continue;
            }
            if let Some(track) = self.follow_from(&cell, glance).filter(|track| !track.is_among(found)) {
                found.push(track.clone());
                self.neighbours(&track, found);
            }
        }
    }

    /// Draws a cell onto its character and follows the line both ways; none for what turns out to be no line.
    fn follow_from(&mut self, cell: &Cell, glance: Glance) -> Option<Track> {
        let mut cell = drawn(cell, &glance, 1.0);
        for _ in 0..2 {
            let again = self.glance(&cell);
            if again.there < HIT {
                return None;
            }
            cell = drawn(&cell, &again, 0.8);
        }
        let ahead = self.follow(&cell, 1.0, SETTLED);
        if ahead.cells.len() < 3 {
            let back = self.follow(&cell, -1.0, 6);
            if back.cells.len() < 4 {
                return None;
            }
        }
        // Back from where the direction and the pitch have settled.
        let start = ahead.cells.last().copied().unwrap_or(cell);
        let back = self.follow(&start, -1.0, MOST_LINE);
        let from = back.cells.last().copied().unwrap_or(start);
        let whole = self.follow(&from.moved(-1.0, 0.0), 1.0, MOST_LINE);
        (whole.cells.len() >= LEAST_LINE).then_some(whole)
    }

    /// Follows a line from the neighbour of a cell on, forwards or backwards, until characters stay away.
    fn follow(&mut self, from: &Cell, sign: f32, most: usize) -> Track {
        let mut track = Track::default();
        let mut at = *from;
        let (mut missed, mut kept) = (0, 0);
        while track.cells.len() < most && missed <= HIDDEN {
            let next = at.moved(sign, 0.0);
            let glance = self.glance(&next);
            let settled = (track.cells.len() as f32 / 8.0).min(1.0);
            if glance.there > 0.4 {
                missed = 0;
                at = steered(&next, &glance, sign, 1.0 - 0.6 * settled);
                track.cells.push(at);
                track.there.push(glance.there);
                kept = track.cells.len();
            } else {
                missed += 1;
                at = next;
                track.cells.push(at);
                track.there.push(glance.there);
            }
        }
        track.cells.truncate(kept);
        track.there.truncate(kept);
        track
    }

    /// The line beside another through a character of it, laid as that one runs: heavy print that touches a pale line keeps it from being
    /// followed from end to end.
    fn beside(&mut self, track: &Track, character: &Cell) -> Option<Track> {
        let away = |cell: &Cell| (character.centre.0 - cell.centre.0, character.centre.1 - cell.centre.1);
        let far = |cell: &Cell| away(cell).0.hypot(away(cell).1);
        let nearest = track.cells.iter().min_by(|one, other| far(one).total_cmp(&far(other)))?;
        let (away, length) = (away(nearest), nearest.pitch().powi(2).max(1e-3));
        let right = (away.0 * nearest.along.0 + away.1 * nearest.along.1) / length;
        let down = (away.0 * nearest.down.0 + away.1 * nearest.down.1) / length;
        let cells: Vec<Cell> = track.cells.iter().map(|cell| cell.moved(right, down)).collect();
        let there: Vec<f32> = cells.iter().map(|cell| self.glance(cell).there).collect();
        let seen = there.iter().filter(|there| **there > HIT).count();
        (seen * 2 >= there.len().max(LEAST_LINE)).then_some(Track { cells, there })
    }

    /// Looks for more lines of the same zone above and below a line.
    fn neighbours(&mut self, track: &Track, found: &mut Vec<Track>) {
        let Some(middle) = track.cells.get(track.cells.len() / 2).copied() else {
            return;
        };
        let quarter = track.cells.len() as f32 / 4.0;
        for side in [-1.0, 1.0] {
            for step in 0..8 {
                let below = side * (1.45 + step as f32 * 0.55);
                for along in [0.0, -quarter, quarter, -1.5 * quarter] {
                    let cell = middle.moved(along.round(), below);
                    if found.iter().any(|known| known.covers(cell.centre)) {
                        break;
                    }
                    let glance = self.glance(&cell);
                    if glance.there < HIT {
                        continue;
                    }
                    let followed = self.follow_from(&cell, glance).filter(|other| !other.is_among(found));
                    let other = followed.or_else(|| self.beside(track, &drawn(&cell, &glance, 1.0)));
                    if let Some(other) = other.filter(|other| !other.is_among(found)) {
                        found.push(other);
                        break;
                    }
                }
            }
        }
    }
}

/// The sizes that are tried, in pixels of pitch: a page as wide as the picture first, then smaller and larger ones.
fn pitches(width: f32, height: f32) -> Vec<f32> {
    let long = width.max(height);
    let middle = long / 48.0;
    let mut pitches = Vec::new();
    for step in [0, 1, -1, 2, 3, -2, 4, 5] {
        let pitch = middle * SIZE_STEP.powi(-step);
        if (LEAST_PITCH..=70.0).contains(&pitch) && pitch * 20.0 < long {
            pitches.push(pitch);
        }
    }
    if pitches.is_empty() {
        pitches.push(LEAST_PITCH);
    }
    pitches
}

/// The cell drawn onto the character that a glance saw.
fn drawn(cell: &Cell, glance: &Glance, gain: f32) -> Cell {
    let scale = (glance.size.clamp(-0.35, 0.35) * gain).exp();
    let moved = cell.moved(glance.right.clamp(-0.5, 0.5), glance.down.clamp(-0.5, 0.5));
    Cell {
        along: (moved.along.0 * scale, moved.along.1 * scale),
        down: (moved.down.0 * scale, moved.down.1 * scale),
        ..moved
    }
}

/// The cell drawn onto its character, with direction and pitch turned by what the step to it taught.
fn steered(next: &Cell, glance: &Glance, sign: f32, gain: f32) -> Cell {
    let (right, down) = (glance.right.clamp(-0.5, 0.5), glance.down.clamp(-0.5, 0.5));
    let moved = next.moved(right * 0.8, down * 0.8);
    let stretch = 1.0 + (right * sign * 0.25 + glance.size.clamp(-0.3, 0.3) * 0.15) * gain;
    let turn = down * sign * 0.25 * gain;
    let along = ((next.along.0 + next.down.0 * turn) * stretch, (next.along.1 + next.down.1 * turn) * stretch);
    Cell::on_line(moved.centre, along)
}

impl Track {
    /// Whether most of the line was followed before.
    fn is_among(&self, found: &[Self]) -> bool {
        let known = |cell: &&Cell| found.iter().any(|track| track.covers(cell.centre));
        self.cells.iter().step_by(4).filter(known).count() * 8 > self.cells.len()
    }

    /// Whether a place lies on one of the line's characters.
    #[must_use]
    pub fn covers(&self, place: Point) -> bool {
        self.cells.iter().any(|cell| {
            let away = (place.0 - cell.centre.0, place.1 - cell.centre.1);
            away.0.hypot(away.1) < 0.75 * cell.pitch()
        })
    }
}

/// A coarse map of how much light changes, in squares of half a pitch.
struct Change {
    sums: Vec<f32>,
    columns: usize,
    rows: usize,
    /// Pixels of the picture along a square's side.
    side: f32,
}

impl Change {
    /// The map for a pitch, from the plane on which a square has four pixels or a few more.
    fn of(planes: &Planes<'_>, pitch: f32) -> Self {
        let mut halved = 0;
        while pitch / 2.0 / f32::from(1_u16 << (halved + 1)) >= 3.0 && halved + 1 < planes.len() {
            halved += 1;
        }
        let plane = planes.halved(halved);
        let factor = f32::from(1_u16 << halved);
        let square = (pitch / 2.0 / factor).round().max(2.0) as usize;
        let (columns, rows) = (plane.width() / square, plane.height() / square);
        let mut sums = vec![0.0; columns * rows];
        for (row, line) in sums.chunks_exact_mut(columns.max(1)).enumerate() {
            for y in row * square..(row + 1) * square {
                add_change(&plane, y, square, line);
            }
        }
        let count = (square * square) as f32;
        sums.iter_mut().for_each(|sum| *sum /= count);
        Self { sums, columns, rows, side: square as f32 * factor }
    }

    /// Places a few pitches apart where most changes in a stretch of a line: the liveliest of every part of the picture, then the second
    /// of each, and so on, so that a portrait does not outshout a pale zone.
    fn liveliest(&self, direction: Point, most: usize) -> Vec<Point> {
        let flat = direction.0 != 0.0;
        let (across, down) = if flat { (5, 1) } else { (1, 5) };
        let mut places = Vec::new();
        let (step_x, step_y) = if flat { (5, 1) } else { (1, 5) };
        for row in (0..self.rows.saturating_sub(down)).step_by(step_y) {
            let shift = if flat { row * 2 % 5 } else { 0 };
            for column in (shift..self.columns.saturating_sub(across)).step_by(step_x) {
                let mut sum = 0.0;
                for y in row..row + down {
                    let line = self.sums.get(y * self.columns + column..y * self.columns + column + across);
                    sum += line.unwrap_or_default().iter().map(|change| change.min(60.0)).sum::<f32>();
                }
                let centre =
                    ((column as f32 + across as f32 / 2.0) * self.side, (row as f32 + down as f32 / 2.0) * self.side);
                places.push((sum, centre));
            }
        }
        places.sort_by(|a, b| b.0.total_cmp(&a.0));
        let part = |at: f32, count: usize| {
            let part = at / self.side / count.max(1) as f32 * PARTS as f32;
            (part as usize).min(PARTS - 1)
        };
        let mut taken = [0_usize; PARTS * PARTS];
        let mut ranked: Vec<(usize, Point)> = Vec::with_capacity(places.len());
        for (_, place) in places {
            let part = part(place.1, self.rows) * PARTS + part(place.0, self.columns);
            if let Some(taken) = taken.get_mut(part) {
                *taken += 1;
                ranked.push((*taken, place));
            }
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().take(most).map(|(_, place)| place).collect()
    }
}

/// Adds the change of one row of pixels to the squares it runs through.
fn add_change(plane: &Plane<'_>, y: usize, square: usize, line: &mut [f32]) {
    let (row, below) = (plane.row(y), plane.row(y + 1));
    let below = if below.is_empty() { row } else { below };
    let cells = row.chunks_exact(square).zip(below.chunks_exact(square));
    for (sum, (pixels, beneath)) in line.iter_mut().zip(cells) {
        let sideways = pixels.windows(2).filter_map(|pair| Some(u32::from(pair.first()?.abs_diff(*pair.last()?))));
        let downwards = pixels.iter().zip(beneath).map(|(above, below)| u32::from(above.abs_diff(*below)));
        *sum += (sideways.sum::<u32>() + downwards.sum::<u32>()) as f32;
    }
}
