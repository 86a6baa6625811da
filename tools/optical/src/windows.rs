//! Draws specimen pages and cuts the windows out of them that the recogniser is trained on: `tools/optical/train.py` starts it.
//!
//! `cargo run --release --bin windows -- KIND SEED PAGES OUT`, KIND `close` or `wide`.
//!
//! ```text
//! each record: label u8 (0-36 as mrz::CHARACTERS, 37 none) · right, down, size: i8 in 1/100 · 576 levels u8 (128 + 40 × deviations)
//! ```

use landfall::image::Pyramid;
use landfall::mrz::CHARACTERS;
use landfall::optical::window::{Cell, Span, sample};
use landfall::specimen::page::typeface::Typeface;
use landfall::specimen::page::{Class, Page, dice::Dice, sheet::Point};
use std::io::Write;

mod font;

/// How often each class is drawn, of 20.
const CLASSES: [Class; 20] = [
    Class::Scanner150,
    Class::Wild,
    Class::Wild,
    Class::Worn,
    Class::Stamped,
    Class::Photograph,
    Class::Wild,
    Class::LowContrast,
    Class::Wild,
    Class::Stamped,
    Class::JpegPoor,
    Class::Wild,
    Class::Worn,
    Class::Photograph,
    Class::Wild,
    Class::Scanner300,
    Class::Wild,
    Class::Stamped,
    Class::Wild,
    Class::Infrared,
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, kind, seed, pages, out] = args.as_slice() else {
        return Err("usage: optical_windows close|wide SEED PAGES OUT".into());
    };
    let (seed, pages): (u64, u64) = (seed.parse()?, pages.parse()?);
    let own = Typeface::strokes();
    let mut faces = font::ocr_b();
    faces.push(own.clone());
    let mut out = std::io::BufWriter::new(std::fs::File::create(out)?);
    let mut dice = Dice::of("windows", seed);
    let mut pyramid = Pyramid::default();
    for number in 0..pages {
        let class = CLASSES[(number % 20) as usize];
        let face = &faces[dice.whole(0, faces.len() - 1)];
        let which = 1_000_000 + seed * 100_000 + number * 7 + number / 10;
        // The wide network has to know what stands around zones; the close one sees characters only.
        let page = match kind == "wide" && dice.chance(0.5) {
            true => Page::draw(class, which, face, &own)?,
            false => Page::strip(class, which, face, &own)?,
        };
        let file = page.shot.frame.encode(page.shot.encoding)?;
        let picture = landfall::image::Picture::read(&file)?;
        let view = picture.view()?;
        let planes = pyramid.of(&view);
        let wide = kind == "wide";
        for (line, centres) in page.truth.lines.iter().zip(&page.truth.centres) {
            for (at, character) in line.bytes().enumerate() {
                // Fillers are a third of all characters and easy: most of them are left out.
                if character == b'<' && dice.chance(0.7) || wide && dice.chance(0.6) {
                    continue;
                }
                let label = CHARACTERS.iter().position(|known| *known == character).unwrap_or(37);
                let cell = true_cell(centres, at);
                let record = if wide { astray(&cell, &mut dice) } else { near(&cell, &mut dice) };
                write(&mut out, &planes, label, &record, if wide { Span::Wide } else { Span::Close })?;
            }
            // Just beyond both ends of the line, and between the lines.
            let span = if wide { Span::Wide } else { Span::Close };
            let (first, last) = (true_cell(centres, 0), true_cell(centres, centres.len() - 1));
            let middle = true_cell(centres, dice.whole(0, centres.len() - 1));
            let gap = if centres.len() == 30 { 0.83 } else { 1.25 };
            let empty = [first.moved(-1.0, 0.0), last.moved(1.0, 0.0), first.moved(-2.0, 0.0), last.moved(2.0, 0.0)];
            for cell in empty {
                let record = near(&cell, &mut dice).0.moved(dice.between(-0.15, 0.15), dice.between(-0.2, 0.2));
                write(&mut out, &planes, 37, &(record, [0.0; 3]), span)?;
            }
            let side = if dice.chance(0.5) { gap } else { -gap };
            write(&mut out, &planes, 37, &(middle.moved(dice.between(-0.5, 0.5), side), [0.0; 3]), span)?;
            if !wide || centres.len() < 2 {
                continue;
            }
            let pitch = true_cell(centres, 0).pitch();
            for _ in 0..centres.len() / 2 {
                let record = nowhere(&page.truth.centres, pitch, (view.width(), view.height()), &mut dice);
                if let Some(record) = record {
                    write(&mut out, &planes, 37, &record, Span::Wide)?;
                }
            }
        }
    }
    Ok(())
}

/// The cell of a character from its neighbours' places.
fn true_cell(centres: &[Point], at: usize) -> Cell {
    let (from, to) = (at.saturating_sub(3), (at + 3).min(centres.len() - 1));
    let (a, b) = (centres[from], centres[to]);
    let count = (to - from) as f32;
    Cell::on_line(centres[at], ((b.0 - a.0) / count, (b.1 - a.1) / count))
}

/// A cell and how far from it the truth lies: pitches to the right and down, logarithm of the size.
type Record = (Cell, [f32; 3]);

fn bent(cell: &Cell, right: f32, down: f32, size: f32, turn: f32, squash: f32) -> Record {
    let (sine, cosine) = turn.to_radians().sin_cos();
    let scale = (-size).exp();
    let rotate = |(x, y): Point, by: f32| ((x * cosine - y * sine) * by, (x * sine + y * cosine) * by);
    let along = rotate(cell.along, scale);
    let down_way = rotate(cell.down, scale * squash);
    let bent = Cell { centre: cell.centre, along, down: down_way }.moved(-right, -down);
    (bent, [right, down, size])
}

fn near(cell: &Cell, dice: &mut Dice) -> Record {
    bent(
        cell,
        dice.normal() * 0.05,
        dice.normal() * 0.06,
        dice.normal() * 0.03,
        dice.normal() * 1.2,
        1.0 + dice.normal() * 0.04,
    )
}

fn astray(cell: &Cell, dice: &mut Dice) -> Record {
    let small = dice.chance(0.3);
    let by = if small { 0.3 } else { 1.0 };
    bent(
        cell,
        dice.between(-0.5, 0.5) * by,
        dice.between(-0.5, 0.5) * by,
        dice.between(-0.3, 0.3) * by,
        dice.between(-8.0, 8.0) * by,
        1.0 + dice.normal() * 0.04,
    )
}

/// A cell that stands on no character, or on one at a wrong size or the wrong way up.
fn nowhere(lines: &[Vec<Point>], pitch: f32, size: (usize, usize), dice: &mut Dice) -> Option<Record> {
    if dice.chance(0.35) {
        let line = &lines[dice.whole(0, lines.len() - 1)];
        let cell = true_cell(line, dice.whole(0, line.len() - 1));
        let kind = dice.whole(0, 3);
        let (turn, scale) = [(90.0, 0.0), (270.0, 0.0), (0.0, 0.75), (0.0, -0.75)][kind];
        return Some(bent(
            &cell,
            dice.between(-0.5, 0.5),
            dice.between(-0.5, 0.5),
            scale + dice.between(-0.15, 0.15),
            turn,
            1.0,
        ))
        .map(|(cell, _)| (cell, [0.0; 3]));
    }
    let centre = (dice.share() * size.0 as f32, dice.share() * size.1 as f32);
    let turn = dice.between(0.0, 360.0_f32).to_radians();
    let turn = if dice.chance(0.6) { 0.0 } else { turn };
    let step = pitch * dice.between(0.6, 1.6);
    let cell = Cell::on_line(centre, (step * turn.cos(), step * turn.sin()));
    let near = lines.iter().flatten().any(|at| (at.0 - centre.0).hypot(at.1 - centre.1) < 1.1 * pitch);
    (!near).then_some((cell, [0.0; 3]))
}

fn write(
    out: &mut impl Write,
    planes: &landfall::image::Planes<'_>,
    label: usize,
    (cell, truth): &Record,
    span: Span,
) -> std::io::Result<()> {
    let (window, _) = sample(planes, cell, span);
    let mut record = vec![label as u8];
    record.extend(truth.map(|value| (value * 100.0).round().clamp(-127.0, 127.0) as i8 as u8));
    record.extend(window.map(|level| (128.0 + level * 40.0).clamp(0.0, 255.0) as u8));
    out.write_all(&record)
}
