//! A practice forecast said in one line: `A beats B 70% 2026-01-07`.

use super::Forecast;

impl Forecast {
    /// The claim, the chance in percent and the day.
    #[must_use]
    pub fn to_line(&self) -> String {
        let percent = (self.chance * 1000.0).round() / 10.0;
        format!("{} {percent}% {}", self.claim, self.by)
    }
}
