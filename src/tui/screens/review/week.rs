//! The week as one list: what was logged, judged and decided in the last seven days,
//! and what waits.

use ratatui::text::{Line, Span};

use crate::domain::{Date, Forecast, ForecastResult, Idea, Promise, PromiseResult, Status};
use crate::judge::{
    DueEntry, Review, Urgency, Verdict, agenda, describe_promise, due_entries, percent,
    wants_forecast,
};
use crate::text::{fit, sanitize, shorten, wrap};
use crate::tui::jobs::review::ReviewFindings;
use crate::tui::theme::Styles;
use crate::tui::widgets::styled;
use crate::tui::world::World;

use super::ReviewScreen;
use super::rows::{self, Row};

/// The heading of what is judged in one box.
pub(super) const DUE: &str = "due: forecasts and promises";

/// How many ideas without an entry this week are listed without being asked for.
const LOGS: usize = 5;

/// The list, and how far it is done.
#[derive(Debug, Default)]
pub(super) struct Week {
    pub rows: Vec<Row>,
    /// What [`Row::Done`] says: what it is about, and what became of it.
    pub done: Vec<(String, String)>,
    /// What [`Row::Due`] is about.
    pub due: Vec<DueEntry>,
    /// How much of what was to be logged, judged and decided is done, and how much there was.
    pub progress: (usize, usize),
}

impl Week {
    /// The list of this week. With `lists_logs` every active idea without an entry has a row.
    pub(super) fn of(findings: &ReviewFindings, lists_logs: bool, world: &World) -> Self {
        let mut week = Self::default();
        if findings.reviews.is_empty() {
            return week;
        }
        week.log(findings, lists_logs, world);
        week.due(world);
        week.decide(&findings.reviews, world);
        if wants_forecast(&world.portfolio, world.portfolio.as_of()) {
            week.rows.extend([Row::Heading("next week"), Row::Forecast]);
        }
        week.rows.extend(rows::goals(world));
        let is_look = |at: &usize| is(&findings.reviews[*at], Urgency::SecondLook);
        let looks = agenda(&findings.reviews).into_iter().filter(is_look);
        week.section("second looks", looks.map(Row::Idea).collect());
        week.rows.extend(rows::quarter(world));
        week
    }

    fn section(&mut self, heading: &'static str, rows: Vec<Row>) {
        if !rows.is_empty() {
            self.rows.push(Row::Heading(heading));
            self.rows.extend(rows);
        }
    }

    /// The ideas at work that need no decision: first those with an entry this week.
    fn log(&mut self, findings: &ReviewFindings, lists_logs: bool, world: &World) {
        let today = world.portfolio.as_of();
        let at_work = findings
            .reviews
            .iter()
            .enumerate()
            .filter(|(_, review)| !review.due && review.effective_status == Status::Active);
        let (mut done, mut open) = (Vec::new(), Vec::new());
        for (at, _) in at_work {
            let Some(idea) = findings.idea(at, &world.portfolio) else { continue };
            // What was decided or judged about this week stands below, and is counted once.
            if decided(idea, today).is_some()
                || idea.promises.iter().any(|it| judged_promise(it, today).is_some())
            {
                continue;
            }
            if logged(idea, today).is_some() { done.push(at) } else { open.push(at) }
        }
        self.count(done.len(), open.len());
        let mut rows: Vec<Row> = done.iter().map(|at| Row::Idea(*at)).collect();
        if open.len() > LOGS && !lists_logs {
            rows.push(Row::Logs(open.len()));
        } else {
            rows.extend(open.iter().map(|at| Row::Idea(*at)));
        }
        self.section("log", rows);
    }

    /// What is to be judged, behind what was judged this week.
    fn due(&mut self, world: &World) {
        let (portfolio, today) = (&world.portfolio, world.portfolio.as_of());
        let mut judged = Vec::new();
        for idea in portfolio.iter() {
            judged.extend(idea.forecasts.iter().filter_map(|it| judged_forecast(it, today)));
            judged.extend(idea.promises.iter().filter_map(|it| judged_promise(it, today)));
        }
        self.due = due_entries(portfolio, today);
        self.count(judged.len(), self.due.len());
        let mut rows = self.finished(judged);
        rows.extend((0..self.due.len()).map(Row::Due));
        self.section(DUE, rows);
    }

    /// What needs a decision, behind what was decided in the review this week. A promise
    /// that is to be judged stands above.
    fn decide(&mut self, reviews: &[Review], world: &World) {
        let today = world.portfolio.as_of();
        let decided = world.portfolio.iter().filter_map(|idea| decided(idea, today));
        let decided: Vec<(String, String)> = decided.collect();
        let hard = |at: &usize| {
            !is(&reviews[*at], Urgency::SecondLook) && !is(&reviews[*at], Urgency::PromiseDue)
        };
        let open: Vec<usize> = agenda(reviews).into_iter().filter(hard).collect();
        self.count(decided.len(), open.len());
        let mut rows = self.finished(decided);
        rows.extend(open.into_iter().map(Row::Idea));
        if rows.is_empty() {
            self.rows.push(Row::Heading("nothing needs a decision"));
        }
        self.section("to decide", rows);
    }

    fn finished(&mut self, done: Vec<(String, String)>) -> Vec<Row> {
        let first = self.done.len();
        self.done.extend(done);
        (first..self.done.len()).map(Row::Done).collect()
    }

    fn count(&mut self, done: usize, open: usize) {
        self.progress.0 += done;
        self.progress.1 += done + open;
    }
}

fn is(review: &Review, urgency: Urgency) -> bool {
    review.urgency == Some(urgency)
}

fn is_this_week(day: Date, today: Date) -> bool {
    (0..7).contains(&(today - day).get_days())
}

/// What was logged on an idea in the last seven days; `None` if nothing was.
pub(super) fn logged(idea: &Idea, today: Date) -> Option<String> {
    let entries = || idea.log.iter().filter(|entry| is_this_week(entry.date, today));
    let last = entries().max_by_key(|entry| entry.date)?;
    let hours: f64 = entries().filter_map(|entry| entry.hours).sum();
    let hours = (hours > 0.0).then(|| format!("{} h", (hours * 10.0).round() / 10.0));
    let level = last.traction.map(|level| format!("level {level}"));
    let said: Vec<String> = hours.into_iter().chain(level).collect();
    Some(if said.is_empty() { "a note".to_owned() } else { said.join(", ") })
}

/// When an idea without an entry this week had its last one.
pub(super) fn last_logged(idea: &Idea, today: Date) -> String {
    let before = idea.log.iter().map(|entry| entry.date).filter(|day| *day <= today);
    match before.max() {
        Some(day) => format!("last: {} days ago", (today - day).get_days()),
        None => "no entry yet".to_owned(),
    }
}

fn judged_forecast(forecast: &Forecast, today: Date) -> Option<(String, String)> {
    let result = match forecast.result? {
        ForecastResult::Yes => "true",
        ForecastResult::No => "not true",
        ForecastResult::Void => "void",
    };
    let said = format!("forecast, {}: {result}", percent(forecast.chance));
    is_this_week(forecast.resolved?, today).then(|| (format!("\"{}\"", forecast.claim), said))
}

fn judged_promise(promise: &Promise, today: Date) -> Option<(String, String)> {
    let result = match promise.result? {
        PromiseResult::Kept => "kept",
        PromiseResult::Missed => "missed",
        PromiseResult::Void => "void",
    };
    let claim = describe_promise(promise);
    is_this_week(promise.resolved?, today).then(|| (claim, format!("promise: {result}")))
}

/// An idea that was decided about in the review, and how.
fn decided(idea: &Idea, today: Date) -> Option<(String, String)> {
    let mut decisions = idea.decisions.iter().filter(|decision| decision.clean_slate.is_some());
    let last = decisions.rfind(|decision| is_this_week(decision.date, today))?;
    let how = match last.to {
        Status::Active => "continued",
        status => status.shown(),
    };
    Some((idea.title.clone(), how.to_owned()))
}

/// The row in the list, and the title of the page.
pub(super) const TIME: &str = "where the time went";

const VERDICT: usize = 16;

/// Columns of a bar that holds all hours.
const HOURS_BAR: f64 = 24.0;

impl ReviewScreen {
    /// The page of the time logged during the last month: choosing beside working in one
    /// sentence, and the hours by verdict and by idea.
    pub(super) fn time_page(
        &self,
        world: &World,
        styles: &Styles,
        width: usize,
    ) -> (Vec<Line<'static>>, Vec<Line<'static>>) {
        let mut head = vec![Line::styled(TIME, styles.strong)];
        head.extend(styled(wrap(&self.time_spent(world).sentence(), width), styles.text));
        head.push(Line::default());
        let ReviewFindings { hours, reviews, .. } = &*self.findings;
        let total: f64 = hours.iter().map(|(_, hours)| hours).sum();
        let verdict_of = |at: &usize| reviews.get(*at).map(|review| review.traction.verdict);
        let share = |hours: f64| format!("{hours:>5.0} h {:>3.0} %  ", 100.0 * hours / total);
        let mut rest = Vec::new();
        for verdict in Verdict::ALL.into_iter().filter(|verdict| *verdict != Verdict::Unclear) {
            let word = verdict.shown();
            let these = hours
                .iter()
                .filter(|(at, _)| verdict_of(at).is_some_and(|other| other.shown() == word));
            let sum: f64 = these.map(|(_, hours)| hours).sum();
            if sum > 0.0 {
                let bar = "■".repeat((HOURS_BAR * sum / total).round().max(1.0) as usize);
                rest.push(Line::from(vec![
                    Span::styled(fit(word, VERDICT), styles.text),
                    Span::styled(share(sum), styles.text),
                    Span::styled(
                        bar,
                        if verdict.is_stall() { styles.caution } else { styles.accent },
                    ),
                ]));
            }
        }
        if !rest.is_empty() {
            rest.push(Line::default());
        }
        rest.extend(hours.iter().filter_map(|(at, hours)| {
            let idea = self.findings.idea(*at, &world.portfolio)?;
            let verdict = fit(verdict_of(at)?.shown(), VERDICT);
            let text = format!("{verdict}{}{}", share(*hours), sanitize(&idea.title));
            Some(Line::styled(shorten(&text, width).into_owned(), styles.text))
        }));
        (head, rest)
    }
}
