//! The Duel screen: what is worked out, when, and what an answer leads to.

use super::*;
use crate::domain::Winner;
use crate::tui::app::update::edits;
use crate::tui::jobs::{JobKind, JobRequest};

fn on_the_shortlist() -> Model {
    let mut ideas: Vec<Idea> = ideas().iter().cloned().collect();
    ideas.extend(["late", "later", "latest"].map(|id| rated(id, 5.0)));
    for idea in &mut ideas {
        idea.status = Status::Shortlist;
    }
    let portfolio = Portfolio::new(ideas, Vec::new());
    Model::new("test".into(), portfolio, Vec::new(), ScoreRule::default(), date(2026, 3, 1))
}

/// The rounds that are asked for: the next one, and those that may come next.
fn rounds(effects: Vec<Effect>) -> Vec<JobRequest> {
    let is_round = |job: &JobRequest| matches!(job.kind(), JobKind::NextPair | JobKind::LookAhead);
    let job = |effect| match effect {
        Effect::Job(job) if is_round(&job) => Some(job),
        _ => None,
    };
    effects.into_iter().filter_map(job).collect()
}

/// What keys lead to, jobs among it.
fn press_all(model: &mut Model, keys: &str) -> Vec<Effect> {
    let keys = parse_keys(keys).unwrap();
    keys.into_iter().flat_map(|press| update(model, Msg::Key(press))).collect()
}

/// Works everything out that is asked for, and what that leads to.
fn work_out(model: &mut Model, effects: Vec<Effect>) {
    let mut waiting = rounds(effects);
    while let Some(job) = waiting.pop() {
        waiting.extend(rounds(update(model, Msg::JobDone(job.run()))));
    }
}

#[test]
fn nothing_is_worked_out_until_the_screen_is_shown() {
    let mut model = on_the_shortlist();
    assert!(rounds(press_all(&mut model, "jj7")).is_empty());
    let first = rounds(press_all(&mut model, "g3"));
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].kind(), JobKind::NextPair);
    assert!(rounds(press_all(&mut model, "zz")).is_empty(), "it has been asked for");
    press(&mut model, "l");
    let toast = model.toast.clone().unwrap();
    assert!(toast.text.contains("worked out"), "{toast:?}");
}

#[test]
fn what_follows_from_each_answer_is_there_before_it_is_given() {
    for (key, winner) in [("h", Winner::Left), ("l", Winner::Right), ("t", Winner::Tie)] {
        let mut model = on_the_shortlist();
        let effects = press_all(&mut model, "g3");
        work_out(&mut model, effects);
        let effects = press_all(&mut model, key);
        let standing = model.world.portfolio.portfolio().duels().standing(date(2026, 3, 1));
        assert_eq!(standing.iter().map(|duel| duel.winner).collect::<Vec<_>>(), [winner]);
        let commits = effects.iter().filter(|effect| matches!(effect, Effect::Store(_))).count();
        assert_eq!(commits, 1);
        let next = rounds(effects);
        assert!(
            !next.is_empty() && next.iter().all(|job| job.kind() == JobKind::LookAhead),
            "the next pair is there"
        );
        // So the next answer is taken at once.
        press_all(&mut model, key);
        let answers = model.world.portfolio.portfolio().duels().standing(date(2026, 3, 1)).len();
        assert_eq!(answers, 2);
    }
}

#[test]
fn a_round_that_comes_too_late_is_not_shown() {
    let mut model = on_the_shortlist();
    let late = rounds(press_all(&mut model, "g3")).remove(0);
    let elsewhere = Edit::Remove { id: "late".into() };
    edits::edit(&mut model, elsewhere);
    update(&mut model, Msg::FilesChanged);
    let effects = update(&mut model, Msg::JobDone(late.run()));
    assert!(rounds(effects).is_empty());
    press(&mut model, "l");
    assert!(model.toast.clone().unwrap().text.contains("worked out"));
}
