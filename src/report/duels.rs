//! What the duels say: who belongs, what to ask next, and what taste shows.

use super::page::Page;
use super::review::widest;
use crate::domain::{Criterion, Date, Duel, Idea, Portfolio};
use crate::judge::duel::{
    Contest, DuelRule, Goal, Posterior, Progress, Round, Side, Skipped, cycles,
};
use crate::judge::taste::{Difference, Disagreement, Taste, answers, disagreements};
use crate::judge::{Score, ScoreRule, scores};
use crate::text::fit;

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
    /// Judges the ideas that `in_pool` admits by these duels.
    pub fn new<'d>(
        portfolio: &'a Portfolio,
        rule: &ScoreRule,
        k: usize,
        in_pool: impl Fn(&Idea) -> bool,
        duels: impl IntoIterator<Item = &'d Duel>,
        seed: u64,
    ) -> Self {
        let scores = scores(portfolio, rule);
        let contest = Contest::of_ideas(portfolio, &scores, in_pool, duels);
        let rule = DuelRule { k, ..DuelRule::default() };
        let round = Round::new(contest, &rule, Goal::Top, &Skipped::default(), seed);
        Self { portfolio, k, round }
    }

    /// The pool by number of entrant, the surest first.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        let Round { contest, posterior, cut, .. } = &self.round;
        let mut order: Vec<usize> = (0..contest.pool()).collect();
        order.sort_by(|&a, &b| {
            let strengths = posterior.strengths();
            (cut.chances()[b].total_cmp(&cut.chances()[a]))
                .then(strengths[b].total_cmp(&strengths[a]))
        });
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

    /// Why the next pair is asked.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        let question = self.round.question?;
        Some(question.reason.words(self.k, |entrant| self.title(entrant)))
    }
}

/// `prospect duels`: one line each, the surest first.
#[must_use]
pub fn standings_text(standings: &Standings<'_>, columns: usize) -> String {
    let Round { contest, cut, .. } = &standings.round;
    let mut page = Page::new(columns);
    let duels = contest.duels();
    let facts = format!("{duels} duels between {} ideas, top {}", contest.pool(), standings.k);
    page.title(&cut.words(), &facts);
    let order = standings.order();
    let label = widest(order.iter().map(|&entrant| standings.id(entrant)));
    let lines = order.iter().map(|&entrant| {
        let side = match cut.side(entrant) {
            Side::In => "in",
            Side::OnTheLine => "on the line",
            Side::Out => "out",
        };
        let chance = format!("{:>4.0} %  ", cut.chances()[entrant] * 100.0);
        (chance, format!("{}  {side}", fit(standings.id(entrant), label)))
    });
    page.section("Chance to belong", lines);
    let cycles = standings.cycles();
    let circles = cycles.iter().take(SHOWN).map(|cycle| {
        let first = cycle.first().copied().unwrap_or_default();
        (String::new(), format!("{} > {first}", cycle.join(" > ")))
    });
    page.section("Going round in circles, which is no mistake", circles);
    page.paragraph(match cut.progress() {
        _ if contest.pool() < 2 => "Two ideas on the shortlist, or active, are the least.",
        Progress::Settled => "Settled: you can stop now.",
        Progress::GoodEnough => "Good enough: you can stop now.",
        Progress::Open => "prospect pair says what to ask next.",
    });
    page.into_text()
}

/// `prospect pair`.
#[must_use]
pub fn pair_text(standings: &Standings<'_>, columns: usize) -> String {
    let mut page = Page::new(columns);
    match (standings.round.question, standings.reason()) {
        (Some(question), Some(reason)) => {
            page.title("Which of these two would you rather pursue?", &reason);
            for (side, entrant) in [("left   ", question.left), ("right  ", question.right)] {
                let text = format!("{}  ({})", standings.title(entrant), standings.id(entrant));
                page.item(side, &text);
            }
        }
        _ => page.title("there is nothing to compare", "a shortlist of two ideas is the least"),
    }
    page.into_text()
}

/// What the duels say about the weights, and where gut and rubric disagree.
#[derive(Clone, Debug)]
pub struct TasteReport<'a> {
    /// The weights as they are set, by [`Criterion::index`].
    pub stated: [f64; 5],
    /// The weights that the duels reveal.
    pub taste: Taste,
    /// How many duels there are, those between incomplete ideas included.
    pub duels: usize,
    portfolio: &'a Portfolio,
    contest: Contest,
    found: Vec<Disagreement>,
}

impl<'a> TasteReport<'a> {
    /// Fits the weights to these duels.
    pub fn new(
        portfolio: &'a Portfolio,
        rule: &ScoreRule,
        as_of: Date,
        by: impl Fn(&Duel) -> bool,
        seed: u64,
    ) -> Self {
        let scores = scores(portfolio, rule);
        let duels: Vec<&Duel> =
            portfolio.duels().standing(as_of).into_iter().filter(|duel| by(duel)).collect();
        let names = duels.iter().flat_map(|duel| [&duel.left, &duel.right]);
        let duelled: std::collections::HashSet<usize> =
            names.filter_map(|name| portfolio.position(name)).collect();
        let takes_part = |idea: &Idea| {
            portfolio.position(&idea.id).is_some_and(|position| duelled.contains(&position))
        };
        let contest = Contest::of_ideas(portfolio, &scores, takes_part, duels.iter().copied());
        let judged: Vec<(&Idea, &Score)> = contest
            .entrants()
            .iter()
            .filter_map(|entrant| portfolio.position(&entrant.id))
            .map(|position| (&portfolio.ideas()[position], &scores[position]))
            .collect();
        let known: Vec<Option<[f64; 5]>> =
            judged.iter().map(|(idea, score)| answers(idea, score)).collect();
        let taste = Taste::of(&contest, &known, &rule.weights, &rule.weights, seed);
        let pull = Posterior::new(&contest, &DuelRule::default().without_rubric());
        let scores: Vec<&Score> = judged.iter().map(|(_, score)| *score).collect();
        let found = disagreements(&contest, &pull, &known, &scores, &taste);
        let duels = contest.duels();
        Self { stated: rule.weights, taste, duels, portfolio, contest, found }
    }

    /// Where gut and rubric disagree, the widest first, each with its id.
    pub fn disagreements(&self) -> impl Iterator<Item = (&str, &Disagreement)> {
        self.found.iter().map(|one| (self.contest.entrants()[one.entrant].id.as_str(), one))
    }

    /// What may be said in words about each criterion that counts for more or
    /// less than stated; or why nothing may be said.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        if !self.taste.is_enough() {
            let Taste { duels, ideas, .. } = self.taste;
            return vec![format!(
                "not enough duels to say: {duels} between {ideas} ideas with all answers known, \
                 of at least 40 between 15"
            )];
        }
        let said: Vec<String> = Criterion::ALL
            .into_iter()
            .filter_map(|criterion| {
                let word = match self.taste.difference(criterion)? {
                    Difference::More => "more",
                    Difference::Less => "less",
                };
                Some(format!("you weigh {} {word} than you say", criterion.id()))
            })
            .collect();
        if said.is_empty() {
            return vec!["you choose much as you say".to_owned()];
        }
        said
    }
}

/// `prospect taste`.
#[must_use]
pub fn taste_text(report: &TasteReport<'_>, columns: usize) -> String {
    let mut page = Page::new(columns);
    page.title(&report.words().join("; "), &format!("{} duels", report.duels));
    let rows = Criterion::ALL.into_iter().map(|criterion| {
        let weight = report.taste.weights[criterion.index()];
        let stated = report.stated[criterion.index()] * 100.0;
        let [mean, low, high] = [weight.mean, weight.low, weight.high].map(|x| x * 100.0);
        let label = fit(criterion.id(), 12);
        (label, format!("{stated:>3.0} %   revealed {mean:>3.0} % ({low:.0}–{high:.0})"))
    });
    page.section("Stated weight, and the one that the duels reveal", rows);
    let places = report.disagreements().take(SHOWN).map(|(id, one)| {
        let title = report.portfolio.get(id).map_or(id, |idea| &idea.title);
        let because = match one.because {
            Some(criterion) => format!("; {} would explain it", criterion.id()),
            None => "; no criterion explains it".to_owned(),
        };
        let text = format!(
            "{title}: {} by score, {} by duels{because}",
            one.rank_by_score, one.rank_by_duels
        );
        (String::new(), text)
    });
    page.section("Where gut and rubric disagree most", places);
    page.into_text()
}
