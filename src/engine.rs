//! The engine: what a host builds once, and the inspections that it opens with it.
//!
//! An [`Engine`] is immutable and shared between threads; exchanging a part of it makes another engine, and an
//! inspection that is running keeps the one it was opened with. An [`Inspection`] is one traveller at one given
//! time: it takes readings and facts in any order and gives an [`Assessment`]. The engine, never the caller,
//! derives which checks were to be expected, so that nothing disappears by being left out.
//!
//! There is no clock, no thread, no file and no network here.

mod assessment;
mod centiban;
mod document;
mod encounter;
mod expected;
mod inspection;
mod listed;
#[cfg(feature = "optical")]
mod page;
#[cfg(feature = "barcode")]
mod payload;
mod reported;
#[cfg(feature = "alert")]
mod screening;

pub use assessment::{Assessment, DeviationSeen, DocumentRead, EngineVersion, PolicyUsed, SCHEMA};
pub use document::{MAX_CHIP, MAX_FILES, Picture};
pub use encounter::MAX_CHALLENGES;
pub use inspection::{Inspection, MAX_DOCUMENTS, MAX_FACTS};
#[cfg(feature = "optical")]
pub use page::{Page, PageRead};
#[cfg(feature = "barcode")]
pub use payload::{MAX_PAYLOADS, PayloadRead};
#[cfg(feature = "alert")]
pub use screening::{AlertsSeen, DocumentSeen, ListSeen};

#[cfg(feature = "alert")]
use crate::alert::AlertList;
use crate::assess::Policy;
use crate::date::Time;
use crate::error::Result;
#[cfg(feature = "alert")]
use crate::list::Clearance;
use crate::pki::TrustStore;
#[cfg(feature = "specimen")]
use crate::pki::Voucher;
use std::sync::Arc;

/// The immutable whole of policy, lists and trust with which inspections are made.
///
/// Cloning is cheap and shares everything.
///
/// ```
/// use landfall::{date::Time, engine::Engine};
///
/// let engine = Engine::new()?;
/// let mut inspection = engine.inspect(Time::parse("2011-06-01T08:00:00Z")?);
/// inspection.read_mrz("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
///                      L898902C36UTO7408122F1204159ZE184226B<<<<<10")?;
/// let assessment = inspection.assess();
/// assert_eq!(assessment.verdict.recommendation.name(), "refer");
/// # Ok::<(), landfall::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Engine {
    parts: Arc<Parts>,
}

#[derive(Debug, Clone)]
struct Parts {
    policy: Policy,
    not_before: Option<Time>,
    trust: TrustStore,
    #[cfg(feature = "alert")]
    alerts: screening::Alerts,
}

impl Engine {
    /// An engine with the compiled-in default policy and nothing else.
    ///
    /// # Errors
    /// Only if the compiled-in policy cannot be read, which a test rules out.
    pub fn new() -> Result<Self> {
        Ok(Self::with_policy(Policy::default_policy()?))
    }

    /// An engine that judges by this policy.
    #[must_use]
    pub fn with_policy(policy: Policy) -> Self {
        Self {
            parts: Arc::new(Parts {
                policy,
                not_before: None,
                trust: compiled_in(),
                #[cfg(feature = "alert")]
                alerts: screening::Alerts::default(),
            }),
        }
    }

    /// The same engine, for which no inspection may be earlier than `time`.
    ///
    /// Hosts keep the latest time that they have seen and give it here, so that a clock that was turned back is
    /// noticed. Signed material that is loaded moves the limit by itself.
    #[must_use]
    pub fn not_before(&self, time: Time) -> Self {
        let mut parts = Parts::clone(&self.parts);
        parts.not_before = Some(parts.not_before.map_or(time, |earlier| earlier.max(time)));
        Self { parts: Arc::new(parts) }
    }

    /// The same engine with these anchors instead of its own.
    ///
    /// What the engine was built with, the Utopian anchors of feature `specimen`, is kept beside them.
    #[must_use]
    pub fn with_trust(&self, mut store: TrustStore) -> Self {
        for anchor in compiled_in().anchors() {
            store.add(anchor.clone());
        }
        store.settle();
        let newest = store.newest();
        let engine = Self { parts: Arc::new(Parts { trust: store, ..Parts::clone(&self.parts) }) };
        newest.map_or_else(|| engine.clone(), |time| engine.not_before(time))
    }

    /// The anchors that paths may end at.
    #[must_use]
    pub fn trust(&self) -> &TrustStore {
        &self.parts.trust
    }

    /// The same engine with these alert lists instead of its own. Each keeps its provenance in every result. Inspections
    /// that are open keep the lists they were opened with, so that an exchange neither drops nor repeats a query.
    ///
    /// Packages of covert entries have no effect here: they answer through
    /// [`Inspection::screen_covert`] alone.
    #[cfg(feature = "alert")]
    #[must_use]
    pub fn with_alert_lists(&self, lists: impl IntoIterator<Item = Arc<AlertList>>) -> Self {
        let mut parts = Parts::clone(&self.parts);
        parts.alerts.set_lists(lists);
        Self { parts: Arc::new(parts) }
    }

    /// The same engine with these cleared false matches instead of its own.
    #[cfg(feature = "alert")]
    #[must_use]
    pub fn with_clearances(&self, clearances: impl IntoIterator<Item = Clearance>) -> Self {
        let mut parts = Parts::clone(&self.parts);
        parts.alerts.set_clearances(clearances);
        Self { parts: Arc::new(parts) }
    }

    /// The policy by which this engine judges.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.parts.policy
    }

    /// Opens an inspection of one traveller at the time `at`.
    #[must_use]
    pub fn inspect(&self, at: Time) -> Inspection {
        Inspection::new(self.clone(), at)
    }
}

/// The anchors that come with this build: those of Utopia, flagged as test, if it can issue specimens.
fn compiled_in() -> TrustStore {
    #[allow(unused_mut, reason = "only feature `specimen` has anchors to add")]
    let mut store = TrustStore::new();
    #[cfg(feature = "specimen")]
    for anchor in [crate::specimen::anchor(), crate::specimen::second_anchor()] {
        let voucher = Voucher { test: true, ..Voucher::new("compiled in") };
        // A test holds that both are imported; without them specimens have no anchor, and nothing else changes.
        drop(store.import(anchor, &voucher));
    }
    store
}
