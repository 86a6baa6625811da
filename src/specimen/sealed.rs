//! Sealed papers other than visas: an emergency travel document, a proof of vaccination, a travel authorisation; right ones,
//! and ones that do not belong to what they are shown with.
//!
//! ```text
//! emergency document   zone and VDS           Doc 9303-8 §6.1    signer in the folder of trust material
//! proof                passport and VDS-NC    brings its signer
//! authorisation        passport and IDB       brings its signer
//! ```
//!
//! Each kind has a signer of its own below Utopia's CSCA, whose certificate says what it may sign. Not done: proofs of testing
//! and recovery, compressed barcodes, which the writers of `payload` can make.

use super::bearer::Bearer;
use super::certificate::{Issuer, Period, Request, Role, certificate, serial};
use super::file::days_from;
use super::key::{SigningKey, p256};
use super::seed::Seed;
use super::trust::Csca;
use super::{Folder, invalid};
use crate::crypto::HashAlgorithm;
use crate::date::{Date, Time};
use crate::error::Result;
use crate::mrz;
use crate::numbered::numbered;
use crate::payload::{c40, idb, vds, vds_nc};

numbered! {
    /// A sealed paper, and what is wrong with it.
    pub enum Sealed {
        /// An emergency travel document.
        EmergencyDocument = 0, "emergency_document";
        /// One that is printed with another last day than its seal says.
        EmergencyDocumentAltered = 1, "emergency_document_altered";
        /// A proof of vaccination.
        Proof = 2, "proof";
        /// One of another person.
        ProofOther = 3, "proof_other_person";
        /// A travel authorisation.
        Authorisation = 4, "authorisation";
        /// One of another person.
        AuthorisationOther = 5, "authorisation_other_person";
    }
}

/// Days for which emergency documents and authorisations are valid.
const DAYS: i64 = 90;

/// A signer of seals: what for, under which two letters.
#[derive(Clone, Copy)]
struct Signer {
    role: Role,
    common_name: &'static str,
}

const EMERGENCY: Signer = Signer { role: Role::EmergencySealSigner, common_name: "ES" };
const PROOF: Signer = Signer { role: Role::ProofSigner, common_name: "PS" };
const AUTHORISATION: Signer = Signer { role: Role::AuthorisationSigner, common_name: "AS" };

impl Signer {
    fn key(self) -> Result<SigningKey> {
        p256(&Seed::of(self.common_name, 0)).map(SigningKey::EcdsaP256)
    }

    /// Its certificate, DER, and the serial number of that.
    fn certificate(self) -> Result<(Vec<u8>, [u8; 16])> {
        let moment = |year| Date::new(year, 7, 20).map(Time::midnight).ok_or(invalid());
        let validity = Period { from: moment(2024)?, until: moment(2038)? };
        let public = self.key()?.public();
        let Self { role, common_name } = self;
        let request = Request { role, common_name, validity, key_use: validity, public: &public };
        let authority = Csca::Utopia.key()?;
        let issuer = Issuer { authority: Csca::Utopia.authority(), key: &authority };
        Ok((certificate(&issuer, &request)?, serial(&request)))
    }

    fn sign(self, message: &[u8]) -> Result<Vec<u8>> {
        self.key()?.sign_plain(message)
    }
}

/// The certificate of the signer of emergency documents, DER.
pub(super) fn emergency_signer() -> Result<Vec<u8>> {
    EMERGENCY.certificate().map(|(certificate, _)| certificate)
}

/// Issues a sealed paper of the bearer `seed`, to be shown at `at`: `mrz.txt`, the document or passport, and `seal.bin`,
/// `proof.txt` or `authorisation.txt`.
///
/// # Errors
/// `BadArgument` outside of the years of the authorities, 2024 to 2038.
///
/// # Examples
/// ```
/// use landfall::date::Time;
/// use landfall::payload::{Payload, read};
/// use landfall::specimen::{Sealed, sealed};
///
/// let folder = sealed(Sealed::Authorisation, 1, Time::parse("2026-11-01")?)?;
/// let Some(text) = folder.file("authorisation.txt") else { unreachable!() };
/// assert!(matches!(read(text)?, Payload::Idb(_)));
/// # Ok::<(), landfall::Error>(())
/// ```
pub fn sealed(kind: Sealed, seed: u64, at: Time) -> Result<Folder> {
    let issued = days_from(at, -30)?;
    let until = days_from(issued, DAYS)?.date();
    let bearer = Bearer::of(seed);
    let other = Bearer::of(seed.wrapping_add(1));
    let passport = bearer.zone(days_from(issued, 3651)?.date())?;
    let named = |wrong: Sealed| if kind == wrong { &other } else { &bearer };
    let mut folder = Folder::default();
    match kind {
        Sealed::EmergencyDocument | Sealed::EmergencyDocumentAltered => {
            let zone = bearer.emergency_zone(until)?;
            let longer = days_from(issued, DAYS + 365)?.date();
            let printed =
                if kind == Sealed::EmergencyDocument { zone.clone() } else { bearer.emergency_zone(longer)? };
            folder.add("mrz.txt", lines(&printed));
            folder.add("seal.bin", emergency_seal(&zone, issued.date())?);
        }
        Sealed::Proof | Sealed::ProofOther => {
            folder.add("mrz.txt", lines(&passport));
            folder.add("proof.txt", proof(named(Sealed::ProofOther), issued.date())?);
        }
        Sealed::Authorisation | Sealed::AuthorisationOther => {
            folder.add("mrz.txt", lines(&passport));
            let holder = named(Sealed::AuthorisationOther);
            folder.add("authorisation.txt", authorisation(holder, issued.date(), until)?);
        }
    }
    Ok(folder)
}

fn lines(zone: &[String]) -> Vec<u8> {
    format!("{}\n", zone.join("\n")).into_bytes()
}

/// The seal of an emergency document: its zone (Doc 9303-8 §6.1), version 4.
fn emergency_seal(zone: &[String], issued: Date) -> Result<Vec<u8>> {
    let (_, serial) = EMERGENCY.certificate()?;
    let header = vds::Header {
        version: vds::Version::V4,
        issuing_country: "UTO".into(),
        signer: format!("UT{}", EMERGENCY.common_name),
        certificate_reference: data_encoding::HEXUPPER.encode(&serial),
        issue_date: Some(issued),
        signature_date: Some(issued),
        definition_reference: 0x5E,
        category: 0x03,
        document_type: Some(vds::DocumentType::EmergencyTravelDocument),
    };
    vds::write(&header, &[(2, c40::encode(&zone.concat())?)], |signed| EMERGENCY.sign(signed))
}

/// The holder as seals write them: name with two blanks between the identifiers, 39 characters at the most.
struct Holder {
    name: String,
    number: String,
    birth: Date,
    sex: &'static str,
}

impl Holder {
    fn of(bearer: &Bearer, on: Date) -> Result<Self> {
        let zone = mrz::parse(bearer.zone(on)?.join("\n"))?;
        let joined = |parts: &mut dyn Iterator<Item = &str>| parts.collect::<Vec<_>>().join(" ");
        let name = zone.name();
        let whole = format!("{}  {}", joined(&mut name.primary()), joined(&mut name.secondary()));
        let sex = match zone.sex() {
            Some(crate::person::Sex::Female) => "F",
            Some(crate::person::Sex::Male) => "M",
            _ => "X",
        };
        Ok(Self {
            name: whole.chars().take(39).collect(),
            number: bearer.document_number.clone(),
            birth: zone.born(on).and_then(|birth| birth.full()).ok_or(invalid())?,
            sex,
        })
    }
}

/// A proof of vaccination against a disease that nobody has.
fn proof(bearer: &Bearer, issued: Date) -> Result<Vec<u8>> {
    let Holder { name, number, birth, sex } = Holder::of(bearer, issued)?;
    let dose = serde_json::json!({
        "adm": "AMAUROT HARBOUR CLINIC", "ctr": "UTO", "dvc": issued.to_string(), "lot": "U0001", "seq": 1
    });
    let message = serde_json::json!({
        "pid": { "n": name, "dob": birth.to_string(), "i": number, "sex": sex },
        "uvci": format!("UTO{number}"),
        "ve": [{ "des": "XM0000", "dis": "RA00", "nam": "SPECIMEN", "vd": [dose] }]
    });
    let (certificate, _) = PROOF.certificate()?;
    let head = ("icao.vacc", 1, "UTO");
    vds_nc::write(head, &message.to_string(), ("ES256", &certificate), |signed| PROOF.sign(signed))
}

/// A travel authorisation for one stay of 30 days.
fn authorisation(bearer: &Bearer, issued: Date, until: Date) -> Result<Vec<u8>> {
    let Holder { name, number, birth, sex } = Holder::of(bearer, issued)?;
    // No digit is unknown; then MMDDCCYY as a number of three octets.
    let whole = |date: Date| {
        let digits = u32::from(date.month()) * 1_000_000 + u32::from(date.day()) * 10_000 + u32::from(date.year());
        digits.to_be_bytes().to_vec()
    };
    let rows = [
        (1, c40::encode(&format!("A{number}"))?),
        (2, c40::encode(&name)?),
        (3, c40::encode(&number)?),
        (4, whole(birth)),
        (5, c40::encode("UT")?),
        (6, sex.as_bytes().to_vec()),
        (7, c40::encode("AMAUROT")?),
        (8, whole(issued)),
        (9, whole(until)),
        (0x0A, c40::encode("30")?),
        (0x0B, vec![1]),
        (0x0C, c40::encode("VISIT")?),
    ];
    let mut message = Vec::new();
    for (tag, value) in &rows {
        message.extend([*tag, u8::try_from(value.len()).map_err(|_| invalid())?]);
        message.extend(value);
    }
    let (certificate, _) = AUTHORISATION.certificate()?;
    let hash = HashAlgorithm::Sha1.digest(&certificate);
    let reference = hash.as_bytes().last_chunk::<5>().copied().ok_or(invalid())?;
    let content = idb::Write {
        country: "UTO",
        signing: Some((idb::Algorithm::EcdsaSha256, reference, issued)),
        compressed: false,
        messages: &[(6, message)],
        certificate: Some(&certificate),
    };
    idb::write(&content, |signed| AUTHORISATION.sign(signed)).map(String::into_bytes)
}
