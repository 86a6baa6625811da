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

/// A list that takes a while to build.
fn long_list(people: usize) -> String {
    let rows = (0..people).map(|at| {
        let letters = |number: usize| char::from(b'A' + u8::try_from(number % 26).unwrap());
        let name = format!("{}ARKO{}{}, {}ILO", letters(at), letters(at / 26), letters(at / 676), letters(at / 7));
        format!("{at},\"{name}\",19{:02}-05-17,U{at:08},F,UTO\n", at % 100)
    });
    format!("id,names,dobs,docs,sex,nationality\n{}", rows.collect::<String>())
}

#[test]
fn a_build_that_is_killed_leaves_the_old_package_or_the_new_one_and_readers_see_no_other() {
    use landfall::alert::AlertList;
    let folder = Folder::new("kill");
    let list = folder.file("list.csv", long_list(4000));
    let (old, new, output) = (folder.path("old.alerts"), folder.path("new.alerts"), folder.path("list.alerts"));
    let arguments = |output: &str, version: &str| {
        let all = ["alerts", "build", &list, "--output", output, "--version", version, "--at", "2026-11-01"];
        all.map(str::to_owned)
    };
    let whole = std::time::Instant::now();
    for (output, version) in [(&old, "7"), (&new, "8"), (&output, "7")] {
        let status =
            Command::new(env!("CARGO_BIN_EXE_landfall")).args(arguments(output, version)).output().unwrap().status;
        assert!(status.success());
    }
    let whole = whole.elapsed() / 3;
    let [old, new] = [old, new].map(|path| std::fs::read(path).unwrap());
    let (mut seed, mut swapped, mut before) = (1_u64, 0, 7);
    for round in 0..if cfg!(debug_assertions) { 30 } else { 200 } {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let delay = whole.mul_f64(3.0 * (seed >> 40) as f64 / f64::from(1 << 24));
        let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
        let version = if before == 7 { "8" } else { "7" };
        command.args(arguments(&output, version)).stdout(std::process::Stdio::null());
        let mut child = command.spawn().unwrap();
        let end = std::time::Instant::now() + delay;
        while std::time::Instant::now() < end {
            // A counter that opens the list meanwhile.
            let open = AlertList::open(Box::new(std::fs::File::open(&output).unwrap()), 0).unwrap();
            open.verify().unwrap();
            assert!(matches!(open.labels().version, 7 | 8));
        }
        child.kill().ok();
        child.wait().unwrap();
        let found = std::fs::read(&output).unwrap();
        assert!(found == old || found == new, "round {round}: neither the old nor the new package");
        let version = if found == old { 7 } else { 8 };
        swapped += usize::from(version != before);
        before = version;
    }
    println!("{swapped} of the builds came to their end");
    assert!(swapped > 0, "some builds end before they are killed");
}

#[test]
fn lists_of_every_form_make_one_package() {
    let folder = Folder::new("forms");
    let lists = [
        folder.file("own.jsonl", "{\"id\":\"1\",\"names\":[\"QUILFEATHER, Ambrose\"],\"dobs\":[\"1959-03-02\"]}\n"),
        folder.file(
            "ftm.json",
            "{\"id\":\"Q1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Raphael Hythloday\"],\"birthDate\":[\"1960\"]}}\n\
             {\"id\":\"C1\",\"schema\":\"Company\"}\n",
        ),
        folder.file(
            "un.xml",
            "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>9</DATAID><FIRST_NAME>MARZIO</FIRST_NAME>\
             <SECOND_NAME>ABRAXAS</SECOND_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>",
        ),
        folder.file("sdn.csv", "7001,\"UTOPUS, Rex\",\"individual\",-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-,\"DOB 1961.\"\n"),
        folder.file("alt.csv", "7001,1,\"aka\",\"KONQUEROR, Regulus\",-0-\n"),
    ];
    let output = folder.path("all.alerts");
    let mut arguments = vec!["alerts", "build", "--output", &output];
    arguments.extend(lists.iter().map(String::as_str));
    let (code, out, err) = landfall(&arguments);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("4 entries") && err.contains("1 rows are of no persons"), "{out} {err}");
    let queries = folder.file(
        "q.csv",
        "id,surname,given,birth_date\na,QUILFEATHER,AMBROSE,1959-03-02\nb,HYTHLODAY,RAPHAEL,1960-01-02\n\
         c,ABRAXAS,MARZIO,\nd,KONQUEROR,REGULUS,1961-05-05\n",
    );
    let (code, out, _) = landfall(&["alerts", "search", &output, "--queries", &queries, "--json"]);
    let best: Vec<String> = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["matches"][0]["entry"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!((code, best), (0, ["1", "Q1", "9", "OFAC-7001"].map(str::to_owned).to_vec()));
}

#[test]
fn a_short_form_is_worth_what_the_host_says() {
    let folder = Folder::new("nicknames");
    let list = folder
        .file("list.csv", "id,names,dobs\n1,\"HYTHLODAY, Robert\",1960-05-17\n2,\"UTOPUS, Guadalupe\",1961-05-17\n");
    let queries =
        folder.file("q.csv", "id,surname,given,birth_date\na,HYTHLODAY,BOB,1960-05-17\nb,UTOPUS,LUPE,1961-05-17\n");
    let nicknames = folder.file("short.csv", "name1,relationship,name2\nguadalupe,has_nickname,lupe\nrobert,bob,rob\n");
    let scores = |more: &[&str]| -> Vec<i64> {
        let mut arguments = vec!["alerts", "search", &list, "--queries", &queries, "--json"];
        arguments.extend(more);
        let (code, out, err) = landfall(&arguments);
        assert_eq!((code, err.as_str()), (0, ""));
        let score = |line: &str| serde_json::from_str::<Value>(line).unwrap()["matches"][0]["score"].as_i64().unwrap();
        out.lines().map(score).collect()
    };
    let (without, with) = (scores(&[]), scores(&["--nicknames", &nicknames]));
    assert!(without.iter().zip(&with).all(|(without, with)| with > &(without + 100)), "{without:?} {with:?}");
    let wrong = folder.file("wrong.csv", [&b"robert,bob\n"[..], b"\xFF\xFE,rob\n"].concat());
    let (code, _, err) = landfall(&["alerts", "search", &list, "--queries", &queries, "--nicknames", &wrong]);
    assert!(code == 0 && err.contains("line 2 column 0: the row is not UTF-8"), "{err}");
}
