use super::*;
use proptest::prelude::*;

fn observations(points: &[(f64, f64)]) -> Vec<Observation> {
    let mut effort = 0.0;
    let mut observation = |&(step, traction): &(f64, f64)| {
        effort += step;
        Observation { effort, traction, recalled: false }
    };
    points.iter().map(&mut observation).collect()
}

/// L⁻¹ of a column by the Cholesky factor of the whole covariance.
fn whiten_densely(efforts: &[f64], variance: f64, column: &[f64]) -> (Vec<f64>, f64) {
    let n = efforts.len();
    let mut factor = vec![vec![0.0; n]; n];
    let mut log_deviation = 0.0;
    let mut solved: Vec<f64> = Vec::new();
    for i in 0..n {
        for j in 0..=i {
            let done = dot(&factor[i][..j], &factor[j][..j]);
            let covariance = f64::from(u8::from(i == j)) + variance * efforts[j];
            let rest = covariance - done;
            factor[i][j] = if i == j { rest.sqrt() } else { rest / factor[j][j] };
        }
        log_deviation += factor[i][i].ln();
        solved.push((column[i] - dot(&factor[i][..i], &solved)) / factor[i][i]);
    }
    (solved, log_deviation)
}

proptest! {
    #[test]
    fn the_filter_does_what_the_whole_covariance_does(
        points in prop::collection::vec((0.0..0.4, 0.0..=10.0), 1..40),
        variance in prop::sample::select(vec![0.0, 0.25, 1.0, 4.0]),
    ) {
        let observations = observations(&points);
        let efforts: Vec<f64> = observations.iter().map(|o| o.effort).collect();
        let levels: Vec<f64> = observations.iter().map(|o| o.traction).collect();
        let filter = LevelFilter::new(&efforts, variance);
        let (expected, log_deviation) = whiten_densely(&efforts, variance, &levels);
        let whitened = filter.whiten(&levels);
        for (actual, expected) in whitened.iter().zip(&expected) {
            prop_assert!((actual - expected).abs() < 1e-9);
        }
        prop_assert!((filter.log_deviation() - log_deviation).abs() < 1e-9);
        let bends = possible_bends(&efforts);
        let (products, squares) =
            (filter.with_hinges(&whitened, &bends), filter.squares_of_hinges(&bends));
        for ((bend, product), square) in bends.iter().zip(products).zip(squares) {
            let column: Vec<f64> = efforts.iter().map(|u| (u - bend.at).max(0.0)).collect();
            let (hinge, _) = whiten_densely(&efforts, variance, &column);
            prop_assert!((product - dot(&hinge, &expected)).abs() < 1e-9);
            prop_assert!((square - dot(&hinge, &hinge)).abs() < 1e-9);
        }
    }

    #[test]
    fn its_figures_agree_with_each_other(
        points in prop::collection::vec((0.0..30.0, 0.0..=10.0), 1..40),
        level in 0.0..10.0,
        within in 0.0..=1.0,
    ) {
        let observations = observations(&points);
        let effort = observations.last().unwrap().effort;
        let block = (effort / 3.0).max(40.0);
        let hinge = Hinge::fit(&observations, effort, block);
        let weights: f64 = hinge.components.iter().map(|component| component.weight).sum();
        prop_assert!((weights - 1.0).abs() < 1e-9);
        prop_assert!(hinge.p_bend() <= 1.0 + 1e-9 && hinge.p_wanders() <= 1.0);
        prop_assert!(hinge.gain_below(0.0) <= hinge.gain_below(0.7));
        let gain = hinge.level(effort + block).mean - hinge.level(effort).mean;
        prop_assert!((gain - hinge.expected_gain()).abs() < 1e-7);
        prop_assert!(hinge.level(effort + block).deviation > 0.0);
        prop_assert!(hinge.level(within * effort).deviation > 0.0);
        let reached = hinge.reaches(level, block);
        prop_assert!((0.0..=1.0).contains(&reached));
        prop_assert!(reached >= hinge.reaches(level + 1.0, block));
    }
}

#[test]
fn the_bend_is_said_to_lie_where_it_lies() {
    let kink = |i: u32| (8.0, f64::from(i.min(10)) / 2.0 + f64::from(i % 2) / 4.0);
    let observations = observations(&(0..24).map(kink).collect::<Vec<_>>());
    let hinge = Hinge::fit(&observations, 192.0, 64.0);
    let (low, high) = hinge.bend_within(0.8).unwrap();
    assert!(hinge.p_bend() > 0.95, "{}", hinge.p_bend());
    assert!((60.0..=88.0).contains(&low) && (80.0..110.0).contains(&high), "{low} {high}");
    let (wide_low, wide_high) = hinge.bend_within(0.99).unwrap();
    assert!(wide_low <= low && high <= wide_high);
    assert_eq!(Hinge::fit(&observations[..3], 24.0, 40.0).bend_within(0.8), None);
}

#[test]
fn a_level_that_wanders_is_followed_and_not_foretold() {
    // Up, down and up again: no line with one bend.
    let levels = [1.0, 2.0, 4.0, 5.0, 6.0, 5.0, 3.0, 2.0, 1.0, 2.0, 4.0, 6.0, 7.0, 6.0];
    let observations = observations(&levels.map(|level| (10.0, level)));
    let hinge = Hinge::fit(&observations, 140.0, 140.0 / 3.0);
    assert!(hinge.p_wanders() > 0.9, "{}", hinge.p_wanders());
    assert!(hinge.level(50.0).mean > 4.5 && hinge.level(90.0).mean < 2.5);
    let (now, ahead) = (hinge.level(140.0), hinge.level(280.0));
    assert!(ahead.deviation > 2.0 * now.deviation);
    let steady = Hinge::fit_steady(&observations, 140.0, 140.0 / 3.0);
    assert!(steady.p_wanders() == 0.0);
    // A lasting swing of the line looks certain, one of the level does not.
    let apart = |hinge: &Hinge| (hinge.gain_below(0.7) - 0.5).abs();
    assert!(apart(&hinge) < apart(&steady));
}

#[test]
fn thousands_of_observations_are_no_trouble() {
    let rise_then_flat = |i: u32| (0.5, f64::from(i.min(1500)) / 250.0 + f64::from(i % 3));
    let observations = observations(&(0..5000).map(rise_then_flat).collect::<Vec<_>>());
    let effort = observations.last().unwrap().effort;
    let hinge = Hinge::fit(&observations, effort, effort / 3.0);
    assert_eq!(hinge.bends().len(), BENDS);
    let apart = 0.5 * 5000.0 / BENDS as f64;
    assert!((hinge.trend().bend.unwrap() - 750.0).abs() < apart);
    assert!(hinge.gain_below(0.7) > 0.99, "{}", hinge.gain_below(0.7));
}
