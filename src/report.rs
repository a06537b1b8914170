//! What leaves the program as text.

mod answers;
mod ask;
mod lab;

pub use answers::{Answered, Answers, Started, Unread, append_ratings};
pub use ask::sheet;
pub use lab::lab;
