//! The log of duels beside the ideas: added to under the lock, taken back by
//! adding, and no obstacle to editing the ideas.

use std::fs;

use prospect::domain::{Date, Duel, DuelEntry, Edit, Retraction, Winner, Zoned};

use crate::support::{OpenWorkspace, TestWorkspace};

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

fn standing(opened: &OpenWorkspace) -> Vec<(String, Winner)> {
    let duels = opened.portfolio.duels().standing(Date::constant(2026, 3, 31));
    duels.into_iter().map(|duel| (duel.id.clone(), duel.winner)).collect()
}

fn log(files: &TestWorkspace) -> String {
    fs::read_to_string(files.file("duels.toml")).unwrap_or_default()
}

#[test]
fn an_answer_is_there_after_a_restart_and_its_ideas_keep_their_ids() {
    let files = TestWorkspace::with(IDEAS);
    files.open().edit(&duel("1", 1, Winner::Left));
    assert_eq!(standing(&files.open()), [("1".to_owned(), Winner::Left)]);
    assert!(files.text().contains("id = \"a\""), "{}", files.text());
    assert!(log(&files).starts_with("[[duel]] # 1\n"), "{}", log(&files));
}

#[test]
fn undo_and_redo_only_ever_add() {
    let files = TestWorkspace::with(IDEAS);
    files.open().edit(&duel("1", 1, Winner::Left));
    files.open().edit(&duel("2", 1, Winner::Tie));
    let mut before = log(&files);
    let mut grown = |files: &TestWorkspace| {
        let now = log(files);
        assert!(now.len() > before.len() && now.starts_with(&before), "{now}");
        before = now;
    };
    // Each step in a workspace opened anew, as after a restart.
    assert_eq!(files.open().undo().unwrap(), "a = b");
    grown(&files);
    assert_eq!(standing(&files.open()), [("1".to_owned(), Winner::Left)]);
    files.open().undo();
    grown(&files);
    assert!(standing(&files.open()).is_empty());
    assert_eq!(files.text(), IDEAS, "the id that was written for it is gone again");
    assert_eq!(files.open().undo(), None);
    files.open().redo();
    grown(&files);
    files.open().redo();
    grown(&files);
    assert_eq!(files.open().redo(), None);
    let mut opened = files.open();
    let again = [("1~2".to_owned(), Winner::Left), ("2~2".to_owned(), Winner::Tie)];
    assert_eq!(standing(&opened), again);
    opened.undo();
    assert_eq!(standing(&opened), again[..1]);
    assert_eq!(opened.portfolio, files.open().portfolio);
}

#[test]
fn an_answer_is_changed_and_struck() {
    let files = TestWorkspace::with(IDEAS);
    let mut opened = files.open();
    opened.edit(&duel("1", 1, Winner::Left));
    opened.edit(&Edit::Group(vec![retraction("1", 4), duel("2", 4, Winner::Right)]));
    assert_eq!(standing(&opened), [("2".to_owned(), Winner::Right)]);
    opened.edit(&retraction("2", 5));
    assert!(standing(&opened).is_empty());
    opened.undo();
    opened.undo();
    assert_eq!(standing(&opened), [("1~2".to_owned(), Winner::Left)]);
    opened.edit(&retraction("1", 6));
    assert!(standing(&opened).is_empty(), "the old name leads to the new one");
    assert!(opened.try_edit(&retraction("1", 6)).is_err(), "nothing is left to take back");
    assert_eq!(opened.portfolio, files.open().portfolio);
}

#[test]
fn a_torn_ending_becomes_comments_and_what_others_add_is_kept() {
    let files = TestWorkspace::with(IDEAS);
    let mut opened = files.open();
    opened.edit(&duel("1", 1, Winner::Left));
    let torn = format!("{}\n[[duel]] # 9\nid = \"9\"\nat = 2026-0", log(&files));
    files.write("duels.toml", &torn);
    assert!(opened.reload());
    assert_eq!(opened.problems[0].code, "torn-entry");
    let mut other = files.open();
    opened.edit(&duel("2", 2, Winner::Right));
    other.edit(&duel("3", 2, Winner::Tie));
    assert_eq!(standing(&other).len(), 3);
    assert!(files.open().problems.is_empty());
    assert!(log(&files).contains("# at = 2026-0\n"), "{}", log(&files));
}

#[test]
fn what_was_taken_back_by_hand_needs_no_second_entry() {
    let files = TestWorkspace::with(IDEAS);
    files.open().edit(&duel("1", 1, Winner::Left));
    let by_hand =
        format!("{}\n[[retract]]\nat = 2026-03-02T10:00:00Z\nduel = \"1\"\n", log(&files));
    files.write("duels.toml", &by_hand);
    files.open().undo();
    assert_eq!(log(&files), by_hand);
    assert!(standing(&files.open()).is_empty());
}

#[test]
fn a_crash_while_the_log_is_written_leaves_the_state_before() {
    let files = TestWorkspace::with(IDEAS);
    files.open().edit(&duel("1", 1, Winner::Left));
    files.open().edit(&duel("2", 1, Winner::Right));
    let whole = log(&files);
    // As if the machine had gone down while the second one was written: the
    // journal has it, without the mark that it is done, and the log half.
    let journal = fs::read_dir(files.state())
        .unwrap()
        .map(|entry| entry.unwrap().path().join("journal.jsonl"))
        .find(|path| path.exists())
        .unwrap();
    let steps = fs::read_to_string(&journal).unwrap();
    let lines: Vec<&str> = steps.lines().collect();
    fs::write(&journal, lines[..lines.len() - 1].join("\n") + "\n").unwrap();
    files.write("duels.toml", &whole[..whole.len() - 120]);
    let mut opened = files.open();
    opened.edit(&duel("3", 2, Winner::Tie));
    let ids: Vec<String> = standing(&opened).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["1", "3"]);
    opened.undo();
    assert_eq!(standing(&files.open()), [("1".to_owned(), Winner::Left)]);
}

#[test]
#[cfg(unix)]
fn a_log_that_cannot_be_written_leaves_everything_as_it_was() {
    let files = TestWorkspace::with(IDEAS);
    let mut opened = files.open();
    // A folder in its place stops even the superuser.
    fs::create_dir(files.file("duels.toml")).unwrap();
    assert!(opened.try_edit(&duel("1", 1, Winner::Left)).is_err());
    assert_eq!(files.text(), IDEAS);
    fs::remove_dir(files.file("duels.toml")).unwrap();
    opened.edit(&duel("1", 1, Winner::Left));
    assert_eq!(standing(&files.open()).len(), 1);
}
