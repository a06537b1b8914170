//! Duels for people: the first k, the next pair, and the weights they reveal.

use super::Page;
use super::review::widest;
use crate::domain::{Criterion, Duel, Idea, Portfolio};
use crate::judge::duel::{Certainty, Contest, DuelRule, Round, RoundOptions, SessionState, cycles};
use crate::judge::taste::TasteStudy;
use crate::judge::{ScoreRule, ordinal, scores, sort_descending};
use crate::text::{count, fit};

/// At most this many cycles and disagreements are printed for a person.
const SHOWN: usize = 5;

/// Everything that follows from the duels of a pool.
#[derive(Clone, Debug)]
pub struct Standings<'a> {
    portfolio: &'a Portfolio,
    /// How many ideas are to be chosen.
    pub k: usize,
    /// The contest, its posterior, the cut and the next question.
    pub round: Round,
}

impl<'a> Standings<'a> {
    /// Judges the ideas that `in_pool` admits by these duels. `person` is asked next.
    pub fn new<'d>(
        portfolio: &'a Portfolio,
        rule: &ScoreRule,
        k: usize,
        in_pool: impl Fn(&Idea) -> bool,
        duels: impl IntoIterator<Item = &'d Duel>,
        person: &str,
        seed: u64,
    ) -> Self {
        let scores = scores(portfolio, rule);
        let contest = Contest::of_ideas(portfolio, &scores, in_pool, duels);
        let rule = DuelRule { k, ..DuelRule::default() };
        let options = RoundOptions { person: person.to_owned(), ..RoundOptions::default() };
        let round = Round::new(contest, &rule, options, seed);
        Self { portfolio, k, round }
    }

    /// The pool by number of entrant, the surest first.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        let Round { contest, posterior, cut, .. } = &self.round;
        let mut order: Vec<usize> = (0..contest.pool()).collect();
        // Of those as likely, the stronger first.
        sort_descending(&mut order, posterior.strengths());
        sort_descending(&mut order, cut.chances());
        order
    }

    /// The id of an entrant.
    #[must_use]
    pub fn id(&self, entrant: usize) -> &str {
        &self.round.contest.entrants()[entrant].id
    }

    /// The title of an entrant.
    #[must_use]
    pub fn title(&self, entrant: usize) -> &str {
        let id = self.id(entrant);
        self.portfolio.get(id).map_or(id, |idea| &idea.title)
    }

    /// The minimal cycles, as ids.
    #[must_use]
    pub fn cycles(&self) -> Vec<Vec<&str>> {
        let cycles = cycles(&self.round.contest).into_iter();
        cycles.map(|cycle| cycle.into_iter().map(|entrant| self.id(entrant)).collect()).collect()
    }

    /// How things stand, in a sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        self.round.summary(|entrant| self.title(entrant))
    }

    /// How sure it is that an idea of the first k belongs there; `None` for every other idea.
    #[must_use]
    pub fn certainty(&self, entrant: usize) -> Option<Certainty> {
        let cut = &self.round.cut;
        cut.shown().contains(&entrant).then(|| cut.certainty(entrant))
    }

    /// Why the next pair is asked.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        let question = self.round.next_pair?;
        Some(question.reason.describe(self.k, |entrant| self.title(entrant)))
    }
}

/// `prospect duels`: one line each, the surest first.
#[must_use]
pub fn standings_text(standings: &Standings<'_>, columns: usize) -> String {
    let Round { contest, cut, .. } = &standings.round;
    let mut page = Page::new(columns);
    let duels = contest.duels();
    let facts = format!(
        "{} between {}, top {}",
        count(duels, "duel"),
        count(contest.pool(), "idea"),
        standings.k
    );
    let title = match standings.round.state() {
        SessionState::Open => format!("Your {} so far", cut.shown().len()),
        _ => standings.summary(),
    };
    page.title(&title, &facts);
    let order = standings.order();
    let label = widest(order.iter().map(|&entrant| standings.id(entrant)));
    let lines = order.iter().map(|&entrant| {
        let certainty = standings.certainty(entrant).map_or("", Certainty::id);
        let chance = format!("{:>4.0} %  ", cut.chances()[entrant] * 100.0);
        (
            chance,
            format!("{}  {certainty}", fit(standings.id(entrant), label)).trim_end().to_owned(),
        )
    });
    page.section(&format!("How likely your answers put it in the top {}", standings.k), lines);
    let cycles = standings.cycles();
    let circles = cycles.iter().take(SHOWN).map(|cycle| {
        let first = cycle.first().copied().unwrap_or_default();
        (String::new(), format!("{} > {first}", cycle.join(" > ")))
    });
    page.section("Answers in a circle, which is no mistake", circles);
    if standings.round.state() == SessionState::Open {
        page.paragraph("prospect pair says what to ask next.");
    }
    page.into_text()
}

#[must_use]
pub fn pair_text(standings: &Standings<'_>, columns: usize) -> String {
    let mut page = Page::new(columns);
    match (standings.round.next_pair, standings.reason()) {
        (Some(question), Some(reason)) => {
            page.title("Which would you rather work on?", &format!("Asked because: {reason}"));
            for (side, entrant) in [("left   ", question.left), ("right  ", question.right)] {
                let text = format!("{}  ({})", standings.title(entrant), standings.id(entrant));
                page.item(side, &text);
            }
        }
        _ => page.title(&standings.summary(), ""),
    }
    page.into_text()
}

/// `prospect taste`. With too few duels only ranges are shown.
#[must_use]
pub fn taste_text(study: &TasteStudy, portfolio: &Portfolio, columns: usize) -> String {
    let mut page = Page::new(columns);
    let is_enough = study.taste.is_enough();
    page.title(&study.sentences().join("; "), &answered(study));
    let rows = Criterion::ALL.into_iter().map(|criterion| {
        let weight = study.taste.weights[criterion.index()];
        let stated = study.stated[criterion.index()] * 100.0;
        let [mean, low, high] = [weight.mean, weight.low, weight.high].map(|x| x * 100.0);
        let revealed = if is_enough {
            format!("revealed {mean:>3.0} % ({low:.0}–{high:.0})")
        } else {
            format!("between {low:.0} and {high:.0} %")
        };
        (fit(criterion.id(), 12), format!("{stated:>3.0} %   {revealed}"))
    });
    page.section("Stated weight, and the one that the duels reveal (80 % ranges)", rows);
    let shown = if is_enough { SHOWN } else { 0 };
    let places = study.disagreements.iter().take(shown).map(|(id, one)| {
        let title = portfolio.get(id).map_or(id.as_str(), |idea| &idea.title);
        let because = match one.because {
            Some(criterion) => format!("because of {}", criterion.id()),
            None => "no criterion explains it".to_owned(),
        };
        let (by_duels, by_score) = (ordinal(one.rank_by_duels), ordinal(one.rank_by_score));
        let text = format!("{title}: by duels {by_duels}, by score {by_score}, {because}");
        (String::new(), text)
    });
    page.section("Where duels and score differ most", places);
    if study.adopted {
        page.paragraph(
            "The weights were adopted from duels before. The duels are weighed against those \
             stated until then ([taste] in prospect.toml), so that none counts twice.",
        );
    }
    page.into_text()
}

/// Whose duels these are, and whose are not among them.
fn answered(study: &TasteStudy) -> String {
    let TasteStudy { by, duels, others, .. } = study;
    let mut words = format!("{} answered by {by}", count(*duels, "duel"));
    if !others.is_empty() {
        let others: Vec<String> =
            others.iter().map(|(name, count)| format!("{count} by {name}")).collect();
        words += &format!("; not counted: {} (--by NAME)", others.join(", "));
    }
    words
}
