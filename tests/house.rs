//! The house rules, held by reading the source.
//!
//! Which room stands on which floor is said once, in the table of `docs/architecture.md`; [`plan`] reads it there, and
//! [`source`] reads the files. Each rule is a function from a [`House`] to complaints. It runs over this project, where it must
//! find nothing, and over small houses that break it, where it must find exactly that.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use plan::{PLAN, Place, Plan};
use source::Source;

#[path = "house/plan.rs"]
mod plan;
#[path = "house/source.rs"]
mod source;

const MAX_FILE_LINES: usize = 800;
const MAX_FUNCTION_LINES: usize = 60;
const MAX_LONG_FUNCTIONS_PERCENT: usize = 1;
const MIN_DOCS_PER_100_CODE_LINES: usize = 25;

struct File {
    path: String,
    text: String,
}

struct House {
    plan: Plan,
    files: Vec<File>,
    sources: Vec<Source>,
}

impl House {
    fn build(files: Vec<File>) -> Result<Self, String> {
        let mut sources = files
            .iter()
            .filter(|file| file.is_source())
            .map(|file| Source::read(&file.path, &file.text))
            .collect::<Result<Vec<_>, _>>()?;
        let tests: Vec<String> = sources.iter().flat_map(|source| source.test_modules.clone()).collect();
        for source in &mut sources {
            let module = format!("src/{}/", source.module.join("/"));
            if tests.iter().any(|test| module.starts_with(&format!("{test}/"))) {
                source.leave_out_all_code();
            }
        }
        let plan = plan::read(PLAN)?;
        Ok(House { plan, files, sources })
    }

    /// This project.
    fn own() -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        collect(root, root, &mut files)?;
        let found = |path: &str| files.iter().any(|file| file.path == path);
        if !(found("src/lib.rs") && found("tests/house.rs") && found("docs/architecture.md")) {
            return Err(format!("the project does not stand in {}", root.display()));
        }
        files.sort_by(|one, other| one.path.cmp(&other.path));
        House::build(files)
    }

    /// A house for trying a rule: paths and texts.
    fn of(files: &[(&str, &str)]) -> Result<Self, String> {
        let file = |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
        House::build(files.iter().map(file).collect())
    }
}

impl File {
    fn is_source(&self) -> bool {
        self.path.starts_with("src/") && self.path.ends_with(".rs")
    }
}

/// The text files of the project. What tools leave behind and what fixtures quote is not ours to judge.
fn collect(root: &Path, folder: &Path, files: &mut Vec<File>) -> Result<(), String> {
    const SKIPPED: &str = " target .git fixtures corpus artifacts __pycache__ ";
    const ENDINGS: &str = " rs md toml py c h hpp cpp sh json run ";
    let listed = |list: &str, word: &str| list.contains(&format!(" {word} "));
    let fault = |error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !listed(SKIPPED, &name) {
                collect(root, &path, files)?;
            }
        } else if listed(ENDINGS, name.rsplit('.').next().unwrap_or_default()) {
            let text = fs::read_to_string(&path).map_err(fault)?;
            let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
            let path = path.replace('\\', "/");
            files.push(File { path, text });
        }
    }
    Ok(())
}

fn imports_point_down(house: &House) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in &house.sources {
        let Some(own) = source.room() else { continue };
        for (line, path) in &source.imports {
            let here = format!("{}:{line}", source.path);
            let Some(room) = path.first() else {
                complaints.push(format!("{here}: imports the crate's root"));
                continue;
            };
            let allowed = match (house.plan.get(own), house.plan.get(room)) {
                _ if room == own => true,
                (Some(from), Some(to)) => from.place.may_import(to.place),
                _ => false,
            };
            if !allowed {
                complaints.push(format!("{here}: `{own}` may not import `crate::{}`", path.join("::")));
            }
        }
    }
    complaints
}

fn rooms_stand_in_the_plan(house: &House) -> Vec<String> {
    let rooms: BTreeSet<&str> = house.sources.iter().filter_map(Source::room).collect();
    let complaint = |room: &str| match house.plan.get(room) {
        None => Some(format!("src/{room}: add it to the table in docs/architecture.md")),
        Some(planned) if !planned.stands => Some(format!("src/{room}: docs/architecture.md calls it planned")),
        Some(_) => None,
    };
    rooms.into_iter().filter_map(complaint).collect()
}

fn files_are_short(house: &House) -> Vec<String> {
    let rust = house.files.iter().filter(|file| file.path.ends_with(".rs"));
    rust.map(|file| (file.text.lines().count(), &file.path))
        .filter(|(lines, _)| *lines > MAX_FILE_LINES)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect()
}

fn product_code_never_panics(house: &House) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in &house.sources {
        let panics = source.panics.iter();
        complaints.extend(panics.map(|(line, word)| format!("{}:{line}: {word}", source.path)));
    }
    complaints
}

fn unsafe_stays_in_ffi(house: &House) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in house.sources.iter().filter(|source| source.room() != Some("ffi")) {
        let lines = source.unsafes.iter();
        complaints.extend(lines.map(|line| format!("{}:{line}: unsafe", source.path)));
    }
    complaints
}

fn modules_have_heads(house: &House) -> Vec<String> {
    let sources = house.files.iter().filter(|file| file.is_source());
    sources
        .filter(|file| {
            let first = file.text.lines().find(|line| !line.trim().is_empty());
            !first.is_some_and(|line| line.len() > "//! ".len() && line.starts_with("//! "))
        })
        .map(|file| format!("{}: does not begin with `//! …`", file.path))
        .collect()
}

fn nothing_is_left_for_later(house: &House) -> Vec<String> {
    // Spelled in two halves, so that this file does not complain about itself.
    const MARKS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let mut complaints = Vec::new();
    for file in &house.files {
        for (at, line) in file.text.lines().enumerate() {
            let mut words = line.split(|letter: char| !letter.is_alphanumeric());
            if words.any(|word| MARKS.contains(&word)) {
                complaints.push(format!("{}:{}: {}", file.path, at + 1, line.trim()));
            }
        }
    }
    complaints
}

fn code_is_documented(house: &House) -> Vec<String> {
    let code: usize = house.sources.iter().map(|source| source.code.len()).sum();
    let docs: usize = house.sources.iter().map(|source| source.docs.len()).sum();
    if docs * 100 >= code * MIN_DOCS_PER_100_CODE_LINES {
        return Vec::new();
    }
    vec![format!("{docs} lines of documentation for {code} lines of code")]
}

fn functions_are_short(house: &House) -> Vec<String> {
    let mut all = 0;
    let mut long = Vec::new();
    for source in &house.sources {
        all += source.functions.len();
        for (line, name, lines) in &source.functions {
            if *lines > MAX_FUNCTION_LINES {
                long.push(format!("{}:{line}: fn {name} has {lines} lines", source.path));
            }
        }
    }
    if long.len() * 100 <= all * MAX_LONG_FUNCTIONS_PERCENT {
        long.clear();
    }
    long
}

fn assert_holds(rule: fn(&House) -> Vec<String>) -> Result<(), String> {
    let complaints = rule(&House::own()?);
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
    Ok(())
}

#[test]
fn a_file_imports_only_from_lower_floors_or_its_own_room() -> Result<(), String> {
    assert_holds(imports_point_down)
}

#[test]
fn every_room_stands_in_the_plan() -> Result<(), String> {
    assert_holds(rooms_stand_in_the_plan)
}

#[test]
fn no_file_is_over_800_lines() -> Result<(), String> {
    assert_holds(files_are_short)
}

#[test]
fn code_outside_tests_never_panics_on_purpose() -> Result<(), String> {
    assert_holds(product_code_never_panics)
}

#[test]
fn unsafe_stands_in_ffi_only() -> Result<(), String> {
    assert_holds(unsafe_stays_in_ffi)
}

#[test]
fn every_module_says_at_its_head_what_it_is() -> Result<(), String> {
    assert_holds(modules_have_heads)
}

#[test]
fn no_work_is_left_as_a_note() -> Result<(), String> {
    assert_holds(nothing_is_left_for_later)
}

#[test]
fn the_code_is_documented() -> Result<(), String> {
    assert_holds(code_is_documented)
}

#[test]
fn at_most_one_function_in_a_hundred_is_over_60_lines() -> Result<(), String> {
    assert_holds(functions_are_short)
}

#[test]
fn the_drawing_of_the_floors_shows_the_rooms_of_the_table() -> Result<(), String> {
    let drawing = plan::section(PLAN, "Floors")?.split("```").nth(1).unwrap_or_default();
    let mut drawn = BTreeSet::new();
    let mut place = None;
    for line in drawing.lines().filter_map(|line| line.strip_prefix('│')) {
        let mut words = line.trim_end_matches('│').split_whitespace().peekable();
        if let Some(floor) = words.peek().and_then(|word| word.parse::<u8>().ok()) {
            place = Some(floor);
            words.nth(1);
        }
        drawn.extend(words.map(|room| (place, room.to_owned())));
    }
    let table: BTreeSet<_> = plan::read(PLAN)?
        .into_iter()
        .filter_map(|(name, room)| match room.place {
            Place::Floor(floor) => Some((Some(floor), name)),
            Place::Beside => None,
        })
        .collect();
    assert_eq!(drawn, table);
    Ok(())
}

/// The rule complains about each of `bad` on its own, once, and not about `good`.
fn assert_catches(rule: fn(&House) -> Vec<String>, good: &[(&str, &str)], bad: &[(&str, &str)]) -> Result<(), String> {
    let complaints = rule(&House::of(good)?);
    assert!(complaints.is_empty(), "good, yet: {complaints:?}");
    for file in bad {
        let complaints = rule(&House::of(&[*file])?);
        assert_eq!(complaints.len(), 1, "{file:?}: {complaints:?}");
        assert!(complaints[0].starts_with("src/"), "{complaints:?}");
    }
    Ok(())
}

#[test]
fn an_import_that_does_not_point_down_is_caught_in_every_spelling() -> Result<(), String> {
    let good = [
        ("src/lib.rs", "mod cli; pub use crate::engine::Engine; pub use error::Error;"),
        ("src/main.rs", "fn main() { landfall::cli::run() }"),
        ("src/date.rs", "use crate::{error::Error, bytes::{self, Cursor}};"),
        ("src/mrz/td3.rs", "use super::Line; use super::super::date; fn f(self) { self.g(); self::g() }"),
        ("src/mrz.rs", "mod a { use super::*; mod b { use super::super::Line; } }"),
        ("src/mrz/name.rs", "/// See `crate::engine`.\nconst S: &str = \"use crate::engine;\"; // use crate::cli;"),
        ("src/cli/table.rs", "use crate::engine::Engine; use serde::{de::Visitor, Serialize};"),
        ("src/specimen/pki.rs", "use crate::pki::Certificate; use crate::chip::Session;"),
        ("src/engine.rs", "use crate::specimen::anchor; pub(crate) fn f() -> impl Fn() + use<> { || () }"),
    ];
    let bad = [
        ("src/mrz.rs", "use crate::engine::Engine;"),
        ("src/mrz.rs", "use crate::lds;"),
        ("src/mrz.rs", "pub(super) use crate::{date::Date, pki::{self}, error::*};"),
        ("src/mrz.rs", "fn f() -> crate::assess::Level { date() }"),
        ("src/mrz.rs", "fn f() { let x = vec![<crate::cli::Table as Default>::default()]; }"),
        ("src/mrz.rs", "macro_rules! m { () => { $crate::engine::at() } }"),
        ("src/mrz/td3.rs", "use super::super::engine::Engine;"),
        ("src/mrz/td3.rs", "mod inner { fn f() { super::super::super::ffi::x() } }"),
        ("src/mrz.rs", "use super::engine;"),
        ("src/mrz.rs", "use super::*;"),
        ("src/mrz.rs", "use crate as root;"),
        ("src/mrz.rs", "use ::landfall::engine;"),
        ("src/mrz.rs", "use crate::Error;"),
        ("src/mrz.rs", "#[cfg(test)] mod tests { use crate::engine; }"),
        ("src/date.rs", "use crate::mrz::Zone;"),
        ("src/ffi/engine.rs", "use crate::cli::Table;"),
        ("src/specimen/pki.rs", "use crate::assess::Policy;"),
        ("src/pki/store.rs", "use crate::specimen::anchor;"),
        ("src/attic.rs", "use crate::date::Date;"),
    ];
    assert_catches(imports_point_down, &good, &bad)
}

#[test]
fn a_room_that_is_not_in_the_plan_or_only_planned_is_caught() -> Result<(), String> {
    let good = [("src/mrz/td3.rs", ""), ("src/date.rs", ""), ("src/lib.rs", "")];
    let bad = [("src/utils.rs", ""), ("src/attic/box.rs", ""), ("src/record/frame.rs", "")];
    assert_catches(rooms_stand_in_the_plan, &good, &bad)
}

#[test]
fn a_plan_with_an_unreadable_row_is_refused() {
    let table = |row: &str| format!("\n## Rooms\n\n| floor | room | state | it |\n|---|---|---|---|\n{row}\n");
    let refused = |row: &str| plan::read(&table(row)).is_err();
    assert!(!refused("| 1 formats | `mrz` | stands | reads |"));
    assert!(refused("| 7 attic | `mrz` | stands | reads |"));
    assert!(refused("| one | `mrz` | stands | reads |"));
    assert!(refused("| 1 formats | `mrz` | soon | reads |"));
    assert!(refused("| 1 formats | `mrz` | stands | |"));
    assert!(refused("| 1 formats | `mrz` | stands |"));
    assert!(refused("| 1 f | `mrz` | stands | a |\n| 2 f | `mrz` | stands | a |"));
}

#[test]
fn a_long_file_is_caught() -> Result<(), String> {
    let (full, over) = ("//\n".repeat(800), "//\n".repeat(801));
    assert_catches(files_are_short, &[("src/mrz.rs", &full)], &[("src/mrz.rs", &over)])
}

#[test]
fn a_panic_outside_tests_is_caught_in_every_spelling() -> Result<(), String> {
    let good = [
        ("src/mrz.rs", "#[cfg(test)] mod tests { fn f() { None.unwrap(); panic!() } }"),
        ("src/mrz.rs", "#[cfg(all(feature = \"x\", test))] mod tests { fn f() { todo!() } }"),
        ("src/mrz.rs", "#[test] #[ignore = \"slow\"] fn f() { None::<u8>.expect(\"x\"); }"),
        ("src/lds.rs", "#[cfg(test)] mod proofs;"),
        ("src/lds/proofs.rs", "fn f() { g().unwrap() }"),
        ("src/lds/proofs/deep.rs", "fn f() { g().unwrap() }"),
        ("src/mrz.rs", "/// `x.unwrap()`\n#[expect(dead_code)] fn f() { g(\".unwrap()\"); x.unwrap_or(1); }"),
        ("src/ffi.rs", "fn f() { std::panic::catch_unwind(g); assert!(panic != 1); }"),
    ];
    let bad = [
        ("src/mrz.rs", "fn f() { g().unwrap() }"),
        ("src/mrz.rs", "fn f() { g()\n.expect(\"x\") }"),
        ("src/mrz.rs", "fn f() { g().unwrap_err() }"),
        ("src/mrz.rs", "fn f() { g().map(Result::unwrap) }"),
        ("src/mrz.rs", "fn f() { panic!(\"x\") }"),
        ("src/mrz.rs", "fn f() { todo!() }"),
        ("src/mrz.rs", "fn f() { unimplemented![] }"),
        ("src/mrz.rs", "macro_rules! m { () => { std::unreachable!() } }"),
        ("src/mrz.rs", "#[cfg(not(test))] fn f() { panic!() }"),
        ("src/mrz.rs", "#[cfg(any(test, unix))] fn f() { panic!() }"),
        ("src/mrz.rs", "#[cfg(test)] mod tests { fn f() {} } fn f() { panic!() }"),
        ("src/mrz.rs", "#[cfg(test)] use a::b; fn f() { panic!() }"),
    ];
    assert_catches(product_code_never_panics, &good, &bad)
}

#[test]
fn unsafe_outside_ffi_is_caught() -> Result<(), String> {
    let good = [
        ("src/ffi/handle.rs", "#[unsafe(no_mangle)] unsafe extern \"C\" fn f() { unsafe { g() } }"),
        ("src/lib.rs", "//! unsafe\n#![deny(unsafe_code)]"),
    ];
    let bad = [
        ("src/mrz.rs", "fn f() { unsafe { g() } }"),
        ("src/mrz.rs", "#[unsafe(no_mangle)] fn f() {}"),
        ("src/mrz.rs", "#[cfg(test)] mod tests { unsafe impl Send for T {} }"),
        ("src/ffi_probe.rs", "unsafe fn f() {}"),
    ];
    assert_catches(unsafe_stays_in_ffi, &good, &bad)
}

#[test]
fn a_module_without_a_head_is_caught() -> Result<(), String> {
    let good = [("src/mrz.rs", "\n//! Reads the zone.\nfn f() {}")];
    let bad = [
        ("src/mrz.rs", "fn f() {}"),
        ("src/mrz.rs", "/// Reads.\nfn f() {}"),
        ("src/mrz.rs", "//!\n//!\nfn f() {}"),
        ("src/mrz.rs", ""),
    ];
    assert_catches(modules_have_heads, &good, &bad)
}

#[test]
fn a_note_for_later_is_caught() -> Result<(), String> {
    let good = [("src/mrz.rs", "// A PHOTODOSE is not one."), ("docs/a.md", "to do")];
    let bad = [("src/mrz.rs", concat!("// TO", "DO: later")), ("src/mrz.rs", concat!("fn f() {} /* FIX", "ME(me) */"))];
    assert_catches(nothing_is_left_for_later, &good, &bad)
}

#[test]
fn bare_code_is_caught() -> Result<(), String> {
    let ratio = |text: &str| -> Result<(usize, usize, bool), String> {
        let house = House::of(&[("src/mrz.rs", text)])?;
        let source = &house.sources[0];
        let bare = !code_is_documented(&house).is_empty();
        Ok((source.docs.len(), source.code.len(), bare))
    };
    assert_eq!(ratio("//! A.\n/// B.\nfn f() {\n    g();\n\n    // C.\n    h();\n}\n")?, (2, 4, false));
    assert_eq!(ratio("//! A.\nfn f() {\n    g();\n    h();\n    i();\n}")?, (1, 5, true));
    assert_eq!(
        ratio("//! A.\nfn f() {\n    g();\n}\n#[cfg(test)]\nmod tests {\n    /// B.\n    fn f() {}\n}")?,
        (1, 3, false)
    );
    assert_eq!(ratio("/** A\nB */\nuse a::{\n    b,\n    c,\n};\n#[inline]\nfn f() {}")?, (2, 6, false));
    Ok(())
}

#[test]
fn a_long_function_is_caught_among_short_ones() -> Result<(), String> {
    let function = |lines: usize| format!("pub fn f(\n) -> u8 {{{}}}\n", "\n".repeat(lines - 2));
    let long = |lines: usize, short: usize| -> Result<usize, String> {
        let text = function(lines) + &"fn g() {}\n".repeat(short);
        Ok(functions_are_short(&House::of(&[("src/mrz.rs", &text)])?).len())
    };
    assert_eq!(long(60, 0)?, 0);
    assert_eq!(long(61, 98)?, 1);
    assert_eq!(long(61, 99)?, 0);
    let test = format!("#[cfg(test)] mod tests {{ {} }}", function(99));
    assert!(functions_are_short(&House::of(&[("src/mrz.rs", &test)])?).is_empty());
    Ok(())
}
