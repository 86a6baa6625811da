//! The chip of a document: its files in, a challenge out, the answer in.

use super::failure::landfall_error;
use super::guard::{guard, reporting};
use super::handle;
use super::input;
use super::inspection::landfall_inspection;
use super::output::Out;
use crate::chip::{CHALLENGE_LEN, Challenge, MAX_ANSWER};
use crate::engine::MAX_CHIP;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::fact::ChipFile;
use crate::lds::Kind;

/// The length of a challenge for the chip, in bytes.
pub const LANDFALL_CHALLENGE_LEN: usize = 8;
const _: () = assert!(LANDFALL_CHALLENGE_LEN == CHALLENGE_LEN);

/// The number of a document as the engine counts them.
pub(super) fn document(number: u32) -> Result<u8> {
    u8::try_from(number).map_err(|_| Error::new(ErrorKind::NotFound, Part::ChipFile, 0))
}

/// The number of a file, if it has one.
fn number(kind: Kind) -> u32 {
    let file = match kind {
        Kind::Com => Some(ChipFile::Com),
        Kind::Sod => Some(ChipFile::Sod),
        Kind::CardAccess => Some(ChipFile::CardAccess),
        Kind::CardSecurity => Some(ChipFile::CardSecurity),
        Kind::Directory => Some(ChipFile::Directory),
        Kind::Cvca => Some(ChipFile::Cvca),
        Kind::DataGroup(group) => ChipFile::from_number(group.number().into()),
        _ => None,
    };
    file.map_or(0, ChipFile::number)
}

/// # Safety
/// Pointer and length are as the header asks.
unsafe fn challenge(bytes: *const u8, len: usize) -> Result<Challenge> {
    let wrong = Error::new(ErrorKind::BadLength, Part::Call, 0);
    if len != CHALLENGE_LEN {
        return Err(wrong);
    }
    // SAFETY: the caller vouches for it.
    let bytes = unsafe { input::binary(bytes, len, CHALLENGE_LEN, Part::Call) }?;
    bytes.try_into().map_err(|_| wrong)
}

/// Takes a file of a chip, up to 8 MiB, recognised by its content. `document` is the number of the document whose chip it
/// is; one more than there are opens another document, which has no printed zone. `file` becomes its number
/// (LANDFALL_CHIP_FILE_…, 0 for one without a number); it and `error` may be NULL.
///
/// A file that is read and found altered gives LANDFALL_STATUS_OK and failed checks. Gives LANDFALL_STATUS_NOT_FOUND for a
/// document that there is not, LANDFALL_STATUS_UNKNOWN_CONTENT for what is no file of a chip, the statuses from 300 for
/// a file that has no end, and LANDFALL_STATUS_BUDGET_EXCEEDED for more than 32 files or 8 MiB of one chip.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_read_chip_file(
    inspection: *mut landfall_inspection,
    document: u32,
    bytes: *const u8,
    bytes_len: usize,
    file: *mut u32,
    error: *mut landfall_error,
) -> u32 {
    let file = unsafe { Out::new(file) };
    reporting(error, || {
        let bytes = unsafe { input::binary(bytes, bytes_len, MAX_CHIP, Part::ChipFile) }?;
        let document = self::document(document)?;
        file.put(number(handle::with(inspection, |inspection| inspection.read_chip_file(document, bytes))?));
        Ok(())
    })
}

/// Says that something was there which could not be read, so that it does not pass for nothing: nothing clears then. For
/// whoever gives up on a source after a call that failed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_could_not_read(inspection: *mut landfall_inspection) -> u32 {
    guard(|| {
        handle::with(inspection, |inspection| {
            inspection.could_not_read();
            Ok(())
        })
    })
}

/// Issues a challenge for active authentication from LANDFALL_CHALLENGE_LEN bytes that the host drew at random, and writes
/// the bytes to send to the chip (INTERNAL AUTHENTICATE) to `challenge`, as many. A challenge that is never answered counts
/// as cut short. The document may be read later.
///
/// Gives LANDFALL_STATUS_BAD_LENGTH for another number of bytes, LANDFALL_STATUS_BAD_ARGUMENT for bytes that are all the
/// same or were a challenge of this inspection already, LANDFALL_STATUS_NOT_FOUND for a document number that cannot be,
/// and LANDFALL_STATUS_BUDGET_EXCEEDED beyond 64 challenges.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_challenge(
    inspection: *mut landfall_inspection,
    document: u32,
    random: *const u8,
    random_len: usize,
    challenge: *mut u8,
) -> u32 {
    // What is drawn may stand where the challenge is to go, so that it is taken before that place is cleared.
    let random = unsafe { self::challenge(random, random_len) };
    let out = unsafe { Out::<Challenge>::new(challenge.cast()) };
    guard(|| {
        out.required()?;
        let (random, document) = (random?, self::document(document)?);
        out.put(handle::with(inspection, |inspection| inspection.challenge(document, random))?);
        Ok(())
    })
}

/// Takes what the chip answered to `challenge`, up to 2048 bytes. It counts in favour of the chip only if this inspection
/// issued the challenge for this document before; a right answer to any other may be a recording. `error` may be NULL.
///
/// A wrong answer gives LANDFALL_STATUS_OK and a failed check. Gives LANDFALL_STATUS_BAD_LENGTH for another length of
/// challenge or an empty answer, LANDFALL_STATUS_NOT_FOUND for a document number that cannot be, and
/// LANDFALL_STATUS_BUDGET_EXCEEDED beyond 64 answers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_chip_answer(
    inspection: *mut landfall_inspection,
    document: u32,
    challenge: *const u8,
    challenge_len: usize,
    answer: *const u8,
    answer_len: usize,
    error: *mut landfall_error,
) -> u32 {
    reporting(error, || {
        let challenge = unsafe { self::challenge(challenge, challenge_len) }?;
        let answer = unsafe { input::binary(answer, answer_len, MAX_ANSWER, Part::Dg(15)) }?;
        let document = self::document(document)?;
        handle::with(inspection, |inspection| inspection.chip_answer(document, challenge, answer))
    })
}
