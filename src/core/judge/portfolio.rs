//! The ideas taken together: hours, balance of bets, a suggested portfolio, tags.

mod balance;
mod hours;
mod risk_reward;
mod suggestion;
mod tag_rollup;
mod time_spent;

pub use balance::{Balance, balance, chance_of_a_hit};
pub use hours::hours_within;
pub use risk_reward::RiskRewardPoint;
pub use suggestion::{Candidate, Capacity, Suggestion, suggest};
pub use tag_rollup::{TagRollup, tag_rollups};
pub use time_spent::TimeSpent;
