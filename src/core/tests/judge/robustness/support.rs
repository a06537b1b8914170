//! Ideas and rules to draw from.

use proptest::prelude::*;
use prospect_core::domain::{BetKind, CRITERIA, Idea, Rating};
use prospect_core::judge::{Score, ScoreRule, score};

/// An idea of which all criteria are rated directly.
pub(crate) fn rated(id: &str, answers: [f64; CRITERIA]) -> Idea {
    Idea { ratings: answers.map(|x| Some(Rating::value(x))), ..Idea::new(id, id) }
}

pub(crate) fn scores(ideas: &[Idea], rule: &ScoreRule) -> Vec<Score> {
    ideas.iter().map(|idea| score(idea, rule, false)).collect()
}

pub(crate) fn pairs<'a>(ideas: &'a [Idea], scores: &'a [Score]) -> Vec<(&'a Idea, &'a Score)> {
    ideas.iter().zip(scores).collect()
}

fn answer(max: f64) -> impl Strategy<Value = Option<Rating>> {
    let at = move |step: u8| max * f64::from(step) / 20.0;
    prop_oneof![
        1 => Just(None),
        4 => (0..=20_u8).prop_map(move |x| Some(Rating::value(at(x)))),
        3 => (0..=20_u8, 0..=20_u8).prop_map(move |(a, b)| Rating::range(at(a.min(b)), at(a.max(b)))),
    ]
}

/// Ideas with values, ranges, unknowns and both kinds of bets; the first is
/// always rated.
pub(crate) fn any_ideas(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Idea>> {
    let bet = prop_oneof![Just(None), Just(Some(BetKind::Hot)), Just(Some(BetKind::NextHot))];
    let inputs =
        (answer(10.0), answer(10.0), answer(10.0), answer(1.0), answer(10.0), answer(10.0));
    let idea = (prop::array::uniform5(answer(10.0)), bet, inputs, any::<bool>());
    prop::collection::vec(idea, count).prop_map(|ideas| {
        let named = ideas.into_iter().enumerate().map(|(i, (mut ratings, bet, inputs, direct))| {
            if !direct {
                ratings[CRITERIA - 1] = None;
            }
            if i == 0 {
                ratings[0] = Some(Rating::value(5.0));
            }
            let (edge, commitment, crowding, chance, reward, fallback) = inputs;
            let bet_inputs = [edge, commitment, crowding, chance, reward, fallback];
            Idea {
                ratings,
                bet,
                bet_inputs,
                ..Idea::new(format!("idea-{i:02}"), format!("Idea {i}"))
            }
        });
        named.collect()
    })
}

prop_compose! {
    pub(crate) fn any_rule()(
        weights in prop::array::uniform5(0.02..1.0),
        form in prop::sample::select(prospect_core::judge::Form::ALL.to_vec()),
        appetite in prop::sample::select(prospect_core::judge::Appetite::ALL.to_vec()),
    ) -> ScoreRule {
        ScoreRule { form, appetite, ..ScoreRule::default() }.with_weights(weights).unwrap()
    }
}
