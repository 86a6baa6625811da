//! `landfall bench`: what every stage costs on this hardware, against what nobody can leave out.
//!
//! The material is a specimen of Utopia that is issued here, so that nothing has to be at hand. Every stage and its
//! floor run in turn, and the least of many rounds counts, so that a busy machine says the same as an idle one. The
//! floors are our own bare loops, hashes and verifications (the latter through `ring`); peers are compared by
//! `cargo bench`.

use super::args::BenchArgs;
use super::paint::Paint;
use super::{Done, Trouble};
use landfall::assess::{Expected, Policy, judge};
use landfall::check::Subject;
use landfall::crypto::{HashAlgorithm, SignatureAlgorithm, verify};
use landfall::date::Time;
use landfall::deviation::Deviations;
use landfall::engine::{Engine, Inspection};
use landfall::error::{Error, ErrorKind, Part};
use landfall::lds::{Content, ElementaryFile, Kind};
use landfall::mrz::{self, Reader};
use landfall::passive::{Terms, verify as verify_chip};
use landfall::pki::Certificate;
use landfall::specimen::{self, DigitalSignature, Folder, Order};
use serde::Serialize;
use std::hint::black_box;
use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long one round of a stage runs at least.
const ROUND: Duration = Duration::from_millis(2);
/// How often stage and floor are run in turn.
const ROUNDS: u32 = 30;

/// What one stage costs.
#[derive(Serialize)]
struct Cost {
    stage: &'static str,
    nanoseconds: u64,
    floor: &'static str,
    floor_nanoseconds: u64,
    /// Hundredths.
    ratio_percent: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    goal_percent: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    met: Option<bool>,
}

/// The report as JSON.
#[derive(Serialize)]
struct Costs {
    landfall: &'static str,
    target: &'static str,
    optimised: bool,
    stages: Vec<Cost>,
}

pub(super) fn run(args: &BenchArgs) -> Done {
    let material = Material::new().map_err(|error| Trouble::Engine("bench".to_owned(), error))?;
    let costs = Costs {
        landfall: env!("CARGO_PKG_VERSION"),
        target: std::env::consts::ARCH,
        optimised: !cfg!(debug_assertions),
        stages: material.costs(),
    };
    let mut out = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, &costs).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", text(&costs, Paint::for_output()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn text(costs: &Costs, paint: Paint) -> String {
    let title = format!("landfall {} on {}", costs.landfall, costs.target);
    let mut text = format!("{}\n", paint.strong(&title));
    if !costs.optimised {
        text += "this is a debug build: the figures say nothing of what is shipped\n";
    }
    for cost in &costs.stages {
        let micro = |nanoseconds: u64| format!("{}.{:03} µs", nanoseconds / 1000, nanoseconds % 1000);
        let ratio = format!("{}.{:02}", cost.ratio_percent / 100, cost.ratio_percent % 100);
        let goal = match (cost.goal_percent, cost.met) {
            (Some(goal), Some(met)) => {
                let word = if met { "met" } else { "missed" };
                format!(" (goal {}.{:02}: {word})", goal / 100, goal % 100)
            }
            _ => String::new(),
        };
        let floor = format!("{} ({})", cost.floor, micro(cost.floor_nanoseconds));
        text += &format!("  {:<44} {:>14} = {ratio:>7} × {floor}{goal}\n", cost.stage, micro(cost.nanoseconds));
    }
    text
}

/// A specimen, and what is asked of it.
struct Material {
    at: Time,
    page: Vec<u8>,
    files: Vec<Vec<u8>>,
    engine: Engine,
    policy: Policy,
    /// Two bare verifications of the chain, and one on P-256.
    chain: [Bare; 2],
    p256: Bare,
}

/// One verification without anything around it.
struct Bare {
    certificate: Certificate,
    algorithm: SignatureAlgorithm,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl Bare {
    fn verify(&self) {
        let told = verify(&self.certificate.public_key(), self.algorithm, &self.message, &self.signature);
        let _ = black_box(told);
    }
}

fn chip_files(folder: &Folder) -> Vec<Vec<u8>> {
    let of_chip = folder.files().iter().filter(|file| file.name.starts_with("DG") || file.name.starts_with("EF"));
    of_chip.map(|file| file.bytes.clone()).collect()
}

/// The bare verifications behind EF.SOD: of the security object, and of its signer.
fn bare(folder: &Folder, algorithm: SignatureAlgorithm) -> Result<[Bare; 2], Error> {
    let missing = Error::new(ErrorKind::NotFound, Part::Sod, 0);
    let mut seen = Deviations::new();
    let file = ElementaryFile::read(folder.file("EF.SOD").ok_or(missing)?, &mut seen)?;
    let Content::Sod(sod) = file.content(&mut seen)? else { return Err(missing) };
    let signer = sod.signed.signers.first().ok_or(missing)?;
    let certificate = sod.signed.certificates.first().ok_or(missing)?;
    let certificate = Certificate::parse(certificate.raw, &mut seen)?;
    let of_signer = Bare {
        certificate: Certificate::parse(specimen::anchor(), &mut seen)?,
        algorithm: certificate.algorithm(),
        message: certificate.body().to_vec(),
        signature: certificate.signature().to_vec(),
    };
    let attributes = signer.attributes.as_ref().ok_or(missing)?;
    let message = attributes.as_received();
    Ok([Bare { certificate, algorithm, message, signature: signer.signature.to_vec() }, of_signer])
}

impl Material {
    fn new() -> Result<Self, Error> {
        let at = Time::parse("2026-11-01T12:00:00Z")?;
        let order = Order::new(specimen::Kind::Genuine, 1, at);
        let folder = order.issue()?.folder;
        let mut elliptic = order;
        elliptic.signature = DigitalSignature::EcdsaP256;
        let [p256, _] = bare(&elliptic.issue()?.folder, SignatureAlgorithm::Ecdsa(HashAlgorithm::Sha256))?;
        let missing = Error::new(ErrorKind::NotFound, Part::MrzText, 0);
        Ok(Self {
            at,
            page: folder.file("mrz.txt").ok_or(missing)?.to_vec(),
            files: chip_files(&folder),
            engine: Engine::new()?,
            policy: Policy::default_policy()?,
            chain: bare(&folder, SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha256))?,
            p256,
        })
    }

    /// The inspection of the whole specimen.
    fn inspect(&self) -> Inspection {
        let mut inspection = self.engine.inspect(self.at);
        let _ = inspection.read_mrz(&self.page);
        for file in &self.files {
            let _ = inspection.read_chip_file(1, file);
        }
        inspection
    }

    /// The five check digits of the zone, the plain way.
    fn digits(&self) {
        let line = self.page.rsplit(|byte| *byte == b'\n').find(|line| !line.is_empty()).unwrap_or_default();
        let at = |range: core::ops::Range<usize>| line.get(range).unwrap_or_default();
        let composite = [at(0..10), at(13..20), at(21..43)];
        for parts in [&[at(0..9)][..], &[at(13..19)], &[at(21..27)], &[at(28..42)], &composite] {
            let characters = parts.iter().flat_map(|part| part.iter());
            let weighed = characters
                .zip([7_u32, 3, 1].into_iter().cycle())
                .map(|(character, weight)| weight * char::from(*character).to_digit(36).unwrap_or(0));
            black_box(weighed.sum::<u32>() % 10);
        }
    }

    fn hashes(&self) {
        for file in &self.files {
            black_box(HashAlgorithm::Sha256.digest(black_box(file)));
        }
    }

    fn passive(&self) {
        let mut seen = Deviations::new();
        let files: Vec<_> = self.files.iter().filter_map(|bytes| ElementaryFile::read(bytes, &mut seen).ok()).collect();
        let terms = Terms { at: self.at, weak_until: self.policy.identity().weak_until };
        black_box(verify_chip(&files, self.engine.trust(), &terms, Subject::Document(1)));
    }

    fn parsed(&self) {
        let mut seen = Deviations::new();
        for file in self.files.iter().filter_map(|bytes| ElementaryFile::read(bytes, &mut Deviations::new()).ok()) {
            if file.kind() != Kind::Unknown {
                let _ = black_box(file.content(&mut seen));
            }
        }
    }

    fn costs(&self) -> Vec<Cost> {
        let checks = self.inspect().assess().checks;
        let checks: Vec<_> = checks.iter().copied().cycle().take(60).collect();
        let expected: Vec<_> = checks.iter().map(|check| Expected { id: check.id, subject: check.subject }).collect();
        let zone = mrz::parse(&self.page).ok();
        let floor = || {
            self.chain.iter().for_each(Bare::verify);
            self.hashes();
        };
        let rsa = "two bare RSA verifications and hashing";
        let mut costs = vec![
            cost("zone: parse", "five bare digits", Some(400), &|| drop(black_box(mrz::parse(&self.page))), &|| {
                self.digits();
            }),
            cost("chip: every file taken apart", "hashing", None, &|| self.parsed(), &|| self.hashes()),
            cost("chip: passive authentication", rsa, Some(125), &|| self.passive(), &floor),
            cost(
                "judgement of 60 checks",
                "one P-256 verification",
                Some(10),
                &|| drop(black_box(judge(&self.policy, &checks, &expected))),
                &|| self.p256.verify(),
            ),
            cost("inspection of page and chip", rsa, None, &|| drop(black_box(self.inspect().assess())), &floor),
        ];
        if let Some(zone) = zone {
            let repair = || drop(black_box(mrz::repair(black_box(&zone), Reader::OcrB)));
            costs.insert(
                1,
                cost("zone: repair", "zone: parse", Some(1000), &repair, &|| {
                    drop(black_box(mrz::parse(&self.page)));
                }),
            );
        }
        #[cfg(feature = "emrtd")]
        costs.push(cost("portrait as PNG", "hashing", None, &|| self.portrait(), &|| self.hashes()));
        costs
    }

    #[cfg(feature = "emrtd")]
    fn portrait(&self) {
        let inspection = self.inspect();
        if let Some(picture) = inspection.pictures(1).first() {
            let _ = black_box(landfall::portrait::png(&picture.image, picture.file));
        }
    }
}

/// Runs a stage and its floor in turn.
fn cost(stage: &'static str, floor: &'static str, goal: Option<u64>, run: &dyn Fn(), bare: &dyn Fn()) -> Cost {
    let runs = [run, bare].map(calibrated);
    let mut least = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        for ((least, run), runs) in least.iter_mut().zip([run, bare]).zip(runs) {
            *least = round(run, runs).min(*least);
        }
    }
    let picoseconds = |index: usize| {
        let (time, runs) = (least.get(index).copied().unwrap_or_default(), runs.get(index).copied().unwrap_or(1));
        time.as_nanos().saturating_mul(1000) / u128::from(runs)
    };
    let (of_stage, of_floor) = (picoseconds(0), picoseconds(1));
    let ratio = u64::try_from(of_stage * 100 / of_floor.max(1)).unwrap_or(u64::MAX);
    let nanoseconds = |picoseconds: u128| u64::try_from(picoseconds / 1000).unwrap_or(u64::MAX);
    Cost {
        stage,
        nanoseconds: nanoseconds(of_stage),
        floor,
        floor_nanoseconds: nanoseconds(of_floor),
        ratio_percent: ratio,
        goal_percent: goal,
        met: goal.map(|goal| ratio <= goal),
    }
}

/// How many runs fill a round.
fn calibrated(run: &dyn Fn()) -> u32 {
    let mut runs = 1;
    while runs < 1 << 20 && round(run, runs) < ROUND {
        runs *= 2;
    }
    runs
}

fn round(run: &dyn Fn(), runs: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..runs {
        run();
    }
    start.elapsed()
}
