//! How long a page takes to read, stage by stage, beside a bare pass over its pixels, and beside tesseract if it is there.
//!
//! The floor is the mean of every pixel of the picture: nothing that finds a zone can look at less. The peer is
//! `tesseract -l mrz --psm 6` on the bottom 26 % strip of the same page (processor time of the whole process), with the model in the folder
//! `mrz/models` of `LANDFALL_CORPUS`.
//!
//! `cargo bench --bench optical` prints one line for each stage.

use landfall::image::{Picture, PixelFormat, Pyramid, View};
use landfall::optical::Reader;
use landfall::specimen::page::frame::Encoding;
use landfall::specimen::page::typeface::Typeface;
use landfall::specimen::page::{Class, Page};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The least of several runs, so that what else the machine does counts little.
fn least<R>(mut work: impl FnMut() -> R) -> Duration {
    let run = |_| {
        let before = Instant::now();
        black_box(work());
        before.elapsed()
    };
    (0..7).map(run).min().unwrap_or_default()
}

fn main() {
    let face = Typeface::strokes();
    let page = Page::draw(Class::Scanner300, 20, &face, &face).expect("a page");
    let file = page.shot.frame.encode(Encoding::Jpeg(92)).expect("a file");
    let picture = Picture::read(&file).expect("a picture");
    let view = picture.view().expect("a view");
    let floor = least(|| {
        (0..view.height()).map(|row| view.row(row).iter().map(|level| u64::from(*level)).sum::<u64>()).sum::<u64>()
    });
    println!(
        "{} × {} pixels; times in milliseconds, and as multiples of a bare pass over the pixels",
        view.width(),
        view.height()
    );
    let tell = |name: &str, time: Duration| {
        println!("{name:>28} {:8.2} {:8.1}", time.as_secs_f64() * 1e3, time.as_secs_f64() / floor.as_secs_f64());
    };
    tell("bare pass", floor);
    tell("decode the file", least(|| Picture::read(&file).map(drop)));
    let mut pyramid = Pyramid::default();
    tell("grey planes", least(|| pyramid.of(&view).len()));
    let mut reader = Reader::new();
    let whole = least(|| reader.read(&view).len());
    tell("read the zone", whole);
    let (grey, width, height) = (page.shot.frame.octets(), page.shot.frame.width, page.shot.frame.height);
    let octets = grey.len() / (width * height);
    let format = if octets == 1 { PixelFormat::Grey8 } else { PixelFormat::Rgb8 };
    let half = View::new(&grey, format, width, height / 2, 0).expect("a view");
    tell("upper half, no zone", least(|| reader.read(&half).len()));
    tell("make a reader", least(Reader::new));
    peer(&page, whole);
}

/// The processor time of tesseract on the strip of the page, if program and model are there.
fn peer(page: &Page, own: Duration) {
    let Some(corpus) = std::env::var_os("LANDFALL_CORPUS") else {
        println!("tesseract: not run, LANDFALL_CORPUS is not set");
        return;
    };
    let mut strip = page.shot.frame.clone();
    let skipped = strip.height * 74 / 100;
    strip.pixels.drain(..skipped * strip.width);
    strip.height -= skipped;
    let path = std::env::temp_dir().join("landfall-bench-strip.png");
    std::fs::write(&path, strip.encode(Encoding::Png).expect("a file")).expect("written");
    let models = std::path::Path::new(&corpus).join("mrz/models");
    let run = || {
        let mut command = std::process::Command::new("tesseract");
        command.arg(&path).arg("stdout").args(["-l", "mrz", "--psm", "6", "--tessdata-dir"]).arg(&models);
        command
            .env("OMP_THREAD_LIMIT", "1")
            .stderr(std::process::Stdio::null())
            .output()
            .is_ok_and(|done| done.status.success())
    };
    if !run() {
        println!("tesseract: not installed");
        return;
    }
    let peer = least(run);
    println!(
        "{:>28} {:8.2}; ours is {:.3} of it (elapsed, one thread)",
        "tesseract on the strip",
        peer.as_secs_f64() * 1e3,
        own.as_secs_f64() / peer.as_secs_f64()
    );
}
