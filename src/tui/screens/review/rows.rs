//! The rows of the list. Some ask for something once a week and never count: next week's
//! forecast, goals, the questions of the quarter.

use ratatui::text::Line;

use crate::domain::{Date, Entry, quarter_start};
use crate::judge::{
    DueEntry, GoalProgress, describe_promise, goal_progress, percent, serving_no_goal,
};
use crate::text::{sanitize, wrap};
use crate::tui::dialogs::{
    goal::{GoalBox, QuarterBox},
    judge::Judge,
};
use crate::tui::screens::Action;
use crate::tui::theme::Styles;
use crate::tui::widgets::styled;
use crate::tui::world::World;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// What the rows below have in common.
    Heading(&'static str),
    /// Something that was done this week, by position in the list of that.
    Done(usize),
    /// An idea, by position in the portfolio.
    Idea(usize),
    /// That so many active ideas have no entry this week.
    Logs(usize),
    /// A direction, by position in the findings.
    Direction(usize),
    /// A forecast or promise that is due, by position among these.
    Due(usize),
    /// A forecast of what this week's run will show.
    Forecast,
    /// A goal, by position in the settings.
    Goal(usize),
    /// That there is no goal yet.
    NewGoal,
    /// The active ideas that serve none.
    NoGoal,
    Quarter,
    /// Where the time of the last month went.
    Time,
}

impl Row {
    /// Whether it can be under the cursor.
    pub(super) const fn is_choice(&self) -> bool {
        !matches!(self, Self::Heading(_) | Self::Done(_))
    }
}

/// The goals, with their heading.
pub(super) fn goals(world: &World) -> Vec<Row> {
    let today = world.portfolio.as_of();
    let mut rows = vec![Row::Heading("goals")];
    let goals = world.settings.current().goals.len();
    rows.extend((0..goals).map(Row::Goal));
    if goals == 0 {
        rows.push(Row::NewGoal);
    } else if !serving_no_goal(&world.settings.current().goals, &world.portfolio, today).is_empty()
    {
        rows.push(Row::NoGoal);
    }
    rows
}

/// The questions of the quarter, while they wait.
pub(super) fn quarter(world: &World) -> Vec<Row> {
    if asks_quarter(world, world.portfolio.as_of()) {
        vec![Row::Heading("once a quarter"), Row::Quarter]
    } else {
        Vec::new()
    }
}

/// Whether the questions of this quarter wait: they were not answered, and not
/// put off within the last week.
fn asks_quarter(world: &World, today: Date) -> bool {
    let this_quarter = quarter_start(today)..=today;
    let quarters = world.settings.current().quarters.iter();
    let mut answered = quarters.filter(|it| !it.is_empty()).filter_map(|it| it.date);
    !answered.any(|day| this_quarter.contains(&day))
        && !world.quarter_put_off.is_some_and(|day| day <= today && today < after_week(day))
}

fn after_week(day: Date) -> Date {
    day.saturating_add(jiff::Span::new().weeks(1))
}

fn shown(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// What stands in the list: what it is about, and how it stands.
pub(super) fn line(row: Row, due: &[DueEntry], world: &World) -> (String, String) {
    let today = world.portfolio.as_of();
    let (goals, portfolio) = (&world.settings.current().goals, &world.portfolio);
    match row {
        Row::Due(at) => due.get(at).and_then(claimed).unwrap_or_default(),
        Row::Logs(ideas) => (format!("{ideas} to log"), "no entry this week".into()),
        Row::Forecast => ("What will this week's run show?".into(), "Enter forecasts".into()),
        Row::Goal(at) => {
            let progress = goal_progress(goals, portfolio, today);
            progress.get(at).map_or_else(Default::default, |progress| {
                (progress.goal.text.clone(), progress.short())
            })
        }
        Row::NewGoal => ("What are you after this quarter?".into(), "a goal".into()),
        Row::NoGoal => {
            let n = serving_no_goal(goals, portfolio, today).len();
            ("Active, and serving no goal".into(), crate::text::count(n, "idea"))
        }
        Row::Quarter => ("Three questions about the quarter".into(), "three lines".into()),
        _ => Default::default(),
    }
}

pub(super) fn page(
    row: Row,
    due: &[DueEntry],
    world: &World,
    styles: &Styles,
    width: usize,
) -> Vec<Line<'static>> {
    let (title, _) = line(row, due, world);
    let lines = |text: &str, style| styled(wrap(&sanitize(text), width), style);
    let mut page: Vec<Line<'static>> = lines(&title, styles.strong).collect();
    let said = said(row, due, world);
    let said = said.iter().filter(|said| !said.is_empty());
    page.extend(said.flat_map(|said| lines(said, styles.text)));
    page
}

/// What the page of a row says below its title, by paragraph.
fn said(row: Row, due: &[DueEntry], world: &World) -> Vec<String> {
    let (goals, portfolio) = (&world.settings.current().goals, &world.portfolio);
    let text = match row {
        Row::Due(at) => {
            let idea = due.get(at).and_then(|due| portfolio.idea(&due.id));
            let judges = "Enter or J judges all that is due, in one box.".to_owned();
            return idea.map(|idea| idea.title.clone()).into_iter().chain([judges]).collect();
        }
        Row::Goal(at) => {
            let progress = goal_progress(goals, portfolio, portfolio.as_of());
            return progress.get(at).map(of_goal).unwrap_or_default();
        }
        Row::NoGoal => {
            let ideas = serving_no_goal(goals, portfolio, portfolio.as_of());
            let titles = ideas.iter().map(|idea| idea.title.clone());
            return titles.chain(["Enter writes a goal.".to_owned()]).collect();
        }
        Row::Logs(_) => {
            "Active, without an entry in the last seven days. Enter lists them; L logs on one."
        }
        Row::Forecast => {
            return vec![
                "A forecast is a claim about your own work, with a chance and a day. It has no \
                 consequences; ten of them say how far your chances can be trusted."
                    .to_owned(),
                "Enter asks about the first active idea; F on an idea asks about that one."
                    .to_owned(),
            ];
        }
        Row::NewGoal => {
            "A goal stands above single ideas: hours a week, outputs, tags of the ideas that serve \
             it. Review and the report set hours and outputs against it. Enter writes one."
        }
        Row::Quarter => {
            "What did I try too hard to get? Whom do I admire, and for which habit? What would I \
             stop? Enter opens three lines; closed or left empty, it comes back after a week."
        }
        _ => return Vec::new(),
    };
    vec![text.to_owned()]
}

fn of_goal(progress: &GoalProgress<'_>) -> Vec<String> {
    let ideas: Vec<&str> = progress.ideas.iter().map(|idea| idea.title.as_str()).collect();
    let not_for = &progress.goal.not_for;
    vec![
        progress.sentence(),
        match (progress.goal.by, progress.is_over) {
            (Some(by), true) => format!("over since {}", shown(by)),
            (Some(by), false) => format!("by {}", shown(by)),
            (None, _) => String::new(),
        },
        match ideas.as_slice() {
            [] => "No active idea serves it.".to_owned(),
            ideas => format!("Serving it: {}.", ideas.join(", ")),
        },
        if not_for.is_empty() { String::new() } else { format!("Not for {not_for}.") },
        "Enter changes it.".to_owned(),
    ]
}

/// What is to be judged, and of which kind it is.
fn claimed(due: &DueEntry) -> Option<(String, String)> {
    let (kind, claim, chance) = match &due.entry {
        Entry::Forecast(it) => ("forecast", format!("\"{}\"", it.claim), Some(it.chance)),
        Entry::Promise(it) => ("promise", describe_promise(it), it.chance),
        Entry::Log(_) | Entry::Decision(_) => return None,
    };
    let chance = chance.map(|chance| format!(", {}", percent(chance))).unwrap_or_default();
    Some((claim, format!("{kind}{chance}")))
}

/// The row of what is due about an idea, if it is listed.
pub(super) fn due_row(id: &str, rows: &[Row], due: &[DueEntry]) -> Option<usize> {
    let at = due.iter().position(|due| due.id == id)?;
    rows.iter().position(|row| *row == Row::Due(at))
}

/// What Enter does on a row; nothing on one that is about an idea.
pub(super) fn open(row: Row, world: &World) -> Option<Action> {
    let active = world.portfolio.iter();
    Some(match row {
        Row::Forecast => {
            let mut active = active.filter(|idea| idea.status == crate::domain::Status::Active);
            let id = active.next()?.id.clone();
            Action::ask(crate::tui::dialogs::promise::Forecast { id })
        }
        Row::Due(_) => Action::ask(Judge::new(world)?),
        Row::Goal(at) => Action::ask(GoalBox { at: Some(at) }),
        Row::NewGoal | Row::NoGoal => Action::ask(GoalBox { at: None }),
        Row::Quarter => Action::ask(QuarterBox),
        _ => return None,
    })
}
