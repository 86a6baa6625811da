//! The C door as a C program meets it: names, results, misuse, memory.
#![cfg(feature = "capi")]

mod capi;

use capi::{Link, compile, is_here, libraries, root, run_watched, shown_in, succeed};
use data_encoding::HEXLOWER;
use landfall::assess::Policy;
use landfall::date::Time;
use landfall::engine::Engine;
use landfall::fact::Fact;
use landfall::mrz::{self, Content, Costs, Likelihoods, Reader};
use landfall::pki::{TrustStore, Voucher};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const VISA: &str = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C<3UTO6908061F9406236ZE184226B<<<<<<<";
const CARD: &str = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";
const DAMAGED: &str = "P<Z1ZERIK5SON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7413<?2F1204159ZE18é226B<<<<<10";
const SHORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<1";
const SAME: &str = r#"{"reporter":"officer","claim":"holder_comparison","result":"same"}"#;
const NO_FACT: &str = r#"{"reporter":"officer","claim":"miracle"}"#;
const FORBIDDEN: &str = r#"{"reporter":"system","claim":"check_result","check":"sod.signature","outcome":"passed"}"#;
const CONTENT: &str = r#"{"layout":"td3","document_code":"P","issuer":"UTO","primary":"Eriksson","secondary":"Anna Maria","document_number":"L898902C3","nationality":"UTO","birth_date":"1974-08-12","sex":"female","expiry_date":"2012-04-15"}"#;
const JUNE_2011: i64 = 1_306_886_400;

fn program(name: &str, link: Link) -> PathBuf {
    compile("gcc", "c99", &root().join(format!("tests/c/{name}.c")), link)
}

/// The functions that the header declares.
fn declared() -> BTreeSet<String> {
    let header = fs::read_to_string(root().join("include/landfall.h")).unwrap();
    let declarations = header.lines().filter_map(|line| line.strip_prefix("uint32_t landfall_"));
    let name = |rest: &str| format!("landfall_{}", rest.split('(').next().unwrap_or_default());
    declarations.map(name).collect()
}

#[test]
fn exactly_the_names_of_the_header_are_exported() {
    if !is_here("nm", "the comparison of exported names with the header") {
        return;
    }
    let library = libraries().join("liblandfall.so");
    let listed = succeed(Command::new("nm").args(["-D", "--defined-only"]).arg(library));
    let listed = String::from_utf8(listed.stdout).unwrap();
    let exported: BTreeSet<_> =
        listed.lines().filter_map(|line| line.split_whitespace().nth(2)).map(str::to_owned).collect();
    assert_eq!(exported, declared());
    assert!(exported.len() > 30);
}

#[test]
fn every_getter_gives_a_c_program_what_the_document_says() {
    for link in [Link::Shared, Link::Static] {
        run_watched(&program("tour", link), &[]);
    }
}

#[test]
fn the_example_of_the_page_prints_what_the_page_says() {
    let example = compile("gcc", "c99", &root().join("examples/inspect.c"), Link::Shared);
    let printed = String::from_utf8(run_watched(&example, &[]).stdout).unwrap();
    shown_in("docs/c-abi.md", &[("c", "examples/inspect.c")], &printed);
}

#[test]
fn policies_are_checked_and_explained_and_missing_pictures_are_told() {
    run_watched(&program("policy", Link::Shared), &[]);
}

#[test]
fn trust_is_brought_in_written_and_opened_from_c() {
    let folder = root().join("fixtures/specimens/utopia-trust");
    let [list, revocations] = ["uto.ml", "uto.crl"].map(|name| folder.join(name).to_str().unwrap().to_owned());
    run_watched(&program("trust", Link::Shared), &[&revocations, &list]);
}

#[test]
fn every_misuse_gives_a_status_and_nothing_else() {
    run_watched(&program("misuse", Link::Shared), &[]);
}

#[cfg(feature = "alert")]
#[test]
fn a_c_program_screens_exchanges_lists_and_hands_on_what_only_the_authority_can_read() {
    let fixture = |name: &str| root().join("fixtures/alert").join(name).to_str().unwrap().to_owned();
    let identity = age::x25519::Identity::generate();
    let (key, output) = (identity.to_public().to_string(), libraries().join("sealed.age"));
    let (list, covert) = (fixture("utopia.alerts"), fixture("utopia-covert.alerts"));
    run_watched(&program("alert", Link::Shared), &[&list, &covert, &key, output.to_str().unwrap()]);
    let message = age::decrypt(&identity, &fs::read(&output).unwrap()).unwrap();
    assert!(String::from_utf8(message).unwrap().contains(r#""entry":"UT-6""#));
    assert!(age::decrypt(&age::x25519::Identity::generate(), &fs::read(&output).unwrap()).is_err());
}

#[cfg(feature = "barcode")]
#[test]
fn a_c_program_reads_barcodes_and_has_them_compared() {
    for link in [Link::Shared, Link::Static] {
        run_watched(&program("payload", link), &[]);
    }
}

#[cfg(all(feature = "optical", feature = "barcode", feature = "specimen"))]
#[test]
fn a_c_program_reads_pages_and_what_it_says_is_what_rust_says() {
    use landfall::engine::Page as Pictures;
    use landfall::image::Picture;
    use landfall::specimen::page::typeface::Typeface;
    use landfall::specimen::page::{Class, Page, Script};
    let at = Time::parse("2026-11-01T08:00:00Z").unwrap();
    let papers = landfall::specimen::papers(landfall::specimen::Papers::Genuine, 1, at).unwrap();
    let lines = String::from_utf8(papers.file("visa.txt").unwrap().to_vec()).unwrap();
    let script = Script {
        layout: mrz::Layout::MrvA,
        lines: lines.lines().map(str::to_owned).collect(),
        symbols: vec![(landfall::barcode::Symbology::DataMatrix, papers.file("visa-seal.bin").unwrap().to_vec())],
    };
    let face = Typeface::strokes();
    let draw = |class| Page::showing(&script, class, 7, &face, &face).unwrap().shot.frame;
    let (visible, infrared) = (draw(Class::Scanner300), draw(Class::Infrared));
    let mut grey = visible.clone();
    grey.bleach();
    let encoded = |frame: &landfall::specimen::page::frame::Frame| {
        frame.encode(landfall::specimen::page::frame::Encoding::Jpeg(92)).unwrap()
    };
    let files = [("page.jpg", encoded(&visible)), ("page-ir.jpg", encoded(&infrared)), ("page.grey", grey.octets())];
    let paths = files.each_ref().map(|(name, bytes)| {
        let path = libraries().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    });
    let (width, height) = (visible.width.to_string(), visible.height.to_string());
    let time = at.unix().to_string();
    let [first, second, third] = &paths;
    let said = run_watched(&program("page", Link::Shared), &[first, second, third, &width, &height, &time]);

    let pictures = [&files[0].1, &files[1].1].map(|file| Picture::read(file).unwrap());
    let page = Pictures {
        visible: Some(pictures[0].view().unwrap()),
        infrared: Some(pictures[1].view().unwrap()),
        ppi: Some(300),
        ..Pictures::default()
    };
    let mut inspection = Engine::new().unwrap().inspect(at);
    inspection.read_page(&mut landfall::optical::Reader::new(), &page).unwrap();
    assert_eq!(String::from_utf8(said.stdout).unwrap().trim_end(), inspection.assess().to_json());
}

#[test]
fn one_engine_serves_many_threads() {
    run_watched(&program("threads", Link::Shared), &[]);
}

/// What Rust says of an inspection: its JSON, or where reading failed.
fn assess(policy: u32, inputs: &[(&str, &str)]) -> Result<String, landfall::Error> {
    let policy = if policy == 0 { Policy::default_policy() } else { Policy::training() };
    let mut inspection = Engine::with_policy(policy?).inspect(Time::from_unix(JUNE_2011)?);
    for (kind, text) in inputs {
        match *kind {
            "mrz" => inspection.read_mrz(text).map(|_| ())?,
            _ => inspection.add_fact(Fact::from_json(text)?)?,
        }
    }
    Ok(inspection.assess().to_json())
}

fn zone(text: &str) -> Result<String, landfall::Error> {
    let summary = mrz::parse(text)?.summary(Time::from_unix(JUNE_2011)?.date());
    Ok(serde_json::to_string(&summary).unwrap())
}

fn in_words(result: Result<String, landfall::Error>) -> String {
    result.unwrap_or_else(|error| format!("{} in {} at {}", error.kind.number(), error.part, error.offset))
}

fn made(json: &str) -> Result<String, landfall::Error> {
    let zone = mrz::write(&Content::from_json(json.as_bytes())?)?;
    Ok(zone.lines().collect::<Vec<_>>().join("\n"))
}

/// The costs that the C program makes up.
fn costs(position: usize) -> Costs {
    std::array::from_fn(|glyph| u16::try_from((position * 37 + glyph) * 7919 % 500).unwrap())
}

fn repaired(reader: Reader, text: &str, rows: usize) -> Result<String, landfall::Error> {
    let zone = mrz::parse(text)?;
    let mut likelihoods = Likelihoods::of(&zone, reader);
    likelihoods.set_candidates(&mrz::candidates(text.as_bytes(), &mrz::DEFAULT_MARKS));
    for position in 0..rows {
        likelihoods.set(position, &costs(position))?;
    }
    let repair = if rows == 0 { mrz::repair(&zone, reader) } else { likelihoods.repair(zone.layout()) };
    Ok(serde_json::to_string(&repair).unwrap())
}

/// The program that prints what the library says of its arguments.
fn same() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| program("same", Link::Static))
}

fn run(arguments: &[&str]) -> String {
    String::from_utf8(succeed(Command::new(same()).args(arguments)).stdout).unwrap()
}

#[test]
fn c_and_rust_give_the_same_bytes_of_an_inspection() {
    let at = JUNE_2011.to_string();
    let inspections: [&[(&str, &str)]; 7] = [
        &[],
        &[("mrz", PASSPORT)],
        &[("mrz", PASSPORT), ("fact", SAME), ("mrz", VISA)],
        &[("fact", SAME), ("mrz", DAMAGED), ("mrz", CARD)],
        &[("mrz", SHORT)],
        &[("mrz", PASSPORT), ("fact", NO_FACT)],
        &[("fact", FORBIDDEN)],
    ];
    for inputs in inspections {
        for policy in ["0", "1"] {
            let mut arguments = vec!["assess", &at, policy];
            arguments.extend(inputs.iter().flat_map(|(kind, text)| [*kind, *text]));
            assert_eq!(run(&arguments), in_words(assess(policy.parse().unwrap(), inputs)), "{inputs:?}");
        }
    }
    run_watched(same(), &["assess", &at, "1", "mrz", PASSPORT, "fact", SAME]);
}

/// The challenge and the answer that stand in the folder of a specimen, in hexadecimal.
fn recorded(folder: &Path) -> [String; 2] {
    let text = fs::read_to_string(folder.join("active-authentication.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    ["challenge", "answer"].map(|name| record["active_authentication"][name].as_str().unwrap().to_owned())
}

/// What Rust says of the same chip, asked in the same way.
fn chip(folder: &Path, anchor: &Path, at: i64, [challenge, answer]: &[String; 2]) -> String {
    let mut store = TrustStore::new();
    store.import(&fs::read(anchor).unwrap(), &Voucher::new("a test")).unwrap();
    let engine = Engine::with_policy(Policy::training().unwrap()).with_trust(store);
    let mut inspection = engine.inspect(Time::from_unix(at).unwrap());
    inspection.read_mrz(fs::read(folder.join("mrz.txt")).unwrap()).unwrap();
    for name in ["EF.COM", "EF.SOD", "DG1", "DG2", "DG11", "DG12", "DG14", "DG15"] {
        inspection.read_chip_file(1, &fs::read(folder.join(name)).unwrap()).unwrap();
    }
    let challenge: [u8; 8] = HEXLOWER.decode(challenge.as_bytes()).unwrap().try_into().unwrap();
    inspection.challenge(1, challenge).unwrap();
    inspection.chip_answer(1, challenge, &HEXLOWER.decode(answer.as_bytes()).unwrap()).unwrap();
    for fact in [
        SAME,
        r#"{"reporter":"reader","claim":"chip_access","document":1,"protocol":"pace"}"#,
        r#"{"reporter":"reader","claim":"chip_file_unread","document":1,"file":"dg3","why":"access_denied"}"#,
    ] {
        inspection.add_fact(Fact::from_json(fact).unwrap()).unwrap();
    }
    inspection.assess().to_json()
}

#[test]
fn a_chip_through_c_is_what_it_is_through_rust_and_every_misuse_gives_a_status() {
    let folder = root().join("fixtures/specimens/utopia-passport");
    let anchor = root().join("fixtures/specimens/utopia-trust/csca-uto.der");
    let at: i64 = 1_793_534_400;
    let record = recorded(&folder);
    let (at_text, [challenge, answer]) = (at.to_string(), &record);
    let arguments = [folder.to_str().unwrap(), anchor.to_str().unwrap(), &at_text, challenge, answer];
    let printed = String::from_utf8(run_watched(&program("chip", Link::Shared), &arguments).stdout).unwrap();
    let in_rust = chip(&folder, &anchor, at, &record);
    // The specimen's anchor is a test anchor in a build that issues specimens, and any other in a library for counters.
    if cfg!(feature = "specimen") {
        let checks = |json: &str| {
            let whole: serde_json::Value = serde_json::from_str(json).unwrap();
            let mut checks = whole["checks"].as_array().unwrap().clone();
            checks.retain(|check| check["reason"] != "test_anchor");
            (checks, whole["person"].clone(), whole["documents"].clone())
        };
        assert_eq!(checks(&printed), checks(&in_rust));
    } else {
        assert_eq!(printed, in_rust);
    }
}

#[test]
fn c_and_rust_give_the_same_bytes_of_a_zone() {
    let at = JUNE_2011.to_string();
    for text in [PASSPORT, VISA, CARD, DAMAGED, SHORT, "", "\u{1D}A"] {
        assert_eq!(run(&["mrz", &at, text]), in_words(zone(text)), "{text:?}");
    }
    for json in [CONTENT, "{}", r#"{"layout":"td3","sex":"female"}"#, "{\n\"layout\":3}"] {
        assert_eq!(run(&["make", json]), in_words(made(json)), "{json}");
    }
    for (number, reader) in [("0", Reader::OcrB), ("1", Reader::UNIFORM)] {
        for text in [PASSPORT, DAMAGED, SHORT] {
            let said = run(&["repair", number, text]);
            assert_eq!(said, in_words(repaired(reader, text, 0)), "{text}");
        }
        for (text, rows) in [(PASSPORT, 88), (CARD, 90)] {
            let said = run(&["repair", number, text, &rows.to_string()]);
            assert_eq!(said, in_words(repaired(reader, text, rows)));
        }
        assert_eq!(run(&["repair", number, CARD, "88"]), "2 in call at 0");
    }
    run_watched(same(), &["repair", "0", PASSPORT, "88"]);
    run_watched(same(), &["make", CONTENT]);
}
