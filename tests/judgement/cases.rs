//! Random evidence and random policies, from a seed.

use landfall::assess::{Action, Expected, Ground, Policy, Verdict, judge};
use landfall::check::{Axis, Check, CheckId, Outcome, Reason, Seen, Subject};
use landfall::fact::Reporter;
use std::fmt::Write;

/// How many cases each property is held against.
pub const CASES: u64 = if cfg!(debug_assertions) { 2_000 } else { 1_000_000 };

/// The generator SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// From `low` to `high`, both included.
    fn within(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1) as usize) as i32
    }

    pub fn index<T>(&mut self, of: &[T]) -> Option<usize> {
        (!of.is_empty()).then(|| self.below(of.len()))
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    pub fn subject(&mut self) -> Subject {
        match self.below(8) {
            0 => Subject::Inspection,
            1 | 2 => Subject::Traveller,
            3..=6 => Subject::Document(1),
            _ => Subject::Document(2),
        }
    }

    /// Any check, sometimes reported, sometimes with a weight or an age.
    fn check(&mut self) -> Check {
        let id = self.pick(CheckId::ALL);
        // Mostly where the check belongs, so that the same check is met twice.
        let subject = if self.one_in(2) { place(id) } else { self.subject() };
        let outcome = if self.one_in(2) { Outcome::Passed } else { self.pick(Outcome::ALL) };
        let mut check = Check::new(id, subject, outcome, self.pick(Reason::ALL));
        self.evidence(&mut check);
        check
    }

    fn evidence(&mut self, check: &mut Check) {
        if self.one_in(3) {
            check.evidence.reporter = Some(self.pick(Reporter::ALL));
        }
        if self.one_in(4) {
            check.evidence.seen = Some(Seen::Weight(self.within(-300, 300)));
        }
        if self.one_in(4) {
            check.evidence.age_days = Some(self.within(-1, 100));
        }
    }
}

/// Where a check of the catalogue is made on the first document of an inspection.
fn place(id: CheckId) -> Subject {
    match id {
        CheckId::EngineClock => Subject::Inspection,
        CheckId::AlertPerson | CheckId::RuleEntry => Subject::Traveller,
        _ if id.entry().axis == Axis::Holder => Subject::Traveller,
        _ => Subject::Document(1),
    }
}

/// The first way of meeting every requirement of a profile, passed; `paper` without a chip.
pub fn complete(policy: &Policy, profile: &str) -> Vec<Check> {
    let profile = policy.explain().profiles.iter().find(|row| row.name == profile).unwrap();
    let ids = profile.requirements.iter().map(|requirement| requirement.passed[0]);
    let mut checks: Vec<_> = ids.map(|id| Check::new(id, place(id), Outcome::Passed, Reason::Confirmed)).collect();
    if profile.name == "paper" {
        let chip = checks.iter_mut().find(|check| check.id == CheckId::ChipExpected).unwrap();
        (chip.outcome, chip.reason) = (Outcome::NotPresent, Reason::NoChipSymbol);
    }
    checks
}

/// The evidence of one inspection.
#[derive(Clone)]
pub struct Case {
    pub checks: Vec<Check>,
    pub expected: Vec<Expected>,
}

impl Case {
    pub fn judge(&self, policy: &Policy) -> Verdict {
        judge(policy, &self.checks, &self.expected)
    }

    /// A complete set of some profile with a few things changed, or a handful of anything.
    pub fn random(policy: &Policy, random: &mut Random) -> Self {
        let mut checks = Vec::new();
        if !random.one_in(4) {
            let names: Vec<_> = policy.explain().profiles.iter().map(|row| row.name.as_str()).collect();
            checks = complete(policy, random.pick(&names));
        }
        let expected: Vec<_> = checks
            .iter()
            .filter(|_| random.one_in(2))
            .map(|check| Expected { id: check.id, subject: check.subject })
            .collect();
        for _ in 0..random.below(3) {
            if let Some(index) = random.index(&checks) {
                checks[index].outcome = random.pick(Outcome::ALL);
                checks[index].reason = random.pick(Reason::ALL);
            }
        }
        for _ in 0..random.below(3) {
            if let Some(index) = random.index(&checks) {
                random.evidence(&mut checks[index]);
            }
        }
        let more = if checks.is_empty() { 12 } else { 3 };
        for _ in 0..random.below(more) {
            checks.push(random.check());
        }
        Self { checks, expected }
    }
}

/// A policy file with random numbers, grounds and profiles; if `wild`, sometimes one in which failing helps.
pub fn random_policy(random: &mut Random, wild: bool) -> String {
    let mut text = String::from("name = \"random\"\nversion = 1\nissued = \"2026-11-22\"\n");
    text += "weak_algorithms_until = \"2014-01-01\"\nkind = \"operational\"\n";
    let mut number = |low: i32, high: i32| {
        let turned = wild && random.one_in(60);
        let value = random.within(low, high);
        if turned { -value } else { value }
    };
    let low = number(1, 20);
    let cap = [number(1, 200), number(1, 200), number(1, 200), number(1, 200)];
    let groups = [number(1, 90), number(1, 90), number(1, 90), number(1, 90)];
    write!(text, "clear_threshold = {}\n[levels]\nlow = {}\n", number(1, 20).abs(), low.abs()).unwrap();
    write!(text, "medium = {}\nhigh = 150\nvery_high = 200\n", number(21, 40)).unwrap();
    write!(text, "[reporter_caps]\nofficer = {}\nreader = {}\n", cap[0], cap[1]).unwrap();
    write!(text, "face_matcher = {}\nsystem = {}\n", cap[2], cap[3]).unwrap();
    text += "[actions]\ncheck_failed = [\"supervisor\"]\nincomplete = [\"complete_checks\"]\n";
    for (place, cap) in groups.iter().enumerate() {
        let axis = if place == 3 { "h" } else { "d" };
        write!(text, "[[group]]\nname = \"{axis}{place}\"\ncap = {cap}\nrationale = \"r\"\n").unwrap();
    }
    weights(&mut text, random, wild);
    grounds(&mut text, random, wild);
    for place in 0..=random.below(2) {
        profile(&mut text, random, place);
    }
    text
}

fn weights(text: &mut String, random: &mut Random, wild: bool) {
    let weighable = CheckId::ALL.iter().filter(|id| id.entry().axis != Axis::Admissibility);
    for (place, id) in weighable.enumerate() {
        let group = if id.entry().axis == Axis::Holder { "h3".to_owned() } else { format!("d{}", place % 3) };
        let absent = -random.within(0, 40);
        let (mut pass, mut fail) = (random.within(1, 120), absent - random.within(1, 200));
        if wild && random.one_in(100) {
            (pass, fail) = (fail, pass);
        }
        writeln!(text, "[[weight]]\ncheck = \"{id}\"\ngroup = \"{group}\"\npass = {pass}\nabsent = {absent}").unwrap();
        writeln!(text, "fail = {fail}\nbasis = \"assumed\"\nrationale = \"r\"").unwrap();
    }
}

fn grounds(text: &mut String, random: &mut Random, wild: bool) {
    for id in CheckId::ALL.iter().filter(|id| **id == CheckId::EngineClock || random.one_in(4)).collect::<Vec<_>>() {
        let outcome = match random.below(3) {
            0 if wild && random.one_in(10) => Outcome::Passed,
            0 => random.pick(&[Outcome::Undetermined, Outcome::NotPerformed, Outcome::Aborted]),
            _ => Outcome::Failed,
        };
        let (ground, action) = (random.pick(Ground::ALL), random.pick(Action::ALL));
        writeln!(text, "[[ground]]\nground = \"{ground}\"\nchecks = [\"{id}\"]\noutcome = \"{outcome}\"").unwrap();
        writeln!(text, "actions = [\"{action}\"]").unwrap();
        let not_failed = outcome != Outcome::Failed;
        if (!not_failed && random.one_in(3)) || (not_failed && wild && random.one_in(10)) {
            *text += "recommend = \"refuse\"\nlaw = \"Border Act\"\n";
        }
    }
}

fn profile(text: &mut String, random: &mut Random, place: usize) {
    let mut names: Vec<_> = CheckId::ALL.iter().map(|id| id.name()).collect();
    random.shuffle(&mut names);
    let list = |names: &[&str]| names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let fixed = ["sod.path", "alert.person"];
    let free: Vec<_> = names.into_iter().filter(|name| !fixed.contains(name)).collect();
    writeln!(text, "[[profile]]\nname = \"p{place}\"\nrationale = \"r\"\nrequire = [{}]", list(&fixed)).unwrap();
    writeln!(text, "require_if_present = [{}]", list(&free[..4])).unwrap();
    writeln!(text, "require_one_of = [[\"holder.comparison\", \"holder.face\"], [{}]]", list(&free[4..6])).unwrap();
    for risk in 0..random.below(3) {
        writeln!(text, "[[profile.accept]]\nrisk = \"r{risk}\"\nrationale = \"r\"").unwrap();
        let outcomes = ["\"not_present\"", "\"not_performed\", \"aborted\"", "\"undetermined\""];
        writeln!(text, "checks = [{}]\noutcomes = [{}]", list(&free[5..9]), random.pick(&outcomes)).unwrap();
        if random.one_in(3) {
            *text += "max_age_days = 30\n";
        }
    }
}

/// Whether a random policy lets a failure help, told from its text and not by the loader.
pub fn failure_helps(text: &str) -> bool {
    let policy: toml::Table = text.parse().unwrap();
    let rows = |table: &str| policy.get(table).and_then(|t| t.as_array()).cloned().unwrap_or_default();
    let number = |row: &toml::Value, key: &str| row.get(key).and_then(toml::Value::as_integer).unwrap();
    let weight = |row: &toml::Value| {
        let (pass, absent, fail) = (number(row, "pass"), number(row, "absent"), number(row, "fail"));
        !(pass >= 0 && 0 >= absent && absent >= fail)
    };
    let ground = |row: &toml::Value| {
        let outcome = row.get("outcome").and_then(toml::Value::as_str).unwrap();
        outcome == "passed" || (outcome != "failed" && row.get("recommend").is_some())
    };
    let levels = &policy["levels"];
    let steps = ["low", "medium", "high", "very_high"].map(|key| number(levels, key));
    let caps = policy["reporter_caps"].as_table().unwrap().values().map(|cap| cap.as_integer().unwrap());
    steps.windows(2).any(|pair| pair[0] >= pair[1])
        || caps.chain(rows("group").iter().map(|row| number(row, "cap"))).any(|cap| cap < 0)
        || rows("weight").iter().any(weight)
        || rows("ground").iter().any(ground)
}
