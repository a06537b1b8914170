//! Columns of the table: which there are at a width, and their headings.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::{Criterion, Idea};
use crate::judge::percent;
use crate::text::{self, sanitize, shorten};
use crate::tui::jobs::duels::PullKey;
use crate::tui::jobs::sensitivity::Sensitivity;
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::RankScreen;
use super::order::Order;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Rank,
    Title,
    Bar,
    Bet,
    Status,
    Next,
    Score,
    Range,
    Criterion(Criterion),
    Chance,
    Pull,
    Joined,
    Traction,
    Hours,
    Who,
    Flags,
}

impl Column {
    fn heading(self) -> &'static str {
        match self {
            Self::Chance => "top",
            Self::Rank => "  #",
            Self::Title => "idea",
            Self::Bar => "score",
            Self::Bet => "bet",
            Self::Status => "status",
            Self::Next => "to do",
            Self::Score => "score",
            Self::Range => "range",
            Self::Criterion(criterion) => criterion.short(),
            Self::Pull => "duels",
            Self::Joined => "both",
            Self::Traction => "level",
            Self::Hours => "hours",
            Self::Who => "who",
            Self::Flags => "flags",
        }
    }

    /// The heading with what is searched for, and a sign where numbers are being worked out.
    fn full_heading(self, columns: u16, screen: &RankScreen, world: &World) -> String {
        match self {
            Self::Chance => chance_heading(world),
            Self::Pull | Self::Joined => {
                let is_current = world.results.pulls.get(&PullKey::of(&world.portfolio)).is_some();
                let sign = if is_current { "" } else { "…" };
                format!("{:>8}", format!("{}{sign}", self.heading()))
            }
            Self::Title if !screen.query.is_empty() => {
                format!("idea · {}", sanitize(&world.portfolio.in_words(&screen.query)))
            }
            _ if columns > 1 => self.heading().to_owned(),
            _ => String::new(),
        }
    }
}

/// From this width on the calm table also says how sure a place is.
const ROOMY: u16 = 90;

/// Columns that a title needs at least to be told from others.
const LEAST_TITLE: u16 = 12;

/// What goes first where there is no room for the title.
const DROPPED: [Column; 8] = [
    Column::Flags,
    Column::Who,
    Column::Hours,
    Column::Traction,
    Column::Range,
    Column::Next,
    Column::Chance,
    Column::Bet,
];

const PULL: u16 = 8;

/// The columns at a width, with their widths; the title takes what is left.
pub(super) fn of(total: u16, screen: &RankScreen, world: &World) -> Vec<(Column, u16)> {
    let wanted = screen.shows_pulls(world).then_some(match screen.order {
        Order::Joined => Column::Joined,
        _ => Column::Pull,
    });
    let mut columns =
        if screen.all_columns { all(total, wanted, world) } else { calm(total, wanted) };
    // One column for the cursor, and one behind every other.
    let taken =
        |columns: &[(Column, u16)]| columns.iter().map(|(_, width)| width + 1).sum::<u16>() + 1;
    for dropped in DROPPED {
        if total.saturating_sub(taken(&columns)) < LEAST_TITLE {
            columns.retain(|(column, _)| *column != dropped);
        }
    }
    let taken = taken(&columns);
    for (column, width) in &mut columns {
        if *column == Column::Title {
            *width = total.saturating_sub(taken);
        }
    }
    columns
}

/// What is always in sight.
fn calm(total: u16, wanted: Option<Column>) -> Vec<(Column, u16)> {
    let bar = if total >= 110 { 20 } else { 12 };
    let mut columns = vec![(Column::Rank, 4), (Column::Title, 0), (Column::Bar, bar)];
    // Beside the detail, which says it, the bet has no column of its own.
    if total >= 78 {
        columns.push((Column::Bet, 8));
    }
    if total >= ROOMY {
        columns.push((Column::Chance, 5));
    }
    let status = if total >= 68 { 9 } else { 1 };
    columns.push((Column::Status, status));
    // What orders the table stands where the next step stands else.
    columns.push(wanted.map_or((Column::Next, 15), |column| (column, PULL)));
    columns
}

fn all(total: u16, wanted: Option<Column>, world: &World) -> Vec<(Column, u16)> {
    let is_wide = total >= 110;
    let mut columns = vec![(Column::Rank, 4), (Column::Title, 0), (Column::Score, 5)];
    // Where there is little room, the mark at the score stands for it.
    if wanted.is_none() || is_wide {
        columns.push((Column::Range, 6));
    }
    columns.push((Column::Chance, 5));
    columns.extend(wanted.map(|column| (column, PULL)));
    let criterion = if is_wide { 5 } else { 3 };
    columns.extend(Criterion::ALL.map(|one| (Column::Criterion(one), criterion)));
    let (traction, flags) = if is_wide { (12, 8) } else { (6, 6) };
    columns.extend([(Column::Traction, traction), (Column::Hours, 5)]);
    // No one else has said a word: nothing to show.
    if world.portfolio.raters().iter().any(|rater| !rater.reactions.is_empty()) {
        columns.push((Column::Who, 3));
    }
    columns.push((Column::Flags, flags));
    columns
}

/// Draws what stands above the columns.
pub(super) fn draw_headings(
    columns: &[(Column, u16)],
    screen: &RankScreen,
    world: &World,
    styles: &Styles,
    area: Rect,
    buf: &mut Buffer,
) {
    let mut x = area.x + 1;
    let mut free = x;
    for (i, (column, width)) in columns.iter().enumerate() {
        let focused = *column == Column::Criterion(screen.criterion);
        let style = if focused { styles.focused } else { styles.quiet };
        let room = match column {
            // A search may need the room of the next heading too.
            Column::Title => width + columns.get(i + 1).map_or(0, |(_, next)| next + 1),
            _ => *width,
        };
        let heading = column.full_heading(*width, screen, world);
        let heading = shorten(&heading, usize::from(room));
        let indent = match column {
            Column::Criterion(_) => width.saturating_sub(3),
            _ => 0,
        };
        if x >= free {
            buf.set_stringn(x + indent, area.y, &heading, usize::from(room), style);
            free = x + u16::try_from(text::width(&heading)).unwrap_or(0);
        }
        x += width + 1;
    }
}

/// How sure the ranking is, if that is known of the ideas as they are.
pub(super) fn current_sensitivity(world: &World) -> Option<&Sensitivity> {
    world.results.sensitivity.output().filter(|sensitivity| {
        sensitivity.key.answers == world.portfolio.rating_revision()
            && sensitivity.key.rule == *world.portfolio.rule()
    })
}

/// Above the column: how many are to be pursued. While another state of the
/// ideas is being worked out, it says so.
pub(super) fn chance_heading(world: &World) -> String {
    match world.results.sensitivity.output() {
        Some(sensitivity) if current_sensitivity(world).is_some() => {
            format!("top {}", sensitivity.key.top)
        }
        Some(sensitivity) => format!("top{}…", sensitivity.key.top),
        None => "top …".to_owned(),
    }
}

/// The probability of an idea to be among the first, as it was worked out last;
/// nothing where it takes no part.
pub(super) fn shown_chance(id: &str, world: &World) -> String {
    let sensitivity = world.results.sensitivity.output();
    sensitivity.map_or_else(|| "·".to_owned(), |sensitivity| sensitivity.shown_chance(id))
}

/// How sure the place of an idea is, in words.
pub(super) fn describe_chance(id: &str, world: &World) -> Option<String> {
    let sensitivity = current_sensitivity(world)?;
    let top = sensitivity.key.top;
    let chance = percent(sensitivity.chance(id)?);
    let mut words = format!("{chance} likely to be in your top {top} by score");
    let band = sensitivity.band(id)?;
    if band.len() > 1 {
        let (first, last) = (band.start + 1, band.end);
        words += &format!(" · {first} to {last} are too close to call (╭ ╰)");
        let takes_part = |idea: &Idea| idea.status.is_compared_by_default();
        if world.portfolio.idea(id).is_some_and(takes_part) {
            words += ": g3 asks";
        }
    }
    let questions = sensitivity.questions.iter().enumerate();
    if let Some((at, question)) = questions.into_iter().find(|(_, question)| question.id == id) {
        let cheapest = if at == 0 { "Cheapest question: " } else { "" };
        words += &format!(" · {cheapest}{}", sanitize(&question.consequence));
    }
    Some(words)
}
