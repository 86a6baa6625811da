//! Papers that go with a passport: a visa with its seal, a boarding pass, a driving licence; right ones, and ones with a
//! fault each.
//!
//! The seal is signed by the bar code signer of the issuer, whose certificate stands in the folder of trust material and
//! not beside the seal, as in life (Doc 9303-13 §2.3). The passport is its zone alone, so that every fault is told by the papers.
//!
//! Not done: seals of other documents than visas; licences with a subfile of a jurisdiction.

use super::bearer::Bearer;
use super::certificate::{Issuer, Period, Request, Role, certificate, serial};
use super::file::days_from;
use super::key::{SigningKey, p256};
use super::seed::Seed;
use super::trust::Csca;
use super::{Folder, invalid};
use crate::date::{Date, Time};
use crate::error::Result;
use crate::mrz::{self, Mrz};
use crate::numbered::numbered;
use crate::payload::{aamva, bcbp, c40, vds};
use crate::secret::Secret;

numbered! {
    /// What is wrong with the papers.
    pub enum Papers {
        /// Nothing.
        Genuine = 0, "visa";
        /// The seal allows a longer stay than was signed.
        SealAltered = 1, "visa_seal_altered";
        /// The visa is printed with another last day than its seal says.
        VisaAltered = 2, "visa_altered";
        /// The visa was issued for another passport of its holder.
        OtherPassport = 3, "visa_other_passport";
        /// The visa is of another person.
        OtherHolder = 4, "visa_other_holder";
        /// The second invented issuer signed the seal, with a good path to its own anchor.
        RogueSigner = 5, "visa_rogue_signer";
        /// The boarding pass is of another person.
        OtherPass = 6, "visa_other_boarding_pass";
        /// The licence is of another person.
        OtherLicence = 7, "visa_other_licence";
    }
}

/// The name of the bar code signers: two letters, the last of their signer identifiers.
const SIGNER: &str = "VS";
/// How long visas are valid.
const VISA_DAYS: i64 = 180;

/// Issues the papers of the bearer `seed`, to be shown at `at`.
///
/// The folder holds `mrz.txt` (the passport), `visa.txt`, `visa-seal.bin`, `boarding-pass.txt` and `licence.txt`.
///
/// # Errors
/// `BadArgument` outside of the years of the authorities, 2024 to 2038.
pub fn papers(kind: Papers, seed: u64, at: Time) -> Result<Folder> {
    let issued = days_from(at, -30)?;
    let bearer = Bearer::of(seed);
    let other = Bearer::of(seed.wrapping_add(1));
    let passport = bearer.zone(days_from(issued, 3651)?.date())?;
    let until = days_from(issued, VISA_DAYS)?.date();
    let holder = if kind == Papers::OtherHolder { &other } else { &bearer };
    let sealed = holder.visa(until)?;
    let printed = match kind {
        Papers::VisaAltered => holder.visa(days_from(issued, VISA_DAYS + 365)?.date())?,
        _ => sealed.clone(),
    };
    let mut folder = Folder::default();
    folder.add("mrz.txt", lines(&passport));
    folder.add("visa.txt", lines(&printed));
    folder.add("visa-seal.bin", seal(kind, &sealed, &bearer.document_number, issued)?);
    let of = |wrong: Papers| if kind == wrong { other.zone(until) } else { bearer.zone(until) };
    folder.add("boarding-pass.txt", pass(&zone(&of(Papers::OtherPass)?)?, at)?);
    folder.add("licence.txt", licence(&zone(&of(Papers::OtherLicence)?)?, seed, issued)?);
    Ok(folder)
}

fn lines(zone: &[String]) -> Vec<u8> {
    format!("{}\n", zone.join("\n")).into_bytes()
}

fn zone(lines: &[String]) -> Result<Mrz> {
    mrz::parse(lines.join("\n"))
}

/// The key of a bar code signer.
fn key(csca: Csca) -> Result<SigningKey> {
    p256(&Seed::of("bar code signer", u64::from(csca == Csca::Second))).map(SigningKey::EcdsaP256)
}

/// The certificate of a bar code signer, and its serial number, which seals refer to.
fn signer(csca: Csca) -> Result<(Vec<u8>, [u8; 16])> {
    let moment = |year| Date::new(year, 7, 20).map(Time::midnight).ok_or(invalid());
    let validity = Period { from: moment(2024)?, until: moment(2038)? };
    let public = key(csca)?.public();
    let request =
        Request { role: Role::BarCodeSigner, common_name: SIGNER, validity, key_use: validity, public: &public };
    let authority = csca.key()?;
    let issuer = Issuer { authority: csca.authority(), key: &authority };
    Ok((certificate(&issuer, &request)?, serial(&request)))
}

/// The certificates of the bar code signers of both published issuers, DER.
pub(super) fn signers() -> Result<[Vec<u8>; 2]> {
    Ok([signer(Csca::Utopia)?.0, signer(Csca::Second)?.0])
}

/// The seal of a visa (Doc 9303-7 §9.1), version 4.
fn seal(kind: Papers, visa: &[String], passport: &str, issued: Time) -> Result<Vec<u8>> {
    let csca = if kind == Papers::RogueSigner { Csca::Second } else { Csca::Utopia };
    let (_, serial) = signer(csca)?;
    let header = vds::Header {
        version: vds::Version::V4,
        issuing_country: "UTO".into(),
        signer: format!("{}{SIGNER}", csca.authority().country),
        certificate_reference: data_encoding::HEXUPPER.encode(&serial),
        issue_date: Some(issued.date()),
        signature_date: Some(issued.date()),
        definition_reference: 0x5D,
        category: 0x01,
        document_type: Some(vds::DocumentType::Visa),
    };
    let [first, second] = visa else { return Err(invalid()) };
    let stored = format!("{first}{}", second.get(..28).unwrap_or(second));
    let number = if kind == Papers::OtherPassport { "U00000001" } else { passport };
    let features = [(1, c40::encode(&stored)?), (3, vec![1]), (4, vec![30, 0, 0]), (5, c40::encode(number)?)];
    let signed_by = key(csca)?;
    let mut bytes = vds::write(&header, &features, |signed| signed_by.sign_plain(signed))?;
    if kind == Papers::SealAltered {
        let stay = [4, 3, 30, 0, 0];
        let at = bytes.windows(stay.len()).position(|window| window == stay).ok_or(invalid())?;
        bytes.get_mut(at + 2).into_iter().for_each(|days| *days = 90);
    }
    Ok(bytes)
}

/// A boarding pass for a flight on the day at which the papers are shown.
fn pass(holder: &Mrz, at: Time) -> Result<Vec<u8>> {
    let name = holder.name();
    let joined = |parts: &mut dyn Iterator<Item = &str>| parts.collect::<String>();
    let whole = format!("{}/{}MR", joined(&mut name.primary()), joined(&mut name.secondary()));
    let item = |text: &str| Some(Secret::from(text));
    let leg = bcbp::Leg {
        booking_reference: item("UTOPIA"),
        from: item("YTO"),
        to: item("UTO"),
        carrier: item("UT"),
        flight_number: item("0516"),
        day_of_year: Some(at.date().ordinal()),
        seat: item("012A"),
        sequence_number: item("0042"),
        ..bcbp::Leg::default()
    };
    let pass = bcbp::Pass {
        name: item(&whole.chars().take(20).collect::<String>()),
        electronic_ticket: true,
        legs_declared: 1,
        legs: vec![leg],
        ..bcbp::Pass::default()
    };
    bcbp::write(&pass).map(|text| text.reveal().clone().into_bytes())
}

/// A licence of version 10 in the name of nobody's jurisdiction: its issuer number is in no list.
fn licence(holder: &Mrz, seed: u64, issued: Time) -> Result<Vec<u8>> {
    let name = holder.name();
    let joined = |parts: &mut dyn Iterator<Item = &str>, by: &str| parts.collect::<Vec<_>>().join(by);
    let date = |date: Date| format!("{:02}{:02}{:04}", date.month(), date.day(), date.year());
    let born = holder.born(issued.date()).and_then(|birth| birth.full()).ok_or(invalid())?;
    let expires = days_from(issued, 1460)?.date();
    let sex = match holder.sex() {
        Some(crate::person::Sex::Female) => "2",
        Some(crate::person::Sex::Male) => "1",
        _ => "9",
    };
    let rows = [
        ("DAQ", format!("L{:08}", Seed::of("licence", seed).below(100_000_000))),
        ("DCS", joined(&mut name.primary(), "-")),
        ("DDE", "N".to_owned()),
        ("DAC", name.secondary().next().unwrap_or("NONE").to_owned()),
        ("DDF", "N".to_owned()),
        ("DAD", joined(&mut name.secondary().skip(1), ",")),
        ("DDG", "N".to_owned()),
        ("DCA", "C".to_owned()),
        ("DCB", "NONE".to_owned()),
        ("DCD", "NONE".to_owned()),
        ("DBD", date(issued.date())),
        ("DBB", date(born)),
        ("DBA", date(expires)),
        ("DBC", sex.to_owned()),
        ("DAU", "170 cm".to_owned()),
        ("DAY", "UNK".to_owned()),
        ("DAG", "1 BRIDGE STREET".to_owned()),
        ("DAI", "AMAUROT".to_owned()),
        ("DAJ", "UT".to_owned()),
        ("DAK", "000000000".to_owned()),
        ("DCF", "UTOPIASPECIMEN".to_owned()),
        ("DCG", "UTO".to_owned()),
    ];
    let element = |(id, value): &(&str, String)| aamva::Element::new("DL", id, value).ok_or(invalid());
    let header = aamva::Header {
        issuer_number: "000000".to_owned(),
        version: 10,
        jurisdiction_version: Some(0),
        ..aamva::Header::default()
    };
    let elements = rows.iter().map(element).collect::<Result<Vec<_>>>()?;
    let card = aamva::Card { header, elements, ..aamva::Card::default() };
    aamva::write(&card).map(|text| text.reveal().clone().into_bytes())
}
