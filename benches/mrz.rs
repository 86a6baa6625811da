//! How fast a zone is read, as ratios to the physical floor measured in the same run.
//!
//! The floor is the bare 7-3-1 sum over the five fields of a passport that a check digit covers: value by match,
//! weight by index, one remainder at the end. Nothing that reads and checks a zone can do less.
//!
//! `cargo bench --bench mrz` prints the ratios first and criterion's statistics behind them.

use criterion::Criterion;
use landfall::check::Subject;
use landfall::date::Date;
use landfall::mrz::{self, Mrz, Reader};
use std::hint::black_box;
use std::time::{Duration, Instant};

const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
                        L898902C36UTO7408122F1204159ZE184226B<<<<<10";
const SECOND_LINE: &[u8] = b"L898902C36UTO7408122F1204159ZE184226B<<<<<10";

const WEIGHTS: [u32; 3] = [7, 3, 1];

/// The floor: one check digit, the plain way.
fn bare_digit(parts: &[&[u8]]) -> u32 {
    let mut sum = 0;
    let mut at = 0;
    for part in parts {
        for &character in *part {
            let value = match character {
                b'0'..=b'9' => u32::from(character - b'0'),
                b'A'..=b'Z' => u32::from(character - b'A') + 10,
                _ => 0,
            };
            sum += value * WEIGHTS[at % 3];
            at += 1;
        }
    }
    sum % 10
}

/// The five digits of a passport's second line.
fn bare_digits(line: &[u8]) -> [u32; 5] {
    [
        bare_digit(&[&line[..9]]),
        bare_digit(&[&line[13..19]]),
        bare_digit(&[&line[21..27]]),
        bare_digit(&[&line[28..42]]),
        bare_digit(&[&line[..10], &line[13..20], &line[21..43]]),
    ]
}

fn zone() -> Mrz {
    mrz::parse(PASSPORT).expect("a zone")
}

fn make_checks(zone: &Mrz) {
    let on = Date::new(2011, 6, 1).expect("a day");
    let checks = zone.checks(Subject::Document(1), on);
    checks.for_each(|check| {
        black_box(check);
    });
}

/// What is measured: each is run once by its function.
struct Stage {
    name: &'static str,
    run: fn(&Mrz),
}

const FLOOR: Stage = Stage {
    name: "floor: five bare digits",
    run: |_| {
        black_box(bare_digits(black_box(SECOND_LINE)));
    },
};
const PARSE: Stage = Stage {
    name: "parse",
    run: |_| {
        let _ = black_box(mrz::parse(black_box(PASSPORT)));
    },
};
const PARSE_AND_CHECKS: Stage = Stage {
    name: "parse and all thirteen checks",
    run: |_| make_checks(&mrz::parse(black_box(PASSPORT)).expect("a zone")),
};
const REPAIR: Stage = Stage {
    name: "repair of a clean zone",
    run: |zone| {
        black_box(mrz::repair(black_box(zone), Reader::OcrB));
    },
};
const STAGES: [Stage; 4] = [FLOOR, PARSE, PARSE_AND_CHECKS, REPAIR];

/// Nanoseconds of one run of each stage: the least of many rounds in turn, so that a busy machine does not count.
fn costs() -> [f64; STAGES.len()] {
    const RUNS: u32 = 5_000;
    let zone = zone();
    let mut least = [Duration::MAX; STAGES.len()];
    for _ in 0..200 {
        for (least, stage) in least.iter_mut().zip(&STAGES) {
            let start = Instant::now();
            for _ in 0..RUNS {
                (stage.run)(&zone);
            }
            *least = start.elapsed().min(*least);
        }
    }
    least.map(|least| least.as_secs_f64() * 1e9 / f64::from(RUNS))
}

fn print_ratios() {
    let [floor, parse, checks, repair] = costs();
    println!("{}: {floor:.0} ns", FLOOR.name);
    for (stage, cost, base, of, goal) in [
        (PARSE, parse, floor, "floor", Some(4.0)),
        (PARSE_AND_CHECKS, checks, floor, "floor", None),
        (REPAIR, repair, parse, "parse", Some(10.0)),
    ] {
        let ratio = cost / base;
        let goal = match goal {
            Some(goal) if ratio <= goal => format!(" (goal {goal}: met)"),
            Some(goal) => format!(" (goal {goal}: MISSED)"),
            None => String::new(),
        };
        println!("{}: {cost:.0} ns = {ratio:.2} × {of}{goal}", stage.name);
    }
}

fn main() {
    if std::env::args().any(|argument| argument == "--bench") {
        print_ratios();
    } else {
        println!("ratios are not measured: this is no benchmark run");
    }
    let mut criterion = Criterion::default().configure_from_args();
    for stage in STAGES {
        let zone = zone();
        criterion.bench_function(stage.name, |bencher| bencher.iter(|| (stage.run)(&zone)));
    }
    criterion.final_summary();
}
