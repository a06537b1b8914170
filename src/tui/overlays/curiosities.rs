//! Overlay with the curiosities of the duels.

use crate::judge::duel::Curiosities;
use crate::judge::percent;
use crate::text::wrap;
use crate::tui::world::World;

use super::OverlayLine;

/// Circles, then answers worth asking again, in lines of so many columns.
pub(super) fn lines(found: &Curiosities, columns: usize, world: &World) -> Vec<OverlayLine> {
    let title =
        |id: &String| world.portfolio.idea(id).map_or(id.as_str(), |idea| &idea.title).to_owned();
    let text = |words: &str| wrap(words, columns).into_iter().map(OverlayLine::Text);
    let mut lines: Vec<OverlayLine> = text(&summary(found)).collect();
    for circle in &found.cycles {
        lines.extend([OverlayLine::Blank, OverlayLine::Heading("A circle".to_owned())]);
        lines.extend(circle.iter().take(1).map(|id| OverlayLine::Plain(title(id))));
        let others = circle.iter().cycle().skip(1).take(circle.len());
        lines.extend(others.map(|id| OverlayLine::Plain(format!("  over  {}", title(id)))));
    }
    if !found.surprises.is_empty() {
        let heading = "Answers that surprise, with how likely each was, given all others";
        lines.extend([OverlayLine::Blank, OverlayLine::Heading(heading.to_owned())]);
    }
    for one in &found.surprises {
        let between = if one.tie { "=" } else { "over" };
        let chance = percent(one.probability);
        lines.extend([
            OverlayLine::Plain(format!("{chance:>9}  {}", title(&one.winner))),
            OverlayLine::Plain(format!("{:9}  {between}  {}", "", title(&one.loser))),
        ]);
    }
    lines
}

fn summary(found: &Curiosities) -> String {
    let circles = match found.cyclic_triads {
        0 if found.cycles.is_empty() => return "No answers go round in circles.".to_owned(),
        0 => "No circle of three".to_owned(),
        1 => "One circle of three".to_owned(),
        many => format!("{many} circles of three"),
    };
    let expected = found.expected_cyclic_triads;
    format!(
        "{circles}; chance alone would bring about {expected:.1}. That is no mistake: what one \
         wants has more than one side."
    )
}
