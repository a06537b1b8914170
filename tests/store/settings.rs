//! Settings of a workspace: edits of `prospect.toml`, byte for byte.

use std::fs;

use proptest::prelude::*;
use prospect::domain::{Edit, Idea, SettingValue};
use prospect::store::{OnConflict, StoreError};

use crate::support::{OpenWorkspace, TestWorkspace};

const IDEAS: &str = "[[idea]]\ntitle = \"A\"\nid = \"a\"\n";

fn number(value: f64) -> Option<SettingValue> {
    Some(SettingValue::Number(value))
}

fn text(value: &str) -> Option<SettingValue> {
    Some(SettingValue::Text(value.to_owned()))
}

/// The bytes of `prospect.toml`; `None` where there is none.
fn settings(files: &TestWorkspace) -> Option<String> {
    fs::read_to_string(files.file("prospect.toml")).ok()
}

fn files(before: Option<&str>) -> TestWorkspace {
    let files = TestWorkspace::with(IDEAS);
    if let Some(before) = before {
        files.write("prospect.toml", before);
    }
    files
}

/// Checks that an edit turns one text into another, that what is then read is
/// what the edit gives in memory, and that undo and redo give both texts back,
/// after opening it anew, too.
#[track_caller]
fn check(before: Option<&str>, name: &str, value: Option<SettingValue>, after: &str) {
    let files = files(before);
    let mut opened = files.open();
    let expected = value.clone();
    opened.edit(&Edit::setting(name, value));
    assert_eq!(settings(&files).as_deref(), Some(after));
    let mut other = files.open();
    assert_eq!(other.portfolio, opened.portfolio);
    assert_eq!(other.portfolio.settings().get(name).cloned(), expected);
    assert!(other.undo().unwrap().contains(name));
    assert_eq!(settings(&files).as_deref(), before);
    opened.reload();
    opened.redo().unwrap();
    assert_eq!(settings(&files).as_deref(), Some(after));
    assert_eq!(files.text(), IDEAS);
}

#[test]
fn a_value_is_replaced_and_nothing_else() {
    check(
        Some("# why\n[weights] # w\nheadroom   =  0.25   # much\n\n# end"),
        "weights.headroom",
        number(0.4),
        "# why\n[weights] # w\nheadroom   =  0.4   # much\n\n# end",
    );
    check(
        Some(
            "\u{feff}weights = {headroom=0.3, \"strategy\"=.2e0} # c\r\n"
                .replace(".2e0", "0.2")
                .as_str(),
        ),
        "weights.strategy",
        number(0.1),
        "\u{feff}weights = {headroom=0.3, \"strategy\"=0.1} # c\r\n",
    );
    check(
        Some("weights . \"headroom\" = 0x3\nrisk.appetite = 'bold'"),
        "risk.appetite",
        text("cautious"),
        "weights . \"headroom\" = 0x3\nrisk.appetite = 'cautious'",
    );
}

#[test]
fn an_absent_key_goes_to_its_natural_place() {
    check(
        Some("[weights]\r\nsimplicity = 0.1\r\nheadroom   = 0.3\r\n[risk]\r\n"),
        "weights.longevity",
        number(0.2),
        "[weights]\r\nsimplicity = 0.1\r\nlongevity = 0.2\r\nheadroom   = 0.3\r\n[risk]\r\n",
    );
    check(
        Some("weights.headroom   = 2"),
        "weights.strategy",
        number(3.0),
        "weights.headroom   = 2\nweights.strategy   = 3",
    );
    check(
        Some("weights = {}\n"),
        "weights.strategy",
        number(0.5),
        "weights = { strategy = 0.5 }\n",
    );
    check(
        Some("[risk]\n# appetite = \"bold\"\n[duel]\nk = 5\n"),
        "risk.appetite",
        text("neutral"),
        "[risk]\nappetite = \"neutral\"\n# appetite = \"bold\"\n[duel]\nk = 5\n",
    );
}

#[test]
fn a_table_or_a_file_that_is_missing_comes_into_being() {
    check(None, "weights.headroom", number(0.4), "[weights]\nheadroom = 0.4\n");
    check(Some(""), "risk.next_hot_share", number(0.5), "[risk]\nnext_hot_share = 0.5\n");
    check(
        Some("\u{feff}# all\r\n[duel]\r\nk = 5"),
        "weights.headroom",
        number(0.4),
        "\u{feff}# all\r\n[duel]\r\nk = 5\r\n\r\n[weights]\r\nheadroom = 0.4\r\n",
    );
    check(
        Some("# nothing yet\n\n"),
        "weights.headroom",
        number(0.4),
        "# nothing yet\n\n[weights]\nheadroom = 0.4\n",
    );
}

#[test]
fn a_cleared_value_is_gone_and_comes_back() {
    let cleared = "[weights]\n# h\nstrategy = 1\n";
    check(Some("[weights]\nheadroom = 2 # h\nstrategy = 1\n"), "weights.headroom", None, cleared);
    let files = files(None);
    let mut opened = files.open();
    opened.edit(&Edit::setting("weights.headroom", None));
    assert_eq!(settings(&files), None);
    assert_eq!(opened.undo(), None);
}

#[test]
fn several_settings_are_one_edit_and_one_undo() {
    let before = "[weights]\nheadroom = 0.3 # h\n";
    let files = files(Some(before));
    let mut opened = files.open();
    let idea = &opened.portfolio.ideas()[0];
    let edit = Edit::Group(vec![
        Edit::setting("weights.headroom", number(0.4)),
        Edit::setting("weights.strategy", number(0.1)),
        Edit::setting("risk.appetite", text("bold")),
        Edit::set(&idea.id, prospect::domain::Field::Title, None),
    ]);
    assert!(opened.try_edit(&edit).is_err(), "a title cannot be cleared");
    assert_eq!(settings(&files).as_deref(), Some(before));
    let Edit::Group(mut edits) = edit else { unreachable!() };
    edits.pop();
    opened.edit(&Edit::Group(edits));
    let after = "[weights]\nheadroom = 0.4 # h\nstrategy = 0.1\n\n[risk]\nappetite = \"bold\"\n";
    assert_eq!(settings(&files).as_deref(), Some(after));
    assert_eq!(opened.undo().as_deref(), Some("weights and risk changed"));
    assert_eq!(settings(&files).as_deref(), Some(before));
}

#[test]
fn lists_flags_and_texts_of_several_lines_are_read_back() {
    let lenses = SettingValue::List(vec!["a \"b\"".into(), "c\nd".into()]);
    for eol in ["\n", "\r\n"] {
        let files = files(Some(&format!("[duel]{eol}k = 5{eol}")));
        let mut opened = files.open();
        opened.edit(&Edit::setting("triage.lenses", Some(lenses.clone())));
        opened.edit(&Edit::setting("ui.watch", Some(SettingValue::Flag(false))));
        assert_eq!(files.open().portfolio, opened.portfolio);
        assert_eq!(opened.portfolio.settings()["triage.lenses"], lenses);
    }
}

#[test]
fn a_change_by_another_program_is_merged_or_asked_about() {
    let files = files(Some("[weights]\nheadroom = 1\nstrategy = 1\n"));
    let mut opened = files.open();
    files.write("prospect.toml", "# mine\n[weights]\nheadroom = 1\nstrategy = 2\n");
    opened.edit(&Edit::setting("weights.headroom", number(3.0)));
    let merged = "# mine\n[weights]\nheadroom = 3\nstrategy = 2\n";
    assert_eq!(settings(&files).as_deref(), Some(merged));
    assert_eq!(opened.portfolio.settings()["weights.strategy"], SettingValue::Number(2.0));

    files.write("prospect.toml", merged.replace('3', "4"));
    let edit = Edit::setting("weights.headroom", number(5.0));
    match opened.try_edit(&edit) {
        Err(StoreError::Conflict { id, what, mine, theirs, loaded }) => {
            assert_eq!((id.as_str(), what.as_str()), ("prospect.toml", "weights.headroom"));
            assert_eq!((mine.as_str(), theirs.as_str()), ("5", "4"));
            opened.portfolio = loaded.portfolio;
        }
        other => panic!("{other:?}"),
    }
    opened.edit_on(&edit, OnConflict::Overwrite).unwrap();
    assert_eq!(settings(&files).unwrap(), merged.replace('3', "5"));
}

#[test]
fn undo_finds_its_bytes_though_others_have_written_around_them() {
    let files = files(Some("[weights]\nheadroom = 1 # h\n"));
    let mut opened = files.open();
    opened.edit(&Edit::setting("weights.headroom", None));
    let now = settings(&files).unwrap();
    files.write("prospect.toml", format!("# somebody was here and wrote a line\n{now}"));
    opened.undo().unwrap();
    let expected = "# somebody was here and wrote a line\n[weights]\nheadroom = 1 # h\n";
    assert_eq!(settings(&files).as_deref(), Some(expected));
}

#[test]
fn what_cannot_be_read_is_left_alone_and_forgets_nothing() {
    let files = files(Some("[weights]\nheadroom = 1\n"));
    let mut opened = files.open();
    let known = opened.portfolio.settings().clone();
    let broken = "[weights]\nheadroom = \n";
    files.write("prospect.toml", broken);
    assert!(opened.reload());
    assert_eq!(*opened.portfolio.settings(), known);
    match opened.try_edit(&Edit::setting("weights.headroom", number(3.0))) {
        Err(StoreError::Broken { id, problem }) => {
            assert_eq!((id.as_str(), problem.line), ("prospect.toml", 2));
        }
        other => panic!("{other:?}"),
    }
    files.write("prospect.toml", b"[weights]\nheadroom = 1 # \xff\n");
    opened.reload();
    assert!(opened.try_edit(&Edit::setting("weights.headroom", number(3.0))).is_err());
    assert_eq!(fs::read(files.file("prospect.toml")).unwrap(), b"[weights]\nheadroom = 1 # \xff\n");
    // Ideas can be edited all the same, and are undone to the byte.
    let title = prospect::domain::Value::Text("B".into());
    opened.edit(&Edit::set("a", prospect::domain::Field::Title, Some(title)));
    opened.undo().unwrap();
    assert_eq!(files.text(), IDEAS);
}

#[test]
fn a_single_file_has_its_settings_beside_it() {
    let files =
        TestWorkspace::with_files(&[("zebra.toml", IDEAS), ("prospect.toml", "[duel]\nk = 5\n")]);
    let mut opened = OpenWorkspace::open(&files.file("zebra.toml"), &files.state());
    assert_eq!(opened.portfolio.settings()["duel.k"], SettingValue::Number(5.0));
    opened.edit(&Edit::setting("duel.k", number(4.0)));
    let idea = Idea::new("b", "B");
    opened.edit(&Edit::Add { idea: Box::new(idea), before: None });
    assert_eq!(settings(&files).as_deref(), Some("[duel]\nk = 4\n"));
    assert!(fs::read_to_string(files.file("zebra.toml")).unwrap().contains("id = \"b\""));
    opened.undo().unwrap();
    opened.undo().unwrap();
    assert_eq!(settings(&files).as_deref(), Some("[duel]\nk = 5\n"));
}

#[test]
fn a_name_that_is_none_is_refused() {
    let files = files(None);
    let mut opened = files.open();
    for name in ["weights", "a.b.c", ".x", "a b.c", "[x].y"] {
        assert!(opened.try_edit(&Edit::setting(name, number(1.0))).is_err(), "{name}");
    }
    assert!(opened.try_edit(&Edit::setting("a.b", number(f64::NAN))).is_err());
    assert_eq!(settings(&files), None);
}

/// A file of settings with everything in it that is easily lost.
const NASTY: &str = "# \u{1f9ea} what the ranking depends on\n\nrisk.\"appetite\"  = 'bold' # why\n\
    duel = { k = 0x5, 'more' = {} }\n[weights]\t# of the group\n  simplicity\t= 1_0 \n\
    # headroom = 3\n\n  \"strategy\" = 1e-1\n[[extra]]\nx = 1\n[triage]\nlenses = [ # two\n  \
    'a', # first\n  \"b\",\n]\n[score.more]\nceiling = 1\n# end";

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_gives_the_same_bytes(
        edits in prop::collection::vec(
            (
                prop::sample::select(vec![
                    "weights.simplicity", "weights.generality", "weights.headroom",
                    "weights.strategy", "risk.appetite", "risk.next_hot_share", "duel.k",
                    "duel.new", "triage.lenses", "score.ceiling", "fresh.key",
                ]),
                prop_oneof![
                    Just(None),
                    (0..1000_u32).prop_map(|n| number(f64::from(n) / 100.0)),
                    "[ -~]{0,8}".prop_map(|text| Some(SettingValue::Text(text))),
                    prop::collection::vec("[a-c\n]{0,3}", 0..4)
                        .prop_map(|list| Some(SettingValue::List(list))),
                ],
            ),
            1..20,
        ),
        windows: bool,
        missing: bool,
    ) {
        let text = if windows {
            format!("\u{feff}{}", NASTY.replace('\n', "\r\n"))
        } else {
            NASTY.to_owned()
        };
        let files = files((!missing).then_some(&text));
        let mut opened = files.open();
        let mut texts = vec![settings(&files)];
        for (name, value) in edits {
            let edit = Edit::setting(name, value);
            opened.edit(&edit);
            let now = settings(&files);
            prop_assert_eq!(&files.open().portfolio, &opened.portfolio, "{:?}\n{:?}", edit, now);
            if now != *texts.last().unwrap() {
                texts.push(now);
            }
        }
        let mut opened = files.open();
        for before in texts.iter().rev().skip(1) {
            opened.undo().unwrap();
            prop_assert_eq!(&settings(&files), before);
        }
        prop_assert_eq!(opened.undo(), None);
        for after in &texts[1..] {
            opened.redo().unwrap();
            prop_assert_eq!(&settings(&files), after);
        }
    }
}
