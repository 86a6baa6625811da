//! The writer of seals: header and message as they are signed, and the whole with its signature.

use super::header::{Header, Version, date_bytes};
use super::{MAGIC, error};
use crate::error::{ErrorKind, Result};
use crate::payload::c40;

/// Writes a seal: header, features in the order given, and the signature that `sign` makes over them.
///
/// ```
/// use landfall::payload::{Payload, read, vds};
///
/// let header = vds::Header {
///     version: vds::Version::V4,
///     issuing_country: "UTO".into(),
///     signer: "UTTS".to_owned(),
///     certificate_reference: "5B".to_owned(),
///     issue_date: landfall::date::Date::new(2026, 6, 13),
///     signature_date: landfall::date::Date::new(2026, 6, 13),
///     definition_reference: 0xFE,
///     category: 0x02,
///     document_type: None,
/// };
/// let bytes = vds::write(&header, &[(1, b"any".to_vec())], |_signed| Ok(vec![1; 64]))?;
/// let Payload::Vds(seal) = read(&bytes)? else { unreachable!() };
/// assert_eq!(seal.header, header);
/// # Ok::<(), landfall::Error>(())
/// ```
///
/// # Errors
/// `PayloadField` for a value that its field cannot hold, and what `sign` says.
pub fn write(
    header: &Header,
    features: &[(u8, Vec<u8>)],
    sign: impl FnOnce(&[u8]) -> Result<Vec<u8>>,
) -> Result<Vec<u8>> {
    let mut bytes = head(header)?;
    for (tag, value) in features {
        if *tag == 0xFF {
            return Err(error(ErrorKind::PayloadField, bytes.len()));
        }
        bytes.push(*tag);
        match header.version {
            Version::V3 => {
                bytes.push(u8::try_from(value.len()).map_err(|_| error(ErrorKind::PayloadField, bytes.len()))?);
            }
            Version::V4 => der_length(value.len(), &mut bytes)?,
        }
        bytes.extend(value);
    }
    let signature = sign(&bytes)?;
    bytes.push(0xFF);
    der_length(signature.len(), &mut bytes)?;
    bytes.extend(signature);
    Ok(bytes)
}

fn head(header: &Header) -> Result<Vec<u8>> {
    let wrong = |at| error(ErrorKind::PayloadField, at);
    let version = if header.version == Version::V3 { 0x02 } else { 0x03 };
    let mut bytes = vec![MAGIC, version];
    let country = header.issuing_country.reveal();
    let padded = zeroize::Zeroizing::new(format!("{country:<3}"));
    let country = c40::encode(&padded)?;
    if country.len() != 2 {
        return Err(wrong(2));
    }
    bytes.extend(country);
    bytes.extend(c40::encode(&reference(header)?)?);
    bytes.extend(date_bytes(header.issue_date));
    bytes.extend(date_bytes(header.signature_date));
    bytes.extend([header.definition_reference, header.category]);
    Ok(bytes)
}

/// Signer and reference as text, the length of the reference between them from version 4 on.
fn reference(header: &Header) -> Result<String> {
    let (signer, reference) = (&header.signer, &header.certificate_reference);
    if signer.len() != 4 || reference.is_empty() {
        return Err(error(ErrorKind::PayloadField, 4));
    }
    match (header.version, signer.as_str(), reference.len()) {
        (Version::V3, _, 5) => Ok(format!("{signer}{reference}")),
        (Version::V4, "DEZV", length @ ..=99) => Ok(format!("{signer}{length:02}{reference}")),
        (Version::V4, _, length @ ..=0xFF) => Ok(format!("{signer}{length:02X}{reference}")),
        _ => Err(error(ErrorKind::PayloadField, 4)),
    }
}

/// A length as in DER, up to two bytes.
pub(in crate::payload) fn der_length(length: usize, bytes: &mut Vec<u8>) -> Result<()> {
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ ..0x80), _) => bytes.push(short),
        (Ok(long), _) => bytes.extend([0x81, long]),
        (_, Ok(long)) => {
            bytes.push(0x82);
            bytes.extend(long.to_be_bytes());
        }
        _ => return Err(error(ErrorKind::PayloadField, bytes.len())),
    }
    Ok(())
}
