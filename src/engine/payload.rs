//! Payloads of barcodes in an inspection: seals verified, and everything compared with the zones that were read.

use super::Inspection;
use crate::assess::Expected;
use crate::check::{Check, CheckId, Subject};
use crate::cross;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::mrz::{DocumentKind, Mrz};
use crate::payload::{self, Kind, Payload};
use crate::seal::{self, Seal, TrustLevel};
use serde::Serialize;

/// The most payloads that one inspection takes.
pub const MAX_PAYLOADS: usize = 16;

/// The payloads of an inspection, in the order of reading.
#[derive(Debug, Clone, Default)]
pub(super) struct Payloads(Vec<Payload>);

impl Payloads {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }
}

/// One payload as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PayloadRead {
    /// Its number in this inspection, from 1.
    pub number: u8,
    /// How far it is to be trusted, if it is a seal and its checks do not leave that open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_level: Option<TrustLevel>,
    /// What it says.
    #[serde(flatten)]
    pub payload: Payload,
}

impl Inspection {
    /// Takes the bytes of a barcode, recognised by their content, and says what they are.
    ///
    /// Years that a boarding pass does not print are derived from the day of the inspection.
    ///
    /// # Errors
    /// As [`payload::read`]; `BudgetExceeded` beyond [`MAX_PAYLOADS`].
    pub fn read_payload(&mut self, bytes: &[u8]) -> Result<Kind> {
        let payload = match payload::read(bytes) {
            Ok(payload) => payload,
            Err(error) => {
                if payload::recognise(bytes).is_some_and(Kind::is_read) {
                    // A seal that is cut short was there, whatever the caller makes of the error.
                    self.could_not_read();
                }
                return Err(error);
            }
        };
        let kind = payload.kind();
        self.add_payload(payload).map(|_| kind)
    }

    /// Takes a payload that was read already, and gives its number, from 1.
    ///
    /// # Errors
    /// `BudgetExceeded` beyond [`MAX_PAYLOADS`].
    pub fn add_payload(&mut self, mut payload: Payload) -> Result<u8> {
        let full = Error::new(ErrorKind::BudgetExceeded, Part::Payload, MAX_PAYLOADS);
        if self.payloads.0.len() >= MAX_PAYLOADS {
            return Err(full);
        }
        payload.resolve(self.at().date());
        self.payloads.0.push(payload);
        u8::try_from(self.payloads.0.len()).map_err(|_| full)
    }

    /// The payloads with their numbers.
    pub fn payloads(&self) -> impl Iterator<Item = (u8, &Payload)> {
        (1..).zip(&self.payloads.0)
    }

    /// Every payload with the level of trust that its checks come to.
    pub(super) fn payloads_read(&self, checks: &[Check]) -> Vec<PayloadRead> {
        let read = self.payloads().map(|(number, payload)| {
            let own = checks.iter().filter(|check| check.subject == Subject::Payload(number));
            let own: Vec<Check> = own.copied().collect();
            let trust_level = Seal::of(payload).and_then(|_| seal::trust_level(&own));
            PayloadRead { number, trust_level, payload: payload.clone() }
        });
        read.collect()
    }

    /// The checks of every payload, and those of visas against the passport.
    pub(super) fn payload_checks(&self, checks: &mut Vec<Check>) {
        let zones: Vec<&Mrz> = self.documents().map(|(_, zone)| zone).collect();
        let on = self.at().date();
        for (number, payload) in self.payloads() {
            let subject = Subject::Payload(number);
            checks.extend(seal::verify(payload, self.engine().trust(), self.at(), subject));
            checks.extend(cross::payload(payload, &zones, on, subject));
        }
        let passport = zones.iter().find(|zone| zone.kind() == DocumentKind::Passport);
        let Some(passport) = passport else { return };
        for (number, zone) in self.documents().filter(|(_, zone)| zone.kind() == DocumentKind::Visa) {
            checks.push(cross::visa_passport(zone, passport, Subject::Document(number)));
        }
    }

    /// What has to be answered about the payloads that were read.
    pub(super) fn payloads_expected(&self) -> Vec<Expected> {
        let seals = self.payloads().filter(|(_, payload)| Seal::of(payload).is_some());
        let ids = [CheckId::SealSignature, CheckId::SealPath, CheckId::SealValidity, CheckId::SealRevocation];
        seals.flat_map(|(number, _)| ids.map(|id| Expected { id, subject: Subject::Payload(number) })).collect()
    }
}
