//! Ranking changes if the revealed weights were adopted.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::Criterion;
use crate::text::{fit, sanitize, shorten, wrap};
use crate::tui::jobs::taste::{Move, TasteFindings};
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::layout::{below, put, scrolled};

/// Rows above the ranking: a title, the weights with their heading, a gap.
const HEAD: u16 = 9;

/// Rows below it for what follows from adopting.
const FOOT: usize = 4;

/// The furthest that the ranking can be scrolled.
pub(super) fn last(findings: &TasteFindings, world: &World) -> usize {
    let rows = usize::from(world.room().height.saturating_sub(HEAD)).saturating_sub(FOOT);
    findings.moves.len().saturating_sub(rows)
}

/// Draws the weights before and after, and the ranking that would follow.
pub(super) fn draw(
    findings: &TasteFindings,
    at: usize,
    world: &World,
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let study = &findings.study;
    put(
        "Adopt what your duels reveal? y does, n leaves everything",
        area,
        0,
        styles.strong,
        buffer,
    );
    put("weight          now      then", area, 1, styles.quiet, buffer);
    let revealed = study.revealed();
    for (criterion, row) in Criterion::ALL.into_iter().zip(below(area, 2).rows()) {
        let index = criterion.index();
        let [now, then] = [study.stated[index], revealed[index]].map(|share| share * 100.0);
        let arrow = match then - now {
            change if change > 0.05 => "▲",
            change if change < -0.05 => "▼",
            _ => " ",
        };
        let text = format!("{}{now:>6.1} % → {then:>5.1} % {arrow}", fit(criterion.id(), 12));
        put(&text, row, 0, styles.text, buffer);
    }
    let stay = findings.moves.iter().filter(|one| one.rise() == 0).count();
    let heading =
        format!("The ranking then; {stay} of {} stay where they are", findings.moves.len());
    put(&heading, area, HEAD - 1, styles.accent, buffer);
    let notes = notes(findings, usize::from(area.width));
    let foot = u16::try_from(FOOT).unwrap_or(u16::MAX);
    let list = below(area, HEAD);
    let list = Rect { height: list.height.saturating_sub(foot), ..list };
    let lines: Vec<Line<'static>> = findings
        .moves
        .iter()
        .map(|one| line(one, world, styles, usize::from(list.width)))
        .collect();
    scrolled(&lines, at, list, buffer);
    let notes: Vec<Line<'static>> =
        notes.into_iter().map(|note| Line::styled(note, styles.quiet)).collect();
    let rows = u16::try_from(notes.len()).unwrap_or(u16::MAX);
    scrolled(&notes, 0, below(area, area.height.saturating_sub(rows)), buffer);
}

fn line(one: &Move, world: &World, styles: &Styles, columns: usize) -> Line<'static> {
    let rank = one.after.map_or_else(|| "·".to_owned(), |rank| rank.to_string());
    let (arrow, style) = match one.rise() {
        0 => (String::new(), styles.text),
        rise if rise > 0 => (format!("▲{rise}"), styles.good),
        fall => (format!("▼{}", -fall), styles.caution),
    };
    let title = world.portfolio.idea(&one.id).map_or(one.id.as_str(), |idea| &idea.title);
    let title = shorten(&sanitize(title), columns.saturating_sub(10)).into_owned();
    Line::from(vec![
        Span::styled(format!("{rank:>3}  "), styles.text),
        Span::styled(fit(&arrow, 5), style),
        Span::styled(title, styles.text),
    ])
}

/// What else follows from adopting, at most [`FOOT`] lines with a gap.
fn notes(findings: &TasteFindings, columns: usize) -> Vec<String> {
    let mut text = if findings.study.adopted {
        "The weights that you stated first stay in [taste] of prospect.toml: no duel counts twice."
            .to_owned()
    } else {
        "What you state now is kept as [taste] in prospect.toml, so that no duel counts twice."
            .to_owned()
    };
    if !findings.study.others.is_empty() {
        text += " The weights are those of the workspace: they change for everybody in it.";
    }
    let mut lines = wrap(&text, columns);
    lines.truncate(FOOT - 1);
    lines
}
