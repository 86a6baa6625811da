//! The C libraries, made as a host would make them, and the tools to build and run programs against them.

#![allow(dead_code, reason = "each test takes what it needs of it")]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn scratch() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// The folder that holds the shared and the static library.
///
/// They are built into a target folder of their own, because the one in use is locked by the `cargo test` that runs
/// this.
pub fn libraries() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let target = scratch().join("c-libraries");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(root()).args(["rustc", "--release", "--lib", "--crate-type", "cdylib,staticlib"]);
        cargo.args(["--no-default-features", "--features", "capi"]).arg("--target-dir").arg(&target);
        succeed(&mut cargo);
        target.join("release")
    })
}

/// Runs a command that has to succeed, and gives what it printed.
pub fn succeed(command: &mut Command) -> Output {
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => panic!("{command:?} could not be started: {error}"),
    };
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Whether a program of this machine can be started; says on the terminal that it is left out if not.
pub fn is_here(program: &str, what_is_left_out: &str) -> bool {
    let here = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !here {
        println!("NOT RUN, because `{program}` is not installed: {what_is_left_out}");
    }
    here
}

/// How a program is linked.
#[derive(Clone, Copy, PartialEq)]
pub enum Link {
    Shared,
    Static,
}

/// Compiles one source file, every warning an error, and gives the program.
pub fn compile(compiler: &str, standard: &str, source: &Path, link: Link) -> PathBuf {
    let libraries = libraries();
    let stem = source.file_stem().and_then(OsStr::to_str).unwrap();
    let kind = if link == Link::Shared { "shared" } else { "static" };
    let program = scratch().join(format!("{stem}-{compiler}-{kind}"));
    let mut command = Command::new(compiler);
    command.args([&format!("-std={standard}"), "-Wall", "-Wextra", "-Werror", "-pedantic", "-g", "-pthread"]);
    command.arg("-I").arg(root().join("include")).arg("-I").arg(root().join("bindings/cpp"));
    command.arg(source).arg("-o").arg(&program);
    match link {
        Link::Shared => {
            command.arg("-L").arg(libraries).arg("-llandfall");
            command.arg(format!("-Wl,-rpath,{}", libraries.display()));
        }
        Link::Static => {
            command.arg(libraries.join("liblandfall.a")).args(["-ldl", "-lm"]);
        }
    }
    succeed(&mut command);
    program
}

/// Runs a program plainly, and once more under valgrind where that is installed: no bad access, nothing lost.
pub fn run_watched(program: &Path, arguments: &[&str]) -> Output {
    let output = succeed(Command::new(program).args(arguments));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    if is_here("valgrind", &format!("{} under valgrind", program.display())) {
        let mut valgrind = Command::new("valgrind");
        valgrind.args(["-q", "--error-exitcode=99", "--leak-check=full", "--show-leak-kinds=all"]);
        valgrind.arg(format!("--suppressions={}", root().join("tests/c/valgrind.supp").display()));
        valgrind.arg("--errors-for-leak-kinds=all").arg(program).args(arguments);
        let watched = succeed(&mut valgrind);
        assert_eq!(watched.stdout, output.stdout, "another result under valgrind");
    }
    output
}

/// Holds a page against the files and the output that it shows, each in a block of its own.
pub fn shown_in(page: &str, sources: &[(&str, &str)], printed: &str) {
    let shown = fs::read_to_string(root().join(page)).unwrap();
    let is_shown = |language: &str, text: &str| shown.contains(&format!("```{language}\n{text}```\n"));
    for (language, path) in sources {
        let source = fs::read_to_string(root().join(path)).unwrap();
        assert!(is_shown(language, &source), "{page} does not show {path}");
    }
    assert!(is_shown("text", printed), "{page} does not show what is printed:\n{printed}");
}

/// A picture of a visa with its seal, as a file.
#[cfg(all(feature = "barcode", feature = "specimen"))]
pub fn visa_page() -> &'static Path {
    static DRAWN: OnceLock<PathBuf> = OnceLock::new();
    DRAWN.get_or_init(|| {
        let at = landfall::date::Time::parse("2026-11-01").unwrap();
        let (genuine, class) = (landfall::specimen::Papers::Genuine, landfall::specimen::page::Class::Scanner300);
        let folder = landfall::specimen::pages(genuine, 1, at, class).unwrap();
        let path = scratch().join("visa.jpg");
        fs::write(&path, folder.file("visa.jpg").unwrap()).unwrap();
        path
    })
}
