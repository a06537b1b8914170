//! State of a session of duels, and its summary in words.

use super::{Certainty, Pair, Progress, Round};

/// From how many answers on most of them being equal is told.
const ANSWERS_FOR_EQUAL: f64 = 10.0;

/// What more questions are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// The pool has fewer than two ideas.
    TooFew,
    /// The pool has no more ideas than are to be chosen.
    NothingToChoose,
    /// Nine in ten of the first k may be expected to belong: stop here.
    Settled,
    /// Most answers are equal: any of these is a good choice.
    AllEqual,
    /// The person has answered every pair: no more can be learned.
    AllAnswered,
    /// Eight in ten of the first k may be expected to belong.
    GoodEnough,
    /// Go on.
    Open,
}

impl SessionState {
    /// The word in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::TooFew => "too-few",
            Self::NothingToChoose => "nothing-to-choose",
            Self::Settled => "settled",
            Self::AllEqual => "all-equal",
            Self::AllAnswered => "all-answered",
            Self::GoodEnough => "good-enough",
            Self::Open => "open",
        }
    }
}

impl Round {
    /// What more questions are worth.
    #[must_use]
    pub fn state(&self) -> SessionState {
        let pool = self.contest.pool();
        match self.cut.progress() {
            _ if pool < 2 => SessionState::TooFew,
            _ if self.cut.shown().len() == pool => SessionState::NothingToChoose,
            Progress::Settled => SessionState::Settled,
            _ if self.is_mostly_equal() => SessionState::AllEqual,
            _ if self.pairs_left() == 0 => SessionState::AllAnswered,
            Progress::GoodEnough => SessionState::GoodEnough,
            Progress::Open => SessionState::Open,
        }
    }

    /// How many pairs of the pool the person has not answered.
    #[must_use]
    pub fn pairs_left(&self) -> usize {
        self.contest.pool_pairs() - self.contest.answered_by(&self.options.person).count()
    }

    /// The pairs of the pool that the person has answered in more than one way:
    /// each of these answers has only its share of the weight.
    #[must_use]
    pub fn answered_both_ways(&self) -> Vec<Pair> {
        let own = self.contest.answered_by(&self.options.person);
        let is_both = |[first, second, ties]: [bool; 3]| {
            usize::from(first) + usize::from(second) + usize::from(ties) > 1
        };
        own.filter(|(_, counts)| is_both([counts.first, counts.second, counts.ties].map(|n| n > 0)))
            .map(|(pair, _)| pair)
            .collect()
    }

    /// Whether more than half of the answers within the pool are equal.
    fn is_mostly_equal(&self) -> bool {
        let in_pool =
            self.contest.weights().filter(|(pair, _)| pair.second() < self.contest.pool());
        let (ties, all) = in_pool.fold((0.0, 0.0), |(ties, all), (_, weights)| {
            (ties + weights.ties, all + weights.total())
        });
        ties > 0.5 * all && (all >= ANSWERS_FOR_EQUAL || self.pairs_left() == 0)
    }

    /// How things stand, in one or two sentences, with the names of the ideas:
    /// `Settled after 13 answers: these are your 3. You can stop here.`
    #[must_use]
    pub fn summary<'a>(&self, name: impl Fn(usize) -> &'a str) -> String {
        let (duels, pairs) = (self.contest.duels(), self.contest.pool_pairs());
        let k = self.cut.shown().len();
        let answers = if duels == 1 { "1 answer".to_owned() } else { format!("{duels} answers") };
        let yours = match k {
            1 => "this is your first".to_owned(),
            _ => format!("these are your {k}"),
        };
        let all = match pairs {
            1 => "The only pair has been answered".to_owned(),
            _ => format!("All {pairs} pairs have been answered"),
        };
        match self.state() {
            SessionState::TooFew => {
                "You need at least two ideas, shortlisted or active.".to_owned()
            }
            SessionState::NothingToChoose => {
                format!("There are {k} ideas for {k} places: nothing to choose.")
            }
            SessionState::Settled => {
                format!("Settled after {answers}: {yours}. You can stop here.")
            }
            SessionState::AllEqual if self.pairs_left() == 0 => format!(
                "{all}, most of them as equal: any of these is a good choice. Take the one with \
                 the cheapest test."
            ),
            SessionState::AllEqual => {
                "Most are equal for you: any of these is a good choice. Take the one with the \
                 cheapest test."
                    .to_owned()
            }
            SessionState::AllAnswered => {
                format!("{all}, no more can be learned: {}.", self.clear_and_open(name))
            }
            SessionState::GoodEnough => {
                format!("Good enough after {answers}: {}.", self.clear_and_open(name))
            }
            SessionState::Open if duels == 0 => "No answers yet.".to_owned(),
            SessionState::Open => {
                format!("Finished for now after {answers}: {}.", self.clear_and_open(name))
            }
        }
    }

    /// `the first two are clear, the third is open between "A" and "B"`.
    fn clear_and_open<'a>(&self, name: impl Fn(usize) -> &'a str) -> String {
        let shown = self.cut.shown();
        let is_clear = |entrant: &&usize| self.cut.certainty(**entrant) != Certainty::Open;
        let clear = shown.iter().take_while(is_clear).count();
        let said = match clear {
            0 => String::new(),
            1 => "the first is clear, ".to_owned(),
            _ if clear == shown.len() => return format!("the first {} are clear", cardinal(clear)),
            many => format!("the first {} are clear, ", cardinal(many)),
        };
        if clear == shown.len() {
            return "the first is clear".to_owned();
        }
        let open = match shown.len() - clear {
            1 => format!("the {} is open", ordinal_word(shown.len())),
            _ => format!("{} to {} are open", ordinal_word(clear + 1), ordinal_word(shown.len())),
        };
        let rivals = self.cut.contenders();
        match (shown.len() - clear, rivals.first()) {
            (1, Some(rival)) => {
                let last = name(shown[shown.len() - 1]);
                format!("{said}{open} between \"{last}\" and \"{}\"", name(*rival))
            }
            _ => format!("{said}{open}"),
        }
    }
}

/// `two`, `three`, … and figures from ten on.
fn cardinal(n: usize) -> String {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let word = n.checked_sub(1).and_then(|index| words.get(index));
    word.map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// `first`, `second`, … and figures from tenth on: `11th`.
pub(super) fn ordinal_word(n: usize) -> String {
    let words =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    let word = n.checked_sub(1).and_then(|index| words.get(index));
    word.map_or_else(|| crate::judge::ordinal(n), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Winner;
    use crate::judge::duel::{Contest, DuelRule, Entrant, RoundOptions};

    const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

    fn round(scores: &[f64], k: usize, answers: &[(usize, usize, Winner)]) -> Round {
        let entrant = |(i, score): (usize, &f64)| Entrant { id: NAMES[i].into(), score: *score };
        let entrants = scores.iter().enumerate().map(entrant).collect();
        let mut contest = Contest::new(entrants, scores.len());
        for &(left, right, winner) in answers {
            contest.record("ana", left, right, winner);
        }
        let rule = DuelRule { k, ..DuelRule::default() };
        let options = RoundOptions { person: "ana".into(), ..RoundOptions::default() };
        Round::new(contest, &rule, options, 0)
    }

    fn all_pairs(size: usize, winner: Winner) -> Vec<(usize, usize, Winner)> {
        let pairs = (0..size).flat_map(|one| (one + 1..size).map(move |other| (one, other)));
        pairs.map(|(one, other)| (one, other, winner)).collect()
    }

    #[track_caller]
    fn assert_state(round: &Round, state: SessionState, summary: &str) {
        assert_eq!(round.state(), state);
        assert_eq!(round.summary(|entrant| NAMES[entrant]), summary);
    }

    #[test]
    fn small_pools_have_nothing_to_choose() {
        let words = "You need at least two ideas, shortlisted or active.";
        assert_state(&round(&[50.0], 3, &[]), SessionState::TooFew, words);
        let words = "There are 2 ideas for 2 places: nothing to choose.";
        assert_state(&round(&[50.0; 2], 3, &[]), SessionState::NothingToChoose, words);
    }

    #[test]
    fn consistent_answers_settle() {
        let settled = round(&[80.0, 70.0, 40.0, 35.0, 30.0], 2, &all_pairs(5, Winner::Left));
        let words = "Settled after 10 answers: these are your 2. You can stop here.";
        assert_state(&settled, SessionState::Settled, words);
        assert_eq!(settled.pairs_left(), 0);
    }

    #[test]
    fn answers_that_are_mostly_equal_say_so() {
        let equal = round(&[50.0; 5], 2, &all_pairs(5, Winner::Tie));
        let words = "All 10 pairs have been answered, most of them as equal: any of these is a \
                     good choice. Take the one with the cheapest test.";
        assert_state(&equal, SessionState::AllEqual, words);
        let mut answers = all_pairs(6, Winner::Tie);
        answers.truncate(12);
        let words = "Most are equal for you: any of these is a good choice. Take the one with the \
                     cheapest test.";
        assert_state(&round(&[50.0; 6], 2, &answers), SessionState::AllEqual, words);
    }

    #[test]
    fn when_every_pair_is_answered_no_more_can_be_learned() {
        use Winner::{Left, Right};
        let cycle = [(0, 1, Left), (1, 2, Left), (0, 2, Right)];
        let all = round(&[50.0; 3], 1, &cycle);
        assert_eq!((all.state(), all.next_pair), (SessionState::AllAnswered, None));
        let words = all.summary(|entrant| NAMES[entrant]);
        let start =
            "All 3 pairs have been answered, no more can be learned: the first is open between";
        assert!(words.starts_with(start), "{words}");
        let again = all.ask_again(0).unwrap();
        assert!(
            again.reason.describe(1, |entrant| NAMES[entrant]).contains("answered this before")
        );
    }

    #[test]
    fn answers_both_ways_are_found() {
        use Winner::{Left, Right, Tie};
        let answers = [(0, 1, Left), (0, 1, Right), (1, 2, Tie), (2, 1, Tie)];
        let both = round(&[50.0; 4], 1, &answers);
        assert_eq!(both.answered_both_ways(), [Pair::of(0, 1).unwrap()]);
        assert_eq!(both.pairs_left(), 4);
    }

    #[test]
    fn an_open_session_says_what_is_clear() {
        let answers = [(0, 2, Winner::Left), (0, 3, Winner::Left), (0, 4, Winner::Left)];
        let open = round(&[95.0, 60.0, 59.0, 30.0, 20.0], 2, &answers);
        let words = "Finished for now after 3 answers: the first is clear, the second is open \
                     between \"B\" and \"C\".";
        assert_state(&open, SessionState::Open, words);
    }

    #[test]
    fn numbers_in_words() {
        let of = |n: usize| ordinal_word(n);
        assert_eq!(
            [of(1), of(3), of(11), of(22), of(111)],
            ["first", "third", "11th", "22nd", "111th"]
        );
        assert_eq!([cardinal(2), cardinal(12)], ["two", "12"]);
    }
}
