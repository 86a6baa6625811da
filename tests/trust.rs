//! The trust store of a post through the command: brought in, kept, shown, compared, and never half written.
#![cfg(all(feature = "specimen", feature = "cli"))]
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use data_encoding::BASE64;
use landfall::date::Time;
use landfall::pki::TrustStore;
use landfall::specimen;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const AT: &str = "2026-11-01T12:00:00Z";

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("landfall-trust-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn landfall(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_landfall")).args(args).output().unwrap()
}

fn fine(args: &[&str]) -> String {
    let output = landfall(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&fine(args)).unwrap()
}

fn fixture(name: &str) -> String {
    format!("{}/fixtures/specimens/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn import(store: &str, files: &[&str]) -> String {
    let mut args = vec!["trust", "import", "--store", store, "--at", AT, "--vouched-by", "the ministry", "--test"];
    args.extend(files);
    fine(&args)
}

#[test]
fn a_store_is_brought_in_shown_compared_exported_and_believed() {
    let folder = Folder::new("whole");
    let (first, second) = (folder.path("first.trust"), folder.path("second.trust"));
    let [list, revocations] = ["utopia-trust/uto.ml", "utopia-trust/uto.crl"].map(fixture);
    import(&first, &[&list]);
    import(&second, &[&revocations, &list, "--never-publishes", "XY"]);
    let shown = json(&["trust", "show", "--json", "--country", "UT", &second]);
    assert_eq!((&shown["anchors"], &shown["revision"], &shown["damaged"]), (&2.into(), &1.into(), &0.into()));
    assert_eq!(shown["of_country"][0]["sources"][0]["vouched_by"], "the ministry");
    assert_eq!(shown["lists"][0]["publisher"], "UTO");
    assert_eq!(shown["revocation_lists"].as_array().unwrap().len(), 2);
    let listed = fine(&["trust", "list", &second]);
    assert_eq!(listed.lines().count(), 2);
    let diff = fine(&["trust", "diff", &first, &second]);
    assert!(diff.starts_with("added         revocation_list UTO"), "{diff}");
    assert_eq!(diff.lines().count(), 1);
    let bare = folder.path("bare.der");
    fine(&["trust", "export", &second, "--out", &bare]);
    assert_eq!(fs::read(&bare).unwrap(), fs::read(fixture("utopia-trust/bare.ml")).unwrap());
    let pem = folder.path("uto.pem");
    fine(&["trust", "export", &second, "--out", &pem, "--form", "pem", "--country", "UTO"]);
    assert_eq!(json(&["trust", "audit", "--json", &pem])["certificates"], 1);
    assert_eq!(json(&["trust", "audit", "--json", &second])["signatures"]["verified"], 2);
    let revoked = fixture("utopia-passport-revoked-signer");
    let line = json(&["inspect", "--json", "--at", AT, "--policy", "training", "--trust", &second, &revoked]);
    assert_eq!(line["grounds"][0]["ground"], "signer_revoked");
}

#[test]
fn readiness_says_what_is_there_what_is_old_and_what_is_missing() {
    let folder = Folder::new("ready");
    let store = folder.path("post.trust");
    import(&store, &[&fixture("utopia-trust/uto.crl"), &fixture("utopia-trust/uto.ml")]);
    let ready = |at: &str| json(&["trust", "readiness", "--json", "--at", at, &store]);
    let of = |value: &Value, code: &str| {
        let issuers = value["issuers"].as_array().unwrap().clone();
        issuers.into_iter().find(|issuer| issuer["country"] == code).unwrap()
    };
    let now = ready(AT);
    let utopia = of(&now, "UTO");
    assert_eq!((&utopia["ready"], &utopia["revocation"]), (&true.into(), &"current".into()));
    assert_eq!(utopia["revocation_due_in_days"], 88);
    assert_eq!(now["lists"][0]["age_days"], 5);
    assert!(now["without_anchor"].as_array().unwrap().len() > 200);
    let other = of(&now, &fine(&["trust", "list", "--json", &store]).lines().find_map(second_country).unwrap());
    assert_eq!((&other["ready"], &other["revocation"]), (&false.into(), &"unobtainable".into()));
    let later = of(&ready("2027-03-01"), "UTO");
    assert_eq!((&later["ready"], &later["revocation"]), (&false.into(), &"stale".into()));
    let last = of(&ready("2030-01-01"), "UTO");
    assert_eq!(last["successor_missing"], true);
    let text = fine(&["trust", "readiness", "--at", AT, &store]);
    assert!(text.starts_with("1 of 2 issuers with an anchor are ready"), "{text}");
}

fn second_country(line: &str) -> Option<String> {
    let line: Value = serde_json::from_str(line).unwrap();
    let country = line["countries"][0].as_str().unwrap().to_owned();
    (country != "UTO").then_some(country)
}

/// The values of the directory's three files in one, with two that are wrong.
fn directory() -> String {
    let value = |attribute: &str, file: &str| {
        let text = format!("{attribute}:: {}", BASE64.encode(&fs::read(fixture(file)).unwrap()));
        let lines: Vec<_> = text.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
        lines.join("\n ")
    };
    let list = value("pkdMasterListContent", "utopia-trust/uto.ml");
    let crl = value("certificateRevocationList;binary", "utopia-trust/uto.crl");
    format!(
        "version: 1\n\ndn: o=crl,c=UT\n{crl}\n\ndn: o=ml,c=UT\nsn: 1\n{list}\n\ndn: o=dsc,c=XY\nuserCertificate;binary:: MIIB\n\
         userCertificate;binary:: ***\n"
    )
}

#[test]
fn a_directory_file_is_taken_and_what_is_wrong_in_it_is_named() {
    let folder = Folder::new("ldif");
    let (store, file) = (folder.path("post.trust"), folder.path("pkd.ldif"));
    fs::write(&file, directory()).unwrap();
    let printed = import(&store, &[&file]);
    let mut lines = printed.lines();
    assert!(lines.next().unwrap().ends_with("1 revocation lists, 1 unverified; 2 left out"), "{printed}");
    assert!(lines.all(|line| line.contains("entry 3 o=dsc,c=XY usercertificate")), "{printed}");
    let shown = json(&["trust", "show", "--json", &store]);
    assert_eq!((&shown["anchors"], &shown["revocation_lists"][0]["number"].is_string()), (&2.into(), &true));
    let anchors = fine(&["trust", "list", &file]);
    assert_eq!(anchors.lines().count(), 2);
}

#[test]
fn a_damaged_store_is_refused_and_something_else_is_no_store() {
    let folder = Folder::new("damaged");
    let store = folder.path("post.trust");
    import(&store, &[&fixture("utopia-trust/uto.ml")]);
    let mut bytes = fs::read(&store).unwrap();
    bytes[80] ^= 1;
    fs::write(&store, bytes).unwrap();
    let refused = landfall(&["trust", "list", &store]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("trust_store_damaged"));
    let list = fixture("utopia-trust/uto.ml");
    assert_eq!(landfall(&["trust", "show", &list]).status.code(), Some(2));
    let into = landfall(&["trust", "import", "--store", &store, &list]);
    assert_eq!(into.status.code(), Some(3), "a damaged store is not written over");
}

/// Kills an import after a while that grows from try to try, and looks at what is left.
#[test]
fn an_import_that_is_killed_at_any_moment_leaves_the_old_store_or_the_new_one() {
    let folder = Folder::new("kill");
    let store = folder.path("post.trust");
    let at = Time::parse(AT).unwrap();
    import(&store, &[&fixture("utopia-trust/csca-uto.der")]);
    let list = fixture("utopia-trust/uto.ml");
    let (tries, mut revision) = (if cfg!(debug_assertions) { 12 } else { 60 }, 1);
    let mut killed = 0;
    for step in 0..tries {
        let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
        let args = ["trust", "import", "--store", &store, "--at", AT, "--test", &list];
        let mut child = command.args(args).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(step * 2));
        let _ = child.kill();
        killed += u32::from(!child.wait().unwrap().success());
        let opened = TrustStore::open(fs::read(&store).unwrap()).unwrap();
        let now = opened.revision().0;
        assert!(now == revision || now == revision + 1, "{step}");
        assert_eq!((opened.len(), opened.damaged()), (if now == 1 { 1 } else { 2 }, 0));
        assert_eq!(opened.revision().1, Some(at));
        revision = now;
    }
    println!("{killed} of {tries} were killed, the last revision is {revision}");
    assert!(Path::new(&store).exists() && specimen::anchor().len() > 100);
}
