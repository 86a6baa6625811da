//! Authorities of Utopia and elsewhere, what they issue, and what others try to pass off as theirs.

mod certificate;
mod crl;
mod deviation_list;
mod directory;
mod draft;
mod list;
mod store;
mod trust;

use draft::Authority;
