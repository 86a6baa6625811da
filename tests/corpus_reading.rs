//! Real pictures of documents, where they are at hand: how many are read exactly, and that no wrong number or date is accepted,
//! and at most one wrong name.
//!
//! The folder that `LANDFALL_CORPUS` names holds what cannot be part of the project. Every number here is a minimum
//! that may be raised and never lowered.
#![cfg(feature = "optical")]

use landfall::image::Picture;
use landfall::mrz::FieldId;
use landfall::optical::{Reader, Zone};
use std::fs;
use std::path::{Path, PathBuf};

/// Of 100 easy pages (no tag, the smaller side at least 300 pixels), how many are read exactly at least.
const EASY: usize = 98;
/// The same of all pictures with a zone.
const ALL: usize = 97;
/// Of 100 exact reads, how many are accepted at least.
const ACCEPTED: usize = 88;

/// Every how many pictures one is read: a debug build takes seconds for each.
const STEP: usize = if cfg!(debug_assertions) { 4 } else { 1 };

/// What was read, counted.
#[derive(Default, Debug)]
struct Count {
    zones: usize,
    exact: usize,
    easy: usize,
    easy_exact: usize,
    accepted: usize,
    /// Wrong in the name alone, and wrong in anything else.
    accepted_wrong_name: usize,
    accepted_wrong: usize,
    read_where_none_is: usize,
}

fn count(folder: &Path) -> Count {
    let mut count = Count::default();
    let mut reader = Reader::new();
    for line in fs::read_to_string(folder.join("truth.jsonl")).unwrap().lines().step_by(STEP) {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let truth: Vec<String> = serde_json::from_value(row["lines"].clone()).unwrap_or_default();
        let file = fs::read(folder.join(row["file"].as_str().unwrap())).unwrap();
        let picture = Picture::read(&file).unwrap();
        let zones = reader.read(&picture.view().unwrap());
        if truth.is_empty() {
            count.read_where_none_is += zones.len();
            continue;
        }
        let exact = zones.first().is_some_and(|zone| zone.lines().eq(truth.iter().map(String::as_str)));
        let accepted = zones.first().is_some_and(Zone::accepted);
        let least = row["width"].as_u64().min(row["height"].as_u64());
        let easy = row["group"] == "page" && row["tags"].as_array().is_some_and(Vec::is_empty) && least >= Some(300);
        count.zones += 1;
        count.exact += usize::from(exact);
        count.easy += usize::from(easy);
        count.easy_exact += usize::from(easy && exact);
        count.accepted += usize::from(accepted && exact);
        if let Some(zone) = zones.first().filter(|_| accepted && !exact) {
            let only_name = wrong_positions(zone, &truth).is_some_and(|wrong| {
                zone.layout().field(FieldId::Name).is_some_and(|name| wrong.iter().all(|at| name.range().contains(at)))
            });
            *(if only_name { &mut count.accepted_wrong_name } else { &mut count.accepted_wrong }) += 1;
        }
    }
    count
}

/// Where a reading differs from the truth, in the joined lines; none if they are of different shapes.
fn wrong_positions(zone: &Zone, truth: &[String]) -> Option<Vec<usize>> {
    let (read, truth): (Vec<char>, Vec<char>) =
        (zone.lines().flat_map(str::chars).collect(), truth.iter().flat_map(|line| line.chars()).collect());
    let differ = || read.iter().zip(&truth).enumerate().filter(|(_, (read, truth))| read != truth).map(|(at, _)| at);
    (read.len() == truth.len()).then(|| differ().collect())
}

#[test]
fn real_pages_are_read_and_nothing_wrong_is_accepted() {
    let folder = std::env::var_os("LANDFALL_CORPUS").map(|corpus| PathBuf::from(corpus).join("mrz/images"));
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        println!("skipped: LANDFALL_CORPUS names no folder with mrz/images");
        return;
    };
    let count = count(&folder);
    println!("{count:?}");
    assert_eq!(count.accepted_wrong, 0, "{count:?}");
    assert!(count.accepted_wrong_name <= 1, "{count:?}");
    assert_eq!(count.read_where_none_is, 0, "{count:?}");
    if STEP > 1 {
        // Too few for shares.
        assert!(count.exact * 10 >= count.zones * 8, "{count:?}");
        return;
    }
    assert!(count.easy_exact * 100 >= count.easy * EASY, "{count:?}");
    assert!(count.exact * 100 >= count.zones * ALL, "{count:?}");
    assert!(count.accepted * 100 >= count.exact * ACCEPTED, "{count:?}");
}
