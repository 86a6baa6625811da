//! The command as a user drives it: arguments, files, output, exit codes.

use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n";

/// A folder of its own for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("landfall-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn landfall() -> Command {
    Command::new(env!("CARGO_BIN_EXE_landfall"))
}

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn fed(command: &mut Command, input: &str) -> (i32, String, String) {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn inspecting_a_folder_prints_why_what_was_checked_what_was_not_and_what_would_help() {
    let folder = Folder::new("inspect");
    folder.file("mrz.txt", PASSPORT);
    let (code, out, err) = run(landfall().args(["inspect", "--at", "2011-06-01"]).arg(&folder.0));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("REFER"), "{out}");
    for part in [
        "Why",
        "specimen",
        "Checked",
        "mrz.check_digit.composite",
        "Not checked",
        "What would help",
        "Confidence",
        "2011-06-01T00:00:00Z",
    ] {
        assert!(out.contains(part), "{part} is missing in\n{out}");
    }
    assert!(!out.contains('\x1b'), "no colour where there is no terminal");
    let order = ["Why", "Checked", "Not checked", "What would help"].map(|title| out.find(title).unwrap());
    assert!(order.is_sorted());
}

#[test]
fn each_folder_is_one_traveller_and_a_bad_one_does_not_cost_the_others() {
    let (good, bad) = (Folder::new("good"), Folder::new("bad"));
    good.file("mrz.txt", PASSPORT);
    bad.file("notes.txt", "nothing of interest");
    let (code, out, _) = run(landfall().args(["inspect", "--json", "--at", "2011-06-01"]).args([&good.0, &bad.0]));
    let lines = json_lines(&out);
    assert_eq!((code, lines.len()), (0, 2));
    assert_eq!(lines[0]["recommendation"], "refer");
    assert_eq!(lines[1]["error"]["kind"], "unknown_content");
}

#[test]
fn a_file_that_cannot_be_read_is_named_beside_those_that_can() {
    let folder = Folder::new("mixed");
    folder.file("a.txt", PASSPORT);
    folder.file("b.txt", PASSPORT.trim_end().trim_end_matches('0'));
    let (code, out, _) = run(landfall().args(["inspect", "--json", "--at", "2011-06-01"]).arg(&folder.0));
    let line = &json_lines(&out)[0];
    assert_eq!(code, 0);
    assert_eq!(line["inputs"][0]["kind"], "mrz");
    assert_eq!(
        line["inputs"][1]["error"],
        serde_json::json!({"kind":"mrz_line_length","part":"mrz line 2","offset":43})
    );
}

#[test]
fn what_cannot_be_read_at_all_ends_with_three_and_says_where() {
    let folder = Folder::new("unreadable");
    let short = folder.file("short.txt", &PASSPORT[1..]);
    let (code, out, err) = run(landfall().arg("inspect").arg(&short));
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("mrz_line_length in mrz line 1 at offset 43"), "{err}");
    let (code, _, err) = run(landfall().args(["inspect", "no-such-file"]));
    assert_eq!(code, 3);
    assert!(err.contains("no-such-file"), "{err}");
    assert_eq!(run(landfall().args(["mrz", "parse"]).arg(&short)).0, 3);
}

#[test]
fn wrong_usage_ends_with_two() {
    for args in [&["inspect"][..], &["frobnicate"], &["inspect", "x", "--at", "yesterday"], &["mrz"]] {
        assert_eq!(run(landfall().args(args)).0, 2, "{args:?}");
    }
}

#[test]
fn the_exit_code_tells_the_recommendation_only_when_asked() {
    let folder = Folder::new("exit");
    folder.file("mrz.txt", PASSPORT);
    let at = ["inspect", "--at", "2011-06-01"];
    assert_eq!(run(landfall().args(at).arg(&folder.0)).0, 0);
    assert_eq!(run(landfall().args(at).arg("--exit-code").arg(&folder.0)).0, 10);
}

#[test]
fn facts_come_from_files_and_from_arguments() {
    let folder = Folder::new("facts");
    folder.file("mrz.txt", PASSPORT);
    let same = r#"{"reporter":"officer","claim":"holder_comparison","result":"same"}"#;
    let outcome = |line: &Value| {
        let checks = line["checks"].as_array().unwrap().clone();
        checks.into_iter().find(|check| check["id"] == "holder.comparison").unwrap()["outcome"].clone()
    };
    let base = || {
        let mut command = landfall();
        command.args(["inspect", "--json", "--at", "2011-06-01"]).arg(&folder.0);
        command
    };
    assert_eq!(outcome(&json_lines(&run(&mut base()).1)[0]), "not_performed");
    assert_eq!(outcome(&json_lines(&run(base().args(["--fact", same])).1)[0]), "passed");
    folder.file("facts.jsonl", format!("{same}\n"));
    assert_eq!(outcome(&json_lines(&run(&mut base()).1)[0]), "passed");
    assert_eq!(run(base().args(["--fact", "{}"])).0, 3);
}

#[test]
fn the_policy_is_named_in_the_result_and_may_be_a_file() {
    let folder = Folder::new("policy");
    let zone = folder.file("mrz.txt", PASSPORT);
    let kind = |policy: &str| {
        let (code, out, err) =
            run(landfall().args(["inspect", "--json", "--at", "2011-06-01", "--policy", policy]).arg(&zone));
        assert_eq!(code, 0, "{err}");
        json_lines(&out)[0]["policy"].clone()
    };
    assert_eq!(kind("training")["kind"], "training");
    let default = kind("default");
    assert_eq!(kind(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/default.toml")), default);
    let broken = folder.file("broken.toml", "name = ");
    assert_eq!(run(landfall().args(["inspect", "--policy"]).arg(&broken).arg(&zone)).0, 3);
}

#[test]
fn parsing_shows_every_field_and_every_check() {
    let (code, out, _) = fed(landfall().args(["mrz", "parse", "--at", "2011-06-01", "-"]), PASSPORT);
    assert_eq!(code, 0);
    for part in ["td3", "2:1-9", "L898902C3", "mrz.check_digit.composite", "passed"] {
        assert!(out.contains(part), "{part}\n{out}");
    }
    let (_, out, _) = fed(landfall().args(["mrz", "parse", "--json", "--at", "2011-06-01", "-"]), PASSPORT);
    let line = &json_lines(&out)[0];
    assert_eq!(line["layout"], "td3");
    assert_eq!(line["document"]["document_number"], "L898902C3");
    assert_eq!(line["person"]["birth_date"], "1974-08-12");
    assert_eq!(
        line["fields"][3],
        serde_json::json!({"field":"document_number","line":2,"columns":[1,9],"raw":"L898902C3"})
    );
}

#[test]
fn lines_may_be_given_as_arguments_and_a_reader_may_have_its_own_mark() {
    let lines: Vec<_> = PASSPORT.lines().map(|line| line.replace("L898902C3", "L8989~2C3")).collect();
    let arguments = ["mrz", "parse", "--json", "--at", "2011-06-01", "--line", &lines[0], "--line", &lines[1]];
    let unread = |out: &str| json_lines(out)[0]["fields"][3]["raw"].clone();
    assert_eq!(unread(&run(landfall().args(arguments)).1), "L8989~2C3");
    assert_eq!(unread(&run(landfall().args(arguments).args(["--unread", "~"])).1), "L8989?2C3");
}

#[test]
fn many_zones_give_one_line_each_and_a_bad_one_an_error() {
    let folder = Folder::new("many");
    let (good, bad) = (folder.file("good.txt", PASSPORT), folder.file("bad.txt", "P<UTO"));
    let (code, out, _) = run(landfall().args(["mrz", "parse", "--json", "--at", "2011-06-01"]).args([&good, &bad]));
    let lines = json_lines(&out);
    assert_eq!((code, lines.len()), (0, 2));
    assert_eq!(lines[0]["layout"], "td3");
    assert_eq!(lines[1]["error"]["kind"], "mrz_line_length");
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, out, _) = run(landfall().args(["completions", shell]));
        assert_eq!(code, 0);
        assert!(out.contains("landfall") && out.contains("inspect"), "{shell}");
    }
}

#[test]
fn a_listener_that_goes_away_is_no_trouble() {
    let folder = Folder::new("pipe");
    let zone = folder.file("mrz.txt", PASSPORT);
    let many = vec![zone.as_os_str(); 2000];
    let mut child = landfall()
        .args(["mrz", "parse", "--json"])
        .args(many)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_chip_speaks_neither_for_the_officer_nor_for_the_page() {
    let folder = Folder::new("speaks");
    folder.file("mrz.txt", PASSPORT);
    let same = r#"{"reporter":"officer","claim":"holder_comparison","result":"same"}"#;
    for (name, content) in [("DG5", same), ("EF.COM", same), ("dg13.bin", PASSPORT), ("note.txt", same)] {
        let path = folder.file(name, content);
        let (code, out, _) = run(landfall().args(["inspect", "--json", "--at", "2011-06-01"]).arg(&folder.0));
        let line = &json_lines(&out)[0];
        let input = line["inputs"].as_array().unwrap().iter().find(|input| input["file"] == name).unwrap().clone();
        assert_eq!((code, &input["error"]["kind"]), (0, &Value::from("unknown_content")), "{name}");
        let outcome = |id: &str| {
            let checks = line["checks"].as_array().unwrap();
            checks.iter().find(|check| check["id"] == id).unwrap()["outcome"].clone()
        };
        assert_eq!(
            (outcome("holder.comparison"), outcome("engine.input")),
            ("not_performed".into(), "undetermined".into()),
            "{name}"
        );
        std::fs::remove_file(path).unwrap();
    }
}

#[cfg(all(feature = "optical", feature = "barcode", feature = "specimen"))]
#[test]
fn pictures_of_papers_are_read_verified_and_compared() {
    let folder = Folder::new("pages");
    let pages = folder.0.join("pages");
    let (code, _, err) = run(landfall().args(["specimen", "--kind", "pages", "--at", "2026-11-01"]).arg(&pages));
    assert_eq!((code, err.as_str()), (0, ""));
    let signer = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/specimens/utopia-trust/seal-signer-uto.der");
    let more = ["--json", "--at", "2026-11-01", "--ppi", "300", "--trust", signer];
    let (code, out, err) = run(landfall().arg("inspect").args(more).arg(&pages));
    assert_eq!((code, err.as_str()), (0, ""));
    let line: Value = serde_json::from_str(&out).unwrap();
    let kinds: Vec<_> = line["inputs"].as_array().unwrap().iter().map(|input| &input["kind"]).collect();
    assert_eq!(kinds, ["picture"; 5], "two lights of one page are two files");
    let outcome = |id: &str| {
        let checks = line["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["id"] == id).unwrap();
        check["outcome"].as_str().unwrap().to_owned()
    };
    for id in
        ["seal.signature", "cross.seal_visa", "cross.licence_passport", "optical.mrz_infrared", "optical.mrz_geometry"]
    {
        assert_eq!(outcome(id), "passed", "{id}");
    }
    let (code, out, _) =
        run(landfall().args(["read", "--json", "--trust", signer, "--at", "2026-11-01"]).arg(pages.join("visa.jpg")));
    let line: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &line["mrz"][0]["accepted"]), (0, &Value::from(true)));
    let seal = &line["barcodes"][0]["seal"];
    assert_eq!(seal["checks"][0]["outcome"], "passed");
    let passport = std::fs::read(pages.join("passport.jpg")).unwrap();
    let frames = ["web-frame1.jpg", "web-frame2.jpg"].map(|name| folder.file(name, &passport));
    let (code, out, _) = run(landfall().args(["read", "--json", "--frames"]).args(&frames));
    let line: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, line["mrz"].as_array().unwrap().len()), (0, 1), "one line for all frames");
    let (_, out, _) = run(landfall().args(["inspect", "--json"]).args(&frames));
    let line: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(line["documents"].as_array().unwrap().len(), 1, "frames of one page open one document");
    let blank = folder.file("blank.jpg", &std::fs::read(pages.join("visa.jpg")).unwrap()[..5000]);
    let (code, out, _) = run(landfall().args(["inspect", "--json"]).arg(pages.join("passport.jpg")).arg(blank));
    let line: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &line["inputs"][1]["error"]["kind"]), (0, &Value::from("image_unreadable")));
}
