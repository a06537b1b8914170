//! Finding ideas: words in any order, and conditions such as `status:active`.

mod filter;
mod finder;

pub use filter::{Filter, FilterError, SAVED, SavedFilters, Subject};
pub use finder::{Finder, search_key};

pub use crate::domain::fold;
