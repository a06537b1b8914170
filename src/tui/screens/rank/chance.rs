//! Certainty of the ranking: the chance of each idea to be among the first few.

use crate::judge::percent;
use crate::text::sanitize;
use crate::tui::jobs::sensitivity::Sensitivity;
use crate::tui::world::World;

/// How sure the ranking is, if that is known of the ideas as they are.
pub(super) fn current(world: &World) -> Option<&Sensitivity> {
    world.results.sensitivity.output().filter(|sensitivity| {
        sensitivity.key.answers == world.portfolio.rating_revision()
            && sensitivity.key.rule == *world.portfolio.rule()
    })
}

/// Above the column: how many are to be pursued. While another state of the
/// ideas is being worked out, it says so.
pub(super) fn heading(world: &World) -> String {
    match world.results.sensitivity.output() {
        Some(sensitivity) if current(world).is_some() => format!("top {}", sensitivity.key.top),
        Some(sensitivity) => format!("top{}…", sensitivity.key.top),
        None => "top …".to_owned(),
    }
}

/// The probability of an idea to be among the first, as it was worked out last;
/// nothing where it takes no part.
pub(super) fn shown(id: &str, world: &World) -> String {
    let sensitivity = world.results.sensitivity.output();
    sensitivity.map_or_else(|| "·".to_owned(), |sensitivity| sensitivity.shown_chance(id))
}

/// How sure the place of an idea is, in words.
pub(super) fn describe(id: &str, world: &World) -> Option<String> {
    let sensitivity = current(world)?;
    let top = sensitivity.key.top;
    let chance = percent(sensitivity.chance(id)?);
    let mut words = format!("{chance} likely to be in your top {top}");
    let band = sensitivity.band(id)?;
    if band.len() > 1 {
        let (first, last) = (band.start + 1, band.end);
        words += &format!(" · {first} to {last} are too close to call (╭ ╰): g3 asks");
    }
    let questions = sensitivity.questions.iter().enumerate();
    if let Some((at, question)) = questions.into_iter().find(|(_, question)| question.id == id) {
        let cheapest = if at == 0 { "Cheapest question: " } else { "" };
        words += &format!(" · {cheapest}{}", sanitize(&question.consequence));
    }
    Some(words)
}
