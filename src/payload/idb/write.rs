//! The writer of ICAO barcodes.

use super::{Algorithm, CERTIFICATE, MESSAGE_GROUP, SIGNATURE, error};
use crate::date::Date;
use crate::error::{ErrorKind, Result};
use crate::payload::vds::{date_bytes, der_length};
use crate::payload::{base32, c40};

/// What a barcode is written from.
#[derive(Debug, Clone, Copy)]
pub struct Write<'w> {
    /// The code of the issuing country.
    pub country: &'w str,
    /// Algorithm, the last five bytes of the SHA-1 of the signer's certificate, and the day; `None` leaves it unsigned.
    pub signing: Option<(Algorithm, [u8; 5], Date)>,
    /// Whether it is compressed.
    pub compressed: bool,
    /// Tags and values of the messages; the value of a message that has messages is their bytes.
    pub messages: &'w [(u8, Vec<u8>)],
    /// The certificate of the signer, if it goes along.
    pub certificate: Option<&'w [u8]>,
}

/// Writes a barcode as text; `sign` makes the signature over header and messages.
///
/// # Errors
/// `PayloadField` for a value that its field cannot hold, and what `sign` says.
pub fn write(content: &Write<'_>, sign: impl FnOnce(&[u8]) -> Result<Vec<u8>>) -> Result<String> {
    let country = zeroize::Zeroizing::new(format!("{:<3}", content.country));
    let mut bytes = c40::encode(&country)?;
    if bytes.len() != 2 {
        return Err(error(ErrorKind::PayloadField, 0));
    }
    if let Some((algorithm, reference, date)) = content.signing {
        bytes.push(u8::try_from(algorithm.number()).unwrap_or(0));
        bytes.extend(reference);
        bytes.push(0);
        bytes.extend(date_bytes(Some(date)));
    }
    let mut group = Vec::new();
    for (tag, value) in content.messages {
        element(*tag, value, &mut group)?;
    }
    element(MESSAGE_GROUP, &group, &mut bytes)?;
    if content.signing.is_some() {
        let signature = sign(&bytes)?;
        if let Some(certificate) = content.certificate {
            element(CERTIFICATE, certificate, &mut bytes)?;
        }
        element(SIGNATURE, &signature, &mut bytes)?;
    }
    let flag = b'A' + u8::from(content.signing.is_some()) + 2 * u8::from(content.compressed);
    if content.compressed {
        bytes = miniz_oxide::deflate::compress_to_vec_zlib(&bytes, 8);
    }
    Ok(format!("RDB1{}{}", char::from(flag), base32::encode(&bytes)))
}

fn element(tag: u8, value: &[u8], bytes: &mut Vec<u8>) -> Result<()> {
    bytes.push(tag);
    der_length(value.len(), bytes)?;
    bytes.extend(value);
    Ok(())
}
