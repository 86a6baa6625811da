//! The README shows what one will see: its output, its examples and its links are compared with the real ones.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The lines of the fenced block that begins with `opening`, without the fences and without blanks at the ends.
fn block(opening: &str) -> Vec<String> {
    let text = read("README.md");
    let (_, rest) = text.split_once(opening).unwrap_or_else(|| panic!("no block {opening}"));
    let (block, _) = rest.split_once("\n```").unwrap();
    block.lines().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_first_command_prints_what_the_readme_shows() {
    for command in ["inspect fixtures/specimens/utopia-passport ", "inspect fixtures/specimens/passport-text/mrz.txt "]
    {
        let shown = block(&format!("$ cargo run --release -- {command}"));
        let arguments = format!("{command}{}", shown[0]);
        let mut run = Command::new(env!("CARGO_BIN_EXE_landfall"));
        let output = run.current_dir(ROOT).args(arguments.split_whitespace()).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(shown[1..], lines(&printed), "{command}");
    }
}

#[test]
fn the_examples_are_the_files_that_are_built_and_run() {
    for (fence, file) in [
        ("```c\n", "examples/inspect.c"),
        ("```cpp\n", "bindings/cpp/example.cpp"),
        ("```python\n", "bindings/python/example.py"),
    ] {
        assert_eq!(block(fence), lines(&read(file)), "{file}");
    }
}

#[test]
fn every_link_of_the_documents_leads_somewhere() {
    let mut documents = vec!["README.md".to_owned()];
    for entry in fs::read_dir(Path::new(ROOT).join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        documents.extend(name.ends_with(".md").then(|| format!("docs/{name}")));
    }
    for document in documents {
        let text = read(&document);
        assert!(!text.contains("@@"), "{document} has a gap");
        let folder = Path::new(ROOT).join(&document).parent().unwrap().to_owned();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
            let file = target.split('#').next().unwrap();
            let outside = target.contains("://") || file.is_empty();
            assert!(outside || folder.join(file).exists(), "{document} links {target}");
        }
    }
}
