//! Overlay with the changes of the ranking during a session of duels.

use crate::judge::duel::RankChange;
use crate::text::count;
use crate::tui::screens::duel::SessionChanges;
use crate::tui::world::World;

use super::OverlayLine;

/// The ranking after and before: those ahead, who was among them, and the ideas
/// that have moved behind them.
pub(super) fn lines(moved: &SessionChanges, world: &World) -> Vec<OverlayLine> {
    let moves = moved.now.changes_since(&moved.before);
    let (top, rest) = moves.split_at(moved.now.k.min(moves.len()));
    let (left, behind): (Vec<&RankChange>, Vec<&RankChange>) =
        rest.iter().filter(|one| one.has_moved()).partition(|one| was_ahead(one, moved));
    let still = rest.len() - left.len() - behind.len();
    let mut lines = vec![OverlayLine::Text(format!("{} · {}", answers(moved), moved.pool))];
    let ahead = format!("The {} ahead", moved.now.k);
    for (heading, group) in [
        (ahead.as_str(), top.iter().collect::<Vec<_>>()),
        ("No longer among them", left),
        ("Behind them", behind),
    ] {
        if !group.is_empty() {
            lines.extend([OverlayLine::Blank, OverlayLine::Heading(heading.to_owned())]);
            lines.extend(group.into_iter().map(|one| line(one, moved, world)));
        }
    }
    let others = match still {
        0 => return lines,
        1 => "1 other stands where it stood".to_owned(),
        many => format!("{many} others stand where they stood"),
    };
    lines.extend([OverlayLine::Blank, OverlayLine::Text(others)]);
    lines
}

/// How many answers the session has brought, or taken.
fn answers(moved: &SessionChanges) -> String {
    let [before, now] = moved.answers;
    match (now.abs_diff(before), now > before) {
        (0, _) => "as many answers as before".to_owned(),
        (many, true) => count(many, "answer"),
        (many, false) => format!("{} less", count(many, "answer")),
    }
}

fn was_ahead(one: &RankChange, moved: &SessionChanges) -> bool {
    one.before.is_some_and(|place| place <= moved.before.k)
}

/// `  2  ↑3  was 5   Title`
fn line(one: &RankChange, moved: &SessionChanges, world: &World) -> OverlayLine {
    let (far, was) = match (one.before, one.now) {
        (Some(before), Some(now)) if now < before => {
            (format!("↑{}", before - now), format!("was {before}"))
        }
        (Some(before), Some(now)) if now > before => {
            (format!("↓{}", now - before), format!("was {before}"))
        }
        (Some(before), None) => ("gone".to_owned(), format!("was {before}")),
        (None, Some(_)) => ("new".to_owned(), String::new()),
        _ => (String::new(), String::new()),
    };
    let is_new = one.now.is_some_and(|place| place <= moved.now.k) && !was_ahead(one, moved);
    let mark = if is_new { "●" } else { " " };
    let now = one.now.map_or_else(|| "–".to_owned(), |place| place.to_string());
    let title = world.portfolio.idea(&one.id).map_or(one.id.as_str(), |idea| &idea.title);
    OverlayLine::Plain(format!("{now:>3} {mark} {far:<5}{was:<9}{title}"))
}
