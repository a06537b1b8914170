//! History of an idea, the latest first.

use ratatui::text::{Line, Span};

use crate::domain::{Date, Decision, LogEntry, Promise, PromiseResult};
use crate::judge::percent;
use crate::text::{sanitize, shorten, width, wrap};
use crate::tui::screens::rank::order;

use super::Detail;
use super::chart::Course;

/// Columns for a date and the space behind it.
const DATE: usize = 12;

impl Detail<'_> {
    pub(super) fn promises(&self) -> Vec<Line<'static>> {
        let mut promises: Vec<&Promise> = self.idea.promises.iter().collect();
        if promises.is_empty() {
            return Vec::new();
        }
        promises.sort_by_key(|promise| std::cmp::Reverse(promise.by));
        let lines = promises.into_iter().flat_map(|promise| self.promise(promise));
        self.heading("promises").into_iter().chain(lines).collect()
    }

    fn promise(&self, promise: &Promise) -> Vec<Line<'static>> {
        let mut words = Vec::new();
        words.extend(promise.claim.clone());
        words.extend(promise.traction.map(|level| format!("traction {level} or more")));
        words.extend(promise.chance.map(|chance| format!("you gave it {}", percent(chance))));
        let due = promise.by <= self.world.portfolio.as_of();
        let (state, style) = match (promise.result, promise.amended) {
            (Some(PromiseResult::Kept), _) => ("kept", self.styles.good),
            (Some(PromiseResult::Missed), _) => ("missed", self.styles.bad),
            (Some(PromiseResult::Void), _) => ("void", self.styles.quiet),
            (None, Some(_)) => ("moved", self.styles.quiet),
            (None, None) if due => ("due", self.styles.caution),
            (None, None) => ("open", self.styles.text),
        };
        let state = Span::styled(format!("{state:<7}"), style);
        self.entry(promise.by, vec![state], &words.join(" · "))
    }

    pub(super) fn log(&self) -> Vec<Line<'static>> {
        let as_of = self.world.portfolio.as_of();
        let mut entries: Vec<&LogEntry> =
            self.idea.log.iter().filter(|entry| entry.date <= as_of).collect();
        if entries.is_empty() {
            return Vec::new();
        }
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.date));
        let count = match entries.len() {
            1 => "1 entry".to_owned(),
            many => format!("{many} entries"),
        };
        let total = format!("{:.0} h in {count}", order::hours(self.idea, as_of));
        let mut lines = self.heading("log");
        if let Some(course) = Course::of(self.idea, as_of) {
            let axis = course.axis(self.screen.axis);
            let said = format!("{} · {total}", axis.label());
            lines.push(Line::styled(shorten(&said, self.width).into_owned(), self.styles.quiet));
            lines.extend(course.lines(axis, self.width, self.styles));
        } else {
            lines.push(Line::styled(total, self.styles.quiet));
        }
        let columns = format!("{:<DATE$}{:>6} {:>5}  note", "day", "hours", "level");
        lines.push(Line::styled(shorten(&columns, self.width).into_owned(), self.styles.quiet));
        lines.extend(entries.into_iter().flat_map(|entry| self.log_entry(entry)));
        lines
    }

    fn log_entry(&self, entry: &LogEntry) -> Vec<Line<'static>> {
        let hours = entry
            .hours
            .map_or_else(String::new, |hours| format!("{} h", (hours * 100.0).round() / 100.0));
        let traction = entry.traction.map_or_else(|| "·".to_owned(), |level| level.to_string());
        let spans = vec![
            Span::styled(format!("{hours:>6} "), self.styles.quiet),
            Span::styled(format!("{traction:>5}  "), self.styles.accent),
        ];
        let output = entry.output.as_ref().map(|output| format!("[{output}] "));
        let mut note = output.unwrap_or_default() + &entry.note;
        if entry.recalled {
            note += " (recalled)";
        }
        self.entry(entry.date, spans, &note)
    }

    pub(super) fn decisions(&self) -> Vec<Line<'static>> {
        let as_of = self.world.portfolio.as_of();
        let mut decisions: Vec<&Decision> =
            self.idea.decisions.iter().filter(|decision| decision.date <= as_of).collect();
        if decisions.is_empty() {
            return Vec::new();
        }
        // Stable: of two decisions on one day the one further down is later.
        decisions.reverse();
        decisions.sort_by_key(|decision| std::cmp::Reverse(decision.date));
        let lines = decisions.into_iter().flat_map(|decision| {
            let state = Span::styled(format!("{:<10}", decision.to.shown()), self.styles.text);
            let lesson = decision.lesson.as_ref().map(|lesson| format!(" Lesson: {lesson}"));
            let why = format!("{}{}", decision.why, lesson.unwrap_or_default());
            self.entry(decision.date, vec![state], &why)
        });
        self.heading("decisions").into_iter().chain(lines).collect()
    }

    /// A dated entry: columns, then words that are wrapped under themselves.
    fn entry(&self, date: Date, columns: Vec<Span<'static>>, words: &str) -> Vec<Line<'static>> {
        let taken = DATE + columns.iter().map(|span| width(&span.content)).sum::<usize>();
        let room = self.width.saturating_sub(taken);
        let wrapped = if room >= 12 {
            lines(words, room)
        } else {
            vec![shorten(&sanitize(words), room).into_owned()]
        };
        let mut wrapped = wrapped.into_iter();
        let mut first =
            vec![Span::styled(format!("{:<DATE$}", date.to_string()), self.styles.quiet)];
        first.extend(columns);
        first.extend(wrapped.next().map(|words| Span::styled(words, self.styles.text)));
        let rest = wrapped.map(|words| Line::styled(" ".repeat(taken) + &words, self.styles.text));
        std::iter::once(Line::from(first)).chain(rest).collect()
    }
}

/// A text in lines of at most so many columns; it keeps its own lines.
fn lines(text: &str, columns: usize) -> Vec<String> {
    let whole = |line: &str| match wrap(line, columns) {
        lines if lines.is_empty() => vec![String::new()],
        lines => lines,
    };
    text.trim().lines().flat_map(whole).collect()
}
