//! Scores, verdicts on traction and calibration against numbers that independent
//! programs computed.

/// Scores, intervals and bets against reference numbers.
mod score {
    use prospect_core::domain::{BetKind, CRITERIA, Idea, Rating};
    use prospect_core::judge::{
        Appetite, Form, Score, ScoreRule, possible_ranks, score, shown_tenths, strategy,
    };
    use serde_json::Value;

    /// The fixture gives six decimals.
    const TOLERANCE: f64 = 5.1e-7;

    fn fixture() -> Value {
        serde_json::from_str(include_str!("../../../../tests/fixtures/f1_scoring_smaa.json"))
            .unwrap()
    }

    fn numbers(value: &Value) -> Vec<f64> {
        value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
    }

    fn rows(value: &Value) -> Vec<[f64; CRITERIA]> {
        value.as_array().unwrap().iter().map(|row| numbers(row).try_into().unwrap()).collect()
    }

    fn rule(form: Form) -> ScoreRule {
        let fixture = fixture();
        let rule = ScoreRule {
            form,
            ceiling: fixture["c0"].as_f64().unwrap(),
            bet_ceiling: fixture["c1"].as_f64().unwrap(),
            leak: fixture["leak"].as_f64().unwrap(),
            ..ScoreRule::default()
        };
        rule.with_weights(numbers(&fixture["weights"]).try_into().unwrap()).unwrap()
    }

    fn idea(low: [f64; CRITERIA], high: [f64; CRITERIA]) -> Idea {
        let mut idea = Idea::new("idea", "Idea");
        for (rating, (low, high)) in idea.ratings.iter_mut().zip(low.into_iter().zip(high)) {
            // The fixture's unknown is the whole scale; ours is the absence of an answer.
            *rating = if (low, high) == (0.0, 10.0) { None } else { Rating::range(low, high) };
        }
        idea
    }

    #[track_caller]
    fn assert_close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < TOLERANCE, "{actual} is not {expected}");
    }

    #[test]
    fn the_defaults_are_those_of_the_fixture() {
        let (default, fixture) = (ScoreRule::default(), rule(Form::Leaky));
        assert_eq!((default.ceiling, default.leak), (fixture.ceiling, fixture.leak));
        assert_eq!(default.bet_ceiling, fixture.bet_ceiling);
        for (default, fixture) in default.weights.into_iter().zip(fixture.weights) {
            assert_close(default, fixture);
        }
    }

    #[test]
    fn scores_agree_under_every_form() {
        let fixture = fixture();
        let ideas = rows(&fixture["X"]);
        for form in Form::ALL {
            let expected = numbers(&fixture["scores"][form.id()]);
            assert_eq!(expected.len(), ideas.len());
            for (answers, expected) in ideas.iter().zip(expected) {
                assert_close(rule(form).value(answers), expected);
                let score = score(&idea(*answers, *answers), &rule(form), false);
                assert_close(score.low, expected);
                assert_close(score.high, expected);
            }
        }
    }

    #[test]
    fn waterfalls_agree() {
        let fixture = fixture();
        for (answers, expected) in
            rows(&fixture["X"]).iter().zip(fixture["waterfall"].as_array().unwrap())
        {
            let score = score(&idea(*answers, *answers), &rule(Form::Leaky), false);
            let mut line = score.contributions.to_vec();
            line.extend([score.headroom_cap, score.strategy_cap, score.value()]);
            let expected = numbers(expected);
            assert_eq!(line.len(), expected.len());
            for (actual, expected) in line.iter().zip(expected) {
                assert_close(*actual, expected);
            }
            let (parts, total) = line.split_at(line.len() - 1);
            let shown: f64 = shown_tenths(parts, total[0]).iter().sum();
            assert_eq!(format!("{shown:.1}"), format!("{:.1}", (total[0] * 10.0).round() / 10.0));
        }
    }

    #[test]
    fn intervals_and_possible_ranks_agree() {
        let interval = &fixture()["interval"];
        let scores: Vec<Score> = rows(&interval["lo"])
            .into_iter()
            .zip(rows(&interval["hi"]))
            .map(|(low, high)| score(&idea(low, high), &rule(Form::Leaky), false))
            .collect();
        let ranks = possible_ranks(&scores.iter().collect::<Vec<_>>());
        for i in 0..scores.len() {
            assert_close(scores[i].low, interval["L"][i].as_f64().unwrap());
            assert_close(scores[i].high, interval["U"][i].as_f64().unwrap());
            assert_eq!(*ranks[i].start() as u64, interval["best"][i].as_u64().unwrap());
            assert_eq!(*ranks[i].end() as u64, interval["worst"][i].as_u64().unwrap());
        }
    }

    fn strategy_of(kind: BetKind, answers: [f64; 3], appetite: Appetite) -> f64 {
        let mut idea = Idea::new("idea", "Idea");
        idea.bet = Some(kind);
        for (input, answer) in kind.inputs().into_iter().zip(answers) {
            idea.bet_inputs[input.index()] = Some(Rating::value(answer));
        }
        let (rating, known) = strategy(&idea, appetite);
        assert!(known && rating.high() - rating.low() < 1e-12);
        rating.middle()
    }

    #[test]
    fn hot_bets_agree() {
        let fixture = fixture();
        let cases = fixture["hot"].as_array().unwrap();
        assert!(!cases.is_empty());
        for case in cases.iter().map(numbers) {
            let answers = [case[0], case[1], case[2]];
            assert_close(strategy_of(BetKind::Hot, answers, Appetite::Neutral), case[3]);
        }
    }

    #[test]
    fn next_hot_bets_agree_under_every_appetite() {
        let fixture = fixture();
        let cases = fixture["next_hot"].as_array().unwrap();
        assert!(!cases.is_empty());
        for case in cases.iter().map(numbers) {
            let appetite = match case[3] {
                gamma if gamma < 1.0 => Appetite::Bold,
                gamma if gamma > 1.0 => Appetite::Cautious,
                _ => Appetite::Neutral,
            };
            assert_close(
                strategy_of(BetKind::NextHot, [case[0], case[1], case[2]], appetite),
                case[4],
            );
        }
    }
}

/// Stalls and forecasts against reference numbers.
mod traction {
    use prospect_core::judge::{Hinge, Observation};
    use serde_json::Value;

    const SERIES: [&str; 5] = ["rise_flat", "rising", "decline", "short", "noisy_flat"];

    fn oracles() -> Value {
        serde_json::from_str(include_str!("../../../../tests/fixtures/f5_stall_oracles.json"))
            .unwrap()
    }

    fn numbers(value: &Value) -> Vec<f64> {
        value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
    }

    fn fit(series: &Value, fit: fn(&[Observation], f64, f64) -> Hinge) -> Hinge {
        let observations: Vec<Observation> = numbers(&series["x"])
            .into_iter()
            .zip(numbers(&series["y"]))
            .map(|(effort, traction)| Observation { effort, traction, recalled: false })
            .collect();
        let effort = observations.last().unwrap().effort;
        fit(&observations, effort, series["wandering"]["block_hours"].as_f64().unwrap())
    }

    #[track_caller]
    fn assert_close(actual: f64, expected: &Value, tolerance: f64) {
        let expected = expected.as_f64().unwrap();
        assert!((actual - expected).abs() < tolerance, "{actual} is not {expected}");
    }

    #[test]
    fn stall_and_decline_agree_where_the_level_may_wander() {
        let oracles = oracles();
        for name in SERIES {
            let hinge = fit(&oracles[name], Hinge::fit);
            let expected = &oracles[name]["wandering"];
            assert_close(hinge.gain_below(0.7), &expected["p_stall"], 1e-8);
            assert_close(hinge.gain_below(0.0), &expected["p_decline"], 1e-8);
            assert_close(hinge.expected_gain(), &expected["gain_next_block"], 1e-8);
            assert_close(hinge.p_wanders(), &expected["p_wanders"], 1e-8);
            assert_close(hinge.p_bend(), &expected["p_bend"], 1e-8);
            assert_eq!(hinge.trend().bend, expected["bend_hours"].as_f64(), "{name}");
        }
    }

    #[test]
    fn stall_and_decline_agree_where_it_may_not() {
        let oracles = oracles();
        for name in SERIES {
            let hinge = fit(&oracles[name], Hinge::fit_steady);
            let expected = &oracles[name]["hinge_v2_default"];
            assert_close(hinge.gain_below(0.7), &expected["p_stall"], 1e-8);
            assert_close(hinge.gain_below(0.0), &expected["p_decline"], 1e-8);
            assert_close(hinge.expected_gain(), &expected["gain_next_block"], 1e-8);
            assert_close(hinge.p_bend(), &expected["p_change"], 1e-8);
            assert_eq!(hinge.trend().bend, expected["knot_hours"].as_f64(), "{name}");
        }
    }

    #[test]
    fn forecasts_of_promises_agree() {
        let (oracles, expected): (Value, Value) = (
            oracles(),
            serde_json::from_str(include_str!("../../../../tests/fixtures/f5_kill.json")).unwrap(),
        );
        for (name, cases) in expected.as_object().unwrap() {
            let hinge = fit(&oracles[name], Hinge::fit);
            for (case, probability) in cases.as_object().unwrap() {
                let (hours, level) = case.trim_start_matches('+').split_once("h>= ").unwrap();
                let forecast = hinge.reaches(level.parse().unwrap(), hours.parse().unwrap());
                assert_close(forecast, probability, 1e-6);
            }
        }
    }
}

/// Calibration of promises against reference numbers.
mod calibration {
    use prospect_core::judge::{Calibration, ResolvedForecast};
    use serde_json::Value;

    fn oracle() -> Value {
        serde_json::from_str(include_str!("../../../../tests/fixtures/f6_calibration.json"))
            .unwrap()
    }

    #[track_caller]
    fn assert_close(actual: f64, expected: &Value, tolerance: f64) {
        let expected = expected.as_f64().unwrap();
        assert!((actual - expected).abs() < tolerance, "{actual} is not {expected}");
    }

    fn calibration(oracle: &Value) -> Calibration {
        let chances = oracle["p"].as_array().unwrap().iter();
        let outcomes = oracle["y"].as_array().unwrap().iter();
        let forecasts: Vec<ResolvedForecast> = chances
            .zip(outcomes)
            .map(|(p, y)| ResolvedForecast { chance: p.as_f64().unwrap(), came_true: *y == 1 })
            .collect();
        Calibration::of(&forecasts).unwrap()
    }

    #[test]
    fn scores_and_tests_agree() {
        let oracle = oracle();
        let calibration = calibration(&oracle);
        assert_close(calibration.brier, &oracle["brier"], 1e-12);
        assert_close(calibration.log_score, &oracle["log_loss"], 1e-12);
        assert_close(calibration.skill.unwrap(), &oracle["bss"], 1e-12);
        assert_close(calibration.spiegelhalter_z.unwrap(), &oracle["spiegelhalter_z"], 1e-12);
        assert_close(calibration.p_so_few, &oracle["pb_cdf_at_hits"], 1e-9);
        assert_close(calibration.p_so_many, &oracle["pb_sf_ge_hits"], 1e-9);
        assert_close(calibration.expected, &oracle["pb_mean"], 1e-9);
    }

    #[test]
    fn the_decomposition_agrees() {
        let oracle = oracle();
        let parts = calibration(&oracle).decomposition;
        assert_close(parts.miscalibration, &oracle["corp"]["mcb"], 1e-12);
        assert_close(parts.discrimination, &oracle["corp"]["dsc"], 1e-12);
        assert_close(parts.uncertainty, &oracle["corp"]["unc"], 1e-12);
    }

    #[test]
    fn bins_and_recalibration_agree() {
        let oracle = oracle();
        let calibration = calibration(&oracle);
        let shares = oracle["curve_q3"][1].as_array().unwrap();
        assert_eq!(calibration.bins.len(), shares.len());
        for (bin, share) in calibration.bins.iter().zip(shares) {
            assert_eq!(bin.n, 4);
            assert_close(bin.kept as f64 / bin.n as f64, share, 1e-9);
            assert!(bin.low < share.as_f64().unwrap() && share.as_f64().unwrap() < bin.high);
        }
        let recalibration = calibration.recalibration.unwrap();
        assert_close(recalibration.offset, &oracle["recal_map"][0], 1e-5);
        assert_close(recalibration.slope, &oracle["recal_map"][1], 1e-5);
    }
}
