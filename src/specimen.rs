//! Specimen documents of Utopia: whole passports as a reader would hand them over, for tests, demonstrations and training.
//!
//! [`issue`] gives the files of one passport: the chip's EF.COM, EF.SOD, DG1, DG2, DG11, DG12, DG14 and DG15 (Doc 9303-10),
//! the printed machine-readable zone (Doc 9303-4), and what the chip answered to a challenge (Doc 9303-11 §6.1).
//! [`trust`] gives what its issuer publishes: CSCA certificates, master list, CRL, deviation list (Doc 9303-12). [`Order`] chooses
//! more: signature scheme, encoding, kind of chip key, version of the security object, and hands out the [`Chip`] itself.
//! Every [`Kind`] but the genuine one has exactly one thing wrong.
//!
//! The same order gives the same bytes on every machine: what looks random follows from the seed, and time is an
//! argument. Persons, places and portraits are invented, the keys are published (see `keys/README.md`), and the
//! engine clears nothing that comes from Utopia except under a policy made for training.
//!
//! [`page`] draws pages and takes pictures of them.
//!
//! Not done: cards, visas and seals as files, access to the chip, biometrics other than the drawn face.
//! Nothing here reads input; there is no file, clock or network. [`Folder`] holds bytes, and writing them is the caller's.
//!
//! ```
//! use landfall::specimen::{Kind, issue};
//! let at = landfall::date::Time::parse("2026-11-01T12:00:00Z")?;
//! let folder = issue(Kind::Genuine, 1, at)?;
//! assert!(folder.file("EF.SOD").is_some_and(|sod| sod.starts_with(&[0x77])));
//! # Ok::<(), landfall::Error>(())
//! ```

mod bearer;
mod ber;
mod certificate;
mod chip;
mod file;
mod key;
pub mod page;
#[cfg(feature = "barcode")]
mod pages;
#[cfg(feature = "barcode")]
mod papers;
mod portrait;
#[cfg(feature = "barcode")]
mod sealed;
mod seed;
mod signed;
mod trust;

#[cfg(test)]
mod tests;

pub use chip::{Answering, Chip};

#[cfg(feature = "barcode")]
pub use pages::pages;
#[cfg(feature = "barcode")]
pub use papers::{Papers, papers};
#[cfg(feature = "barcode")]
pub use sealed::{Sealed, sealed};

use crate::chip::Challenge;
use crate::date::Time;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::numbered::numbered;
use bearer::Bearer;
use data_encoding::HEXLOWER;
use file::{DataGroup, days_from};
use seed::Seed;
use signed::{Content, LDS_SECURITY_OBJECT, SignerName};
use trust::{Csca, SignerRole};

/// The country in certificates of the second invented issuer, `YTO`: a code of ISO 3166-1 that is for users to assign.
const SECOND_COUNTRY: &str = "XY";

numbered! {
    /// What is wrong with a specimen.
    pub enum Kind {
        /// Nothing.
        Genuine = 0, "genuine";
        /// DG11 tells another place of birth than was signed.
        Altered = 1, "altered";
        /// It was issued for a year, which is over.
        Expired = 2, "expired";
        /// Its document signer is revoked after the issue; the CRL of [`trust`] says so.
        RevokedSigner = 3, "revoked_signer";
        /// The second invented issuer signed it, in its own name and with a good path to its own anchor.
        RogueSigner = 4, "rogue_signer";
        /// DG2 is the portrait of another specimen, and another than was signed.
        PhotoSwapped = 5, "photo_swapped";
        /// Every file is genuine, and the chip answers with another key than that of DG15.
        Cloned = 6, "cloned";
        /// Its document signer stands below a CSCA in Utopia's name that nobody published.
        UnknownAnchor = 7, "unknown_anchor";
        /// The chip holds a DG13 that EF.SOD does not list.
        UnlistedDataGroup = 8, "unlisted_data_group";
        /// EF.SOD states a wrong hash for DG11: a mistake of the issuer's, on the day before the others were issued. The deviation
        /// list of [`trust`] says so.
        ListedDefect = 9, "listed_defect";
    }
}

numbered! {
    /// How the document signer signs: RSA with SHA-256, on a curve with the hash as long as its order. Domain parameters are explicit
    /// in the certificate.
    pub enum DigitalSignature {
        /// RSA of 2048 bits, PKCS#1 v1.5.
        RsaPkcs1 = 1, "rsa_pkcs1";
        /// RSA of 2048 bits, PSS.
        RsaPss = 2, "rsa_pss";
        /// ECDSA on P-256.
        EcdsaP256 = 3, "ecdsa_p256";
        /// ECDSA on P-384.
        EcdsaP384 = 4, "ecdsa_p384";
        /// ECDSA on P-521.
        EcdsaP521 = 5, "ecdsa_p521";
        /// ECDSA on brainpoolP256r1.
        EcdsaBrainpoolP256r1 = 6, "ecdsa_brainpool_p256r1";
        /// ECDSA on brainpoolP384r1.
        EcdsaBrainpoolP384r1 = 7, "ecdsa_brainpool_p384r1";
        /// ECDSA on brainpoolP512r1.
        EcdsaBrainpoolP512r1 = 8, "ecdsa_brainpool_p512r1";
    }
}

numbered! {
    /// The chip's key for active authentication.
    pub enum ChipKey {
        /// RSA of 2048 bits: signatures of ISO/IEC 9796-2 scheme 1. One key for all specimens.
        Rsa2048 = 1, "rsa_2048";
        /// P-256: plain ECDSA. Each seed has its own key.
        P256 = 2, "p256";
    }
}

numbered! {
    /// The encoding of EF.SOD.
    pub enum Encoding {
        /// As the standard asks.
        Der = 1, "der";
        /// Lengths indefinite and strings in pieces, as some issuers have it.
        Ber = 2, "ber";
    }
}

numbered! {
    /// The version of the LDS security object (Doc 9303-10 §4.6.2.3).
    pub enum SecurityObject {
        /// Version 0: EF.COM alone tells the version of the LDS.
        V0 = 0, "v0";
        /// Version 1: the version of the LDS is signed.
        V1 = 1, "v1";
    }
}

/// What the officer of an exercise reports: the bearer was looked at.
const OFFICER: &[u8] = br#"{"reporter":"officer","claim":"holder_comparison","result":"same"}
"#;

/// What is to be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Order {
    /// What is wrong with it.
    pub kind: Kind,
    /// Which specimen: bearer, numbers, portrait and chip key follow from it.
    pub seed: u64,
    /// The time at which it is to be shown. It is issued 30 days earlier, an expired one 400 days earlier, and none
    /// after October 2028, when the use of the CSCA's key comes to its end.
    pub at: Time,
    /// How EF.SOD is signed.
    pub signature: DigitalSignature,
    /// How EF.SOD is encoded.
    pub encoding: Encoding,
    /// Which key the chip has.
    pub chip_key: ChipKey,
    /// Which security object EF.SOD holds.
    pub security_object: SecurityObject,
    /// The challenge that the chip is asked for the record in the folder; `None` for one that follows from the seed.
    pub challenge: Option<Challenge>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The files of a specimen, in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder {
    files: Vec<File>,
}

/// A specimen: its files, and its chip for questions that files cannot answer.
#[derive(Debug)]
pub struct Specimen {
    /// What a reader would hand over.
    pub folder: Folder,
    /// What would stand in the reader's field.
    pub chip: Chip,
}

/// A key, date or size that cannot be; with the keys that are shipped only an order outside the range of dates leads here.
const fn invalid() -> Error {
    Error::new(ErrorKind::BadArgument, Part::Call, 0)
}

/// Issues a passport with the usual choices of [`Order::new`].
///
/// # Errors
/// Those of [`Order::issue`].
pub fn issue(kind: Kind, seed: u64, at: Time) -> Result<Folder> {
    Order::new(kind, seed, at).issue().map(|specimen| specimen.folder)
}

/// What Utopia publishes at a time: the anchors (`csca-uto.der`, `csca-yto.der`), both in a master list, signed
/// (`uto.ml`) and bare (`bare.ml`), the certificates of the signers of seals (`seal-signer-uto.der`, `seal-signer-yto.der`, `seal-signer-emergency.der`),
/// its CRL (`uto.crl`), which revokes the signer of [`Kind::RevokedSigner`], and its deviation list (`uto.dl`), which states
/// the defect of [`Kind::ListedDefect`].
///
/// # Errors
/// `BadArgument` for a time before the first document signer: before 20 August 2024.
pub fn trust(at: Time) -> Result<Folder> {
    let issued = issued_on(Kind::RevokedSigner, at)?;
    let mut folder = Folder::default();
    folder.add("bare.ml", trust::bare_master_list());
    folder.add("csca-uto.der", trust::UTOPIA.to_vec());
    folder.add("csca-yto.der", trust::SECOND.to_vec());
    #[cfg(feature = "barcode")]
    for (name, signer) in ["seal-signer-uto.der", "seal-signer-yto.der"].into_iter().zip(papers::signers()?) {
        folder.add(name, signer);
    }
    #[cfg(feature = "barcode")]
    folder.add("seal-signer-emergency.der", sealed::emergency_signer()?);
    folder.add("uto.crl", trust::crl(issued, at)?);
    folder.add("uto.dl", trust::deviation_list(issued_on(Kind::ListedDefect, at)?, at)?);
    folder.add("uto.ml", trust::master_list(at)?);
    Ok(folder)
}

/// The certificate of Utopia's CSCA in DER. Whoever trusts it has to flag it as a test anchor.
#[must_use]
pub const fn anchor() -> &'static [u8] {
    trust::UTOPIA
}

/// The certificate of the second invented issuer's CSCA in DER, a test anchor too, and one that vouches for `YTO` only.
#[must_use]
pub const fn second_anchor() -> &'static [u8] {
    trust::SECOND
}

/// The certificate of the CSCA behind [`Kind::UnknownAnchor`] in DER: on no list, for whoever wants to vouch for it.
///
/// # Errors
/// None that an input could cause.
pub fn unpublished_anchor() -> Result<Vec<u8>> {
    Csca::Unpublished.certificate()
}

/// The data groups with another DG11 than the chip will hold.
fn mistaken(groups: &[DataGroup], bearer: &Bearer) -> Vec<DataGroup> {
    let mistaken = file::dg11(bearer, "MENTIRANO");
    let other = |group: &DataGroup| if group.0 == mistaken.0 { mistaken.clone() } else { group.clone() };
    groups.iter().map(other).collect()
}

/// The day of issue, at midnight.
fn issued_on(kind: Kind, at: Time) -> Result<Time> {
    let days = match kind {
        Kind::Expired => 400,
        Kind::ListedDefect => 31,
        _ => 30,
    };
    let latest = days_from(trust::last_issue()?, -60 - days.min(31))?;
    Ok(days_from(at, -days)?.min(latest))
}

impl Folder {
    /// The files, in the order of their names.
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The bytes of the file with this name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        let file = self.files.iter().find(|file| file.name == name)?;
        Some(&file.bytes)
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.push(File { name: name.to_owned(), bytes });
        self.files.sort_by(|one, other| one.name.cmp(&other.name));
    }
}

impl Order {
    /// The usual: PKCS#1 v1.5 with RSA-2048, a chip key on P-256, version 1 of the security object.
    #[must_use]
    pub const fn new(kind: Kind, seed: u64, at: Time) -> Self {
        Self {
            kind,
            seed,
            at,
            signature: DigitalSignature::RsaPkcs1,
            encoding: Encoding::Der,
            chip_key: ChipKey::P256,
            security_object: SecurityObject::V1,
            challenge: None,
        }
    }

    /// Issues the passport.
    ///
    /// The folder holds `EF.COM`, `EF.SOD`, `DG1` and so on, `mrz.txt` (two lines), and `active-authentication.json`: a
    /// challenge and the chip's answer as a reader recorded them, lowercase hex:
    ///
    /// ```text
    /// {"active_authentication":{"challenge":"…","answer":"…"}}
    /// ```
    ///
    /// `facts.json` is what the officer of the exercise reports: the holder was compared with the portrait. That of
    /// [`Kind::RevokedSigner`] holds the CRL `uto.crl` too.
    ///
    /// # Errors
    /// `BadArgument` if [`Order::at`] lies before 20 August 2024 (for an expired one 25 August 2025), or in or after October
    /// 2038, when the last passport has expired.
    pub fn issue(&self) -> Result<Specimen> {
        let issued = issued_on(self.kind, self.at)?;
        let validity_days = if self.kind == Kind::Expired { 364 } else { 3651 };
        let expiry = days_from(issued, validity_days)?;
        if self.kind != Kind::Expired && expiry < self.at {
            return Err(invalid());
        }
        let bearer = Bearer::of(self.seed);
        let zone = bearer.zone(expiry.date())?;
        let owner = Chip::new(self.chip_key, self.seed, false)?;
        let groups = self.data_groups(&bearer, &zone, issued, &owner)?;
        let sod = match self.kind {
            Kind::ListedDefect => self.sod(&mistaken(&groups, &bearer), issued)?,
            _ => self.sod(&groups, issued)?,
        };

        let mut folder = Folder::default();
        folder.add("EF.COM", file::com(self.security_object, &groups));
        folder.add("EF.SOD", sod);
        for (number, file) in self.tamper(groups, &bearer, issued)? {
            folder.add(&format!("DG{number}"), file);
        }
        folder.add("mrz.txt", format!("{}\n", zone.join("\n")).into_bytes());
        let chip = match self.kind {
            Kind::Cloned => Chip::new(self.chip_key, self.seed, true)?,
            _ => owner,
        };
        folder.add("active-authentication.json", self.exchange(&chip)?);
        folder.add("facts.json", OFFICER.to_vec());
        if self.kind == Kind::RevokedSigner {
            folder.add("uto.crl", trust::crl(issued, self.at)?);
        }
        Ok(Specimen { folder, chip })
    }

    /// EF.SOD over other data groups, each a number and a whole file, as this order's document signer signs them: for
    /// specimens with a fault that no [`Kind`] has.
    ///
    /// # Errors
    /// Those of [`Order::issue`].
    pub fn sign(&self, groups: &[(u8, Vec<u8>)]) -> Result<Vec<u8>> {
        self.sod(groups, issued_on(self.kind, self.at)?)
    }

    /// The data groups as they are signed.
    fn data_groups(&self, bearer: &Bearer, zone: &[String], issued: Time, chip: &Chip) -> Result<Vec<DataGroup>> {
        Ok(vec![
            file::dg1(zone),
            file::dg2(self.seed, issued.date())?,
            file::dg11(bearer, bearer.birth_place),
            file::dg12(issued.date()),
            file::data_group(14, &chip.security_infos()?),
            file::data_group(15, &chip.public()),
        ])
    }

    /// EF.SOD over these data groups, signed ten hours into the day of issue.
    fn sod(&self, groups: &[DataGroup], issued: Time) -> Result<Vec<u8>> {
        let role = match self.kind {
            Kind::RevokedSigner => SignerRole::Revoked,
            Kind::RogueSigner => SignerRole::Second,
            Kind::UnknownAnchor => SignerRole::Unpublished,
            _ => SignerRole::Regular,
        };
        let signer = role.signer(self.signature, issued)?;
        let content = file::security_object(self.security_object, groups);
        let what = Content {
            kind: LDS_SECURITY_OBJECT,
            content: &content,
            certificates: &[&signer.certificate],
            signer: SignerName::IssuerAndSerial(signer.authority, &signer.serial),
            signed_at: Time::from_unix(issued.unix() + 36_000)?,
        };
        let sod = signed::signed_data(&signer.key, &what).map(|signed| file::sod(&signed))?;
        match self.encoding {
            Encoding::Der => Ok(sod),
            Encoding::Ber => ber::loosened(&sod, ber::Extent::Around),
        }
    }

    /// What is done to the data groups after they were signed.
    fn tamper(&self, mut groups: Vec<DataGroup>, bearer: &Bearer, issued: Time) -> Result<Vec<DataGroup>> {
        let replacement = match self.kind {
            Kind::Altered => file::dg11(bearer, "MENTIRANO"),
            Kind::PhotoSwapped => file::dg2(self.seed.wrapping_add(1), issued.date())?,
            Kind::UnlistedDataGroup => file::data_group(13, b"UTOPIA"),
            _ => return Ok(groups),
        };
        groups.retain(|(number, _)| *number != replacement.0);
        groups.push(replacement);
        Ok(groups)
    }

    /// A challenge and its answer, as JSON.
    fn exchange(&self, chip: &Chip) -> Result<Vec<u8>> {
        let of_seed = Seed::of("challenge", self.seed).below(u64::MAX).to_be_bytes();
        let challenge = self.challenge.unwrap_or(of_seed);
        let answer = chip.active_authentication(&challenge)?;
        let (challenge, answer) = (HEXLOWER.encode(&challenge), HEXLOWER.encode(&answer));
        let text = format!("{{\"active_authentication\":{{\"challenge\":\"{challenge}\",\"answer\":\"{answer}\"}}}}\n");
        Ok(text.into_bytes())
    }
}
