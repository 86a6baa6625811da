//! What is measured, what it is held against, and what one run of it allocates.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::{Duration, Instant};

const ROUNDS: usize = 60;

thread_local! {
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// Every call goes to the system's allocator unchanged; counting touches a thread's own cell only.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, request: Layout) -> *mut u8 {
        let _ = BYTES.try_with(|bytes| bytes.set(bytes.get() + request.size()));
        unsafe { System.alloc(request) }
    }

    unsafe fn dealloc(&self, block: *mut u8, request: Layout) {
        unsafe { System.dealloc(block, request) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Bytes that `run` asks of the allocator.
pub fn allocated(run: impl Fn()) -> usize {
    let before = BYTES.get();
    run();
    BYTES.get() - before
}

/// Whether a ratio is within its goal, in a word.
pub fn met(ratio: f64, goal: f64) -> &'static str {
    if ratio <= goal { "met" } else { "MISSED" }
}

/// Something that is measured.
pub struct Stage<'s> {
    pub name: String,
    pub run: Box<dyn Fn() + 's>,
}

impl<'s> Stage<'s> {
    pub fn new(name: impl Into<String>, run: impl Fn() + 's) -> Self {
        Self { name: name.into(), run: Box::new(run) }
    }
}

/// A stage, what it is held against, and how much more it may take.
pub struct Ratio<'s> {
    pub stage: Stage<'s>,
    pub floor: Stage<'s>,
    pub goal: f64,
}

/// Nanoseconds of one run of each: the least of many rounds in turn, so that a busy machine does not count.
fn costs(ratio: &Ratio<'_>) -> [f64; 2] {
    let mut least = [Duration::MAX; 2];
    let runs = 20;
    for _ in 0..ROUNDS {
        for (least, stage) in least.iter_mut().zip([&ratio.stage, &ratio.floor]) {
            let start = Instant::now();
            for _ in 0..runs {
                (stage.run)();
            }
            *least = start.elapsed().min(*least);
        }
    }
    least.map(|least| least.as_secs_f64() * 1e9 / f64::from(runs))
}

pub fn print_ratio(ratio: &Ratio<'_>) {
    let [stage, floor] = costs(ratio);
    let (goal, found) = (ratio.goal, stage / floor);
    println!(
        "{}: {:.1} µs = {found:.3} × {} of {:.1} µs (goal {goal}: {}); {} bytes allocated",
        ratio.stage.name,
        stage / 1000.0,
        ratio.floor.name,
        floor / 1000.0,
        met(found, goal),
        allocated(&ratio.stage.run)
    );
}
