//! The Taste screen: the weights that are stated beside those that one's duels
//! reveal, where gut and rubric disagree, and how far one's promises and
//! choices could be trusted.

mod adoption;
mod draw;
mod statistics;
mod weights;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Activity, Edit, Idea};
use crate::judge::TimeSpent;
use crate::judge::taste::{Disagreement, TasteStudy};
use crate::tui::jobs::taste::{TasteFindings, TasteJob};
use crate::tui::jobs::{JobKind, JobRequest};
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::{Action, Screen, Unavailable};

/// The state of the Taste screen.
#[derive(Debug)]
pub(crate) struct TasteScreen {
    findings: Option<Arc<TasteFindings>>,
    view: View,
    /// The idea under the cursor, of those where gut and rubric disagree.
    id: Option<String>,
    /// Hours of the last month spent on choosing.
    choosing: [f64; Activity::ALL.len()],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Overview,
    /// All numbers, so many lines scrolled past.
    Statistics(usize),
    /// What adopting the revealed weights would change, so many lines scrolled
    /// past.
    Adoption(usize),
}

impl Screen for TasteScreen {
    fn scopes(&self) -> &'static [Scope] {
        match self.view {
            View::Overview | View::Statistics(_) => &[Scope::Taste, Scope::Everywhere],
            View::Adoption(_) => &[Scope::Adoption, Scope::Everywhere],
        }
    }

    fn legend(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("○", "the weight that you state"),
            ("━━━", "what your duels allow (80 %)"),
            ("more than you say", "said only when it is more than 95 % likely, from 40 duels on"),
            ("a coin: .25", "the mean error of always saying 50 %: yours should be below"),
        ]
    }

    fn help_scopes(&self) -> &'static [Scope] {
        &[Scope::Taste, Scope::Adoption]
    }

    fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        match command {
            C::Adopt | C::AdoptWeights if self.adoption(world).is_some() => Ok(()),
            C::Adopt | C::AdoptWeights => Err(Unavailable(match self.study() {
                Some(study) if !study.taste.is_enough() => {
                    "too few answers to adopt anything: g 3 asks the next question"
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

    fn run(&mut self, invocation: Invocation, world: &World) -> Vec<Action> {
        use Command as C;
        match invocation.command {
            C::Down => self.step(1, world),
            C::Up => self.step(-1, world),
            C::PageDown => self.step(5, world),
            C::PageUp => self.step(-5, world),
            C::Top => self.step(isize::MIN, world),
            C::Bottom => self.step(isize::MAX, world),
            C::Adopt => self.view = View::Adoption(0),
            C::LeaveWeights => self.view = View::Overview,
            C::Statistics if matches!(self.view, View::Statistics(_)) => self.view = View::Overview,
            C::Statistics => self.view = View::Statistics(0),
            C::AdoptWeights => {
                self.view = View::Overview;
                return self.adoption(world).map(Action::Edit).into_iter().collect();
            }
            C::Open => return vec![Action::Show],
            C::Log => {
                let log = |idea: &Idea| Action::Ask(crate::tui::dialogs::Prompt::log(&idea.id));
                return self.idea(world).map(log).into_iter().collect();
            }
            _ => {}
        }
        Vec::new()
    }

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buffer: &mut Buffer) {
        draw::draw(self, world, styles, area, buffer);
    }

    fn idea<'a>(&self, world: &'a World) -> Option<&'a Idea> {
        let (id, _) = self.listed().get(self.cursor())?;
        world.portfolio.idea(id).filter(|_| self.view == View::Overview)
    }

    fn select(&mut self, id: &str, _world: &World) {
        if self.listed().iter().any(|(other, _)| other == id) {
            self.id = Some(id.to_owned());
        }
    }

    fn back(&mut self, _world: &World) -> bool {
        std::mem::replace(&mut self.view, View::Overview) != View::Overview
    }

    fn take_result(&mut self, job: JobKind, world: &World) {
        if let (JobKind::Taste, Some((_, findings))) = (job, world.results.taste.latest()) {
            self.findings = Some(Arc::clone(findings));
            if matches!(self.view, View::Adoption(_)) && self.adoption(world).is_none() {
                self.view = View::Overview;
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
    /// The screen as it opens.
    #[must_use]
    pub(crate) fn new(_world: &World) -> Self {
        Self {
            findings: None,
            view: View::Overview,
            id: None,
            choosing: [0.0; Activity::ALL.len()],
        }
    }

    /// Takes note of the hours of the last month that went into choosing.
    pub(crate) fn set_choosing(&mut self, hours: [f64; Activity::ALL.len()]) {
        self.choosing = hours;
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
    fn time_spent(&self) -> TimeSpent {
        let spent = self.findings().map(|findings| findings.spent).unwrap_or_default();
        TimeSpent { choosing: self.choosing, ..spent }
    }

    /// The ideas where gut and rubric disagree, by id; none while there are too
    /// few duels to say.
    fn listed(&self) -> &[(String, Disagreement)] {
        let study = self.study().filter(|study| study.taste.is_enough());
        study.map_or(&[], |study| study.disagreements.as_slice())
    }

    /// Where the cursor stands among them.
    fn cursor(&self) -> usize {
        let id = self.id.as_deref();
        id.and_then(|id| self.listed().iter().position(|(other, _)| other == id)).unwrap_or(0)
    }

    /// Moves the cursor, or what is read, by so many lines.
    fn step(&mut self, lines: isize, world: &World) {
        let moved = |at: usize, last: usize| at.saturating_add_signed(lines).min(last);
        match self.view {
            View::Overview => {
                let target = moved(self.cursor(), self.listed().len().saturating_sub(1));
                self.id = self.listed().get(target).map(|(id, _)| id.clone());
            }
            View::Statistics(at) => {
                self.view = View::Statistics(moved(at, statistics::last(self, world)));
            }
            View::Adoption(at) => {
                self.view = View::Adoption(moved(at, adoption::last(self, world)));
            }
        }
    }
}
