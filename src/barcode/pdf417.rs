//! PDF417: ISO/IEC 15438.
//!
//! Crossings of the start and stop bars are joined to lines; a start and a stop that face each other are the left and
//! right side of a symbol. The row indicators beside them say how many rows and columns there are and which row is where.
//! Every codeword begins where light turns dark, in all rows at the same place: that corrects the grid from
//! codeword to codeword. Each codeword is then compared, grey against grey, with all 929 patterns of its row's
//! cluster, and those that fit badly count as erasures.
//!
//! Truncated symbols, which have no right side, are read where their outline is found, or one from its start alone if no pair of sides
//! was read. Not done: MicroPDF417. Hostile pages: bars, lines and pairs are capped, and each pair costs budget.
//!
//! # Layout
//!
//! ```text
//! start   left indicator   codewords       right indicator   stop
//!  17          17          17 each              17            18      modules
//!
//! row       cluster     left indicator            right indicator
//! 0 mod 3      0        rows, in threes           columns
//! 1 mod 3      3        level, rest of the rows   rows, in threes
//! 2 mod 3      6        columns                   level, rest of the rows
//! ```
//!
//! An indicator is 30 times the row in threes, and one of the three numbers. So each line that shows an indicator says which row it
//! is, however the symbol is tilted, and many of them together say where every row lies.
//!
//! # Comparing patterns
//!
//! A codeword has four bars and four spaces in 17 modules. Their mean and spread are taken out on both sides, so that
//! neither the paper nor the light counts, and what is left is multiplied module by module. The greatest sum of the 929 patterns is the
//! codeword; how far it is ahead of the second says how sure that is.

use super::bitmap::Bitmap;
use super::budget::Budget;
use super::code::{EVIDENCE, Field, correct_with_doubts};
use super::content::pdf417;
use super::geometry::{Homography, Line, Point, at, sample};
use super::grey::Grey;
use super::qr::agreement;
use super::scan::{Bar, Hits, START, STEP, STOP};
use super::symbol::{Found, Symbology};
use rxing::pdf417::pdf_417_common::{CODEWORD_TABLE, SYMBOL_TABLE};

/// The most lines of bars that are paired.
const MAX_SIDES: usize = 48;

/// The most lines of bars that are held against each other as pieces of one side.
const MAX_PIECES: usize = 160;
/// The most starts that are tried without a stop.
const MAX_ALONE: usize = 4;

/// A line of crossings: one side of a symbol.
#[derive(Debug, Clone)]
struct Side {
    stop: bool,
    /// Points on its outer edge and on its inner edge, in order along the scan.
    outer: Vec<Point>,
    inner: Vec<Point>,
}

/// A side with lines fitted to its edges, and its ends.
#[derive(Debug, Clone, Copy)]
struct Edge {
    stop: bool,
    outer: Line,
    /// The ends of the big bar, in its middle.
    ends: [Point; 2],
    /// Unit vector into the symbol.
    inward: Point,
    module: f32,
    /// Whether it was joined of two pieces.
    joined: bool,
}

impl Edge {
    fn length(&self) -> f32 {
        self.ends[0].distance(self.ends[1])
    }

    /// One side of the two pieces that a scratch has made of it: they lie on one line and are alike.
    fn joined(&self, other: &Self) -> Option<Self> {
        let off = self.outer.distance(other.outer.point).max(other.outer.distance(self.outer.point));
        let alike = self.stop == other.stop
            && self.inward.dot(other.inward) > 0.98
            && (self.module / other.module).ln().abs() < 0.15
            && off < self.module * 2.0;
        if !alike {
            return None;
        }
        let along = other.outer.point.minus(self.outer.point).unit();
        let outer = Line { point: self.outer.point, along };
        let position = |end: &Point| outer.position(*end);
        let mut ends = [self.ends, other.ends].concat();
        ends.sort_by(|a, b| position(a).total_cmp(&position(b)));
        let side = at(-along.y, along.x);
        let inward = if side.dot(self.inward) > 0.0 { side } else { side.times(-1.0) };
        let ends = [*ends.first()?, *ends.last()?];
        let longer = ends[0].distance(ends[1]) > self.length().max(other.length()) * 1.1;
        (longer && inward.dot(self.inward) > 0.98).then_some(Self {
            outer,
            ends,
            inward,
            module: self.module.midpoint(other.module),
            joined: true,
            ..*self
        })
    }

    /// The ends, the upper one first.
    fn downwards(&self, up: Point) -> [Point; 2] {
        let [a, b] = self.ends;
        if a.minus(b).dot(up) > 0.0 { [a, b] } else { [b, a] }
    }
}

/// Codewords of a cluster.
const CODEWORDS: usize = 929;

/// Patterns of the three clusters.
pub(crate) struct Patterns {
    /// For each cluster and module what the 929 patterns have there, dark 1 and light -1, brought to mean zero and length one. Patterns
    /// lie side by side, so that many are compared at once.
    shapes: Vec<[f32; CODEWORDS]>,
}

impl Patterns {
    /// From rxing's table of symbols.
    pub(crate) fn new() -> Self {
        let mut shapes = vec![[0.0; CODEWORDS]; 17 * 3];
        for (symbol, codeword) in SYMBOL_TABLE.iter().zip(&CODEWORD_TABLE) {
            let value = (codeword - 1) as usize % CODEWORDS;
            let bits: Vec<bool> = (0..17).rev().map(|bit| symbol >> bit & 1 == 1).collect();
            let cluster = cluster(&bits);
            let dark = bits.iter().filter(|bit| **bit).count() as f32 / 17.0;
            let scale = 1.0 / (17.0 * dark * (1.0 - dark)).sqrt();
            for (row, bit) in shapes.iter_mut().skip(cluster * 17).zip(&bits) {
                row[value] = (f32::from(u8::from(*bit)) - dark) * scale;
            }
        }
        Self { shapes }
    }

    /// The codeword of a cluster that fits best, how well (1 at best), and by how much better than the next.
    ///
    /// The dot product with every pattern of the cluster.
    fn best(&self, cluster: usize, modules: &[f32; 17]) -> (u32, f32, f32) {
        let mean = modules.iter().sum::<f32>() / 17.0;
        let spread = modules.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>().max(1.0).sqrt();
        let mut sums = [0.0f32; CODEWORDS];
        for (row, value) in self.shapes.iter().skip(cluster * 17).zip(modules) {
            sums.iter_mut().zip(row).for_each(|(sum, shape)| *sum += shape * value);
        }
        let (mut best, mut fit, mut second) = (0, f32::MIN, f32::MIN);
        for (value, sum) in sums.into_iter().enumerate() {
            if sum > fit {
                (second, fit, best) = (fit, sum, value as u32);
            } else if sum > second {
                second = sum;
            }
        }
        (best, fit / spread, (fit - second) / spread)
    }
}

/// The cluster of a pattern, by the widths of its bars: ISO/IEC 15438 §5.3.1.
///
/// The widths of the bars taken in turns with signs, modulo nine: 0, 3 or 6.
fn cluster(bits: &[bool]) -> usize {
    let mut widths = [0i32; 8];
    let (mut index, mut last) = (0, true);
    for bit in bits {
        if *bit != last {
            (index, last) = (index + 1, *bit);
        }
        if let Some(width) = widths.get_mut(index) {
            *width += 1;
        }
    }
    (widths[0] - widths[2] + widths[4] - widths[6]).rem_euclid(9) as usize / 3
}

/// Reads every PDF417 whose bars were crossed.
pub(crate) fn read(grey: Grey<'_>, bitmap: &Bitmap, hits: &Hits, budget: &mut Budget, found: &mut Vec<Found>) {
    let mut edges: Vec<Edge> = Vec::new();
    for (way, bars) in hits.bars.iter().enumerate() {
        for side in sides(bars, way) {
            edges.extend(edge(bitmap, &side));
        }
    }
    let longest = |edges: &mut Vec<Edge>, most: usize| {
        edges.sort_by(|a, b| b.length().total_cmp(&a.length()));
        edges.truncate(most);
    };
    longest(&mut edges, MAX_PIECES);
    let rest = |index: usize| edges.iter().skip(index + 1);
    let mut joined: Vec<Edge> =
        edges.iter().enumerate().flat_map(|(index, a)| rest(index).filter_map(|b| a.joined(b))).collect();
    longest(&mut joined, MAX_SIDES);
    longest(&mut edges, MAX_SIDES);
    if edges.iter().all(|edge| edge.stop) {
        return;
    }
    let (patterns, field) = (Patterns::new(), Field::of_929());
    let symbol = Symbol { grey, patterns: &patterns, field: &field };
    let before = found.len();
    // Sides of symbols that stand in a column look like pieces of one: they are joined only if nothing is read without.
    joined.extend_from_slice(&edges);
    for with_joined in [false, true] {
        for (start, stop) in pairs(&joined, with_joined) {
            let ends = [start.ends, stop.ends].concat();
            let middle = ends.iter().fold(Point::default(), |sum, end| sum.plus(*end)).times(0.25);
            if found.iter().any(|known| super::datamatrix::contains(&known.corners, middle)) {
                continue;
            }
            let mut part = budget.part(12_000_000);
            found.extend(symbol.read(&start, &stop, &mut part));
            budget.merge(&part);
        }
        if found.len() > before {
            return;
        }
    }
    let starts = edges.iter().filter(|edge| !edge.stop).take(MAX_ALONE);
    found.extend(starts.into_iter().find_map(|start| symbol.read_alone(start, budget)));
}

/// Starts and stops that can belong together, the likeliest first: with a joined side among them, or with none.
fn pairs(edges: &[Edge], with_joined: bool) -> Vec<(Edge, Edge)> {
    let stops = || edges.iter().filter(|edge| edge.stop);
    let starts = edges.iter().filter(|edge| !edge.stop);
    let all = starts.flat_map(|start| stops().map(move |stop| (*start, *stop)));
    let mut pairs: Vec<(f32, (Edge, Edge))> = all
        .filter(|(start, stop)| (start.joined || stop.joined) == with_joined)
        .filter_map(|(start, stop)| Some((pair(&start, &stop)?, (start, stop))))
        .collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    pairs.truncate(24);
    pairs.into_iter().map(|(_, pair)| pair).collect()
}

/// What it takes to read symbols by their outlines.
pub(super) struct Tables {
    patterns: Patterns,
    field: Field,
}

impl Tables {
    pub(super) fn new() -> Self {
        Self { patterns: Patterns::new(), field: Field::of_929() }
    }
}

/// The symbol within an outline, if bars stand at two of its sides: at which turn and with how many columns start and stop pattern
/// agree best.
pub(super) fn of_outline(grey: Grey<'_>, corners: &[Point; 4], tables: &Tables, budget: &mut Budget) -> Option<Found> {
    let symbol = Symbol { grey, patterns: &tables.patterns, field: &tables.field };
    [End::Stop, End::Indicator, End::Bar].into_iter().find_map(|end| {
        let mut best: Option<(f32, Width, [Point; 4])> = None;
        for turn in 0..4 {
            let corners = [0, 1, 2, 3].map(|corner| corners[(corner + turn) % 4]);
            for width in (1..=30).map(|columns| Width { columns, end }) {
                let modules = width.modules() as f32;
                if corners[0].distance(corners[1]) < modules * 1.4 || !budget.spend(320) {
                    break;
                }
                let map = width.map(corners)?;
                let start = bars(grey, &map, 0.0, &START);
                let fit = if end == End::Stop { start.min(bars(grey, &map, modules - 18.0, &STOP)) } else { start };
                if best.as_ref().is_none_or(|(known, _, _)| fit > *known) {
                    best = Some((fit, width, corners));
                }
            }
        }
        // Without the stop pattern more has to agree.
        let (_, width, corners) = best.filter(|(fit, _, _)| *fit > if end == End::Stop { 0.5 } else { 0.8 })?;
        symbol.upright(corners, width, budget)
    })
}

/// How well a pattern of bars agrees with the print from a module on, at eight heights: a correlation, 1 at best.
fn bars(grey: Grey<'_>, map: &Homography, from: f32, pattern: &[u8]) -> f32 {
    let dark =
        pattern.iter().enumerate().flat_map(|(index, width)| core::iter::repeat_n(index % 2 == 0, usize::from(*width)));
    let modules = || dark.clone().enumerate().map(|(index, dark)| (index as f32 + from + 0.5, dark));
    let heights = [0.08f32, 0.2, 0.32, 0.44, 0.56, 0.68, 0.8, 0.92];
    let places: Vec<(Point, bool)> =
        heights.iter().flat_map(|height| modules().map(|(x, dark)| (at(x, *height), dark))).collect();
    agreement(grey, map, &places)
}

/// Joins crossings of neighbouring lines.
///
/// A crossing belongs to the first open line that it continues; lines without one for a while are closed, and short ones left
/// out.
fn sides(bars: &[Bar], way: usize) -> Vec<Side> {
    let mut open: Vec<(Bar, Side, f32)> = Vec::new();
    let mut done = Vec::new();
    let place = |along: f32, line: u32| {
        let across = line as f32 + 0.5;
        if way == 0 { at(along, across) } else { at(across, along) }
    };
    for bar in bars {
        let (closed, kept): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|(last, _, _)| last.line + 14 * (STEP as u32) < bar.line);
        done.extend(closed.into_iter().map(|(_, side, _)| side));
        open = kept;
        let width = (bar.outer - bar.inner).abs();
        let joins = |(last, _, slope): &&mut (Bar, Side, f32)| {
            let lines = (bar.line - last.line) as f32;
            let slack = 0.12 * width + 0.25 * lines + 1.0;
            let known = (last.outer - last.inner).abs();
            last.line != bar.line
                && last.stop == bar.stop
                && (last.outer < last.inner) == (bar.outer < bar.inner)
                && (known / width - 1.0).abs() < 0.25
                && (bar.outer - last.outer - slope * lines).abs()
                    < slack + lines * if *slope == 0.0 { 1.0 } else { 0.0 }
        };
        let room = open.len() < 400;
        match open.iter_mut().find(joins) {
            Some((last, side, slope)) => {
                let lines = (bar.line - last.line) as f32;
                let own = (bar.outer - last.outer) / lines;
                *slope = if side.outer.len() < 2 { own } else { *slope * 0.8 + own * 0.2 };
                *last = *bar;
                side.outer.push(place(bar.outer, bar.line));
                side.inner.push(place(bar.inner, bar.line));
            }
            None if room => {
                let side = Side {
                    stop: bar.stop,
                    outer: vec![place(bar.outer, bar.line)],
                    inner: vec![place(bar.inner, bar.line)],
                };
                open.push((*bar, side, 0.0));
            }
            None => {}
        }
    }
    done.extend(open.into_iter().map(|(_, side, _)| side));
    done.retain(|side| side.outer.len() >= 4);
    done
}

/// Fits the edges of a side and follows its big bar to both ends.
///
/// The ends are where the big bar ends, and not the first and last crossing: a line that is cut by a scratch or by the
/// end of its neighbours still gives the whole side.
fn edge(bitmap: &Bitmap, side: &Side) -> Option<Edge> {
    let outer = Line::fit(&side.outer)?;
    let inner = Line::fit(&side.inner)?;
    let across = inner.point.minus(outer.point);
    let normal = at(-outer.along.y, outer.along.x);
    let inward = if normal.dot(across) > 0.0 { normal } else { normal.times(-1.0) };
    let width = inward.dot(across);
    let modules = if side.stop { 18.0 } else { 17.0 };
    let module = width / modules;
    if module < 1.0 {
        return None;
    }
    // The big bar is the outermost of the start and the innermost of the stop pattern. Seen at an angle it leans otherwise than the outer
    // edge.
    let share = if side.stop { 14.5 / 18.0 } else { 4.0 / 17.0 };
    let middles: Vec<Point> =
        side.outer.iter().zip(&side.inner).map(|(outer, inner)| outer.plus(inner.minus(*outer).times(share))).collect();
    let bar = Line::fit(&middles)?;
    let from = bar.position(*middles.first()?);
    let to = bar.position(*middles.last()?);
    let (low, high) = (from.min(to), from.max(to));
    let follow = |start: f32, way: f32| {
        let (mut end, mut misses) = (start, 0);
        for step in 0..3000u16 {
            let position = start + way * f32::from(step) * 0.5;
            let dark = [-1.5f32, 0.0, 1.5].iter().filter(|off| {
                let point = bar.point_at(position).plus(inward.times(**off * module));
                bitmap.is_dark(point.x.floor() as i32, point.y.floor() as i32)
            });
            if dark.count() >= 2 {
                (end, misses) = (position, 0);
            } else {
                misses += 1;
                if misses as f32 * 0.5 > 1.5 * module {
                    break;
                }
            }
        }
        end + way * 0.25
    };
    let ends = [follow(low + 0.1, -1.0), follow(high - 0.1, 1.0)].map(|position| bar.point_at(position));
    (ends[0].distance(ends[1]) > module * 5.0).then_some(Edge {
        stop: side.stop,
        outer,
        ends,
        inward,
        module,
        joined: false,
    })
}

/// Whether a start and a stop can belong together; the less the better.
///
/// They face each other, are about as thick, and lie across from each other; a scratch may have left a small part of one of them.
/// 70 modules is a symbol of one column and 640 one of thirty with room to spare.
fn pair(start: &Edge, stop: &Edge) -> Option<f32> {
    let across = stop.outer.point.minus(start.outer.point);
    let length = across.length();
    let facing = start.inward.dot(stop.inward);
    let ratio = (start.length() / stop.length()).ln().abs();
    let sizes = (start.module / stop.module).ln().abs();
    let level = start.inward.dot(across) / length.max(1.0);
    let modules = length / (start.module * stop.module).sqrt();
    let sound = facing < -0.85 && ratio < 2.0 && sizes < 0.6 && level > 0.75 && (70.0..640.0).contains(&modules);
    sound.then_some(ratio + sizes + (1.0 - level) + length * 1e-4)
}

/// What it takes to read one symbol.
struct Symbol<'a> {
    grey: Grey<'a>,
    patterns: &'a Patterns,
    field: &'a Field,
}

/// What stands to the right of the codewords: truncated symbols have a single bar there, with or without indicators, and a symbol that is
/// cut off may have nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Stop,
    Indicator,
    Bar,
    Cut,
}

/// How wide a symbol is.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Width {
    columns: usize,
    end: End,
}

impl Width {
    /// Modules from the first to the last.
    const fn modules(self) -> usize {
        17 * self.columns
            + match self.end {
                End::Stop => 69,
                End::Indicator => 52,
                End::Bar => 35,
                End::Cut => 34,
            }
    }

    /// From modules along a row, and height with 0 above and 1 below, to pixels.
    fn map(self, corners: [Point; 4]) -> Option<Homography> {
        let modules = self.modules() as f32;
        Homography::between([at(0.0, 0.0), at(modules, 0.0), at(modules, 1.0), at(0.0, 1.0)], corners)
    }

    /// Whether indicators stand to the right of the codewords.
    const fn right(self) -> bool {
        matches!(self.end, End::Stop | End::Indicator)
    }

    /// Boundaries of codewords between the first and the last module.
    const fn boundaries(self) -> usize {
        self.columns + if self.right() { 3 } else { 2 }
    }
}

/// Rows and columns of a symbol and the row at each height.
struct Layout {
    columns: usize,
    rows: usize,
    level: usize,
    /// Row number as a linear function of height, 0 at the top and 1 at the bottom.
    offset: f32,
    slope: f32,
}

impl Symbol<'_> {
    fn read(&self, start: &Edge, stop: &Edge, budget: &mut Budget) -> Option<Found> {
        let up = at(start.inward.y, -start.inward.x);
        // A mirrored print has its first row below.
        [up, up.times(-1.0)].into_iter().find_map(|up| {
            let (left, right) = (start.downwards(up), stop.downwards(up));
            let row = |from: Point, along: Point| {
                let row = Line { point: from, along };
                Some([start.outer.crossing(&row)?, stop.outer.crossing(&row)?])
            };
            // Rows run from bar to bar, whatever angle they make with the sides.
            let measured = [0, 1].map(|end| row(left[end], right[end].minus(left[end]).unit()));
            // A scratch may end a bar too soon: then the longer one says where rows begin and end, at right angles to it.
            let (long, ends) = if start.length() > stop.length() { (start, left) } else { (stop, right) };
            let level = ends.map(|end| row(end, long.inward));
            let differ = (start.length() / stop.length()).ln().abs() > 0.05;
            [measured, level].into_iter().take(1 + usize::from(differ)).find_map(|ends| {
                let [upper, lower] = [ends[0]?, ends[1]?];
                let corners = [upper[0], upper[1], lower[1], lower[0]];
                let width = upper[0].distance(upper[1]).midpoint(lower[0].distance(lower[1]));
                // Under a homography the width of all modules on average is the geometric mean of the outermost.
                let modules = width / (start.module * stop.module).sqrt();
                let likely = ((modules - 69.0) / 17.0).round().clamp(1.0, 30.0) as usize;
                self.upright(corners, Width { columns: likely, end: End::Stop }, budget)
            })
        })
    }

    /// Reads a symbol whose right side is cut off or truncated: as many columns as its left indicators say, at right angles to the start.
    fn read_alone(&self, start: &Edge, budget: &mut Budget) -> Option<Found> {
        let up = at(start.inward.y, -start.inward.x);
        let [upper, lower] = start.downwards(up).map(|end| end.minus(start.inward.times(start.module * 4.0)));
        [(upper, lower), (lower, upper)].into_iter().find_map(|(upper, lower)| {
            let corners = |width: Width| {
                let across = start.inward.times(start.module * width.modules() as f32);
                [upper, upper.plus(across), lower.plus(across), lower]
            };
            let narrow = Width { columns: 1, end: End::Cut };
            if !budget.spend(40_000) {
                return None;
            }
            let map = narrow.map(corners(narrow))?;
            let votes = self.votes(&map, &self.boundaries(&map, narrow), narrow);
            let width = Width { columns: most(&votes.widths)? as usize + 1, ..narrow };
            self.upright(corners(width), width, budget)
        })
    }

    /// Reads a symbol by its corners, with about as many columns as are likely, or as its indicators say under that.
    fn upright(&self, corners: [Point; 4], likely: Width, budget: &mut Budget) -> Option<Found> {
        let mut open = vec![likely.columns.saturating_sub(1), likely.columns + 1, likely.columns];
        let mut tried = Vec::new();
        while let Some(columns) = open.pop() {
            if !(1..=30).contains(&columns) || tried.contains(&columns) {
                continue;
            }
            tried.push(columns);
            let width = Width { columns, ..likely };
            let map = width.map(corners)?;
            if !budget.spend(40_000 + width.modules() as u64 * 160) {
                return None;
            }
            let places = self.boundaries(&map, width);
            match self.votes(&map, &places, width).decide(columns) {
                Ok(layout) => {
                    let found = self.codewords(&map, &places, &layout, budget)?;
                    return Some(Found { corners, ..found });
                }
                // As many as were tried: no other number will do.
                Err(Some(said)) if said == columns => return None,
                Err(said) if tried.len() < 6 => {
                    open.extend(said.filter(|said| said.abs_diff(likely.columns) <= likely.columns / 2 + 1));
                }
                Err(_) => {}
            }
        }
        None
    }

    /// Where codewords begin, in modules from the left: at each the mean over the height turns from light to dark.
    ///
    /// The grid of four corners is exact in the middle only if the corners are. Boundaries are not estimated, they are seen: a
    /// codeword ends with a space and the next begins with a bar, in every row. Each boundary is sought near where the one before it was off.
    fn boundaries(&self, map: &Homography, width: Width) -> Vec<f32> {
        const FINE: usize = 4;
        let modules = width.modules();
        let heights: Vec<f32> = (0..24u8).map(|step| 0.04 + 0.92 * f32::from(step) / 23.0).collect();
        let profile: Vec<f32> = (0..(modules + 4) * FINE)
            .map(|index| {
                let x = (index as f32 + 0.5) / FINE as f32;
                heights.iter().map(|height| sample(self.grey, map.map(at(x, *height)))).sum::<f32>()
            })
            .collect();
        let drop = |place: f32| {
            let index = (place * FINE as f32).round() as i64;
            let mean =
                |from: i64, to: i64| (from..to).filter_map(|i| profile.get(usize::try_from(i).ok()?)).sum::<f32>();
            mean(index - FINE as i64, index) - mean(index, index + FINE as i64)
        };
        let mut places = vec![0.0f32];
        let mut off = 0.0f32;
        for column in 1..=width.boundaries() {
            let ideal = (column * 17) as f32;
            let mut best = (f32::MIN, 0.0f32);
            for step in -6i8..=6 {
                let tried = off + f32::from(step) * 0.25;
                // A small pull towards where the one before lay.
                let value = drop(ideal + tried) * (1.0 - 0.02 * f32::from(step).abs());
                if value > best.0 {
                    best = (value, tried);
                }
            }
            if best.0 > 0.0 {
                off = off * 0.3 + best.1 * 0.7;
            }
            places.push(ideal + off);
        }
        places.push(modules as f32);
        places
    }

    /// The modules of the codeword between two boundaries, mean of some heights; of worn print halfway to the darkest of them, since
    /// where ink has broken out of a bar, the rest of it tells.
    fn modules(&self, map: &Homography, from: f32, to: f32, heights: &[f32], worn: bool) -> [f32; 17] {
        let width = (to - from) / 17.0;
        let mut modules = [0.0; 17];
        for (index, module) in modules.iter_mut().enumerate() {
            let x = from + (index as f32 + 0.5) * width;
            let (mut sum, mut most) = (0.0, 0.0f32);
            for height in heights {
                let ink = 255.0 - sample(self.grey, map.map(at(x, *height)));
                (sum, most) = (sum + ink, most.max(ink));
            }
            let mean = sum / heights.len().max(1) as f32;
            *module = if worn { mean.midpoint(most) } else { mean };
        }
        modules
    }

    /// Reads the row indicators at many heights and lets them vote.
    ///
    /// Lines are looked at more often than there are rows, so that each row gives several votes and a line between two rows does no harm.
    /// A few heights come first: where hardly any of them shows an indicator, none stands.
    fn votes(&self, map: &Homography, places: &[f32], width: Width) -> Votes {
        const LINES: u16 = 160;
        const FEW: u16 = 8;
        let mut votes = Votes::default();
        for first in 0..FEW {
            if first == 1 && votes.rows.len() < 3 {
                break;
            }
            for line in (first..LINES).step_by(usize::from(FEW)) {
                let height = (f32::from(line) + 0.5) / f32::from(LINES);
                self.vote(map, (places[1], places[2]), height, false, &mut votes);
                if width.right() {
                    let last = width.columns + 2;
                    self.vote(map, (places[last], places[last + 1]), height, true, &mut votes);
                }
            }
        }
        votes
    }

    /// Reads one indicator at a height.
    fn vote(&self, map: &Homography, (from, to): (f32, f32), height: f32, right: bool, votes: &mut Votes) {
        let modules = self.modules(map, from, to, &[height], false);
        let (mut best, mut fit, mut gap, mut kind) = (0, 0.0f32, 0.0, 0);
        for cluster in 0..3 {
            let (value, own, margin) = self.patterns.best(cluster, &modules);
            if own > fit {
                (best, gap, fit, kind) = (value, margin, own, cluster);
            }
        }
        if fit > 0.85 && gap > 0.02 {
            votes.add(height, best, kind, right);
        }
    }

    /// Reads all codewords, corrects them and takes their content: as they are, then as worn print.
    ///
    /// Heights within the middle of each row are looked at; the rows above and below do not reach there.
    fn codewords(&self, map: &Homography, places: &[f32], layout: &Layout, budget: &mut Budget) -> Option<Found> {
        let count = layout.rows * layout.columns;
        let checks = 2usize << layout.level;
        if count > 928 || checks + 2 > count {
            return None;
        }
        let looks: [(&[f32], bool); 3] =
            [(&[0.3, 0.5, 0.7], false), (&[0.2, 0.35, 0.5, 0.65, 0.8], true), (&[0.4, 0.5, 0.6], false)];
        let mut hopeless = false;
        looks.into_iter().find_map(|(parts, worn)| {
            if hopeless || !budget.spend(count as u64 * 400) {
                return None;
            }
            let mut word = Vec::with_capacity(count);
            let mut doubts = Vec::with_capacity(count);
            for row in 0..layout.rows {
                let heights: Vec<f32> =
                    parts.iter().map(|part| (row as f32 + part - layout.offset) / layout.slope).collect();
                for column in 2..layout.columns + 2 {
                    let modules = self.modules(map, places[column], places[column + 1], &heights, worn);
                    let (value, fit, gap) = self.patterns.best(row % 3, &modules);
                    word.push(value);
                    doubts.push(gap * fit);
                }
            }
            // A grid that lies elsewhere: nothing helps.
            hopeless = doubts.iter().filter(|doubt| **doubt < 0.04).count() > checks.max(count / 2);
            if hopeless {
                return None;
            }
            // The first codeword says how many there are, which is a little evidence, too.
            let used = correct_with_doubts(self.field, &mut word, checks, 1, &doubts, EVIDENCE - 2.0)?;
            word.truncate(count - checks);
            if word.first().is_none_or(|length| *length as usize != word.len()) {
                return None;
            }
            let content = pdf417::decode(&word)?;
            Some(Found { symbology: Symbology::Pdf417, content, corners: [Point::default(); 4], used, checks })
        })
    }
}

/// What the row indicators say.
#[derive(Default)]
struct Votes {
    /// Height and row.
    rows: Vec<(f32, f32)>,
    thirds: Vec<u32>,
    rests: Vec<u32>,
    widths: Vec<u32>,
}

impl Votes {
    /// Takes an indicator: ISO/IEC 15438 §5.11.2. Left and right ones hold the same three numbers in another order.
    ///
    /// A left indicator of cluster 0 holds the rows in threes, of cluster 3 the level and the rest, of cluster 6 the columns; right ones
    /// are one place on.
    fn add(&mut self, height: f32, value: u32, cluster: usize, right: bool) {
        let row = (value / 30) * 3 + cluster as u32;
        self.rows.push((height, row as f32));
        // Which number it is: 0 the rows in threes, 1 level and rest, 2 the columns.
        let which = if right { (cluster + 2) % 3 } else { cluster };
        match which {
            0 => self.thirds.push(value % 30),
            1 => self.rests.push(value % 30),
            _ => self.widths.push(value % 30),
        }
    }

    /// Takes the most frequent of each number.
    ///
    /// # Errors
    /// If there are too few, or they disagree; then the number of columns that indicators say, if a quarter of them does, which may be the
    /// number that was tried.
    fn decide(&self, columns: usize) -> core::result::Result<Layout, Option<usize>> {
        // Where no indicators stand, what looks like them says all sorts of numbers.
        let said = most(&self.widths)
            .filter(|said| self.widths.iter().filter(|width| *width == said).count() * 4 >= self.widths.len());
        match said.map(|width| width as usize + 1) {
            Some(said) if said == columns => self.agreed(columns).ok_or(Some(said)),
            said => Err(said),
        }
    }

    fn agreed(&self, columns: usize) -> Option<Layout> {
        let third = most(&self.thirds)?;
        let rest = most(&self.rests)?;
        let rows = (third * 3 + rest % 3 + 1) as usize;
        let level = (rest / 3) as usize;
        if !(3..=90).contains(&rows) || level > 8 {
            return None;
        }
        let (offset, slope) = self.line(rows as f32)?;
        Some(Layout { columns, rows, level, offset, slope })
    }

    /// The line through heights and rows that most indicators agree with.
    ///
    /// Lines are tried in a grid of slopes and offsets before one is fitted: what a scratch made of some indicators has no say.
    fn line(&self, rows: f32) -> Option<(f32, f32)> {
        let own: Vec<_> =
            self.rows.iter().filter(|(_, row)| *row < rows).map(|(height, row)| (*height, row + 0.5)).collect();
        let mut best = (0, 0.0, rows);
        for slope in 0..41u8 {
            let slope = rows * (0.9 + 0.005 * f32::from(slope));
            for offset in -20i8..=20 {
                let offset = f32::from(offset) * 0.005 * rows;
                let agree = own.iter().filter(|(height, row)| (offset + slope * height - row).abs() < 0.6).count();
                if agree > best.0 {
                    best = (agree, offset, slope);
                }
            }
        }
        let near: Vec<_> = own.iter().filter(|(height, row)| (best.1 + best.2 * height - row).abs() < 0.8).collect();
        if near.len() < 6 || near.len() * 2 < own.len() {
            return None;
        }
        let count = near.len() as f32;
        let (mh, mr) = near.iter().fold((0.0, 0.0), |(h, r), (height, row)| (h + height / count, r + row / count));
        let (sxy, sxx) = near.iter().fold((0.0, 0.0f32), |(xy, xx), (height, row)| {
            (xy + (height - mh) * (row - mr), xx + (height - mh) * (height - mh))
        });
        let slope = sxy / sxx.max(1e-6);
        (slope > 0.0).then_some((mr - slope * mh, slope))
    }
}

/// The most frequent value.
fn most(values: &[u32]) -> Option<u32> {
    let mut counts = [0u32; 30];
    values.iter().for_each(|value| counts[*value as usize % 30] += 1);
    let (value, count) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    (*count > 0).then_some(value as u32)
}
