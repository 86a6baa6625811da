//! Pages through an inspection: zones, barcodes and lights from pictures of our own specimens, to the checks that they are for.
#![cfg(all(feature = "optical", feature = "barcode", feature = "specimen"))]

use landfall::barcode::Symbology;
use landfall::check::{CheckId, Outcome, Reason};
use landfall::date::Time;
use landfall::engine::{Assessment, Engine, Page as Pictures};
use landfall::image::{PixelFormat, View};
use landfall::mrz::Layout;
use landfall::optical::Reader;
use landfall::pki::{TrustStore, Voucher};
use landfall::specimen::page::frame::Frame;
use landfall::specimen::page::typeface::Typeface;
use landfall::specimen::page::{Class, Page, Script};
use landfall::specimen::{self, Papers};

fn at() -> Time {
    Time::parse("2026-11-01T08:00:00Z").unwrap()
}

/// A picture as a scanner hands it over: octets and their format.
struct Shot {
    octets: Vec<u8>,
    format: PixelFormat,
    width: usize,
    height: usize,
}

impl Shot {
    fn of(frame: &Frame) -> Self {
        let format = if frame.is_grey() { PixelFormat::Grey8 } else { PixelFormat::Rgb8 };
        Self { octets: frame.octets(), format, width: frame.width, height: frame.height }
    }

    fn view(&self) -> View<'_> {
        View::new(&self.octets, self.format, self.width, self.height, 0).unwrap()
    }
}

fn lines(text: &[u8]) -> Vec<String> {
    String::from_utf8(text.to_vec()).unwrap().lines().map(str::to_owned).collect()
}

fn shot(layout: Layout, lines: Vec<String>, symbols: Vec<(Symbology, Vec<u8>)>, class: Class) -> Shot {
    let face = Typeface::strokes();
    let script = Script { layout, lines, symbols };
    Shot::of(&Page::showing(&script, class, 7, &face, &face).unwrap().shot.frame)
}

/// Every paper of a traveller as a picture: the passport's page, the visa with its seal, the boarding pass, the licence.
fn pictured(kind: Papers) -> Vec<Shot> {
    let papers = specimen::papers(kind, 1, at()).unwrap();
    let file = |name: &str| papers.file(name).unwrap().to_vec();
    vec![
        shot(Layout::Td3, lines(&file("mrz.txt")), Vec::new(), Class::Scanner300),
        shot(
            Layout::MrvA,
            lines(&file("visa.txt")),
            vec![(Symbology::DataMatrix, file("visa-seal.bin"))],
            Class::Scanner300,
        ),
        shot(Layout::Td3, Vec::new(), vec![(Symbology::Aztec, file("boarding-pass.txt"))], Class::Scanner300),
        shot(Layout::Td3, Vec::new(), vec![(Symbology::Pdf417, file("licence.txt"))], Class::Scanner300),
    ]
}

fn engine() -> Engine {
    let mut store = TrustStore::new();
    let trust = specimen::trust(at()).unwrap();
    for name in ["seal-signer-uto.der", "seal-signer-yto.der"] {
        store.import(trust.file(name).unwrap(), &Voucher::new("a test")).unwrap();
    }
    Engine::new().unwrap().with_trust(store)
}

fn inspected(shots: &[Shot]) -> Assessment {
    let mut inspection = engine().inspect(at());
    let mut reader = Reader::new();
    for shot in shots {
        let page = Pictures { visible: Some(shot.view()), ..Pictures::default() };
        assert!(!inspection.read_page(&mut reader, &page).unwrap().is_empty());
    }
    inspection.assess()
}

fn outcomes(assessment: &Assessment, id: CheckId) -> Vec<Outcome> {
    assessment.checks.iter().filter(|check| check.id == id).map(|check| check.outcome).collect()
}

#[test]
fn papers_on_pages_reach_their_cross_checks() {
    let assessment = inspected(&pictured(Papers::Genuine));
    for id in [
        CheckId::CrossSealVisa,
        CheckId::CrossSealPassport,
        CheckId::CrossLicencePassport,
        CheckId::CrossPassName,
        CheckId::CrossVisaPassport,
        CheckId::SealSignature,
    ] {
        assert_eq!(outcomes(&assessment, id), [Outcome::Passed], "{id}");
    }
}

#[test]
fn papers_of_another_holder_are_told_from_pictures_too() {
    let shots = pictured(Papers::OtherLicence);
    let assessment = inspected(&[&shots[0], &shots[3]].map(|shot| Shot { octets: shot.octets.clone(), ..*shot }));
    assert_eq!(outcomes(&assessment, CheckId::CrossLicencePassport), [Outcome::Failed]);
}

/// The assessment of one page, and what it says of a check.
fn seen(page: &Pictures<'_>, id: CheckId) -> (Outcome, Reason) {
    let mut inspection = engine().inspect(at());
    inspection.read_page(&mut Reader::new(), page).unwrap();
    let assessment = inspection.assess();
    let check = assessment.checks.iter().find(|check| check.id == id).unwrap();
    (check.outcome, check.reason)
}

fn passport(class: Class) -> Shot {
    let papers = specimen::papers(Papers::Genuine, 1, at()).unwrap();
    shot(Layout::Td3, lines(papers.file("mrz.txt").unwrap()), Vec::new(), class)
}

#[test]
fn infrared_light_confirms_a_zone_misses_one_and_contradicts_another() {
    let visible = passport(Class::Scanner300);
    let mut page = Pictures { visible: Some(visible.view()), ..Pictures::default() };
    let nothing = (Outcome::NotPerformed, Reason::NothingGiven);
    assert_eq!(seen(&page, CheckId::OpticalMrzInfrared), nothing);
    let infrared = passport(Class::Infrared);
    page.infrared = Some(infrared.view());
    assert_eq!(seen(&page, CheckId::OpticalMrzInfrared), (Outcome::Passed, Reason::Confirmed));
    let blank = vec![230; 700 * 500];
    page.infrared = Some(View::new(&blank, PixelFormat::Grey8, 700, 500, 0).unwrap());
    assert_eq!(seen(&page, CheckId::OpticalMrzInfrared), (Outcome::Failed, Reason::InfraredBlank));
    let other = specimen::papers(Papers::Genuine, 2, at()).unwrap();
    let other = shot(Layout::Td3, lines(other.file("mrz.txt").unwrap()), Vec::new(), Class::Infrared);
    page.infrared = Some(other.view());
    assert_eq!(seen(&page, CheckId::OpticalMrzInfrared).0, Outcome::Failed);
    let dark = vec![30; 700 * 500];
    page.ultraviolet = Some(View::new(&dark, PixelFormat::Grey8, 700, 500, 0).unwrap());
    assert_eq!(seen(&page, CheckId::OpticalUltraviolet), (Outcome::Passed, Reason::Confirmed));
    let alone = Pictures { infrared: Some(infrared.view()), ..Pictures::default() };
    assert_eq!(seen(&alone, CheckId::OpticalMrzReading), (Outcome::Passed, Reason::Confirmed));
}

#[test]
fn a_zone_is_measured_where_the_resolution_is_known() {
    let visible = passport(Class::Scanner300);
    let page = |ppi| Pictures { visible: Some(visible.view()), ppi: Some(ppi), ..Pictures::default() };
    assert_eq!(seen(&page(300), CheckId::OpticalMrzGeometry), (Outcome::Passed, Reason::Confirmed));
    assert_eq!(seen(&page(250), CheckId::OpticalMrzGeometry), (Outcome::Failed, Reason::ZoneMisplaced));
    let mut inspection = engine().inspect(at());
    inspection.read_page(&mut Reader::new(), &Pictures { ppi: None, ..page(300) }).unwrap();
    assert!(outcomes(&inspection.assess(), CheckId::OpticalMrzGeometry).is_empty(), "nothing is said without it");
}

#[test]
fn a_zone_that_was_read_unsurely_is_no_zone_that_was_read() {
    let clean = passport(Class::Scanner300);
    let assessment = inspected(core::slice::from_ref(&clean));
    assert_eq!(outcomes(&assessment, CheckId::OpticalMrzReading), [Outcome::Passed]);
    // A third of the first line, the name among it, under a grey bar.
    let mut stained = Shot { octets: clean.octets.clone(), ..clean };
    let reading = Reader::new().read(&clean.view());
    let [left, right, ..] = reading[0].quad();
    let octets = clean.octets.len() / (clean.width * clean.height);
    let (from, to) = ((left.0 + (right.0 - left.0) * 0.2) as usize, (left.0 + (right.0 - left.0) * 0.4) as usize);
    for row in left.1 as usize..left.1 as usize + 40 {
        for level in &mut stained.octets[(row * clean.width + from) * octets..(row * clean.width + to) * octets] {
            *level = 70;
        }
    }
    let assessment = inspected(core::slice::from_ref(&stained));
    assert_eq!(outcomes(&assessment, CheckId::OpticalMrzReading), [Outcome::Undetermined]);
    let gaps: Vec<_> = assessment.verdict.gaps.iter().map(|gap| gap.check).collect();
    assert!(gaps.contains(&CheckId::OpticalMrzReading), "and it is a gap");
}
