//! Goals and the answers of a quarter in `prospect.toml`: edits byte for byte.

use proptest::prelude::*;
use prospect::config::Settings;
use prospect::domain::{Edit, Goal, SettingTable, SettingValue};

use crate::support::TestWorkspace;

const IDEAS: &str = "[[idea]]\ntitle = \"Logs\"\n";

const SETTINGS: &str = "# ours\n[[goal]] # first\ntext = 'Ship it'\nhours_per_week = 12 # really\n\n\
                        # the second\n[[goal]]\ntext = \"Teach\"\nby = 2026-12-31\nours = 1\n\n\
                        [weights]\nheadroom = 2\n";

fn goal(text: &str) -> Goal {
    Goal { text: text.into(), outputs: vec!["paper".into()], ..Goal::default() }
}

fn set(tables: Vec<SettingTable>) -> Edit {
    let value = (!tables.is_empty()).then_some(SettingValue::Tables(tables));
    Edit::setting("goal", value)
}

fn tables(files: &TestWorkspace) -> Vec<SettingTable> {
    match files.open().portfolio.settings().get("goal") {
        Some(SettingValue::Tables(tables)) => tables.clone(),
        _ => Vec::new(),
    }
}

fn settings(files: &TestWorkspace) -> String {
    std::fs::read_to_string(files.file("prospect.toml")).unwrap_or_default()
}

#[test]
fn a_goal_is_added_changed_and_removed_and_nothing_else_moves() {
    let files = TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("prospect.toml", SETTINGS)]);
    let mut opened = files.open();
    let before = tables(&files);
    assert_eq!(before.len(), 2);

    let mut changed = before.clone();
    changed[0].insert("hours_per_week".into(), SettingValue::Number(8.0));
    changed[0].insert("by".into(), SettingValue::Other("2027-03-31".into()));
    opened.edit(&set(changed.clone()));
    let expected = SETTINGS.replace(
        "'Ship it'\nhours_per_week = 12",
        "'Ship it'\nby = 2027-03-31\nhours_per_week = 8",
    );
    assert_eq!(settings(&files), expected);

    changed.push(goal("New").to_table());
    opened.edit(&set(changed.clone()));
    let added = "ours = 1\n\n[[goal]]\ntext = \"New\"\noutputs = [\"paper\"]\n\n[weights]";
    assert_eq!(settings(&files), expected.replace("ours = 1\n\n[weights]", added));

    changed.remove(1);
    opened.edit(&set(changed.clone()));
    let now = settings(&files);
    assert!(!now.contains("Teach") && !now.contains("second") && now.contains("# really"), "{now}");
    assert_eq!(Goal::all(files.open().portfolio.settings()).len(), 2);

    for _ in 0..3 {
        assert_eq!(opened.undo().as_deref(), Some("goals changed"));
    }
    assert_eq!(settings(&files), SETTINGS);
    opened.redo().unwrap();
    assert_eq!(settings(&files), expected);
}

#[test]
fn the_first_goal_makes_the_file_and_undo_takes_it_away() {
    let files = TestWorkspace::with(IDEAS);
    let mut opened = files.open();
    opened.edit(&set(vec![goal("New").to_table()]));
    assert_eq!(settings(&files), "[[goal]]\ntext = \"New\"\noutputs = [\"paper\"]\n");
    opened.undo().unwrap();
    assert!(!files.file("prospect.toml").exists());
}

#[test]
fn faults_of_goals_are_named_and_stop_nothing() {
    let text = "[[goal]]\nhours_per_week = -1\n[[quarter]]\ndate = \"soon\"\nstopp = \"x\"\n";
    let files = TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("prospect.toml", text)]);
    let problems = Settings::problems_in(&files.file("prospect.toml"), text);
    let found: Vec<(usize, &str)> = problems.iter().map(|one| (one.line, one.code)).collect();
    let expected = [(1, "missing"), (2, "wrong-value"), (4, "wrong-value"), (5, "unknown-setting")];
    assert_eq!(found, expected, "{problems:?}");
    let settings = Settings::load(None, Some(&files.file("ideas.toml")));
    assert!(settings.is_ok_and(|settings| settings.goals.len() == 1));
}

proptest! {
    #[test]
    fn any_list_can_be_set_and_undone(
        steps in prop::collection::vec(prop::collection::vec("[a-c\"\n]{1,3}", 0..4), 1..4),
        inline in any::<bool>(),
    ) {
        let text = match inline {
            true => "goal = [ { text = 'a' }, # x\r\n  { text = 'b', ours = { x = 1 } } ]\r\n".to_owned(),
            false => SETTINGS.to_owned(),
        };
        let files = TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("prospect.toml", &text)]);
        let mut opened = files.open();
        for texts in &steps {
            opened.edit(&set(texts.iter().map(|text| goal(text).to_table()).collect()));
            let said: Vec<String> =
                Goal::all(files.open().portfolio.settings()).into_iter().map(|one| one.text).collect();
            prop_assert_eq!(&said, texts);
        }
        while opened.undo().is_some() {}
        prop_assert_eq!(settings(&files), text);
    }
}
