//! The C header is what the source says, to the byte.
//!
//! `LANDFALL_BLESS=1 cargo test --test header --all-features` writes `include/landfall.h`.
#![cfg(feature = "capi")]

use landfall::ffi::Vocabulary;
use landfall::mrz::CHARACTERS;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of the C functions in the order of the header.
fn sources() -> Vec<PathBuf> {
    let order = [
        "guard",
        "version",
        "word",
        "text",
        "failure",
        "engine",
        "policy",
        "inspection",
        "chip",
        "portrait",
        "assessment",
        "mrz",
        "make",
        "repair",
        "read",
        "page",
        "payload",
        "trust",
        "alert",
    ];
    order.iter().map(|name| root().join(format!("src/ffi/{name}.rs"))).collect()
}

/// `mrz.check_digit.birth_date` as a part of a macro's name.
fn macro_case(name: &str) -> String {
    name.replace('.', "_").to_uppercase()
}

/// The version of the library and the words of every vocabulary, as macros.
fn macros() -> String {
    let mut out = String::from("\n// The library that this header belongs to.\n");
    let version = env!("CARGO_PKG_VERSION");
    writeln!(out, "#define LANDFALL_VERSION \"{version}\"").unwrap();
    for (part, number) in ["MAJOR", "MINOR", "PATCH"].iter().zip(version.split('.')) {
        writeln!(out, "#define LANDFALL_VERSION_{part} {number}").unwrap();
    }
    let characters = String::from_utf8(CHARACTERS.to_vec()).unwrap();
    writeln!(out, "\n// The characters of a zone in the order of their costs.").unwrap();
    writeln!(out, "#define LANDFALL_REPAIR_CHARACTERS \"{characters}\"").unwrap();
    for vocabulary in Vocabulary::ALL {
        writeln!(out, "\n// {}\n", vocabulary.meaning()).unwrap();
        let prefix = macro_case(vocabulary.name());
        for word in (0..).map_while(|index| vocabulary.at(index)) {
            let name = macro_case(word.name.to_str().unwrap());
            let meaning = word.meaning.to_str().unwrap();
            writeln!(out, "// {meaning}\n#define LANDFALL_{prefix}_{name} {}", word.number).unwrap();
        }
    }
    out
}

fn header() -> String {
    let mut config = cbindgen::Config::from_file(root().join("cbindgen.toml")).unwrap();
    config.after_includes = Some(macros());
    let builder = sources().iter().fold(cbindgen::Builder::new(), |builder, path| builder.with_src(path));
    let mut out = Vec::new();
    builder.with_config(config).generate().unwrap().write(&mut out);
    in_ascii(&String::from_utf8(out).unwrap())
}

/// Compilers that take a source for another encoding than UTF-8 warn of anything else.
fn in_ascii(text: &str) -> String {
    text.replace('×', "x").replace('§', "section ").replace('…', "...")
}

#[test]
fn the_header_is_what_the_source_says() {
    let path = root().join("include/landfall.h");
    let made = header();
    if std::env::var_os("LANDFALL_BLESS").is_some() {
        fs::create_dir_all(root().join("include")).unwrap();
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let differing = kept.lines().zip(made.lines()).position(|(kept, made)| kept != made);
    assert!(
        kept == made,
        "include/landfall.h differs from the source from line {} on: LANDFALL_BLESS=1 cargo test --test header \
         --all-features writes it",
        differing.map_or(kept.lines().count().min(made.lines().count()), |line| line) + 1
    );
}

#[test]
fn the_header_is_ascii_and_its_comments_do_not_run_on() {
    for line in header().lines() {
        assert!(line.is_ascii() && !line.ends_with('\\'), "{line}");
    }
}

#[test]
fn no_two_macros_have_one_name() {
    let header = header();
    let mut names: Vec<_> = header
        .lines()
        .filter_map(|line| line.strip_prefix("#define "))
        .map(|line| line.split(' ').next().unwrap_or_default())
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(names.contains(&"LANDFALL_CHECK_MRZ_CHECK_DIGIT_BIRTH_DATE"));
    assert!(names.contains(&"LANDFALL_STATUS_BAD_HANDLE") && names.contains(&"LANDFALL_STATUS_OK"));
}

#[test]
fn the_header_speaks_of_no_type_that_differs_between_systems() {
    let header = header();
    let code = header.lines().filter(|line| !line.trim_start().starts_with("//"));
    for line in code {
        let words: Vec<_> = line.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        for foreign in ["bool", "enum", "long", "unsigned", "wchar_t", "packed", "uintptr_t", "intptr_t"] {
            assert!(!words.contains(&foreign), "{line}");
        }
    }
}
