//! The specimens of Utopia through the command: each is refused for its own fault and for nothing else.
#![cfg(all(feature = "specimen", feature = "cli"))]

use serde_json::Value;
use std::process::Command;

const AT: &str = "2026-11-01T12:00:00Z";

fn inspect(folder: &str, more: &[&str]) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/specimens").join(folder);
    let path = path.to_str().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
    let output = command.args(["inspect", "--json", "--at", AT, path]).args(more).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn in_training(folder: &str) -> Value {
    inspect(folder, &["--policy", "training"])
}

/// Ground and check of each ground.
fn grounds(line: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let grounds = line["grounds"].as_array().unwrap();
    grounds.iter().map(|found| (text(&found["ground"]), text(&found["check"]))).collect()
}

fn gaps(line: &Value) -> Vec<String> {
    let gaps = line["gaps"].as_array().unwrap();
    gaps.iter().map(|gap| gap["check"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_genuine_specimen_fails_nothing_but_being_one_and_clears_in_training() {
    let operational = inspect("utopia-passport", &[]);
    assert_eq!(operational["recommendation"], "refer");
    let found = grounds(&operational);
    assert!(!found.is_empty() && found.iter().all(|(ground, _)| ground == "specimen"), "{found:?}");
    let training = in_training("utopia-passport");
    assert_eq!((&training["recommendation"], grounds(&training)), (&Value::from("clear"), vec![]));
    let open = ["engine.clock", "sod.revocation", "chip.authentic"];
    assert!(open.iter().all(|check| gaps(&training).contains(&(*check).to_owned())), "what was not done is listed");
}

#[test]
fn without_a_holder_nobody_clears_even_in_training() {
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/specimens/utopia-passport")).unwrap();
    let files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    let judge = |files: Vec<&std::path::PathBuf>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
        let output = command.args(["inspect", "--json", "--at", AT, "--policy", "training"]).args(files).output();
        let line: Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
        line["recommendation"].clone()
    };
    assert_eq!(judge(files.iter().collect()), "clear");
    assert_eq!(judge(files.iter().filter(|path| !path.ends_with("facts.json")).collect()), "refer");
}

#[test]
fn each_false_specimen_has_exactly_its_own_ground() {
    for (folder, ground, check) in [
        ("utopia-passport-altered", "data_group_altered", "sod.data_group_hash"),
        ("utopia-passport-photo-swapped", "data_group_altered", "sod.data_group_hash"),
        ("utopia-passport-unlisted-data-group", "data_group_altered", "sod.data_group_hash"),
        ("utopia-passport-rogue-signer", "signer_not_trusted", "sod.country"),
        ("utopia-passport-expired", "document_expired", "document.expiry"),
        ("utopia-passport-cloned", "chip_cloned", "chip.authentic"),
        ("utopia-passport-revoked-signer", "signer_revoked", "sod.revocation"),
        ("utopia-passport-listed-defect", "data_group_altered", "sod.data_group_hash"),
    ] {
        let line = in_training(folder);
        assert_eq!(line["recommendation"], "refer", "{folder}");
        assert_eq!(grounds(&line), [(ground.to_owned(), check.to_owned())], "{folder}");
    }
}

/// Trust material of Utopia.
fn published(name: &str) -> String {
    format!("{}/fixtures/specimens/utopia-trust/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Outcome of the hash of DG11, and whether it is said to be listed.
fn hash_of_dg11(line: &Value) -> (String, bool) {
    let checks = line["checks"].as_array().unwrap();
    let of_dg11 = |check: &&Value| check["id"] == "sod.data_group_hash" && check["evidence"]["file"] == "dg11";
    let check = checks.iter().find(of_dg11).unwrap();
    (check["outcome"].as_str().unwrap().to_owned(), check["evidence"]["deviation_listed"] == true)
}

#[test]
fn a_defect_that_the_issuer_lists_is_open_where_the_policy_says_so_and_of_no_other_document() {
    let lists = [published("uto.dl"), published("csca-uto.der")];
    let with_list = ["--policy", "training", "--trust", &lists[0], "--trust", &lists[1]];
    let line = inspect("utopia-passport-listed-defect", &with_list);
    assert_eq!(hash_of_dg11(&line), ("undetermined".to_owned(), true));
    assert_eq!((&line["recommendation"], grounds(&line)), (&Value::from("refer"), vec![]), "open is not passed");
    let altered = inspect("utopia-passport-altered", &with_list);
    assert_eq!(hash_of_dg11(&altered), ("failed".to_owned(), false), "it was issued on another day");
    // The same policy without the word about deviation lists.
    let training = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/training.toml")).unwrap();
    let (before, list) = training.split_once("explained_by_deviation_lists = [").unwrap();
    let strict = format!("{before}explained_by_deviation_lists = []{}", list.split_once(']').unwrap().1);
    let path = std::env::temp_dir().join(format!("landfall-strict-{}.toml", std::process::id()));
    std::fs::write(&path, strict).unwrap();
    let strict = ["--policy", path.to_str().unwrap(), "--trust", &lists[0], "--trust", &lists[1]];
    let line = inspect("utopia-passport-listed-defect", &strict);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(hash_of_dg11(&line), ("failed".to_owned(), true));
    assert_eq!(grounds(&line), [("data_group_altered".to_owned(), "sod.data_group_hash".to_owned())]);
}

#[test]
fn every_signature_and_encoding_that_can_be_ordered_passes() {
    let folder = std::env::temp_dir().join(format!("landfall-signatures-{}", std::process::id()));
    for signature in landfall::specimen::DigitalSignature::ALL {
        for encoding in landfall::specimen::Encoding::ALL {
            let path = folder.join(format!("{signature}-{encoding}"));
            let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
            command.args(["specimen", "--at", AT, "--signature", signature.name(), "--encoding", encoding.name()]);
            assert!(command.arg(&path).output().unwrap().status.success());
            let line = inspect(path.to_str().unwrap(), &["--policy", "training"]);
            let outcome = |id: &str| {
                let checks = line["checks"].as_array().unwrap();
                checks.iter().find(|check| check["id"] == id).unwrap()["outcome"].clone()
            };
            for id in ["sod.signature", "sod.path", "sod.country"] {
                assert_eq!(outcome(id), "passed", "{signature} {encoding} {id}");
            }
            let der = *encoding == landfall::specimen::Encoding::Der;
            assert_eq!(outcome("sod.profile") == "passed", der, "{signature} {encoding}");
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The revocation list of Utopia.
fn revocation_list() -> String {
    published("uto.crl")
}

#[test]
fn a_revoked_signer_is_refused_even_when_everything_else_passes() {
    let with_list = ["--policy", "training", "--trust", &revocation_list()];
    let line = inspect("utopia-passport-revoked-signer", &with_list);
    assert_eq!(line["recommendation"], "refer");
    assert_eq!(grounds(&line), [("signer_revoked".to_owned(), "sod.revocation".to_owned())]);
    let genuine = inspect("utopia-passport", &with_list);
    assert_eq!((&genuine["recommendation"], grounds(&genuine)), (&Value::from("clear"), vec![]));
    let is_it = |check: &&Value| check["check"] == "sod.revocation" || check["id"] == "sod.revocation";
    let check = genuine["checks"].as_array().unwrap().iter().find(is_it).unwrap();
    assert_eq!(check["outcome"], "passed");
    assert_eq!((&check["evidence"]["age_days"], &check["evidence"]["days_left"]), (&1.into(), &88.into()));
}

#[test]
fn a_clock_before_the_newest_revocation_list_clears_nothing() {
    let path = format!("{}/fixtures/specimens/utopia-passport", env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
    let training = ["--policy", "training", "--trust", &revocation_list()];
    let output = command.args(["inspect", "--json", "--at", "2026-10-20T00:00:00Z", &path]).args(training).output();
    let line: Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    assert!(grounds(&line).contains(&("clock".to_owned(), "engine.clock".to_owned())), "{line}");
}

#[test]
fn an_anchor_that_nobody_published_is_a_gap_and_no_accusation() {
    let line = in_training("utopia-passport-unknown-anchor");
    assert_eq!((&line["recommendation"], grounds(&line)), (&Value::from("refer"), vec![]));
    assert!(gaps(&line).contains(&"sod.path".to_owned()));
}

/// Outcome and reason of `chip.authentic`.
fn authentic(line: &Value) -> (String, String) {
    let checks = line["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["id"] == "chip.authentic").unwrap();
    (check["outcome"].as_str().unwrap().to_owned(), check["reason"].as_str().unwrap().to_owned())
}

#[test]
fn an_answer_counts_only_for_the_challenge_of_this_inspection_and_a_recording_never_does() {
    let challenge = "00112233445566fe";
    for (number, key) in ["p256", "rsa_2048"].iter().enumerate() {
        let folder = std::env::temp_dir().join(format!("landfall-answer-{}-{number}", std::process::id()));
        let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
        let issue = ["specimen", "--at", AT, "--challenge", challenge, "--chip-key", key];
        assert!(command.args(issue).arg(&folder).output().unwrap().status.success());
        let judge = |more: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
            command.args(["inspect", "--json", "--at", AT, "--policy", "training"]);
            let output = command.args(more).arg(&folder).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let line: Value = serde_json::from_slice(&output.stdout).unwrap();
            (authentic(&line), line["recommendation"].as_str().unwrap().to_owned())
        };
        let said = |outcome: &str, reason: &str, recommendation: &str| {
            ((outcome.to_owned(), reason.to_owned()), recommendation.to_owned())
        };
        assert_eq!(judge(&["--challenge", challenge]), said("passed", "chip_answered", "clear"), "{key}");
        assert_eq!(judge(&[]), said("undetermined", "foreign_challenge", "clear"), "a risk of an exercise");
        let other = judge(&["--challenge", "00112233445566ff"]);
        assert_eq!(other, said("aborted", "chip_did_not_answer", "refer"), "{key}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn a_recorded_answer_never_clears_at_a_counter() {
    let line = inspect("utopia-passport", &[]);
    assert_eq!(authentic(&line), ("undetermined".to_owned(), "foreign_challenge".to_owned()));
    assert!(line["confidence"]["profile"].is_null());
}

#[test]
fn what_the_reader_tells_of_the_chip_shows_in_the_result() {
    let fact = |rest: &str| format!(r#"{{"reporter":"reader","document":1,{rest}}}"#);
    let (bac, fingers) = (
        fact(r#""claim":"chip_access","protocol":"bac""#),
        fact(r#""claim":"chip_file_unread","file":"dg3","why":"access_denied""#),
    );
    let line = inspect("utopia-passport", &["--policy", "training", "--fact", &bac, "--fact", &fingers]);
    let checks = line["checks"].as_array().unwrap();
    let outcome = |id: &str| &checks.iter().find(|check| check["id"] == id).unwrap()["outcome"];
    assert_eq!((outcome("chip.access"), outcome("chip.file_read")), (&"passed".into(), &"not_present".into()));
    assert_eq!(line["recommendation"], "clear");
    let cut = fact(r#""claim":"chip_file_unread","file":"dg7","why":"cut_short""#);
    let line = inspect("utopia-passport", &["--policy", "training", "--fact", &cut]);
    assert_eq!(line["recommendation"], "refer");
    assert!(gaps(&line).contains(&"chip.file_read".to_owned()));
    let untold = in_training("utopia-passport");
    let risks: Vec<_> = untold["residual_risks"].as_array().unwrap().iter().map(|risk| risk["risk"].clone()).collect();
    assert!(risks.contains(&"access_not_told".into()), "{risks:?}");
}

#[test]
fn a_file_of_the_chip_that_cannot_be_read_prevents_clearing() {
    let folder = std::env::temp_dir().join(format!("landfall-chip-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let source = format!("{}/fixtures/specimens/utopia-passport", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        if path.file_name().unwrap() == "EF.COM" {
            bytes.truncate(5);
        }
        std::fs::write(folder.join(path.file_name().unwrap()), bytes).unwrap();
    }
    let path = folder.to_str().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
    let output = command.args(["inspect", "--json", "--at", AT, "--policy", "training", path]).output();
    std::fs::remove_dir_all(&folder).unwrap();
    let line: Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    assert_eq!(line["recommendation"], "refer");
    assert!(gaps(&line).contains(&"engine.input".to_owned()));
}

#[test]
fn trust_material_is_audited_and_listed() {
    let list = format!("{}/fixtures/specimens/utopia-trust/bare.ml", env!("CARGO_MANIFEST_DIR"));
    let run = |verb: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
        let output = command.args(["trust", verb, "--json", &list]).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let audit: Value = serde_json::from_str(&run("audit")).unwrap();
    assert_eq!(audit["certificates"], audit["parsed"]);
    assert!(audit["signatures"]["verified"].as_u64().unwrap() > 0);
    let anchors = run("list");
    assert_eq!(anchors.lines().count(), usize::try_from(audit["certificates"].as_u64().unwrap()).unwrap());
}

#[test]
fn the_command_issues_the_specimens_that_are_committed() {
    let folder = std::env::temp_dir().join(format!("landfall-issue-{}", std::process::id()));
    let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
    let output = command.args(["specimen", "--at", AT]).arg(&folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let committed = format!("{}/fixtures/specimens/utopia-passport", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(committed).unwrap() {
        let path = entry.unwrap().path();
        let issued = std::fs::read(folder.join(path.file_name().unwrap())).unwrap();
        assert!(issued == std::fs::read(&path).unwrap(), "{}", path.display());
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_chip_without_a_page_says_that_the_two_were_not_compared() {
    let source = format!("{}/fixtures/specimens/utopia-passport", env!("CARGO_MANIFEST_DIR"));
    let files =
        ["DG1", "DG2", "DG11", "DG12", "DG14", "DG15", "EF.COM", "EF.SOD"].map(|name| format!("{source}/{name}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
    let output = command.args(["inspect", "--json", "--at", AT, "--policy", "training"]).args(files);
    let line: Value = serde_json::from_slice(&output.output().unwrap().stdout).unwrap();
    assert_eq!(line["recommendation"], "refer");
    assert!(gaps(&line).contains(&"cross.dg1_mrz".to_owned()));
}

#[test]
fn a_specimen_is_not_written_over_something_else() {
    let folder = std::env::temp_dir().join(format!("landfall-full-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("mine.txt"), "mine").unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_landfall")).args(["specimen", "--at", AT]).arg(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[cfg(feature = "emrtd")]
#[test]
fn the_portrait_is_written_as_png_and_every_picture_as_it_is() {
    let folder = std::env::temp_dir().join(format!("landfall-pictures-{}", std::process::id()));
    let all = folder.join("all");
    std::fs::create_dir_all(&folder).unwrap();
    let portrait = folder.join("portrait.png");
    let [portrait_path, all_path] = [&portrait, &all].map(|path| path.to_str().unwrap());
    inspect("utopia-passport", &["--portrait", portrait_path, "--pictures", all_path]);
    let png = std::fs::read(&portrait).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    assert!(std::fs::read(all.join("1-dg2-1.png")).unwrap() == png);
    let dg2 = std::fs::read(format!("{}/fixtures/specimens/utopia-passport/DG2", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let jpeg = std::fs::read(all.join("1-dg2-1.jpg")).unwrap();
    assert!(dg2.windows(jpeg.len()).any(|part| part == jpeg));
    let page = format!("{}/fixtures/specimens/passport-text", env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
    let none = command.args(["inspect", "--at", AT, &page, "--portrait", portrait_path]).output().unwrap();
    assert_eq!(none.status.code(), Some(3), "a page of text has no portrait");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn every_stage_is_measured_against_its_floor() {
    let output = Command::new(env!("CARGO_BIN_EXE_landfall")).args(["bench", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let costs: Value = serde_json::from_slice(&output.stdout).unwrap();
    let stages = costs["stages"].as_array().unwrap();
    assert!(stages.len() >= 6 && stages.iter().all(|stage| stage["floor_nanoseconds"].as_u64() > Some(0)));
    assert!(stages.iter().all(|stage| stage["ratio_percent"].as_u64().is_some()), "{costs}");
}
