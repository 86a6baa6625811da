//! How fast a chip is verified and judged, as ratios to what nobody can leave out, measured in the same run.
//!
//! ```text
//! chain       files and 900 anchors in, checks out    the two bare verifications and hashing
//! judgement   60 checks in, verdict out               one P-256 verification
//! curve       key, message, signature in              OpenSSL with its key decoded
//! store       a store's file in                       parsing the certificates in it
//! openssl     as chain, issued by OpenSSL             the same floor, and CMS_verify with a warm store
//! ```
//!
//! `cargo bench --bench passive` prints the ratios first, with the bytes that one verification allocates, and criterion's
//! statistics behind them. OpenSSL, whose headers must be there, joins with `RUSTFLAGS="--cfg openssl_peer"`.
#![allow(clippy::missing_docs_in_private_items, missing_docs, reason = "a bench is its own documentation")]

mod chain;
mod curve;
mod judgement;
mod measure;
#[cfg(any(peers, openssl_peer))]
mod openssl;
mod store;

use criterion::Criterion;
use landfall::date::Time;

fn at() -> Time {
    Time::parse("2026-11-01T12:00:00Z").expect("a time")
}

fn print(ratios: &[measure::Ratio<'_>]) {
    ratios.iter().for_each(measure::print_ratio);
    curve::print();
    store::print();
    #[cfg(any(peers, openssl_peer))]
    openssl::print();
}

fn main() {
    let chains = chain::chains();
    let ratios: Vec<_> = chain::ratios(&chains).chain([judgement::ratio()]).collect();
    if std::env::args().any(|argument| argument == "--bench") {
        print(&ratios);
    } else {
        println!("ratios are not measured: this is no benchmark run");
    }
    let mut criterion = Criterion::default().configure_from_args();
    for ratio in &ratios {
        for stage in [&ratio.stage, &ratio.floor] {
            criterion.bench_function(&format!("{} / {}", ratio.stage.name, stage.name), |b| b.iter(|| (stage.run)()));
        }
    }
    criterion.final_summary();
}
