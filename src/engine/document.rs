//! One document of an inspection: the zone as printed, and the files of its chip.
//!
//! What comes in: a zone that was read, files in any order. What goes out: the checks of each source alone and of
//! the sources against one another. What must never happen here: a chip file that is kept and not judged.

use super::encounter::Told;
use crate::check::{Check, CheckId, Outcome, Reason, Subject};
use crate::chip::{self, Vouched};
use crate::cms::SignedData;
use crate::cross;
use crate::date::Date;
use crate::deviation::{Deviation, Deviations};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::lds::{Content, DataGroup, Dg12, ElementaryFile, Image, Kind};
use crate::mrz::{self, Mrz};
use crate::passive::{self, Terms};
use crate::pki::signed::{certificates, signer_certificate};
use crate::pki::{ListedDefect, TrustStore};
use crate::secret::Secret;

/// The most files that one chip may have.
pub const MAX_FILES: usize = 32;
/// The most bytes that all files of one chip may have.
pub const MAX_CHIP: usize = 8 << 20;

/// A picture that the chip holds: portrait of DG2 or DG5, signature or mark of DG7.
///
/// It is what the chip says, signed or not: `sod.data_group_hash` tells whether its file is the one that was signed.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Picture<'i> {
    /// The file that it stands in: DG2, DG5 or DG7, or a face of ISO/IEC 39794-5 outside any data group.
    pub file: Part,
    /// Which of the pictures in that file, from 1.
    pub number: u8,
    /// The original bytes. `portrait::png` makes a PNG of them.
    pub image: Image<'i>,
}

/// Everything that was read of one document.
#[derive(Debug, Clone, Default)]
pub(super) struct Document {
    printed: Option<Mrz>,
    on_chip: Option<Mrz>,
    files: Vec<Secret<Vec<u8>>>,
}

impl Document {
    pub(super) fn of_zone(zone: Mrz) -> Self {
        Self { printed: Some(zone), ..Self::default() }
    }

    /// The zone that speaks for the document: as printed, or else as on the chip.
    pub(super) fn zone(&self) -> Option<&Mrz> {
        self.printed.as_ref().or(self.on_chip.as_ref())
    }

    /// Every zone of the document that was read: as printed, and as on the chip.
    #[cfg(feature = "alert")]
    pub(super) fn zones(&self) -> impl Iterator<Item = &Mrz> {
        self.printed.iter().chain(&self.on_chip)
    }

    /// The holder's names as additional details of the chip state them, which zones cut short: the whole name, and others.
    #[cfg(feature = "alert")]
    pub(super) fn names_on_chip(&self) -> Vec<Secret<String>> {
        let mut names = Vec::new();
        for bytes in &self.files {
            let mut seen = Deviations::new();
            let file = ElementaryFile::read(bytes.reveal(), &mut seen);
            if let Ok(Content::Dg11(dg11)) = file.and_then(|file| file.content(&mut seen)) {
                let others = dg11.other_names.iter().map(|name| &name.reveal()[..]);
                names.extend(dg11.full_name.iter().map(|name| &name.reveal()[..]).chain(others).map(Secret::from));
            }
        }
        names
    }

    pub(super) const fn has_chip(&self) -> bool {
        !self.files.is_empty()
    }

    /// Keeps a file, recognised by its content.
    pub(super) fn add_file(&mut self, bytes: &[u8]) -> Result<Kind> {
        let size: usize = self.files.iter().map(|file| file.reveal().len()).sum();
        if self.files.len() >= MAX_FILES || size.saturating_add(bytes.len()) > MAX_CHIP {
            return Err(Error::new(ErrorKind::BudgetExceeded, Part::ChipFile, self.files.len()));
        }
        let mut seen = Deviations::new();
        let file = ElementaryFile::read(bytes, &mut seen)?;
        if file.kind() == Kind::Unknown {
            return Err(Error::new(ErrorKind::UnknownContent, Part::ChipFile, 0));
        }
        if let (None, Ok(Content::Dg1(dg1))) = (&self.on_chip, file.content(&mut seen)) {
            self.on_chip = mrz::parse(dg1.lines().collect::<Vec<_>>().join(&b'\n')).ok();
        }
        let kind = file.kind();
        self.files.push(Secret::new(bytes.to_vec()));
        Ok(kind)
    }

    /// The checks that the chip's files allow, with what was tried on the chip; none if there are no files.
    pub(super) fn chip_checks(
        &self,
        store: &TrustStore,
        terms: &Terms,
        told: &Told,
        subject: Subject,
        seen: &mut Deviations,
    ) -> Vec<Check> {
        let read = self.files.iter().filter_map(|bytes| ElementaryFile::read(bytes.reveal(), seen).ok());
        let files: Vec<_> = read.collect();
        if files.is_empty() {
            return Vec::new();
        }
        let follows = seen.contains(Deviation::TrailingBytes);
        let mut checks = passive::verify_noting(&files, store, terms, subject, seen);
        if follows {
            // Zeros behind a file come from readers; anything else may be there for a reader that goes on reading.
            checks.iter_mut().filter(|check| check.id == CheckId::SodProfile).for_each(deviates);
        }
        checks.push(Check::new(CheckId::ChipExpected, subject, Outcome::Passed, Reason::Confirmed));
        let vouched = self.vouched(&files, &checks, store);
        checks.push(chip::authentic(&files, vouched, &told.encounter(), subject));
        checks.push(chip::access(&files, &told.access, subject));
        checks.extend(chip::card_access(&files, subject));
        checks.extend(chip::files(&files, &told.unread, subject));
        self.cross_checks(&files, subject, &mut checks, seen);
        checks
    }

    /// For which keys of the chip its issuer vouches.
    fn vouched(&self, files: &[ElementaryFile<'_>], checks: &[Check], store: &TrustStore) -> Vouched {
        let issuer = self.on_chip.as_ref().and_then(|zone| zone.issuer().entry());
        Vouched {
            dg14: is_vouched_for(14, checks),
            dg15: is_vouched_for(15, checks),
            card_security: chip::vouches_for_card_security(files, store, issuer),
        }
    }

    /// The defects that its issuer lists of this document.
    pub(super) fn listed_defects(&self, store: &TrustStore) -> Vec<(ListedDefect, bool)> {
        if store.deviation_lists().is_empty() {
            return Vec::new();
        }
        let mut seen = Deviations::new();
        let read = self.files.iter().filter_map(|bytes| ElementaryFile::read(bytes.reveal(), &mut seen).ok());
        passive::listed_defects(&read.collect::<Vec<_>>(), store)
    }

    fn cross_checks(
        &self,
        files: &[ElementaryFile<'_>],
        subject: Subject,
        checks: &mut Vec<Check>,
        noted: &mut Deviations,
    ) {
        let mut seen = Deviations::new();
        let mut content = |kind| {
            let file = files.iter().find(|file: &&ElementaryFile<'_>| file.kind() == kind)?;
            file.content(&mut seen).ok()
        };
        let dg11 = DataGroup::new(11).map(Kind::DataGroup).and_then(&mut content);
        let dg12 = DataGroup::new(12).map(Kind::DataGroup).and_then(&mut content);
        for number in [2, 5, 7, 14, 15, 16] {
            drop(DataGroup::new(number).map(Kind::DataGroup).and_then(&mut content));
        }
        let (com, sod) = (content(Kind::Com), content(Kind::Sod));
        if let Some(Content::Dg12(dg12)) = &dg12 {
            let signed = match &sod {
                Some(Content::Sod(sod)) => Some(&sod.signed),
                _ => None,
            };
            checks.push(issue_check(dg12, signed, subject));
        }
        if let Some(on_chip) = &self.on_chip {
            checks.push(match &self.printed {
                Some(printed) => cross::dg1_mrz(printed, on_chip, subject),
                None => Check::new(CheckId::CrossDg1Mrz, subject, Outcome::NotPerformed, Reason::NothingGiven),
            });
            if let Some(Content::Dg11(dg11)) = &dg11 {
                checks.push(cross::dg11_dg1(dg11, on_chip, subject));
            }
        }
        if let (Some(Content::Com(com)), Some(Content::Sod(sod))) = (&com, &sod) {
            checks.push(cross::com_sod(com, &sod.object, subject));
        }
        // Those of EF.SOD were noted when it was verified.
        seen.iter().filter(|found| found.part != Part::Sod).for_each(|found| noted.add(*found));
    }

    /// Every picture of DG2, DG5 and DG7, in this order. A file that cannot be read has none.
    pub(super) fn pictures(&self) -> Vec<Picture<'_>> {
        let mut pictures = Vec::new();
        for bytes in &self.files {
            let mut seen = Deviations::new();
            let file = ElementaryFile::read(bytes.reveal(), &mut seen);
            let content = file.and_then(|file| Ok((file.kind().part(), file.content(&mut seen)?)));
            let images: Vec<_> = match &content {
                Ok((_, Content::Dg2(dg2))) => dg2.portraits().map(|portrait| portrait.image).collect(),
                Ok((_, Content::FaceBlock(face))) => face.portraits().iter().map(|portrait| portrait.image).collect(),
                Ok((_, Content::Displayed(displayed))) => displayed.images.clone(),
                _ => continue,
            };
            let file = content.map_or(Part::ChipFile, |(part, _)| part);
            pictures.extend((1..=u8::MAX).zip(images).map(|(number, image)| Picture { file, number, image }));
        }
        let order = |picture: &Picture<'_>| match picture.file {
            Part::Dg(group) => group,
            _ => u8::MAX,
        };
        pictures.sort_by_key(order);
        pictures
    }

    /// The checks of the zone on the day `on`.
    pub(super) fn zone_checks(&self, subject: Subject, on: Date) -> Vec<Check> {
        self.zone().map(|zone| zone.checks(subject, on).collect()).unwrap_or_default()
    }
}

/// The answer on a chip that is not as the standard says.
const fn deviates(check: &mut Check) {
    if matches!(check.outcome, Outcome::Passed) {
        (check.outcome, check.reason) = (Outcome::Undetermined, Reason::Deviations);
    }
}

/// Whether the document was issued while the keys of its signers were in use.
fn issue_check(dg12: &Dg12<'_>, signed: Option<&SignedData<'_>>, subject: Subject) -> Check {
    let mut seen = Deviations::new();
    let Some(signed) = signed else { return cross::dg12_signer(dg12, &[], subject) };
    let certificates = certificates(signed, &mut seen);
    let signers = signed.signers.iter();
    let signers: Vec<_> = signers.filter_map(|info| signer_certificate(info, &certificates, &mut seen)).collect();
    cross::dg12_signer(dg12, &signers, subject)
}

/// Whether passive authentication vouches for the content of a data group: it is signed, by a signer that leads to an
/// anchor, and nothing says that this signer could not speak for the document.
fn is_vouched_for(group: u8, checks: &[Check]) -> bool {
    use CheckId::{SodCountry, SodDataGroupHash, SodPath, SodRevocation, SodSignature, SodValiditySignerAtIssue};
    let all = |id, outcome: &dyn Fn(Outcome) -> bool| {
        let mut made = checks.iter().filter(|check| check.id == id).peekable();
        made.peek().is_some() && made.all(|check| outcome(check.outcome))
    };
    let mut hash =
        checks.iter().filter(|check| check.id == SodDataGroupHash && check.evidence.part == Some(Part::Dg(group)));
    [SodSignature, SodPath].iter().all(|id| all(*id, &|outcome| outcome == Outcome::Passed))
        && [SodCountry, SodRevocation, SodValiditySignerAtIssue]
            .iter()
            .all(|id| all(*id, &|outcome| outcome != Outcome::Failed))
        && hash.next().is_some_and(|check| check.outcome == Outcome::Passed)
}
