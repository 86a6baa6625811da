//! Reads drawn pages, or the pictures of a folder with a `truth.jsonl`, and says how many are right.
//!
//! `measure drawn CLASS FIRST COUNT` or `measure folder DIR`; one line for each picture that is not exactly right, then a summary and
//! what confidences came to. `measure write` draws one page into a file, `measure plot` draws what logs say of confidences.

use landfall::image::Picture;
use landfall::mrz::FieldId;
use landfall::optical::{Reader, Zone};
use landfall::specimen::page::typeface::Typeface;
use landfall::specimen::page::{Class, Page};
use std::time::Instant;

mod calibration;
mod font;
mod symbols;

#[derive(Default)]
struct Score {
    pages: usize,
    exact: usize,
    repaired: usize,
    accepted: usize,
    accepted_wrong: usize,
    wrong_flag: usize,
    missing: usize,
    seconds: f64,
    calibration: calibration::Calibration,
}

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        [_, "drawn", class, first, count] => drawn(class, first.parse()?, count.parse()?),
        [_, "symbols", class, first, count] => symbols::drawn(class, first.parse()?, count.parse()?),
        [_, "symbols", "write", class, number, path] => symbols::write(class, number.parse()?, path),
        [_, "folder", dir] => folder(dir),
        [_, "write", class, number, path] => {
            let own = Typeface::strokes();
            let face = font::ocr_b().into_iter().next().unwrap_or_else(|| own.clone());
            let page = Page::draw(Class::from_name(class).ok_or("class")?, number.parse()?, &face, &own)?;
            std::fs::write(path, page.shot.frame.encode(page.shot.encoding)?)?;
            Ok(())
        }
        [_, "plot", path, logs @ ..] => {
            let logs: Vec<String> = logs.iter().map(std::fs::read_to_string).collect::<std::io::Result<_>>()?;
            Ok(std::fs::write(path, calibration::Calibration::read(&logs.concat()).plot())?)
        }
        _ => {
            Err("usage: measure drawn CLASS FIRST COUNT | symbols CLASS FIRST COUNT | folder DIR | write CLASS NUMBER FILE | plot SVG LOG…".into())
        }
    }
}

fn drawn(name: &str, first: u64, count: u64) -> Result<()> {
    let classes: Vec<Class> = match name {
        "all" => Class::ALL.to_vec(),
        _ => vec![Class::from_name(name).ok_or("no such class")?],
    };
    let own = Typeface::strokes();
    let mut faces = font::ocr_b();
    if faces.is_empty() {
        faces.push(own.clone());
    }
    let mut reader = reader();
    for class in classes {
        let mut score = Score::default();
        for number in first..first + count {
            let page = Page::draw(class, number, &faces[(number % faces.len() as u64) as usize], &own)?;
            let file = page.shot.frame.encode(page.shot.encoding)?;
            let found = read(&mut reader, &file, &mut score)?;
            judge(
                &format!("{name}/{}-{number}", class.name()),
                &page.truth.lines,
                &found,
                page.truth.misprint.is_some(),
                &mut score,
            );
        }
        score.print(class.name());
    }
    Ok(())
}

fn folder(dir: &str) -> Result<()> {
    let mut reader = reader();
    let (mut all, mut easy) = (Score::default(), Score::default());
    for line in std::fs::read_to_string(format!("{dir}/truth.jsonl"))?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let name = row["file"].as_str().unwrap_or_default();
        let file = std::fs::read(format!("{dir}/{name}"))?;
        let lines: Vec<String> = serde_json::from_value(row["lines"].clone()).unwrap_or_default();
        let sides = [row["width"].as_u64(), row["height"].as_u64()];
        let small = sides.iter().flatten().min().is_none_or(|side| *side < 300);
        let plain = row["group"] == "page" && row["tags"].as_array().is_some_and(Vec::is_empty) && !small;
        let found = read(&mut reader, &file, &mut all)?;
        let wrong = row["failing_check_digits"].as_array().is_some_and(|digits| !digits.is_empty());
        judge(name, &lines, &found, wrong, &mut all);
        if plain {
            easy.pages += 1;
            easy.exact += usize::from(is_exact(&lines, &found));
        }
    }
    all.print("all");
    println!("easy: {} of {} exact", easy.exact, easy.pages);
    Ok(())
}

/// A reader with the crate's weights, or with those of the folder that `WEIGHTS` names.
fn reader() -> Reader {
    let Some(folder) = std::env::var_os("WEIGHTS").map(std::path::PathBuf::from) else {
        return Reader::new();
    };
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap_or_default();
    Reader::with_weights(&file("close.bin"), &file("wide.bin"))
}

fn read(reader: &mut Reader, file: &[u8], score: &mut Score) -> Result<Vec<Zone>> {
    let picture = Picture::read(file).map_err(|error| format!("{error:?}"))?;
    let view = picture.view().map_err(|error| format!("{error:?}"))?;
    let before = Instant::now();
    let found = reader.read(&view);
    score.seconds += before.elapsed().as_secs_f64();
    Ok(found)
}

fn is_exact(truth: &[String], found: &[Zone]) -> bool {
    match found {
        [] => truth.is_empty(),
        [first, ..] => first.lines().eq(truth.iter().map(String::as_str)),
    }
}

fn judge(name: &str, truth: &[String], found: &[Zone], misprint: bool, score: &mut Score) {
    score.pages += 1;
    let exact = is_exact(truth, found);
    score.exact += usize::from(exact);
    let Some(zone) = found.first() else {
        if !exact {
            score.missing += 1;
            println!("{name}: nothing found");
        }
        return;
    };
    score.calibration.take(zone, truth);
    score.wrong_flag += usize::from(zone.printed_wrong() && misprint);
    score.repaired += usize::from(zone.repaired().eq(truth.iter().map(String::as_str)));
    score.accepted += usize::from(zone.accepted() && exact);
    if exact {
        if !zone.accepted() {
            println!("{name}: exact, not accepted (gap {}, doubts {})", zone.repair().gap(), doubts(zone));
        }
        return;
    }
    score.accepted_wrong += usize::from(zone.accepted());
    println!(
        "{name}: {} wrong, {} zones, gap {}, pitch {:.1}, {:.3} sure{}",
        zone.layout(),
        found.len(),
        zone.repair().gap(),
        zone.pitch(),
        zone.confidence(),
        if zone.accepted() { ", ACCEPTED" } else { "" }
    );
    for (at, read) in zone.lines().enumerate() {
        let truth = truth.get(at).map_or("", String::as_str);
        if read != truth {
            let marks: String = read
                .chars()
                .zip(truth.chars().chain(std::iter::repeat(' ')))
                .map(|(a, b)| if a == b { ' ' } else { '^' })
                .collect();
            println!("    {read}\n    {truth}\n    {marks}");
        }
    }
}

fn doubts(zone: &Zone) -> String {
    let ids = [FieldId::Name, FieldId::DocumentNumber, FieldId::BirthDate, FieldId::ExpiryDate, FieldId::OptionalData];
    ids.map(|id| format!("{} {:.4}", id.name(), zone.doubt(id))).join(", ")
}

impl Score {
    fn print(&self, name: &str) {
        println!(
            "{name}: {} pages, {} exact ({:.1} %), repaired right {}, accepted and exact {}, accepted and wrong {}, misprints noticed {}, missing {}, {:.1} ms a page",
            self.pages,
            self.exact,
            100.0 * self.exact as f64 / self.pages.max(1) as f64,
            self.repaired,
            self.accepted,
            self.accepted_wrong,
            self.wrong_flag,
            self.missing,
            1000.0 * self.seconds / self.pages.max(1) as f64,
        );
        self.calibration.print(name);
    }
}
