//! Traction as a chart: over the hours that went in, or over time.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::domain::{Date, Idea, LogEntry};
use crate::tui::theme::Styles;
use crate::tui::widgets::{CourseChart, Dot, Fitted};

/// What traction is drawn over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Axis {
    /// The hours that went in; where none are logged, time.
    #[default]
    Hours,
    Time,
}

impl Axis {
    /// What is drawn, for a message: the chart may be out of sight.
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::Hours => "The chart of an idea shows traction over hours.",
            Self::Time => "The chart of an idea shows traction over time.",
        }
    }

    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Hours => Self::Time,
            Self::Time => Self::Hours,
        }
    }

    /// As it is said of the chart.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Hours => "traction over hours",
            Self::Time => "traction over time",
        }
    }
}

/// Rows of the chart, with its axis.
const ROWS: u16 = 7;

const WIDEST: usize = 80;

/// The levels that were logged, with the hours and the days until then.
pub(super) struct Course {
    levels: Vec<Logged>,
    hours: f64,
    first: Date,
    as_of: Date,
}

struct Logged {
    level: f64,
    hours: f64,
    date: Date,
    recalled: bool,
}

impl Course {
    /// What was logged up to a day; `None` where there are not two levels to draw a line between.
    pub(super) fn of(idea: &Idea, as_of: Date) -> Option<Self> {
        let mut entries: Vec<&LogEntry> =
            idea.log.iter().filter(|entry| entry.date <= as_of).collect();
        entries.sort_by_key(|entry| entry.date);
        let mut hours = 0.0;
        let mut levels = Vec::new();
        for entry in &entries {
            hours += entry.hours.unwrap_or(0.0);
            let LogEntry { date, recalled, .. } = **entry;
            levels.extend(entry.traction.map(|level| Logged { level, hours, date, recalled }));
        }
        let first = entries.first()?.date;
        (levels.len() >= 2).then_some(Self { levels, hours, first, as_of })
    }

    /// The axis that can be drawn: time, where no hours are logged or no time has passed.
    pub(super) fn axis(&self, wanted: Axis) -> Axis {
        let has_time = self.first < self.as_of;
        match wanted {
            Axis::Time if has_time => Axis::Time,
            Axis::Hours if self.hours <= 0.0 => Axis::Time,
            _ => Axis::Hours,
        }
    }

    /// The chart in so many columns.
    pub(super) fn lines(&self, axis: Axis, columns: usize, styles: &Styles) -> Vec<Line<'static>> {
        let days = |date: Date| f64::from((date - self.first).get_days());
        let effort = |logged: &Logged| match axis {
            Axis::Hours => logged.hours,
            Axis::Time => days(logged.date),
        };
        let dots: Vec<Dot> = self
            .levels
            .iter()
            .map(|logged| Dot {
                effort: effort(logged),
                level: logged.level,
                hollow: logged.recalled,
            })
            .collect();
        let (from, to, end) = match axis {
            Axis::Hours => ("0".to_owned(), format!("{:.0} h", self.hours), self.hours),
            Axis::Time => (self.first.to_string(), self.as_of.to_string(), days(self.as_of)),
        };
        let width = u16::try_from(columns.min(WIDEST)).unwrap_or(0);
        let area = Rect::new(0, 0, width, ROWS);
        let mut buffer = Buffer::empty(area);
        let chart = CourseChart {
            dots: &dots,
            fit: &|effort| between(&dots, effort),
            now: end,
            end,
            bend: None,
            from: &from,
            today: &to,
            next: "",
            styles,
        };
        chart.render(area, &mut buffer);
        lines_of(&buffer)
    }
}

/// The level on the straight line between the dots around some effort.
fn between(dots: &[Dot], effort: f64) -> Option<Fitted> {
    let pair = dots.windows(2).find(|pair| (pair[0].effort..=pair[1].effort).contains(&effort))?;
    let (from, to) = (pair[0], pair[1]);
    let share = if to.effort > from.effort {
        (effort - from.effort) / (to.effort - from.effort)
    } else {
        1.0
    };
    let mean = from.level + share * (to.level - from.level);
    Some(Fitted { mean, low: mean, high: mean })
}

/// What was drawn, as lines that can be scrolled with others.
fn lines_of(buffer: &Buffer) -> Vec<Line<'static>> {
    let row = |cells: &[ratatui::buffer::Cell]| {
        let spans = cells.iter().map(|cell| Span::styled(cell.symbol().to_owned(), cell.style()));
        Line::from(spans.collect::<Vec<_>>())
    };
    buffer.content().chunks(usize::from(buffer.area.width).max(1)).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idea(entries: &[(i8, Option<f64>, f64)]) -> Idea {
        let mut idea = Idea::new("a", "A");
        idea.log = entries
            .iter()
            .map(|(day, hours, level)| LogEntry {
                date: Date::constant(2026, 3, *day),
                hours: *hours,
                traction: Some(*level),
                note: String::new(),
                recalled: false,
                output: None,
            })
            .collect();
        idea
    }

    fn drawn(idea: &Idea, wanted: Axis) -> (Axis, Vec<String>) {
        let course = Course::of(idea, Date::constant(2026, 3, 31)).unwrap();
        let axis = course.axis(wanted);
        let lines = course.lines(axis, 40, &Styles::default());
        (axis, lines.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_axis_holds_hours_or_days() {
        let idea = idea(&[(1, Some(4.0), 1.0), (2, Some(30.0), 5.0), (30, Some(2.0), 6.0)]);
        let (axis, hours) = drawn(&idea, Axis::Hours);
        assert_eq!(axis, Axis::Hours);
        assert!(hours[6].trim().starts_with('0') && hours[6].ends_with("36 h"), "{hours:#?}");
        let (axis, time) = drawn(&idea, Axis::Time);
        assert_eq!(axis, Axis::Time);
        assert!(time[6].contains("2026-03-01") && time[6].ends_with("2026-03-31"), "{time:#?}");
        assert_ne!(hours[..6], time[..6]);
        let dots = |lines: &[String]| lines.concat().matches('●').count();
        assert_eq!((dots(&hours), dots(&time)), (3, 3));
    }

    #[test]
    fn what_cannot_be_drawn_is_not() {
        let day = Date::constant(2026, 3, 31);
        assert!(Course::of(&idea(&[]), day).is_none());
        assert!(Course::of(&idea(&[(1, None, 3.0)]), day).is_none());
        let (axis, _) = drawn(&idea(&[(1, None, 3.0), (5, None, 4.0)]), Axis::Hours);
        assert_eq!(axis, Axis::Time, "without hours only time is left");
        let one_day = idea(&[(31, Some(2.0), 3.0), (31, Some(2.0), 4.0)]);
        assert_eq!(drawn(&one_day, Axis::Time).0, Axis::Hours);
    }
}
