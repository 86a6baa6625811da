//! The Python binding: its own tests, and what its README shows, with the C library as a host would load it.
#![cfg(feature = "capi")]

mod capi;

use capi::{is_here, libraries, root, shown_in, succeed};
use std::process::Command;

fn python(script: &str) -> Command {
    let mut python = Command::new("python3");
    python.args(["-B", "-W", "error"]).arg(root().join(script));
    python.env("LANDFALL_LIBRARY", libraries().join("liblandfall.so"));
    python
}

#[test]
fn the_binding_passes_its_own_tests() {
    if is_here("python3", "the tests of the Python binding") {
        let mut tests = python("bindings/python/test_landfall.py");
        #[cfg(all(feature = "barcode", feature = "specimen"))]
        tests.env("LANDFALL_PAGE", capi::visa_page());
        let output = succeed(&mut tests);
        let report = String::from_utf8_lossy(&output.stderr);
        assert!(report.contains("\nOK\n"), "{report}");
    }
}

#[test]
fn the_example_of_the_readme_prints_what_the_readme_says() {
    if is_here("python3", "the example of the Python binding") {
        let printed = String::from_utf8(succeed(&mut python("bindings/python/example.py")).stdout).unwrap();
        shown_in("bindings/python/README.md", &[("python", "bindings/python/example.py")], &printed);
    }
}
