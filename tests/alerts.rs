//! `landfall alerts` as an authority and a counter use it.
#![cfg(all(feature = "alert", feature = "cli"))]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n";
const QUERIES: &str = "id,surname,given,mrz_name,birth_date,sex,nationality,document_number\n\
    a,ERICSON,ANNA,,1974-08-12,F,UTO,\n\
    b,,,QUILFEATHER<<AMBROSE<<<<<<<<<<<<<<<<<<<,1959-03-02,M,UTO,\n\
    c,NOBODY,KNOWN,,1980-01-01,M,UTO,U0001234\n";

/// A folder of its own for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("landfall-alerts-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.0.join(name), content).unwrap();
        self.path(name)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/alert").join(name).to_str().unwrap().to_owned()
}

fn landfall(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_landfall")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn build(list: &str, output: &str, more: &[&str]) -> (i32, String, String) {
    let mut arguments =
        vec!["alerts", "build", list, "--output", output, "--agency", "Utopia Border", "--version", "7"];
    arguments.extend(["--valid-until", "2031-01-01", "--at", "2011-05-20"]);
    arguments.extend(more);
    landfall(&arguments)
}

/// `LANDFALL_BLESS=1` writes the packages of the fixtures anew.
#[test]
fn the_packages_of_the_fixtures_are_what_the_command_builds_from_their_list() {
    let folder = Folder::new("fixtures");
    for (name, covert, entries) in [("utopia.alerts", None, 5), ("utopia-covert.alerts", Some("--covert"), 1)] {
        let (seed, output) = (fixture("seed.hex"), folder.path(name));
        let more: Vec<&str> = ["--key", &seed].into_iter().chain(covert).collect();
        let (code, said, _) = build(&fixture("utopia.csv"), &output, &more);
        assert!(code == 0 && said.contains(&format!("{entries} entries")) && said.contains(", signed"), "{said}");
        if std::env::var_os("LANDFALL_BLESS").is_some() {
            std::fs::copy(&output, fixture(name)).unwrap();
        }
        assert!(std::fs::read(&output).unwrap() == std::fs::read(fixture(name)).unwrap(), "{name}");
    }
}

#[test]
fn a_package_is_checked_shown_and_searched() {
    let package = fixture("utopia.alerts");
    assert_eq!(landfall(&["alerts", "check", &package]).0, 0);
    let shown: Value =
        serde_json::from_str(&landfall(&["alerts", "show", &package, "--json", "--at", "2031-01-02"]).1).unwrap();
    assert_eq!(
        (&shown["agency"], &shown["version"], &shown["entries"]),
        (&"Utopia Border".into(), &7.into(), &5.into())
    );
    assert_eq!((&shown["stale"], &shown["covert"]), (&true.into(), &false.into()));
    assert_eq!(shown["signed_by"].as_str().map(str::len), Some(64));

    let folder = Folder::new("search");
    let queries = folder.file("queries.csv", QUERIES);
    let arguments = ["alerts", "search", &package, "--queries", &queries, "--at", "2011-06-01", "--json"];
    let (code, lines, _) = landfall(&arguments);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((code, lines.len()), (0, 3));
    for (line, id, entry) in [(0, "a", "UT-1"), (1, "b", "UT-2"), (2, "c", "UT-3")] {
        let best = &lines[line]["matches"][0];
        assert_eq!((&lines[line]["id"], &best["entry"]), (&id.into(), &entry.into()));
        let parts = best["parts"].as_array().unwrap();
        let sum: i64 = parts.iter().map(|part| part["score"].as_i64().unwrap()).sum();
        assert!(
            best["alarm"].is_boolean() && best["score"] == sum && parts.iter().all(|part| part["words"].is_string())
        );
    }
    assert_eq!(lines[2]["documents"][0]["status"], "blank_stolen");
    let (_, text, _) = landfall(&arguments[..7]);
    assert!(text.contains("alarm") && text.contains("UT-1"), "{text}");
    let (code, _, said) = landfall(&["alerts", "search", &package, "--queries", &queries, "--least-version", "8"]);
    assert!(code != 0 && said.contains("alert_rollback"), "{said}");
}

#[test]
fn an_inspection_screens_and_says_whose_entry_it_is() {
    let folder = Folder::new("inspect");
    let zone = folder.file("mrz.txt", PASSPORT);
    let package = fixture("utopia.alerts");
    let (code, text, _) = landfall(&["inspect", &zone, "--alerts", &package, "--at", "2011-06-01", "--exit-code"]);
    assert_eq!(code, 10);
    for words in
        ["Alerts of Utopia Border, version 7", "document 1: lost", "entry UT-5, refuse", "person, ", "unpaid fine"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let cleared =
        folder.file("cleared.csv", "agency,entry,document_number,until\nUtopia Border,UT-1,L898902C3,2011-12-31\n");
    let (_, text, _) = landfall(&["inspect", &zone, "--alerts", &package, "--cleared", &cleared, "--at", "2011-06-01"]);
    assert!(text.contains("cleared: not this person") && text.contains("false match cleared"), "{text}");
    let (code, _, said) = landfall(&["inspect", &zone, "--alerts", &fixture("utopia-covert.alerts")]);
    assert!(code != 0 && said.contains("covert"), "{said}");
}

#[test]
fn what_an_author_got_wrong_is_named_with_line_and_column_and_the_rest_is_kept() {
    let folder = Folder::new("faults");
    let list = folder.file(
        "list.csv",
        "id,names,dobs,authority,review_by\n1,\"DOE, Jane\",1974-08-12,Police,2031-01-01\n2,Ali,,Police,2031-01-01\n,X,,,\n3,\"ROE, Jim\",soon,Police,2031-01-01\n",
    );
    let (code, said, faults) = landfall(&["alerts", "check", &list]);
    assert_eq!(code, 1, "an entry would stop half the world");
    assert!(said.contains("entry 2: name alone") && said.contains("3 entries"), "{said}");
    assert!(faults.contains("line 4 column 0") && faults.contains("line 5 column 3"), "{faults}");
    let (code, said, warned) = build(&list, &folder.path("list.alerts"), &[]);
    assert!(code == 0 && said.contains("3 entries") && said.contains("unsigned"), "{said}");
    assert!(warned.contains("entry 2 would stop many"), "{warned}");
}

#[test]
fn a_spoilt_package_and_a_bad_key_are_errors() {
    let folder = Folder::new("spoilt");
    let mut bytes = std::fs::read(fixture("utopia.alerts")).unwrap();
    let end = bytes.len();
    bytes[end / 2] ^= 1;
    let spoilt = folder.file("spoilt.alerts", &bytes);
    let (code, said, _) = landfall(&["alerts", "check", &spoilt]);
    assert!(code == 1 && said.contains("page"), "{said}");
    let cut = folder.file("cut.alerts", &bytes[..end / 2]);
    assert_ne!(landfall(&["alerts", "show", &cut]).0, 0);
    let key = folder.file("key.hex", "no key");
    assert_ne!(build(&fixture("utopia.csv"), &folder.path("x"), &["--key", &key]).0, 0);
    assert!(!folder.0.join("x").exists());
}
