//! The balance of the portfolio, in words and bars, and one that is suggested: which
//! ideas to have active in a week of so many hours.

use crate::domain::{BetKind, Idea, Status};
use crate::judge::{
    Balance, Candidate, Capacity, Suggestion, balance, hours_within, percent, promised_until,
    suggest,
};
use crate::text::{sanitize, shorten};
use crate::tui::world::World;

use super::control::Entry;

const DAYS: i64 = 90;

/// A share this near to the target counts as reached. A judgement.
const NEAR: f64 = 0.1;

const BAR: usize = 16;

/// What there is to say of the active ideas and of the hours. Each line begins
/// with a word for what it is about.
pub(super) fn balance_lines(world: &World) -> [(&'static str, String); 2] {
    let target = world.settings.current().next_hot_share;
    let ideas = world.portfolio.iter();
    let active: Vec<&Idea> = ideas.filter(|idea| idea.status == Status::Active).collect();
    let count = |kind| active.iter().filter(|idea| idea.bet == kind).count();
    let efforts = active.iter().map(|idea| (idea.bet, 1.0));
    let of_active = match balance(efforts, target) {
        None => "nothing is active".to_owned(),
        Some(split) => {
            let parts = parts(|kind| count(kind).to_string(), |kind| count(kind) > 0);
            format!("{} {parts}: {}", bar(split), verdict(split))
        }
    };
    let spent = hours_within(&world.portfolio, DAYS, world.portfolio.as_of());
    let spent: Vec<(Option<BetKind>, f64)> = spent
        .into_iter()
        .filter_map(|(at, hours)| Some((world.portfolio.at(at)?.0.bet, hours)))
        .collect();
    let hours = |kind| -> f64 {
        spent.iter().filter(|(bet, _)| *bet == kind).map(|(_, hours)| hours).sum()
    };
    let of_hours = match balance(spent.iter().copied(), target) {
        None => "no hours logged".to_owned(),
        Some(split) => {
            let parts = parts(|kind| format!("{:.0} h", hours(kind)), |kind| hours(kind) > 0.0);
            format!("{} {parts}: {}", bar(split), verdict(split))
        }
    };
    [("active", of_active), ("90 days", of_hours)]
}

/// `2 next-hot, 3 hot, 1 without a bet`, leaving out what there is none of.
fn parts(
    amount: impl Fn(Option<BetKind>) -> String,
    is_some: impl Fn(Option<BetKind>) -> bool,
) -> String {
    let all = [
        (Some(BetKind::NextHot), "next-hot"),
        (Some(BetKind::Hot), "hot"),
        (None, "without a bet"),
    ];
    let parts = all.into_iter().filter(|(kind, _)| is_some(*kind));
    parts.map(|(kind, word)| format!("{} {word}", amount(kind))).collect::<Vec<_>>().join(", ")
}

/// Next-hot from the left, hot behind it, a dot for what is without a bet; the
/// upright stroke is the target.
fn bar(split: Balance) -> String {
    let columns = |share: f64| (share * BAR as f64).round() as usize;
    let next_hot = columns(split.next_hot);
    let declared = next_hot + columns(split.hot);
    let aim = columns(split.target).min(BAR - 1);
    (0..BAR)
        .map(|column| match column {
            _ if column == aim => '│',
            _ if column < next_hot => '■',
            _ if column < declared => '□',
            _ => '·',
        })
        .collect()
}

fn verdict(split: Balance) -> String {
    let aim = percent(split.target);
    let off = split.next_hot - split.target;
    if off.abs() <= NEAR {
        format!("as aimed ({aim} next-hot)")
    } else if off < 0.0 {
        format!("less next-hot than the {aim} aimed at")
    } else {
        format!("more next-hot than the {aim} aimed at")
    }
}

/// Hours a week that an active idea takes. A judgement: about a day.
pub(super) const EACH: u32 = 8;

/// More hours than a week has are not planned.
const MOST: u32 = 168;

/// Columns of a title in the sentence.
const TITLE: usize = 34;

/// The week that is planned.
#[derive(Debug)]
pub(super) struct Plan {
    open: bool,
    pub(super) hours: u32,
    /// What is suggested for every entry, once worked out.
    suggestions: Vec<Suggestion>,
    /// What that follows from, besides the entries.
    basis: Option<(u32, u64, u64)>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { open: false, hours: 30, suggestions: Vec::new(), basis: None }
    }
}

impl Plan {
    pub(super) const fn is_open(&self) -> bool {
        self.open
    }

    pub(super) const fn toggle(&mut self) {
        self.open = !self.open;
    }

    /// Closes it; false if it was closed.
    pub(super) const fn close(&mut self) -> bool {
        std::mem::replace(&mut self.open, false)
    }

    pub(super) fn forget(&mut self) {
        self.basis = None;
    }

    /// What is suggested, in the order of the entries.
    pub(super) fn suggestions(&self) -> &[Suggestion] {
        &self.suggestions
    }

    /// Plans for so many hours more.
    pub(super) fn turn(&mut self, steps: f64) {
        self.hours = self.hours.saturating_add_signed(steps as i32).clamp(1, MOST);
    }

    /// Works it out where it is open and anything has changed.
    pub(super) fn refresh(&mut self, entries: &[Entry], world: &World) {
        let next_hot_share = world.settings.current().next_hot_share;
        let basis = (self.hours, next_hot_share.to_bits(), world.portfolio.revision());
        if !self.open || self.basis == Some(basis) {
            return;
        }
        let ideas = world.portfolio.ideas();
        let as_of = world.portfolio.as_of();
        let candidate = |entry| {
            let Entry { position, score, .. }: &Entry = entry;
            let idea = ideas.get(*position)?;
            Some(Candidate { idea, score, hours: EACH, promised: promised_until(idea, as_of) })
        };
        let candidates: Vec<Candidate<'_>> = entries.iter().filter_map(candidate).collect();
        self.suggestions = suggest(&candidates, Capacity { hours: self.hours, next_hot_share });
        self.basis = Some(basis);
    }

    /// What it comes to: `2 kept, 16 h; the 14 h that are free would start
    /// "…"`. Takes the ideas in the order of the suggestions.
    pub(super) fn sentence<'a>(&self, ideas: impl Iterator<Item = &'a Idea>) -> String {
        let chosen = ideas.zip(&self.suggestions).filter(|(_, suggestion)| suggestion.is_in());
        let (kept, started): (Vec<&Idea>, Vec<&Idea>) =
            chosen.map(|(idea, _)| idea).partition(|idea| idea.status == Status::Active);
        let taken = u32::try_from(kept.len()).unwrap_or(u32::MAX).saturating_mul(EACH);
        let free = self.hours.saturating_sub(taken);
        let titles: Vec<String> = started
            .iter()
            .map(|idea| format!("\"{}\"", shorten(&sanitize(&idea.title), TITLE)))
            .collect();
        let starts = match titles.as_slice() {
            [] if free == 0 => "no hours are free".to_owned(),
            [] => format!("nothing to start with the {free} h that are free"),
            [one] => format!("the {free} h that are free would start {one}"),
            [first, others @ ..] => {
                format!("the {free} h that are free would start {first} and {} more", others.len())
            }
        };
        match kept.len() {
            0 => starts,
            one => format!("{one} kept, {taken} h; {starts}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_both_kinds_and_the_aim() {
        let split = |hot, next_hot, target| {
            let efforts = [(Some(BetKind::Hot), hot), (Some(BetKind::NextHot), next_hot)];
            balance(efforts, target).unwrap()
        };
        assert_eq!(bar(split(3.0, 1.0, 0.5)), "■■■■□□□□│□□□□□□□");
        assert_eq!(verdict(split(3.0, 1.0, 0.5)), "less next-hot than the 50 % aimed at");
        assert_eq!(verdict(split(1.0, 1.0, 0.45)), "as aimed (45 % next-hot)");
        assert_eq!(bar(split(1.0, 0.0, 1.0)), "□□□□□□□□□□□□□□□│");
    }
}
