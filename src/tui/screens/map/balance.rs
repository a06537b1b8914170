//! The balance of the portfolio, in words and bars.

use crate::domain::{BetKind, Idea, Status};
use crate::judge::{Balance, balance, hours_within, percent};
use crate::tui::world::World;

const DAYS: i64 = 90;

/// A share this near to the target counts as reached. A judgement.
const NEAR: f64 = 0.1;

const BAR: usize = 16;

/// What there is to say of the active ideas and of the hours. Each line begins
/// with a word for what it is about.
pub(super) fn lines(world: &World) -> [(&'static str, String); 2] {
    let target = world.settings.current().next_hot_share;
    let ideas = world.portfolio.portfolio().iter();
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
    let spent = hours_within(world.portfolio.portfolio(), DAYS, world.portfolio.as_of());
    let spent: Vec<(Option<BetKind>, f64)> = spent
        .into_iter()
        .filter_map(|(at, hours)| Some((world.portfolio.portfolio().at(at)?.bet, hours)))
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
