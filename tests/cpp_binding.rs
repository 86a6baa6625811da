//! The C++ binding: it compiles without a warning in C++11 and later, and does what its README shows.
#![cfg(feature = "capi")]

mod capi;

use capi::{Link, compile, is_here, root, run_watched, shown_in};

#[test]
fn the_c_header_is_clean_in_both_languages_by_itself() {
    compile("gcc", "c99", &root().join("tests/c/alone.c"), Link::Shared);
    if is_here("g++", "the header in C++11") {
        compile("g++", "c++11", &root().join("tests/c/alone.cpp"), Link::Shared);
    }
}

#[test]
fn a_cpp_host_gets_results_errors_and_ownership() {
    if is_here("g++", "the tests of the C++ binding") {
        for (standard, link) in [("c++17", Link::Shared), ("c++11", Link::Static)] {
            let program = compile("g++", standard, &root().join("bindings/cpp/test.cpp"), link);
            let fixtures = root().join("fixtures/specimens");
            #[allow(unused_mut, reason = "only some builds draw pages")]
            let mut arguments = vec![fixtures.to_str().unwrap()];
            #[cfg(all(feature = "barcode", feature = "specimen"))]
            arguments.push(capi::visa_page().to_str().unwrap());
            run_watched(&program, &arguments);
        }
    }
}

#[test]
fn the_example_of_the_readme_prints_what_the_readme_says() {
    if is_here("g++", "the example of the C++ binding") {
        let program = compile("g++", "c++11", &root().join("bindings/cpp/example.cpp"), Link::Shared);
        let printed = String::from_utf8(run_watched(&program, &[]).stdout).unwrap();
        shown_in("bindings/cpp/README.md", &[("cpp", "bindings/cpp/example.cpp")], &printed);
    }
}
