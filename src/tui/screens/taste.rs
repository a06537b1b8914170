//! The Taste screen, in three pages: the stated weights beside those that the
//! duels reveal, how often forecasts came true, and practice.

mod draw;
mod practice;
mod statistics;
mod weights;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Edit, Idea};
use crate::judge::TimeSpent;
use crate::judge::taste::{Disagreement, TasteStudy};
use crate::tui::dialogs::log::Log;
use crate::tui::jobs::taste::{TasteFindings, TasteJob};
use crate::tui::jobs::{JobKind, JobRequest};
use crate::tui::theme::Styles;
use crate::tui::widgets::moved;
use crate::tui::world::World;

use super::{Action, KeyWords, Mouse, Screen, Unavailable};
use practice::PracticePage;

#[derive(Debug, Default)]
pub(crate) struct TasteScreen {
    findings: Option<Arc<TasteFindings>>,
    view: View,
    /// The idea under the cursor, of those where duels and score differ.
    id: Option<String>,
    practice: PracticePage,
    /// Guesses at practice cards when the page was last brought up to date.
    guesses: usize,
}

/// What is shown; of what is longer than the screen, the lines scrolled past.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    #[default]
    Weights,
    /// What adopting the revealed weights would change.
    Adoption(usize),
    Forecasts(usize),
    Practice,
    /// All numbers behind the pages.
    Statistics(usize),
}

/// A page, by the word on its tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Weights,
    Forecasts,
    Practice,
}

impl Page {
    const ALL: [Self; 3] = [Self::Weights, Self::Forecasts, Self::Practice];

    const fn title(self) -> &'static str {
        match self {
            Self::Weights => "Weights",
            Self::Forecasts => "Forecasts",
            Self::Practice => "Practice",
        }
    }

    /// The page so many further on, around the end.
    fn after(self, steps: isize) -> Self {
        let count = Self::ALL.len();
        Self::ALL[(self as usize + count).saturating_add_signed(steps) % count]
    }
}

impl View {
    /// A page as it opens.
    const fn of(page: Page) -> Self {
        match page {
            Page::Weights => Self::Weights,
            Page::Forecasts => Self::Forecasts(0),
            Page::Practice => Self::Practice,
        }
    }

    /// The page that is open, or that this belongs to.
    const fn page(self) -> Page {
        match self {
            Self::Weights | Self::Adoption(_) | Self::Statistics(_) => Page::Weights,
            Self::Forecasts(_) => Page::Forecasts,
            Self::Practice => Page::Practice,
        }
    }
}

impl Screen for TasteScreen {
    fn scopes(&self) -> &'static [Scope] {
        match self.view {
            View::Adoption(_) => &[Scope::Adoption, Scope::Everywhere],
            View::Practice => &[Scope::Practice, Scope::Taste, Scope::Everywhere],
            _ => &[Scope::Taste, Scope::Everywhere],
        }
    }

    fn legend(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("○", "the weight that you state"),
            ("━━━", "what your duels allow (80 %)"),
            (
                "more than you say",
                "by over 1 %, and that is more than 95 % likely; from 40 answers on",
            ),
            (
                "by duels 2nd, by score 6th",
                "its place among the ideas you have compared, by your answers alone and by score",
            ),
            ("(28–64 %)", "what the true share may be, given so few (80 %)"),
            (
                "said about 68 %",
                "the mean of a group of like chances; without about: all of them are that chance",
            ),
            (
                "mean error .21",
                "the Brier score: the mean of (chance − outcome)², 0 to 1, lower is better; a coin, always 50 %, gets .25",
            ),
            ("▅▃▅ .25 → .29", "the same from quarter to quarter, the first and the last"),
            ("logits (z)", "log odds: 1 more is preferred 2.7 times as often"),
            ("miscalibration", "how far chances and shares that came true lie apart; 0 is best"),
            (
                "discrimination",
                "how well your chances tell what comes true from what does not, up to the uncertainty; more is better",
            ),
            (
                "uncertainty",
                "the Brier score of always saying the share that came true, 0 to .25: not up to you",
            ),
            (
                "skill",
                "the part of that score that your chances take away, up to 1; below 0 they are worse than it",
            ),
            (
                "log score",
                "the mean of −ln(chance given to what happened); 0 is best, a coin gets .69",
            ),
            (
                "Spiegelhalter's z",
                "beyond ±2 your chances do not fit what came true; about 0 is best",
            ),
        ]
    }

    fn footer(&self) -> KeyWords {
        use Command as C;
        match self.view {
            View::Statistics(_) => &[
                (&[C::Statistics], "back"),
                (&[C::Down, C::Up], "scroll"),
                (&[C::NextPage], "next page"),
            ],
            _ => &[],
        }
    }

    fn purpose(&self) -> &'static str {
        "what your answers say about the weights"
    }

    fn help_scopes(&self) -> &'static [Scope] {
        &[Scope::Taste, Scope::Practice, Scope::Adoption]
    }

    fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        match command {
            C::Open if self.view == View::Practice => self.practice.available(command, world),
            C::Sure | C::PracticeLeft | C::PracticeRight | C::NextCard | C::PracticeForm => {
                self.practice.available(command, world)
            }
            C::Adopt if self.view.page() != Page::Weights => {
                Err(Unavailable("that is for the page Weights"))
            }
            C::Adopt | C::AdoptWeights if self.adoption(world).is_some() => Ok(()),
            C::Adopt | C::AdoptWeights => Err(Unavailable(match self.study() {
                Some(study) if !study.taste.is_enough() => {
                    "too few answers to adopt anything: g3 asks the next question"
                }
                Some(study) if study.is_adopted() => "what your duels reveal is adopted already",
                _ => "the weights are being worked out",
            })),
            C::Statistics if self.findings.is_none() => {
                Err(Unavailable("the statistics are being worked out"))
            }
            C::Open | C::Edit | C::Log if self.idea(world).is_none() => {
                Err(Unavailable("there is no idea under the cursor here"))
            }
            C::Find => Err(Unavailable("that is for the Rank screen: g 1")),
            _ => Ok(()),
        }
    }

    /// Moves the cursor, or what is read, by so many lines.
    fn step(&mut self, lines: isize, world: &World) {
        let moved = |at: usize, last: usize| moved(at, lines, last + 1);
        let Some(findings) = self.findings() else { return };
        self.view = match self.view {
            View::Weights => {
                let target = moved(self.cursor(), self.listed().len().saturating_sub(1));
                self.id = self.listed().get(target).map(|(id, _)| id.clone());
                return;
            }
            View::Statistics(at) => View::Statistics(moved(
                at,
                statistics::last(findings, self.time_spent(world), world),
            )),
            View::Adoption(at) => View::Adoption(moved(at, weights::last_line(findings, world))),
            View::Forecasts(at) => {
                View::Forecasts(moved(at, statistics::last_forecast(findings, world)))
            }
            View::Practice => View::Practice,
        };
    }

    fn run(&mut self, invocation: Invocation, world: &World) -> Option<Action> {
        use Command as C;
        match invocation.command {
            C::Adopt => self.view = View::Adoption(0),
            C::LeaveWeights => self.view = View::Weights,
            C::NextPage => self.view = View::of(self.view.page().after(1)),
            C::PreviousPage => self.view = View::of(self.view.page().after(-1)),
            C::Statistics if matches!(self.view, View::Statistics(_)) => self.view = View::Weights,
            C::Statistics => self.view = View::Statistics(0),
            C::AdoptWeights => {
                self.view = View::Weights;
                return self.adoption(world).map(Action::Edit);
            }
            C::Sure | C::PracticeLeft | C::PracticeRight | C::NextCard | C::PracticeForm => {
                self.view = View::Practice;
                return self.practice.run(invocation, world);
            }
            C::Open if self.view == View::Practice => return self.practice.run(invocation, world),
            C::Open => return Some(Action::Show),
            C::Log => {
                let log = |idea: &Idea| Action::ask(Log::line(&idea.id));
                return self.idea(world).map(log);
            }
            _ => {}
        }
        None
    }

    /// A click on the title of a page opens it, one on a difference selects that; a
    /// second one shows the idea.
    fn mouse(&mut self, mouse: Mouse, area: Rect, world: &World) -> Option<Action> {
        if mouse.is_click()
            && let Some(line) = self.difference_at(world, mouse.at, area)
        {
            let was_there = line == self.cursor();
            self.id = self.listed().get(line).map(|(id, _)| id.clone());
            return was_there.then_some(Action::Show);
        }
        let has_titles = !matches!(self.view, View::Statistics(_) | View::Adoption(_));
        if mouse.is_click()
            && has_titles
            && let Some(page) = draw::page_at(mouse.at, area)
        {
            self.view = View::of(page);
        }
        None
    }

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        self.draw_screen(world, styles, area, buf);
    }

    fn idea<'a>(&self, world: &'a World) -> Option<&'a Idea> {
        let (id, _) = self.listed().get(self.cursor())?;
        world.portfolio.idea(id).filter(|_| self.view == View::Weights)
    }

    fn select(&mut self, id: &str, _world: &World) {
        if self.listed().iter().any(|(other, _)| other == id) {
            self.id = Some(id.to_owned());
        }
    }

    fn back(&mut self, _world: &World) -> bool {
        let page = View::of(self.view.page());
        std::mem::replace(&mut self.view, page) != page
    }

    fn refresh(&mut self, world: &World) {
        self.practice.refresh(self.guesses, world);
        self.guesses = world.practice.guesses.len();
    }

    fn take_result(&mut self, job: JobKind, world: &World) {
        if let (JobKind::Taste, Some((_, findings))) = (job, world.results.taste.latest()) {
            self.findings = Some(Arc::clone(findings));
            if matches!(self.view, View::Adoption(_)) && self.adoption(world).is_none() {
                self.view = View::Weights;
            }
        }
    }

    fn wanted_jobs(&self, world: &World) -> Vec<JobRequest> {
        let stated_before = world.settings.current().stated_before();
        let job = TasteJob::of(&world.portfolio, stated_before, &world.person);
        vec![JobRequest::Taste(Box::new(job))]
    }
}

impl TasteScreen {
    pub(crate) fn new(_: &World) -> Self {
        Self::default()
    }

    fn findings(&self) -> Option<&TasteFindings> {
        self.findings.as_deref()
    }

    fn study(&self) -> Option<&TasteStudy> {
        self.findings().map(|findings| &findings.study)
    }

    /// The edit that adopts the revealed weights, if there is anything to adopt
    /// and nothing has changed since that was worked out.
    fn adoption(&self, world: &World) -> Option<Edit> {
        self.study()?.adoption().filter(|_| world.results.taste.is_settled())
    }

    /// Where the time went, with what was measured until now.
    fn time_spent(&self, world: &World) -> TimeSpent {
        let spent = self.findings().map(|findings| findings.spent).unwrap_or_default();
        TimeSpent { choosing: world.choosing, ..spent }
    }

    /// The ideas where duels and score differ, by id; none while there are too few duels to say.
    fn listed(&self) -> &[(String, Disagreement)] {
        let study = self.study().filter(|study| study.taste.is_enough());
        study.map_or(&[], |study| study.disagreements.as_slice())
    }

    /// Where the cursor stands among them.
    fn cursor(&self) -> usize {
        let id = self.id.as_deref();
        id.and_then(|id| self.listed().iter().position(|(other, _)| other == id)).unwrap_or(0)
    }
}
