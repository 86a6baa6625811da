//! Linear symbols on a page: where bars stand side by side, lines across them are read.
//!
//! ```text
//! cell     32 × 32 pixels with several edges on its lines whose greys change in one direction alone
//! line     through a cell in that direction, from quiet paper to quiet paper, edges between pixels
//! vote     of five lines beside each other three say the same and none another thing
//! ```
//! # Why not rows of the page
//!
//! A row of pixels crosses all bars of a symbol only if it is turned by less than its height to its length, some ten degrees. A line
//! that lies across the bars crosses them at any turn, and sees them as wide as they are.
//!
//! # Why five lines
//!
//! Code 39 and interleaved 2 of 5 have no check value that a reader could count on. A speck or a scratch makes one character of another
//! on one line; on three lines, three pixels apart, it makes the same one of it hardly ever, and then another line gainsays it.
//!
//! # Corners
//!
//! The first and the last bar are followed up and down to where their ink ends, so that the quad is that of the symbol even where the
//! page lies askew.
//!
//! The direction of change is that of the structure tensor: bars lie at any turn. A stacked symbol has cells of bars, too; its rows are
//! no linear symbols, and what was read before is passed over.
//!
//! Hostile input: every place is paid for from a budget of [`WORK`]; lines have [`LONGEST`] pixels at the most.

use super::bars::{self, Said};
use super::bitmap::Bitmap;
use super::budget::Budget;
use super::content::Content;
use super::datamatrix::contains;
use super::geometry::{Line, Point, at, sample};
use super::grey::Grey;
use super::symbol::{Found, Symbology};

/// The side of a cell, in pixels.
const CELL: usize = 32;
/// The fewest edges on each of two lines of a cell.
const EDGES: u32 = 3;
/// How much of all change has to lie in one direction.
const COHERENT: f32 = 0.75;
/// What is kept of the budget for linear symbols: enough for 60 places, of 20,000 each.
pub(super) const WORK: u64 = 1_200_000;
const PLACE: u64 = 20_000;
/// The longest line.
const LONGEST: usize = 8000;
/// So many pixels without ink end a line.
const QUIET: usize = 90;
/// Lines beside each other that vote, in pixels from the first.
const BESIDE: [f32; 5] = [0.0, 3.0, -3.0, 6.0, -6.0];
/// The fewest that have to agree.
const AGREE: usize = 3;

/// The linear symbologies.
pub(super) const LINEAR: [Symbology; 3] = [Symbology::Code128, Symbology::Code39, Symbology::Itf];

/// Reads the linear symbols among those that are wanted.
pub(super) fn read(
    page: Grey<'_>,
    (rows, columns): (&Bitmap, &Bitmap),
    wanted: &[Symbology],
    budget: &mut Budget,
    found: &mut Vec<Found>,
) {
    let busy = Busy::of(rows, columns);
    let mut tried: Vec<(Line, f32, f32)> = Vec::new();
    for (x, y) in busy.cells() {
        let middle = at((x * CELL + CELL / 2) as f32, (y * CELL + CELL / 2) as f32);
        let near = |(line, from, to): &(Line, f32, f32)| {
            line.distance(middle) < CELL as f32 * 0.7 && (*from..*to).contains(&line.position(middle))
        };
        if tried.iter().any(near) || found.iter().any(|known| contains(&known.corners, middle)) {
            continue;
        }
        let Some(along) = direction(page, (x * CELL, y * CELL)) else { continue };
        if !budget.spend(PLACE) {
            return;
        }
        let line = Line { point: middle, along };
        match vote(page, line, wanted) {
            Ok(symbol) => found.push(symbol.outlined(rows)),
            Err((from, to)) => tried.push((line, from, to)),
        }
    }
}

/// Cells with edges on lines, a row of cells after the other.
///
/// Edges are those of the bitmap's rows and columns, which cost a look at each word of 64 pixels: cells of paper, which are most of a
/// page, are never looked at as greys.
struct Busy {
    width: usize,
    cells: Vec<bool>,
}

impl Busy {
    fn of(rows: &Bitmap, columns: &Bitmap) -> Self {
        let (width, height) = (rows.width / CELL, rows.height / CELL);
        let mut busy = Self { width, cells: vec![false; width * height] };
        busy.count(rows, |across, down| down * width + across);
        busy.count(columns, |across, down| across * width + down);
        busy
    }

    /// Marks the cells of which two lines have edges enough; `cell` is the number of one that lies so far along the lines and so many
    /// lines of cells down.
    fn count(&mut self, lines: &Bitmap, cell: impl Fn(usize, usize) -> usize) {
        let (mut edges, along) = (Vec::new(), lines.width / CELL);
        for down in 0..lines.height / CELL {
            let mut least = vec![u32::MAX; along];
            for line in [CELL / 3, CELL * 2 / 3] {
                edges.clear();
                lines.edges(down * CELL + line, &mut edges);
                let mut own = vec![0; along];
                for edge in &edges {
                    if let Some(count) = own.get_mut(*edge as usize / CELL) {
                        *count += 1;
                    }
                }
                least.iter_mut().zip(own).for_each(|(least, own)| *least = own.min(*least));
            }
            for (across, _) in least.iter().enumerate().filter(|(_, least)| **least >= EDGES) {
                if let Some(busy) = self.cells.get_mut(cell(across, down)) {
                    *busy = true;
                }
            }
        }
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize)> {
        self.cells.iter().enumerate().filter(|(_, busy)| **busy).map(|(at, _)| (at % self.width, at / self.width))
    }
}

/// The direction in which the greys of a cell change, if it is one. Changes are those of three rows or columns together, for the steps of a
/// slanted edge in two colours go along rows and columns alone.
fn direction(page: Grey<'_>, (left, top): (usize, usize)) -> Option<Point> {
    let (mut xx, mut yy, mut xy) = (0.0_f32, 0.0_f32, 0.0_f32);
    for y in (top + 1..top + CELL - 1).step_by(2) {
        let cut = |y: usize| page.row(y).get(left..left + CELL).unwrap_or(&[]);
        let (above, own, below) = (cut(y - 1), cut(y), cut(y + 1));
        let columns = above.windows(3).zip(own.windows(3)).zip(below.windows(3));
        for ((above, own), below) in columns {
            let ([a, b, c], [d, _, e], [g, h, i]) = (above, own, below) else { continue };
            let sum = |levels: [&u8; 3]| levels.iter().map(|level| f32::from(**level)).sum::<f32>();
            let across = sum([c, e, i]) - sum([a, d, g]);
            let down = sum([g, h, i]) - sum([a, b, c]);
            xx += across * across;
            yy += down * down;
            xy += across * down;
        }
    }
    let coherence = (xx - yy).hypot(2.0 * xy) / (xx + yy).max(1.0);
    let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
    (coherence >= COHERENT && xx + yy > 900_000.0).then(|| aligned(page, (left, top), angle))
}

/// The angle near one that was estimated under which lines beside each other are most alike: fine bars between pixels change more along
/// rows and columns than they should.
fn aligned(page: Grey<'_>, (left, top): (usize, usize), angle: f32) -> Point {
    let middle = at((left + CELL / 2) as f32, (top + CELL / 2) as f32);
    let direction = |angle: f32| at(angle.cos(), angle.sin());
    let unlike = |angle: f32| {
        let along = direction(angle);
        let bars = at(-along.y, along.x);
        let places = (-24..=24_i8).map(|step| middle.plus(along.times(f32::from(step) * 1.5)));
        let apart = |place: Point| {
            let look = |way: f32| sample(page, place.plus(bars.times(way)));
            (look(7.0) - look(-7.0)).abs() + (look(3.0) - look(-4.0)).abs()
        };
        places.map(apart).sum::<f32>()
    };
    let best = |around: f32, step: f32, steps: i8| {
        let angles = (-steps..=steps).map(|at| around + f32::from(at) * step);
        angles
            .map(|angle| (unlike(angle), angle))
            .min_by(|one, other| one.0.total_cmp(&other.0))
            .map_or(around, |best| best.1)
    };
    let degree = 1_f32.to_radians();
    direction(best(best(angle, degree * 1.2, 7), degree * 0.3, 3))
}

/// A symbol on a line: what it says, and the places of its first and last edge.
struct OnLine {
    said: Said,
    line: Line,
    from: f32,
    to: f32,
}

/// What lines beside each other say together; or else how far the first of them reached.
///
/// Lines that cannot be read have no vote: a scratch across two of five is no reason to give a symbol up. Lines that say another
/// thing have one.
fn vote(page: Grey<'_>, line: Line, wanted: &[Symbology]) -> Result<OnLine, (f32, f32)> {
    let bars = at(-line.along.y, line.along.x);
    let first = Profile::of(page, line);
    let mut votes: Vec<OnLine> = first.read(line, wanted).into_iter().collect();
    for offset in BESIDE.iter().skip(1) {
        let beside = Line { point: line.point.plus(bars.times(*offset)), along: line.along };
        votes.extend(Profile::of(page, beside).read(beside, wanted));
    }
    let same =
        |one: &OnLine, other: &OnLine| one.said.symbology == other.said.symbology && one.said.text == other.said.text;
    let reach = (first.start, first.start + first.greys.len() as f32);
    let agree = votes.len() >= AGREE && votes.windows(2).all(|pair| matches!(pair, [one, other] if same(one, other)));
    votes.into_iter().next().filter(|_| agree).ok_or(reach)
}

/// The greys along a line, a pixel apart.
struct Profile {
    /// Where the first one stands on the line.
    start: f32,
    greys: Vec<f32>,
}

impl Profile {
    /// From quiet paper or the border of the page to the other; each grey is the mean of three across the line, along the bars.
    fn of(page: Grey<'_>, line: Line) -> Self {
        let aside = at(-line.along.y, line.along.x).times(1.5);
        let look = |place: Point| {
            let beside = sample(page, place.plus(aside)) + sample(page, place.minus(aside));
            (sample(page, place) + beside) / 3.0
        };
        let half = |way: f32| {
            let (mut greys, mut lightest, mut quiet) = (Vec::new(), 0.0_f32, 0);
            for step in 1..LONGEST / 2 {
                let place = line.point_at(way * step as f32);
                let inside =
                    place.x >= 0.0 && place.y >= 0.0 && place.x < page.width() as f32 && place.y < page.height() as f32;
                if !inside || quiet >= QUIET {
                    break;
                }
                let grey = look(place);
                lightest = lightest.max(grey);
                quiet = if grey > lightest * 0.8 { quiet + 1 } else { 0 };
                greys.push(grey);
            }
            greys
        };
        let (mut greys, behind) = (half(-1.0), half(1.0));
        let start = -(greys.len() as f32);
        greys.reverse();
        greys.push(look(line.point));
        greys.extend(behind);
        Self { start, greys }
    }

    /// The symbol on the line, in either direction.
    fn read(&self, line: Line, wanted: &[Symbology]) -> Option<OnLine> {
        let edges = self.edges();
        let widths =
            |edges: &[f32]| -> Vec<f32> { [0.0].iter().chain(edges).zip(edges).map(|(from, to)| to - from).collect() };
        let length = self.greys.len() as f32;
        let place = |edges: &[f32], said: &Said| Some((*edges.get(said.from - 1)?, *edges.get(said.to - 1)?));
        let ahead = bars::read(&widths(&edges), wanted);
        if let Some(said) = ahead {
            let (from, to) = place(&edges, &said)?;
            return Some(OnLine { said, line, from: self.start + from, to: self.start + to });
        }
        let turned: Vec<f32> = edges.iter().rev().map(|edge| length - edge).collect();
        let said = bars::read(&widths(&turned), wanted)?;
        let (from, to) = place(&turned, &said)?;
        let back = Line { point: line.point, along: line.along.times(-1.0) };
        let end = self.start + length;
        Some(OnLine { said, line: back, from: from - end, to: to - end })
    }

    /// Where it turns from light to dark and back, between pixels: light comes first.
    fn edges(&self) -> Vec<f32> {
        let limits = self.limits();
        let mut edges = Vec::new();
        for (at, (pair, limits)) in self.greys.windows(2).zip(limits.windows(2)).enumerate() {
            let ([one, other], [limit, next]) = (pair, limits) else { continue };
            let wants_dark = edges.len() % 2 == 0;
            let (before, behind) = (one - limit, other - next);
            if (wants_dark && before >= 0.0 && behind < 0.0) || (!wants_dark && before < 0.0 && behind >= 0.0) {
                edges.push(at as f32 + 0.5 + before / (before - behind));
            }
        }
        edges
    }

    /// Half-way between the darkest and the lightest around each place; where all is alike, as it was.
    ///
    /// Sixteen pixels hold a wide element of the coarsest print; with the blocks beside them they hold both colours wherever
    /// bars are, and follow shadows.
    fn limits(&self) -> Vec<f32> {
        const BLOCK: usize = 16;
        let blocks: Vec<(f32, f32)> = self
            .greys
            .chunks(BLOCK)
            .map(|block| block.iter().fold((f32::MAX, f32::MIN), |(low, high), grey| (low.min(*grey), high.max(*grey))))
            .collect();
        let mut last = 128.0;
        let limit = |number: usize| {
            let around = blocks.iter().skip(number.saturating_sub(1)).take(if number == 0 { 2 } else { 3 });
            let (low, high) = around.fold((f32::MAX, f32::MIN), |(low, high), own| (low.min(own.0), high.max(own.1)));
            if high - low > 40.0 {
                last = (low + high) * 0.5;
            }
            last
        };
        let each: Vec<f32> = (0..blocks.len()).map(limit).collect();
        (0..self.greys.len()).map(|at| each.get(at / BLOCK).copied().unwrap_or(128.0)).collect()
    }
}

impl OnLine {
    /// The symbol with its corners: as far as its first and last bar go.
    fn outlined(self, rows: &Bitmap) -> Found {
        let along = self.line.along;
        let down = at(-along.y, along.x);
        let ends = |place: f32, inwards: f32| {
            let bar = self.line.point_at(place + inwards);
            [-1.0, 1.0].map(|way| follow(rows, bar, along, down.times(way)).minus(along.times(inwards)))
        };
        let ([start_up, start_low], [end_up, end_low]) = (ends(self.from, 1.0), ends(self.to, -1.0));
        let corners = [start_up, end_up, end_low, start_low];
        let mut content = Content::default();
        self.said.text.iter().for_each(|byte| content.push(*byte));
        Found { symbology: self.said.symbology, content, corners, used: 0, checks: 0 }
    }
}

/// The end of a bar: a step at a time, half a pixel to a side where ink goes on there alone; over holes of two pixels.
fn follow(rows: &Bitmap, bar: Point, along: Point, way: Point) -> Point {
    let dark = |place: Point| rows.is_dark(place.x as i32, place.y as i32);
    let (mut place, mut end, mut holes) = (bar, bar, 0);
    for _ in 0..2000 {
        place = place.plus(way);
        let aside = [0.0, 0.5, -0.5, 1.0, -1.0].map(|aside| place.plus(along.times(aside)));
        match aside.into_iter().find(|aside| dark(*aside)) {
            Some(inked) => (place, end, holes) = (inked, inked, 0),
            None if holes == 2 => break,
            None => holes += 1,
        }
    }
    end
}
