//! Inputs of a score: the owner's answers about the criteria and the bet, and other
//! people's answers beside them.

use std::fmt;

use crate::domain::{BetInput, CRITERIA, Criterion, Field, Idea, Portfolio, Rater, Rating};
use crate::judge::{Score, ScoreRule, score};

/// Middles further apart than this on one criterion are a dispute.
const DISPUTE: f64 = 3.0;

/// One person's answers about an idea, by [`Criterion::index`].
pub type Answers = [Option<Rating>; CRITERIA];

/// What others answered about an idea, a rater each.
#[must_use]
pub fn others<'a>(portfolio: &'a Portfolio, idea: &Idea) -> Vec<&'a Answers> {
    let by = |rater: &'a Rater| {
        std::iter::once(&idea.id).chain(&idea.aliases).find_map(|name| rater.ratings.get(name))
    };
    portfolio.raters().iter().filter_map(by).collect()
}

/// The scores of all ideas of a portfolio, in its order.
#[must_use]
pub fn scores(portfolio: &Portfolio, rule: &ScoreRule) -> Vec<Score> {
    let judged = |idea| {
        let mut answers = others(portfolio, idea).into_iter().flatten();
        score(idea, rule, answers.any(Option::is_some))
    };
    portfolio.iter().map(judged).collect()
}

/// The criteria on which the raters of an idea, its owner included, lie more
/// than three points apart, each by the middle of what they answered.
#[must_use]
pub fn disputes(owner: &Score, idea: &Idea, others: &[&Answers]) -> Vec<Criterion> {
    let is_disputed = |criterion: &Criterion| {
        let own = match criterion {
            Criterion::Strategy => {
                Some(owner.strategy).filter(|_| !owner.missing[criterion.index()])
            }
            _ => idea.rating(*criterion),
        };
        let theirs = others.iter().filter_map(|answers| answers[criterion.index()]);
        let middles = own.into_iter().chain(theirs).map(Rating::middle);
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) = middles.fold(ends, |(low, high), x| (low.min(x), high.max(x)));
        high - low > DISPUTE
    };
    Criterion::ALL.into_iter().filter(is_disputed).collect()
}

/// What others say about an idea, a sentence a person: their words, then where
/// they and its owner lie more than three points apart: `You and Ines differ on
/// longevity: 8 and 4.` A criterion on which the owner has not answered is not
/// named: the others' answer would anchor it.
#[must_use]
pub fn said_by_others(portfolio: &Portfolio, idea: &Idea) -> Vec<String> {
    let words = portfolio.reactions(idea);
    let words = words.iter().map(|(name, reaction)| reaction.sentence(name));
    let differing = portfolio.raters().iter().filter_map(|rater| {
        let answers = idea.names().find_map(|name| rater.ratings.get(name))?;
        let apart = |criterion: &Criterion| {
            let (own, theirs) = (idea.rating(*criterion)?, answers[criterion.index()]?);
            Some(((own.middle() - theirs.middle()).abs(), *criterion, own, theirs))
        };
        let all = Criterion::ALL.iter().filter_map(apart).filter(|(apart, ..)| *apart > DISPUTE);
        let (_, criterion, own, theirs) = all.max_by(|a, b| a.0.total_cmp(&b.0))?;
        let (name, criterion) = (rater.shown_name(), criterion.id());
        Some(format!("You and {name} differ on {criterion}: {own} and {theirs}."))
    });
    words.chain(differing).collect()
}

/// One input of a score: a criterion, or a question about the bet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// A criterion; strategy only where no bet gives it.
    Criterion(Criterion),
    /// A question about the bet.
    Bet(BetInput),
}

impl Input {
    /// The inputs that the score of an idea rests on: four criteria, and
    /// strategy itself or the three questions of the bet that gives it.
    #[must_use]
    pub fn of(idea: &Idea) -> Vec<Self> {
        let direct = Criterion::ALL.into_iter().filter(|it| *it != Criterion::Strategy);
        let mut inputs: Vec<Self> = direct.map(Self::Criterion).collect();
        match idea.bet {
            Some(kind) if idea.rating(Criterion::Strategy).is_none() => {
                inputs.extend(kind.inputs().map(Self::Bet));
            }
            _ => inputs.push(Self::Criterion(Criterion::Strategy)),
        }
        inputs
    }

    /// The word used in files, on the command line and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Criterion(criterion) => criterion.id(),
            Self::Bet(input) => input.id(),
        }
    }

    /// Upper end of the scale; the lower end is 0.
    #[must_use]
    pub const fn max(self) -> f64 {
        match self {
            Self::Criterion(_) => 10.0,
            Self::Bet(input) => input.max(),
        }
    }

    /// Whether more of it is better. Crowding is the one of which less is.
    #[must_use]
    pub const fn more_is_better(self) -> bool {
        !matches!(self, Self::Bet(BetInput::Crowding))
    }

    /// The answer, if the idea has one.
    #[must_use]
    pub const fn rating(self, idea: &Idea) -> Option<Rating> {
        match self {
            Self::Criterion(criterion) => idea.rating(criterion),
            Self::Bet(input) => idea.bet_input(input),
        }
    }

    /// The field that an edit sets to settle it.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Criterion(criterion) => Field::Rating(criterion),
            Self::Bet(input) => Field::BetInput(input),
        }
    }

    /// A value of it as people read it: `6.2`, and `12 %` for a
    /// chance.
    #[must_use]
    pub fn shown(self, value: f64) -> String {
        match self {
            Self::Bet(BetInput::Chance) => format!("{:.0} %", 100.0 * value),
            _ => tenths(value).to_string(),
        }
    }
}

/// Rounded to a tenth; −0.0 becomes 0.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::domain::{BetKind, Reaction};

    fn answers(values: [Option<f64>; CRITERIA]) -> Answers {
        values.map(|value| value.map(Rating::value))
    }

    #[test]
    fn a_difference_is_named_only_where_the_owner_has_answered() {
        let mut idea = Idea::new("a", "a");
        idea.ratings = answers([Some(8.0), Some(8.0), None, Some(2.0), None]);
        let theirs = answers([Some(4.0), Some(7.0), Some(0.0), Some(9.0), None]);
        let mut mara = rater("a", theirs);
        mara.set_reaction("a", &Reaction { excited: true, ..Reaction::default() });
        let portfolio = Portfolio::new(vec![idea.clone()], vec![mara]);
        let said = said_by_others(&portfolio, &idea);
        assert_eq!(said, ["Mara is drawn to it.", "You and Mara differ on headroom: 2 and 9."]);
        assert_eq!(portfolio.drawn_to(&idea), ["Mara"]);
        assert_eq!(portfolio.spoken_of()[0].1, ["Mara is drawn to it."]);
    }

    fn rater(id: &str, answers: Answers) -> Rater {
        Rater { ratings: HashMap::from([(id.to_owned(), answers)]), ..Rater::new("mara") }
    }

    fn disputed(idea: &Idea, raters: Vec<Rater>) -> Vec<Criterion> {
        let portfolio = Portfolio::new(vec![idea.clone()], raters);
        let score = &scores(&portfolio, &ScoreRule::default())[0];
        disputes(score, idea, &others(&portfolio, idea))
    }

    #[test]
    fn more_than_three_points_apart_is_a_dispute() {
        let mut idea = Idea::new("a", "a");
        idea.ratings = answers([Some(5.0), Some(5.0), None, Some(2.0), None]);
        idea.ratings[0] = Rating::range(2.0, 8.0);
        let theirs = answers([Some(8.0), Some(8.1), Some(0.0), None, Some(1.0)]);
        assert_eq!(disputed(&idea, vec![rater("a", theirs)]), [Criterion::Generality]);
        let third = answers([None, None, Some(3.5), None, None]);
        let both = vec![rater("a", theirs), rater("a", third)];
        assert_eq!(disputed(&idea, both), [Criterion::Generality, Criterion::Longevity]);
        assert_eq!(disputed(&idea, vec![rater("b", theirs)]), []);
    }

    #[test]
    fn the_strategy_of_a_bet_is_what_its_owner_says_by_it() {
        let mut idea = Idea::new("a", "a");
        idea.bet = Some(BetKind::Hot);
        let theirs = || vec![rater("a", answers([None, None, None, None, Some(9.0)]))];
        assert_eq!(disputed(&idea, theirs()), []);
        for input in BetKind::Hot.inputs() {
            idea.bet_inputs[input.index()] = Some(Rating::value(4.0));
        }
        assert_eq!(disputed(&idea, theirs()), [Criterion::Strategy]);
    }

    #[test]
    fn raters_may_know_an_idea_by_an_earlier_id() {
        let mut idea = Idea::new("new", "a");
        idea.aliases.push("old".into());
        let mara = rater("old", answers([Some(3.0), None, None, None, None]));
        let portfolio = Portfolio::new(vec![idea.clone()], vec![mara]);
        assert_eq!(others(&portfolio, &idea).len(), 1);
        assert!(scores(&portfolio, &ScoreRule::default())[0].rated);
    }

    #[test]
    fn a_bet_stands_in_for_strategy_unless_strategy_is_rated() {
        let mut idea = Idea::new("a", "a");
        let strategy = Input::Criterion(Criterion::Strategy);
        assert_eq!(Input::of(&idea).last(), Some(&strategy));
        idea.bet = Some(BetKind::Hot);
        assert_eq!(Input::of(&idea).last(), Some(&Input::Bet(BetInput::Crowding)));
        assert_eq!(Input::of(&idea).len(), 7);
        idea.ratings[Criterion::Strategy.index()] = Some(Rating::value(3.0));
        assert_eq!(Input::of(&idea).last(), Some(&strategy));
    }

    #[test]
    fn a_chance_is_shown_in_per_cent() {
        assert_eq!(Input::Bet(BetInput::Chance).shown(0.1234), "12 %");
        assert_eq!(Input::Criterion(Criterion::Headroom).shown(4.0), "4");
        assert_eq!(Input::Criterion(Criterion::Headroom).shown(-0.001), "0");
    }
}
