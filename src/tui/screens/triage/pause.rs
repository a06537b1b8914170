//! The pause between the passes: what became of the cards, and which are to be
//! rated. It takes none of the keys of a pass.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::Command;
use crate::domain::{Date, Status, TriageDecision};
use crate::text::{count, fit, sanitize, shorten, wrap};
use crate::tui::theme::Styles;
use crate::tui::widgets::{draw_lines, page_offset};
use crate::tui::world::World;

use super::TriageScreen;
use crate::tui::dialogs::shown_day;

/// Kept cards that can be told apart with care.
const CARE: usize = 8;

/// Columns for how many cards, and what became of them.
const COUNT: usize = 14;

/// Reasons of dropped cards that are named.
const REASONS: usize = 4;

impl TriageScreen {
    /// Where the list of kept cards stands: the area, and the card at its top.
    pub(super) fn kept_list(&self, world: &World, area: Rect) -> (Rect, usize) {
        let above = self.pause_counts(world).len() + 4;
        let below = self.pause_keys(world).len() + 2 + usize::from(self.kept().len() > CARE) * 2;
        let kept = self.kept().len();
        let room = usize::from(area.height).saturating_sub(above + below);
        let rows = if kept > room { room.saturating_sub(1) } else { kept };
        let list = Rect {
            y: area.y + u16::try_from(above).unwrap_or(0),
            height: u16::try_from(rows).unwrap_or(0),
            ..area
        };
        (list.intersection(area), page_offset(self.kept_line, kept, rows))
    }

    pub(super) fn draw_pause(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        let title = format!(" Pass 1 is done: {}", count(self.round.len(), "card"));
        let mut lines = vec![Line::styled(title, styles.strong), Line::default()];
        lines.extend(self.pause_counts(world).into_iter().map(|(what, more)| {
            Line::from(vec![
                Span::styled(format!("  {}", fit(&what, COUNT)), styles.text),
                Span::styled(more, styles.quiet),
            ])
        }));
        lines.push(Line::default());
        lines.push(Line::styled("  Kept", styles.strong));
        let (list, first) = self.kept_list(world, area);
        let kept = self.kept();
        let last = (first + usize::from(list.height)).min(kept.len());
        for (at, id) in kept.iter().enumerate().take(last).skip(first) {
            let is_here = at == self.kept_line;
            let style = if is_here { styles.selected } else { styles.text };
            let title = world.portfolio.title_of(id);
            let mark = if is_here { "▸" } else { " " };
            let room = usize::from(area.width.saturating_sub(5));
            let title = sanitize(title);
            lines.push(Line::styled(format!("  {mark} {}", shorten(&title, room)), style));
        }
        if kept.len() > usize::from(list.height) {
            let more = kept.len() - usize::from(list.height);
            lines.push(Line::styled(format!("    … {more} more (j k)"), styles.quiet));
        }
        lines.push(Line::default());
        if kept.len() > CARE {
            let key = world.keymap.key(Command::TakeBack);
            let text = format!(
                "  Eight can be told apart with care. {key} takes the one under ▸ back out."
            );
            lines.extend([Line::styled(text, styles.text), Line::default()]);
        }
        lines.extend(self.pause_keys(world).into_iter().map(|(key, what)| {
            Line::from(vec![
                Span::styled(format!("  {}", fit(&key, 7)), styles.key),
                Span::styled(what, styles.text),
            ])
        }));
        draw_lines(&lines, area, buf);
    }

    fn pause_keys(&self, world: &World) -> Vec<(String, String)> {
        let kept = self.kept().len();
        let key = |command| world.keymap.key(command);
        let rated = match kept {
            1 => "rate the one that was kept (pass 2)".to_owned(),
            kept => format!("rate the {kept} kept (pass 2)"),
        };
        let decisions = match self.round.history().len() {
            1 => "the decision, to take it back".to_owned(),
            many => format!("all {many} decisions, to take one back"),
        };
        let mut keys = vec![
            (key(Command::Open), rated),
            (key(Command::Quit), "enough for today: g2 goes on here, tomorrow too".to_owned()),
            (key(Command::Overview), decisions),
        ];
        let held = match self.held_by_others(world).len() {
            0 => return keys,
            1 => "name who has the one that others have (optional)".to_owned(),
            many => format!("name who has the {many} that others have (optional)"),
        };
        keys.push((key(Command::Holders), held));
        keys
    }

    /// How many of each, with what else there is to say: `12 dropped`, the reasons.
    fn pause_counts(&self, world: &World) -> Vec<(String, String)> {
        let decided = |to: Status| {
            let decided = self.round.decided().iter().filter(move |decided| decided.to == to);
            decided.collect::<Vec<_>>()
        };
        let kept = self.kept().len();
        let minutes = if kept == 1 { "about a minute" } else { "about" };
        let time = if kept == 1 { minutes.to_owned() } else { format!("{minutes} {kept} minutes") };
        let mut counts = vec![(format!("{kept:>2} kept"), format!("to be rated: {time}"))];
        let parked = decided(Status::Parked);
        if !parked.is_empty() {
            let back = back(&parked, world.portfolio.as_of());
            counts.push((format!("{:>2} parked", parked.len()), back));
        }
        let dropped = decided(Status::Abandoned);
        if !dropped.is_empty() {
            let room = usize::from(world.room().width).saturating_sub(COUNT + 3);
            let mut why = wrap(&reasons(&dropped), room).into_iter();
            let count = format!("{:>2} dropped", dropped.len());
            counts.push((count, why.next().unwrap_or_default()));
            counts.extend(why.map(|more| (String::new(), more)));
        }
        for (to, word) in [
            (Status::Shortlist, "shortlisted"),
            (Status::Active, "started"),
            (Status::Done, "done"),
        ] {
            let many = decided(to).len();
            if many > 0 {
                counts.push((format!("{many:>2} {word}"), String::new()));
            }
        }
        let later = self.round.waiting().count() - kept;
        if later > 0 {
            counts.push((format!("{later:>2} later"), "again at the end".to_owned()));
        }
        counts
    }
}

/// When the parked cards come back: `back on 28 Feb 2027`.
fn back(parked: &[&TriageDecision], today: Date) -> String {
    let until = |decided: &&TriageDecision| {
        decided.standing.iter().find(|idea| idea.id == decided.id)?.parked_until
    };
    let mut days: Vec<Date> = parked.iter().filter_map(until).collect();
    days.sort_unstable();
    days.dedup();
    match days.as_slice() {
        [] => String::new(),
        [day] => format!("back on {}", shown_day(*day, today)),
        [first, ..] => format!("the first back on {}", shown_day(*first, today)),
    }
}

/// How often each reason was given, the commonest first.
fn reasons(dropped: &[&TriageDecision]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for decided in dropped.iter().filter(|decided| !decided.why.is_empty()) {
        *counts.entry(&decided.why).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = counts.iter().take(REASONS);
    let named = named.map(|(why, count)| format!("{count} {}", shorten(&sanitize(why), 24)));
    named.collect::<Vec<_>>().join(" · ")
}
