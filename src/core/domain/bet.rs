//! Bets: a hot topic done better than everyone, or the next hot topic. Each
//! has its own three questions, and they give the strategy criterion.

use super::criterion::Question;

/// The two ways to bet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BetKind {
    /// Many work on it already; the bet is to do it better.
    Hot,
    /// Few work on it; the bet is that it will matter.
    NextHot,
}

impl BetKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Hot, Self::NextHot];

    /// The word used in files, on the command line and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Hot => "hot",
            Self::NextHot => "next-hot",
        }
    }

    /// The kind of that name, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The three questions of this kind of bet.
    #[must_use]
    pub const fn inputs(self) -> [BetInput; 3] {
        match self {
            Self::Hot => [BetInput::Edge, BetInput::Commitment, BetInput::Crowding],
            Self::NextHot => [BetInput::Chance, BetInput::Reward, BetInput::Fallback],
        }
    }
}

/// One question about a bet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BetInput {
    /// Hot: why you, and not the groups already on it? 0–10.
    Edge,
    /// Hot: what will you drop for it? 0–10.
    Commitment,
    /// Hot: how many could publish this before you? 0–10, more is worse.
    Crowding,
    /// Next-hot: probability that it comes true, 0–1.
    Chance,
    /// Next-hot: who changes what they do if it comes true? 0–10.
    Reward,
    /// Next-hot: what is kept if it fails? 0–10.
    Fallback,
}

struct Row {
    input: BetInput,
    kind: BetKind,
    id: &'static str,
    max: f64,
    question: Question,
}

const TABLE: [Row; 6] = [
    Row {
        input: BetInput::Edge,
        kind: BetKind::Hot,
        id: "edge",
        max: 10.0,
        question: Question {
            text: "Why you, and not the ten groups already on it?",
            low: "no reason",
            middle: "some skill or data that others lack",
            high: "we can do what they cannot this year",
        },
    },
    Row {
        input: BetInput::Commitment,
        kind: BetKind::Hot,
        id: "commitment",
        max: 10.0,
        question: Question {
            text: "What will you drop for it?",
            low: "nothing",
            middle: "half my weeks",
            high: "everything until it is out",
        },
    },
    Row {
        input: BetInput::Crowding,
        kind: BetKind::Hot,
        id: "crowding",
        max: 10.0,
        question: Question {
            text: "How many could publish this before you?",
            low: "none that I know",
            middle: "a handful",
            high: "a new paper every week",
        },
    },
    Row {
        input: BetInput::Chance,
        kind: BetKind::NextHot,
        id: "chance",
        max: 1.0,
        question: Question {
            text: "Out of a hundred bets like this, how many come true?",
            low: "1–2 % a moonshot",
            middle: "10 % a good new idea",
            high: "70 % and more: it is hot already",
        },
    },
    Row {
        input: BetInput::Reward,
        kind: BetKind::NextHot,
        id: "reward",
        max: 10.0,
        question: Question {
            text: "If it comes true, who changes what they do?",
            low: "a few readers",
            middle: "a subfield",
            high: "most of us",
        },
    },
    Row {
        input: BetInput::Fallback,
        kind: BetKind::NextHot,
        id: "fallback",
        max: 10.0,
        question: Question {
            text: "If it fails, what do you keep?",
            low: "a memory",
            middle: "code or a workshop note",
            high: "a paper or a skill worth the time anyway",
        },
    },
];

/// Number of questions about bets, of both kinds together.
pub const BET_INPUTS: usize = TABLE.len();

impl BetInput {
    /// All questions, those of hot bets first.
    pub const ALL: [Self; BET_INPUTS] = {
        let mut all = [Self::Edge; BET_INPUTS];
        let mut i = 0;
        while i < BET_INPUTS {
            all[i] = TABLE[i].input;
            i += 1;
        }
        all
    };

    /// Position in [`BetInput::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The word used in files, on the command line and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        TABLE[self.index()].id
    }

    /// The kind of bet that asks this.
    #[must_use]
    pub const fn kind(self) -> BetKind {
        TABLE[self.index()].kind
    }

    /// Upper end of the scale: 1 for a chance, 10 for all others. The lower
    /// end is 0.
    #[must_use]
    pub const fn max(self) -> f64 {
        TABLE[self.index()].max
    }

    /// The question and its anchors.
    #[must_use]
    pub const fn question(self) -> &'static Question {
        &TABLE[self.index()].question
    }

    /// The question of that name, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|input| input.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_variants() {
        for (i, input) in BetInput::ALL.into_iter().enumerate() {
            assert_eq!(input.index(), i);
            assert_eq!(BetInput::from_id(input.id()), Some(input));
            assert!(input.kind().inputs().contains(&input));
        }
    }
}
