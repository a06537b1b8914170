//! The log of duels beside the ideas: added to under the lock, taken back by
//! adding, and never in the way of the ideas.

use std::fs;

use prospect::domain::{Date, Duel, DuelEntry, Edit, Retraction, Winner, Zoned};

use crate::desk::{Desk, Session};

const IDEAS: &str = "\
[[idea]]
title = \"A\"   # no id written

[[idea]]
id = \"b\"
title = \"B\"
";

fn at(day: i8) -> Zoned {
    Zoned::default().with().date(Date::constant(2026, 3, day)).build().unwrap()
}

fn duel(id: &str, day: i8, winner: Winner) -> Edit {
    Edit::Duel(DuelEntry::Duel(Duel {
        id: id.into(),
        at: at(day),
        by: "ana".into(),
        left: "a".into(),
        right: "b".into(),
        winner,
    }))
}

fn retraction(duel: &str, day: i8) -> Edit {
    Edit::Duel(DuelEntry::Retraction(Retraction { duel: duel.into(), at: at(day) }))
}

fn standing(session: &Session) -> Vec<(String, Winner)> {
    let duels = session.portfolio.duels().standing(Date::constant(2026, 3, 31));
    duels.into_iter().map(|duel| (duel.id.clone(), duel.winner)).collect()
}

fn log(desk: &Desk) -> String {
    fs::read_to_string(desk.file("duels.toml")).unwrap_or_default()
}

#[test]
fn an_answer_is_there_after_a_restart_and_its_ideas_keep_their_ids() {
    let desk = Desk::new(IDEAS);
    desk.open().edit(&duel("1", 1, Winner::Left));
    assert_eq!(standing(&desk.open()), [("1".to_owned(), Winner::Left)]);
    assert!(desk.text().contains("id = \"a\""), "{}", desk.text());
    assert!(log(&desk).starts_with("[[duel]] # 1\n"), "{}", log(&desk));
}

#[test]
fn undo_and_redo_only_ever_add() {
    let desk = Desk::new(IDEAS);
    desk.open().edit(&duel("1", 1, Winner::Left));
    desk.open().edit(&duel("2", 1, Winner::Tie));
    let mut before = log(&desk);
    let mut grown = |desk: &Desk| {
        let now = log(desk);
        assert!(now.len() > before.len() && now.starts_with(&before), "{now}");
        before = now;
    };
    // Each step in another session, as after a restart.
    assert_eq!(desk.open().undo().unwrap(), "a as gladly as b");
    grown(&desk);
    assert_eq!(standing(&desk.open()), [("1".to_owned(), Winner::Left)]);
    desk.open().undo();
    grown(&desk);
    assert!(standing(&desk.open()).is_empty());
    assert_eq!(desk.text(), IDEAS, "the id that was written for it is gone again");
    assert_eq!(desk.open().undo(), None);
    desk.open().redo();
    grown(&desk);
    desk.open().redo();
    grown(&desk);
    assert_eq!(desk.open().redo(), None);
    let mut session = desk.open();
    let again = [("1~2".to_owned(), Winner::Left), ("2~2".to_owned(), Winner::Tie)];
    assert_eq!(standing(&session), again);
    session.undo();
    assert_eq!(standing(&session), again[..1]);
    assert_eq!(session.portfolio, desk.open().portfolio);
}

#[test]
fn an_answer_is_changed_and_struck() {
    let desk = Desk::new(IDEAS);
    let mut session = desk.open();
    session.edit(&duel("1", 1, Winner::Left));
    session.edit(&Edit::Group(vec![retraction("1", 4), duel("2", 4, Winner::Right)]));
    assert_eq!(standing(&session), [("2".to_owned(), Winner::Right)]);
    session.edit(&retraction("2", 5));
    assert!(standing(&session).is_empty());
    session.undo();
    session.undo();
    assert_eq!(standing(&session), [("1~2".to_owned(), Winner::Left)]);
    session.edit(&retraction("1", 6));
    assert!(standing(&session).is_empty(), "the old name leads to the new one");
    assert!(session.try_edit(&retraction("1", 6)).is_err(), "nothing is left to take back");
    assert_eq!(session.portfolio, desk.open().portfolio);
}

#[test]
fn a_torn_ending_becomes_comments_and_what_others_add_is_kept() {
    let desk = Desk::new(IDEAS);
    let mut session = desk.open();
    session.edit(&duel("1", 1, Winner::Left));
    let torn = format!("{}\n[[duel]] # 9\nid = \"9\"\nat = 2026-0", log(&desk));
    desk.write("duels.toml", &torn);
    assert!(session.reload());
    assert_eq!(session.problems[0].code, "torn-entry");
    let mut other = desk.open();
    session.edit(&duel("2", 2, Winner::Right));
    other.edit(&duel("3", 2, Winner::Tie));
    assert_eq!(standing(&other).len(), 3);
    assert!(desk.open().problems.is_empty());
    assert!(log(&desk).contains("# at = 2026-0\n"), "{}", log(&desk));
}

#[test]
fn what_was_taken_back_by_hand_needs_no_second_entry() {
    let desk = Desk::new(IDEAS);
    desk.open().edit(&duel("1", 1, Winner::Left));
    let by_hand = format!("{}\n[[retract]]\nat = 2026-03-02T10:00:00Z\nduel = \"1\"\n", log(&desk));
    desk.write("duels.toml", &by_hand);
    desk.open().undo();
    assert_eq!(log(&desk), by_hand);
    assert!(standing(&desk.open()).is_empty());
}

#[test]
fn a_crash_between_journal_and_log_loses_nothing() {
    let desk = Desk::new(IDEAS);
    desk.open().edit(&duel("1", 1, Winner::Left));
    desk.open().edit(&duel("2", 1, Winner::Right));
    let whole = log(&desk);
    // As if the machine had gone down while the second one was written: the
    // journal has it, without the mark that it is done, and the log half.
    let journal = fs::read_dir(desk.path("state"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("journal.jsonl"))
        .find(|path| path.exists())
        .unwrap();
    let steps = fs::read_to_string(&journal).unwrap();
    let lines: Vec<&str> = steps.lines().collect();
    fs::write(&journal, lines[..lines.len() - 1].join("\n") + "\n").unwrap();
    desk.write("duels.toml", &whole[..whole.len() - 120]);
    let mut session = desk.open();
    session.edit(&duel("3", 2, Winner::Tie));
    let ids: Vec<String> = standing(&session).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["1", "2", "3"]);
    session.undo();
    session.undo();
    assert_eq!(standing(&desk.open()), [("1".to_owned(), Winner::Left)]);
}

#[test]
#[cfg(unix)]
fn a_log_that_cannot_be_written_leaves_everything_as_it_was() {
    let desk = Desk::new(IDEAS);
    let mut session = desk.open();
    // A folder in its place stops even the superuser.
    fs::create_dir(desk.file("duels.toml")).unwrap();
    assert!(session.try_edit(&duel("1", 1, Winner::Left)).is_err());
    assert_eq!(desk.text(), IDEAS);
    fs::remove_dir(desk.file("duels.toml")).unwrap();
    session.edit(&duel("1", 1, Winner::Left));
    assert_eq!(standing(&desk.open()).len(), 1);
}
