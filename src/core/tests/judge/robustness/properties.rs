//! Laws that the robustness of a ranking obeys, and brute force.

use proptest::prelude::*;
use prospect_core::domain::{
    BetInput, Criterion, Date, Idea, LogEntry, Portfolio, Rater, Rating, Status,
};
use prospect_core::judge::{
    Input, Sampling, Score, ScoreRule, Side, StallRule, Study, WeightSpread, percent, rank, review,
    score, tipping_points, weight_stability,
};

use super::{any_ideas, any_rule, pairs, rated, scores};

fn sampling(draws: usize) -> Sampling {
    Sampling { draws, ..Sampling::default() }
}

fn study(ideas: &[Idea], rule: &ScoreRule, draws: usize) -> Study {
    Study::new(&ideas.iter().collect::<Vec<_>>(), &Portfolio::default(), rule, &sampling(draws))
}

/// Whether an idea has a rank of at most `top`.
fn is_in(ideas: &[Idea], rule: &ScoreRule, top: usize, position: usize) -> bool {
    let scores = scores(ideas, rule);
    let standings = rank(&pairs(ideas, &scores));
    let own = standings.iter().find(|standing| standing.position == position).unwrap();
    own.rank.is_some_and(|rank| rank <= top)
}

/// The ideas in the order of the ranking that are rated.
fn order(ideas: &[Idea], rule: &ScoreRule) -> Vec<usize> {
    let scores = scores(ideas, rule);
    let standings = rank(&pairs(ideas, &scores));
    standings.iter().filter(|it| it.rank.is_some()).map(|it| it.position).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shares_are_shares(ideas in any_ideas(1..12), rule in any_rule(), top in 1..4_usize) {
        let study = study(&ideas, &rule, 200);
        let all = study.acceptability(top);
        prop_assert_eq!(all.len(), ideas.iter().filter(|idea| idea.has_ratings()).count());
        let chances = study.top_chances(top);
        for own in &all {
            prop_assert!((own.ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!((own.top - chances[own.position].unwrap()).abs() < 1e-9);
            prop_assert_eq!(own.central_weights.is_some(), own.ranks[0] > 0.0);
            if let Some(weights) = own.central_weights {
                prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            }
            for other in &all {
                let (there, back) = (
                    study.pairwise(own.position, other.position).unwrap(),
                    study.pairwise(other.position, own.position).unwrap(),
                );
                prop_assert!((there + back - 1.0).abs() < 1e-12);
            }
        }
        // Ties can only add to the first places.
        let firsts: f64 = all.iter().map(|own| own.ranks[0]).sum();
        prop_assert!(firsts >= 1.0 - 1e-9);
        let tops: f64 = all.iter().map(|own| own.top).sum();
        prop_assert!(tops >= top.min(all.len()) as f64 - 1e-9);
        for confidence in study.confidence(&all).into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&confidence));
        }
    }

    #[test]
    fn what_is_drawn_lies_in_the_interval_of_the_score(ideas in any_ideas(1..8), rule in any_rule()) {
        // With one criterion switched on, weights are certain and only answers vary.
        for criterion in Criterion::ALL {
            let mut weights = [0.0; 5];
            weights[criterion.index()] = 1.0;
            let rule = ScoreRule { noise: 0.0, ..rule.clone() }.with_weights(weights).unwrap();
            let study = study(&ideas, &rule, 100);
            let scores = scores(&ideas, &rule);
            for a in study.positions() {
                for b in study.positions() {
                    if scores[a].low > scores[b].high + 1e-4 {
                        prop_assert_eq!(study.pairwise(a, b), Some(1.0));
                    }
                }
            }
        }
    }

    #[test]
    fn other_ideas_leave_the_draws_of_an_idea_alone(ideas in any_ideas(2..8), rule in any_rule()) {
        let all = study(&ideas, &rule, 200);
        let mut fewer = ideas.clone();
        fewer.reverse();
        fewer.retain(|idea| idea.id != ideas[ideas.len() - 1].id);
        let some = study(&fewer, &rule, 200);
        for a in 0..ideas.len() - 1 {
            for b in 0..ideas.len() - 1 {
                let last = fewer.len() - 1;
                prop_assert_eq!(all.pairwise(a, b), some.pairwise(last - a, last - b));
            }
        }
    }

    #[test]
    fn a_weight_inside_its_interval_changes_nothing_and_beyond_it_one_passes_another(
        ideas in any_ideas(2..9), rule in any_rule(), top in 1..4_usize, share in 0.01..0.99_f64,
    ) {
        let rated: Vec<Idea> = ideas.into_iter().filter(Idea::has_ratings).collect();
        let scores = scores(&rated, &rule);
        let before = order(&rated, &rule);
        let with = |criterion: Criterion, at: f64| {
            let start = rule.weights[criterion.index()];
            let mut weights = rule.weights.map(|weight| weight * (1.0 - at) / (1.0 - start));
            weights[criterion.index()] = at;
            rule.clone().with_weights(weights).unwrap()
        };
        let moved = |criterion, at| order(&rated, &with(criterion, at));
        let set = |order: &[usize], n: usize| {
            let mut set = order[..n.min(order.len())].to_vec();
            set.sort_unstable();
            set
        };
        for stability in weight_stability(&pairs(&rated, &scores), &rule, top) {
            let inside = |low: f64, high: f64| low + share * (high - low);
            let criterion = stability.criterion;
            let order = stability.order;
            if order.high - order.low > 1e-6 {
                prop_assert_eq!(&moved(criterion, inside(order.low, order.high)), &before);
            }
            let first = stability.first;
            if first.high - first.low > 1e-6 {
                prop_assert_eq!(moved(criterion, inside(first.low, first.high))[0], before[0]);
            }
            let interval = stability.top;
            if interval.high - interval.low > 1e-6 {
                let now = moved(criterion, inside(interval.low, interval.high));
                prop_assert_eq!(set(&now, top), set(&before, top));
            }
            if let Some(passing) = interval.above {
                prop_assert!(set(&before, top).contains(&passing.faller));
                prop_assert!(!set(&before, top).contains(&passing.riser));
                let rule = with(criterion, (interval.high + 1e-6).min(1.0));
                let value = |position: usize| score(&rated[position], &rule, false).value();
                prop_assert!(value(passing.riser) >= value(passing.faller) - 1e-9);
            }
        }
    }

    #[test]
    fn a_tipping_point_is_where_the_place_changes(
        ideas in any_ideas(2..9), rule in any_rule(), top in 1..4_usize, position in 0..9_usize,
    ) {
        let position = position % ideas.len();
        let scores = scores(&ideas, &rule);
        let points = tipping_points(&pairs(&ideas, &scores), &rule, top, position);
        let is_in_at = |input: Input, at: f64| {
            let mut ideas = ideas.clone();
            let value = Rating::value(at.clamp(0.0, input.max()));
            match input {
                Input::Criterion(criterion) => ideas[position].ratings[criterion.index()] = Some(value),
                Input::Bet(input) => ideas[position].bet_inputs[input.index()] = Some(value),
            }
            is_in(&ideas, &rule, top, position)
        };
        let now = is_in(&ideas, &rule, top, position);
        for input in Input::of(&ideas[position]) {
            let hair = 1e-7 * input.max();
            let Some(point) = points.iter().find(|point| point.input == input) else {
                // No value of it would make a difference.
                for step in 0..=10 {
                    let at = input.max() * f64::from(step) / 10.0;
                    prop_assert_eq!(is_in_at(input, at), now, "{} at {}", input, at);
                }
                continue;
            };
            prop_assert_eq!(point.enters, !now);
            let upward = if point.side == Side::Above { hair } else { -hair };
            prop_assert_eq!(is_in_at(input, point.at + upward), !now);
            let end = if point.side == Side::Above { 0.0 } else { input.max() };
            if (point.at - end).abs() > hair {
                prop_assert_eq!(is_in_at(input, point.at - upward), now);
            }
        }
        prop_assert!(points.is_sorted_by(|a, b| a.change <= b.change));
    }

    #[test]
    fn open_questions_are_about_what_is_open(ideas in any_ideas(3..9), rule in any_rule(), top in 1..4_usize) {
        let study = study(&ideas, &rule, 500);
        let chances = study.top_chances(top);
        for question in study.open_questions(top) {
            let idea = &ideas[question.position];
            let rating = match question.input {
                Input::Criterion(criterion) => idea.rating(criterion),
                Input::Bet(input) => idea.bet_input(input),
            };
            prop_assert!(rating.is_none_or(|rating| !rating.is_value()));
            prop_assert!(Input::of(idea).contains(&question.input));
            prop_assert!(question.gain > 0.0 && question.gain <= 1.0);
            prop_assert!((0.0..=question.input.max()).contains(&question.threshold));
            let (own, rival) = (chances[question.position].unwrap(), chances[question.rival].unwrap());
            if question.is_in {
                prop_assert!(own >= rival);
            } else {
                prop_assert!(own <= rival);
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_draws_and_another_others() {
    let wide = |id: &str| Idea { ratings: [Rating::range(2.0, 8.0); 5], ..Idea::new(id, id) };
    let ideas = [wide("a"), wide("b"), wide("c")];
    let ideas: Vec<&Idea> = ideas.iter().collect();
    let index = |seed| {
        let sampling = Sampling { draws: 1_000, seed, weights: WeightSpread::Near };
        Study::new(&ideas, &Portfolio::default(), &ScoreRule::default(), &sampling)
            .pairwise(0, 1)
            .unwrap()
    };
    assert_eq!(index(1), index(1));
    assert_ne!(index(1), index(2));
    // Three alike: none is ahead, and they form one band.
    let study =
        Study::new(&ideas, &Portfolio::default(), &ScoreRule::default(), &Sampling::default());
    for own in study.acceptability(1) {
        assert!((own.top - 1.0 / 3.0).abs() < 0.02, "{}", own.top);
    }
    assert_eq!(study.bands(&[0, 1, 2]).first(), Some(&(0..3)));
}

#[test]
fn bands_do_not_chain_ideas_of_which_the_ends_differ() {
    let around = |id: &str, x: f64| Idea {
        ratings: [Rating::range(x - 1.0, x + 1.0); 5],
        ..Idea::new(id, id)
    };
    let ideas: Vec<Idea> = [8.0, 7.85, 7.7, 7.55, 3.0]
        .iter()
        .enumerate()
        .map(|(i, x)| around(&format!("{i}"), *x))
        .collect();
    let rule = ScoreRule { noise: 0.0, ..ScoreRule::default() };
    let study = study(&ideas, &rule, 10_000);
    assert_eq!(study.bands(&[0, 1, 2, 3, 4]).last(), Some(&(4..5)));
    assert!(study.bands(&[0, 1, 2, 3, 4]).len() > 2, "{:?}", study.bands(&[0, 1, 2, 3, 4]));
    let neighbours = study.pairwise(1, 2).unwrap();
    assert!((0.2..0.8).contains(&neighbours), "the second and the third are alike: {neighbours}");
}

#[test]
fn other_raters_widen_the_answers_and_bring_in_what_only_they_have_rated() {
    let ideas =
        [rated("a", [5.0; 5]), rated("b", [5.5; 5]), Idea::new("c", "c"), Idea::new("d", "d")];
    let refs: Vec<&Idea> = ideas.iter().collect();
    let rule = ScoreRule { noise: 0.0, ..ScoreRule::default() };
    let own = Study::new(&refs, &Portfolio::default(), &rule, &sampling(2_000));
    assert_eq!((own.pairwise(1, 0), own.pairwise(0, 2)), (Some(1.0), None));
    let reaction = [Some(Rating::value(9.0)); 5];
    let rater = Rater {
        name: "Noor".into(),
        ratings: [("a".to_owned(), reaction), ("c".to_owned(), reaction)].into(),
        ..Rater::default()
    };
    let both = Study::new(&refs, &Portfolio::new(Vec::new(), vec![rater]), &rule, &sampling(2_000));
    // In every draw each answer of a is its owner's 5 or Noor's 9.
    assert!(both.pairwise(0, 1).unwrap() > 0.9, "the mean of a is now 7");
    assert_eq!(both.pairwise(2, 1), Some(1.0));
    assert_eq!(both.pairwise(3, 0), None);
    assert_eq!(both.top_chances(1)[3], None);
}

#[test]
fn the_question_that_decides_is_found_with_its_line() {
    let mut open = rated("open", [6.0; 5]);
    open.ratings[Criterion::Headroom.index()] = None;
    open.ratings[Criterion::Simplicity.index()] = Rating::range(5.5, 6.5);
    // Of no weight at all, however open it is.
    open.ratings[Criterion::Longevity.index()] = None;
    let ideas = [rated("best", [9.0; 5]), rated("rival", [5.5; 5]), open, rated("last", [1.0; 5])];
    let refs: Vec<&Idea> = ideas.iter().collect();
    let rule = ScoreRule { noise: 0.0, ..ScoreRule::default() };
    let rule = rule.with_weights([0.2, 0.3, 0.0, 0.5, 0.0]).unwrap();
    let questions = study(&ideas, &rule, 10_000).open_questions(2);
    let first = &questions[0];
    assert_eq!((first.position, first.rival), (2, 1));
    assert_eq!(first.input, Input::Criterion(Criterion::Headroom));
    // 0.2·6 + 0.3·6 + 0.5·x = 5.5 at x = 5.
    assert!((first.threshold - 5.0).abs() < 0.5, "{}", first.threshold);
    assert!((first.chance - 0.5).abs() < 0.06, "{}", first.chance);
    assert!(first.gain > 0.35, "{}", first.gain);
    let longevity = Input::Criterion(Criterion::Longevity);
    assert!(questions.iter().all(|question| question.input != longevity), "{questions:?}");
    let sentence = first.sentence(&refs, 2);
    assert!(sentence.starts_with("settle headroom of \"open\". "), "{sentence}");
    assert!(
        sentence.contains("\"rival\"") && sentence.ends_with("in the top 2 more often than not"),
        "{sentence}"
    );
}

#[test]
fn tipping_points_in_words() {
    let ideas = [rated("a", [8.0; 5]), rated("b", [6.0; 5]), rated("c", [5.0; 5])];
    let rule = ScoreRule::default();
    let scores: Vec<_> = ideas.iter().map(|idea| score(idea, &rule, false)).collect();
    let pairs = pairs(&ideas, &scores);
    let words = |position| {
        let points = tipping_points(&pairs, &rule, 2, position);
        points.iter().map(|point| point.sentence(2)).collect::<Vec<_>>()
    };
    // 60 − 2.5·10·(6 − x) = 50 without the ceiling; at x = 3.75 the ceiling is 50.
    let longevity = "drops out of the top 2 if longevity is below 1";
    assert!(words(1).iter().any(|sentence| sentence == longevity), "{:?}", words(1));
    let enters = "comes into the top 2 if generality is at least 10";
    assert!(words(2).iter().any(|sentence| sentence == enters), "{:?}", words(2));
    assert!(
        words(0).iter().any(|sentence| sentence.starts_with("drops out of the top 2 if headroom"))
    );
}

/// The ideas as they would be with one point more or less in one answer of one of
/// them: each plain number and each range among its ratings and, but for a chance,
/// among the answers about its bet.
fn with_one_point_moved(ideas: &[Idea]) -> Vec<Vec<Idea>> {
    let moved = |rating: Rating, by: f64| {
        let at = |x: f64| (x + by).clamp(0.0, 10.0);
        Rating::range(at(rating.low()), at(rating.high()))
    };
    let mut all = Vec::new();
    for at in 0..ideas.len() {
        let mut push = |change: &dyn Fn(&mut Idea)| {
            let mut other = ideas.to_vec();
            change(&mut other[at]);
            all.push(other);
        };
        for by in [-1.0, 1.0] {
            for (criterion, rating) in ideas[at].ratings.iter().enumerate() {
                let Some(rating) = *rating else { continue };
                push(&|idea| idea.ratings[criterion] = moved(rating, by));
            }
            for input in BetInput::ALL.into_iter().filter(|input| *input != BetInput::Chance) {
                let Some(rating) = ideas[at].bet_input(input) else { continue };
                push(&|idea| idea.bet_inputs[input.index()] = moved(rating, by));
            }
        }
    }
    all
}

/// The days of a log that has risen and stalled.
fn stalled_log() -> Vec<LogEntry> {
    let levels = [1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3];
    let entry = |(week, level): (i8, u8)| LogEntry {
        date: Date::constant(2026, 1 + week / 4, 1 + 7 * (week % 4)),
        hours: Some(12.0),
        traction: Some(f64::from(level)),
        note: String::new(),
        recalled: false,
        output: None,
    };
    (0..).zip(levels).map(entry).collect()
}

proptest! {
    #[test]
    fn what_a_point_would_swap_is_never_told_for_certain(
        mut ideas in any_ideas(2..6),
        rule in any_rule(),
        top in 1..3_usize,
    ) {
        let is_certain = |p: f64| percent(p).contains("er ");
        let leads = |scores: &[Score], one: usize| {
            let higher = |other: &&Score| other.rated && other.value() > scores[one].value();
            scores.iter().filter(higher).count() < top
        };
        let study = study(&ideas, &rule, 2000);
        let chances = study.top_chances(top);
        let now = scores(&ideas, &rule);
        ideas[0].status = Status::Active;
        ideas[0].log = stalled_log();
        let portfolio = Portfolio::new(ideas.clone(), Vec::new());
        let as_of = Date::constant(2026, 4, 24);
        let reviews = review(&portfolio, &now, &rule, &StallRule::default(), as_of);
        for other in with_one_point_moved(&ideas) {
            let then = scores(&other, &rule);
            for (one, chance) in chances.iter().enumerate() {
                if let Some(chance) = chance.filter(|_| leads(&now, one) != leads(&then, one)) {
                    prop_assert!(!is_certain(chance), "top {top}: {chance} of {:?}", ideas[one]);
                }
                for two in 0..one {
                    let lead = |scores: &[Score]| scores[one].value() - scores[two].value();
                    if lead(&now) * lead(&then) >= 0.0 {
                        continue;
                    }
                    let better = study.pairwise(one, two);
                    prop_assert!(!better.is_some_and(is_certain), "{better:?}");
                    if two == 0 && reviews[0].best_alternative.is_some_and(|it| it.position == one) {
                        let reasons = reviews[0].reasons.join(" ");
                        prop_assert!(!reasons.contains("over 99 %"), "{reasons}");
                    }
                }
            }
        }
    }
}

#[test]
fn two_ideas_that_a_point_would_swap_are_never_told_apart_for_certain() {
    let mut second = rated("b", [7.0; 5]);
    second.ratings[Criterion::Headroom.index()] = Some(Rating::value(6.0));
    let ideas = [rated("a", [7.0; 5]), second];
    let better = study(&ideas, &ScoreRule::default(), 10_000).pairwise(0, 1).unwrap();
    assert!((0.5..0.9).contains(&better), "{better}");
    let sure = ScoreRule { noise: 0.0, ..ScoreRule::default() };
    assert_eq!(study(&ideas, &sure, 1_000).pairwise(0, 1), Some(1.0));
}

#[test]
fn plain_numbers_are_doubted_and_not_asked_for_again() {
    let ideas = [rated("a", [7.0; 5]), rated("b", [6.5; 5]), rated("c", [6.0; 5])];
    let study = study(&ideas, &ScoreRule::default(), 10_000);
    let chances: Vec<f64> = study.top_chances(1).into_iter().flatten().collect();
    assert!(chances.iter().all(|p| *p < 0.9), "{chances:?}");
    assert_eq!(study.open_questions(1), []);
}
