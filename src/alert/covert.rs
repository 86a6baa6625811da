//! The channel for covert entries: what the counter must not see, sealed so that only the authority can read it.
//!
//! For every query there is one sealed message, with matches in it or not, padded to [`BLOCK`]: that
//! there is a message says nothing. The seal is `age` to an X25519 key. This is the only place of the library
//! that takes randomness by itself: `age` draws its file key from the operating system, and offers no other way.

use super::opened::AlertList;
use super::search::Audience;
use crate::date::Date;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::list::Query;
use zeroize::Zeroizing;

/// Messages are as long as this, in bytes, before they are sealed.
const BLOCK: usize = 16_384;

/// The public key of the authority that may read covert matches.
pub struct Authority(age::x25519::Recipient);

impl Authority {
    /// Reads a public key as `age` writes it: `age1…`.
    ///
    /// # Errors
    /// [`ErrorKind::BadArgument`] if it is none.
    pub fn parse(key: &str) -> Result<Self> {
        key.trim().parse().map(Self).map_err(|_| Error::new(ErrorKind::BadArgument, Part::AlertList, 0))
    }
}

impl core::fmt::Debug for Authority {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Authority(..)")
    }
}

/// What is sealed.
#[derive(serde::Serialize)]
struct Message<'a> {
    id: &'a str,
    version: u64,
    matches: Vec<super::Hit>,
    documents: Vec<super::DocumentHit>,
}

impl AlertList {
    /// The covert matches of a query that alarm on the day `on`, and the documents, sealed. There is a message whether or
    /// not there are any, and before it is sealed it always has 16 KiB: the weakest matches are left out
    /// where there are too many.
    ///
    /// # Errors
    /// If the package contradicts itself, or the message could not be sealed.
    pub fn search_covert(&self, query: &Query, authority: &Authority, on: Date) -> Result<Vec<u8>> {
        let mut matches = self.ranked(query, Audience::Authority, on)?;
        matches.retain(|hit| hit.alarm);
        let (number, issuer) = (query.document_number.reveal(), query.document_issuer);
        let documents = self.documents_for(Audience::Authority, number, issuer, on)?;
        let mut message = Message { id: &query.id, version: self.labels().version, matches, documents };
        let mut text = Zeroizing::new(crate::secret::json(&message).into_bytes());
        while text.len() >= BLOCK && (message.matches.pop().is_some() || message.documents.pop().is_some()) {
            text = Zeroizing::new(crate::secret::json(&message).into_bytes());
        }
        let mut room = Zeroizing::new(Vec::with_capacity(BLOCK));
        room.append(&mut text);
        // White space behind a JSON value belongs to no value.
        room.resize(BLOCK, b' ');
        age::encrypt(&authority.0, &room).map_err(|_| Error::new(ErrorKind::BadArgument, Part::AlertList, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::{Labels, package};
    use crate::list::{Entry, Handling, read_csv, read_queries};

    fn day() -> Date {
        Date::new(2026, 11, 1).unwrap()
    }

    fn queries() -> Vec<Query> {
        let text =
            "id,surname,given,mrz_name,birth_date,sex,nationality,document_number\nq,MUSTER,ERIKA,,1964-08-12,F,D,\n";
        read_queries(text.as_bytes()).0
    }

    fn entries() -> Vec<Entry> {
        let rows = "id,names,dobs,docs,sex,nationality\n1,\"DOE, Jane\",1974-08-12,,F,UTO\n2,\"MUSTER, Erika\",1964-08-12,,F,D\n";
        let mut entries = read_csv(rows.as_bytes()).entries;
        entries[1].handling = Handling::Covert;
        entries
    }

    #[test]
    fn a_covert_entry_leaves_no_byte_in_the_counters_package_and_none_in_its_output() {
        let with = package(&entries(), &Labels::default(), None);
        assert_eq!(with, package(&entries()[..1], &Labels::default(), None));
        let list = AlertList::open(Box::new(with), 0).unwrap();
        assert!(list.search(&queries()[0], day()).unwrap().iter().all(|hit| hit.entry == "1"));
        let labels = Labels { covert: true, ..Labels::default() };
        let covert = AlertList::open(Box::new(package(&entries(), &labels, None)), 0).unwrap();
        assert_eq!((covert.len(), covert.search(&queries()[0], day()).unwrap().len()), (1, 0));
    }

    #[test]
    fn a_sealed_message_opens_with_the_authoritys_key_alone_and_looks_like_an_empty_one() {
        let labels = Labels { covert: true, ..Labels::default() };
        let covert = AlertList::open(Box::new(package(&entries(), &labels, None)), 0).unwrap();
        let none = AlertList::open(Box::new(package(&entries()[..1], &labels, None)), 0).unwrap();
        let identity = age::x25519::Identity::generate();
        let authority = Authority::parse(&identity.to_public().to_string()).unwrap();
        let sealed = covert.search_covert(&queries()[0], &authority, day()).unwrap();
        let empty = none.search_covert(&queries()[0], &authority, day()).unwrap();
        let opened = |sealed: &[u8]| String::from_utf8(age::decrypt(&identity, sealed).unwrap()).unwrap();
        // The header that `age` puts before it has a random length, whatever is sealed.
        assert_eq!(opened(&sealed).len(), opened(&empty).len());
        assert!(opened(&sealed).contains("\"entry\":\"2\""));
        assert!(!opened(&empty).contains("entry"));
        assert!(age::decrypt(&age::x25519::Identity::generate(), &sealed).is_err());
    }
}
