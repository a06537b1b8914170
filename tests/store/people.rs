//! Ratings by other people: edits of `people/NAME.toml`, byte for byte, and nowhere
//! else.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use prospect::domain::{Criterion, Edit, EditError, Field, RaterAnswers, Rating, Reaction, Value};
use prospect::store::StoreError;

use crate::support::TestWorkspace;

const IDEAS: &str = "# mine\n[[idea]]\ntitle = \"Logs\"\n\n[[idea]]\ntitle = \"Cache\"\nid = \"cache\"\naliases = [\"kv-cache\"]\n";

fn answered(id: &str) -> RaterAnswers {
    let mut answered = RaterAnswers::new(id, [None; 5]);
    answered.ratings[Criterion::Simplicity.index()] = Some(Rating::value(3.5));
    answered.ratings[Criterion::Headroom.index()] = Rating::range(4.0, 6.0);
    answered.reasons[Criterion::Headroom.index()] = "really\u{7}".into();
    answered.remarks = vec!["A remark.".into()];
    answered
}

fn answer(person: &str, id: &str) -> Edit {
    Edit::AddRaterAnswers { person: person.into(), answers: Box::new(answered(id)) }
}

fn table(id: &str) -> String {
    format!("# A remark.\n[ratings.{id}]\nsimplicity = 3.5\nheadroom = [4, 6]  # really\n")
}

fn mara(files: &TestWorkspace) -> Option<String> {
    fs::read_to_string(files.file("people/mara.toml")).ok()
}

#[test]
fn a_file_comes_into_being_and_goes_and_comes_again() {
    let files = TestWorkspace::with(IDEAS);
    let mut opened = files.open();
    opened.edit(&Edit::Group(vec![answer("mara", "logs"), answer("mara", "cache")]));
    let both = format!("{}\n{}", table("logs"), table("cache"));
    assert_eq!(mara(&files).as_deref(), Some(both.as_str()));
    let with_id = files.text();
    assert!(with_id.contains("id = \"logs\""), "a reference writes the id: {with_id}");
    let mut other = files.open();
    assert_eq!(other.portfolio, opened.portfolio);
    assert!(other.undo().unwrap().contains("mara"));
    assert_eq!((mara(&files), files.text().as_str()), (None, IDEAS));
    assert!(!files.file("people").exists());
    assert!(other.portfolio.raters().is_empty());
    opened.reload();
    opened.redo().unwrap();
    assert_eq!((mara(&files), files.text()), (Some(both), with_id));
    assert_eq!(files.open().portfolio, opened.portfolio);
}

fn said(id: &str, excited: bool, hopeless: Option<&str>, comment: &str) -> Edit {
    let reaction =
        Reaction { excited, hopeless: hopeless.map(str::to_owned), comment: comment.to_owned() };
    Edit::Reaction { person: "mara".into(), id: id.into(), reaction }
}

#[test]
fn words_are_filed_in_tables_of_their_own_and_taken_out_again() {
    let files = TestWorkspace::with(IDEAS);
    let mut opened = files.open();
    opened.edit(&Edit::Group(vec![
        said("logs", true, None, "I would start \"tomorrow\""),
        said("kv-cache", false, Some("taken"), ""),
        said("cache", false, Some(""), "look at May\nand June"),
        answer("mara", "logs"),
    ]));
    let words = "[excited]\nlogs = true\n\n[comments]\nlogs = 'I would start \"tomorrow\"'\n\
                 cache = \"\"\"\nlook at May\nand June\"\"\"\n\n[hopeless]\ncache = \"\"\n\n";
    assert_eq!(mara(&files), Some(format!("{words}{}", table("logs"))));
    assert_eq!(files.open().portfolio, opened.portfolio);
    let mut other = files.open();
    other.undo().unwrap();
    assert_eq!((mara(&files), files.text().as_str()), (None, IDEAS));
    opened.reload();
    opened.redo().unwrap();
    assert_eq!(files.open().portfolio, opened.portfolio);
}

#[test]
fn words_change_in_place_and_an_idea_of_any_name_has_them() {
    let ideas = "[[idea]]\ntitle = \"Größe 2.0\"\n";
    let before = "# hers\r\nexcited = { \"größe-2-0\" = true } # yes\r\n[comments]\r\n\
                  'größe-2-0'   =   'old'  # dated\r\n";
    let files = TestWorkspace::with_files(&[("ideas.toml", ideas), ("people/mara.toml", before)]);
    let mut opened = files.open();
    assert!(opened.problems.is_empty(), "{:?}", opened.problems);
    opened.edit(&said("größe-2-0", true, Some("no"), "new"));
    let after = before.replace("old", "new") + "\r\n[hopeless]\r\n\"größe-2-0\" = \"no\"\r\n";
    assert_eq!(mara(&files), Some(after));
    assert_eq!(files.open().portfolio, opened.portfolio);
    opened.undo().unwrap();
    assert_eq!(mara(&files).as_deref(), Some(before));
}

#[test]
fn what_cannot_be_read_of_a_persons_words_is_named_and_the_rest_counts() {
    let text = "comment = 3\n[excited]\ncache = 1\nlogs = true\n[hopeless]\ngone = \"x\"\n";
    let files = TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("people/mara.toml", text)]);
    let opened = files.open();
    let found: Vec<(usize, &str)> =
        opened.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(found, [(1, "unknown-key"), (3, "wrong-type"), (6, "unknown-idea")]);
    let logs = opened.portfolio.get("logs").unwrap();
    assert!(opened.portfolio.raters()[0].reaction(logs).excited);
}

#[test]
fn what_stood_there_stays_as_it_was() {
    for (before, gap, eol) in [
        ("# hers\r\n[ratings.x]\r\nheadroom = 9 # so", "\r\n\r\n", "\r\n"),
        ("\u{feff}# hers\n", "\n", "\n"),
    ] {
        let files =
            TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("people/mara.toml", before)]);
        let mut opened = files.open();
        opened.edit(&answer("mara", "cache"));
        let after = format!("{before}{gap}{}", table("cache").replace('\n', eol));
        assert_eq!(mara(&files), Some(after));
        assert_eq!(files.open().portfolio, opened.portfolio);
        opened.undo().unwrap();
        assert_eq!(mara(&files).as_deref(), Some(before));
    }
}

#[test]
fn an_answer_that_was_touched_since_is_taken_out_and_no_more() {
    let before = "[ratings.x]\nheadroom = 9\n";
    let files = TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("people/mara.toml", before)]);
    let mut opened = files.open();
    opened.edit(&answer("mara", "cache"));
    let touched = mara(&files).unwrap().replace("3.5\n", "3.5 # hm\n") + "\n# z\n[ratings.z]\n";
    files.write("people/mara.toml", &touched);
    opened.undo().unwrap();
    assert_eq!(mara(&files).unwrap(), format!("{before}\n# z\n[ratings.z]\n"));
    assert_eq!(files.open().portfolio, opened.portfolio);
}

#[test]
fn an_earlier_answer_is_never_replaced() {
    let text = "[ratings.kv-cache]\nheadroom = 1\n";
    let files = TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("people/mara.toml", text)]);
    let mut opened = files.open();
    let error = opened.try_edit(&answer("mara", "cache")).unwrap_err();
    assert!(matches!(error, StoreError::Edit(EditError::AnsweredAlready { .. })), "{error}");
    // Not known here yet: another program has written it.
    files.write("people/tomasz.toml", text);
    let error = opened.try_edit(&answer("tomasz", "cache")).unwrap_err();
    assert!(matches!(error, StoreError::Edit(EditError::AnsweredAlready { .. })), "{error}");
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone() {
    let files =
        TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("people/mara.toml", "[ratings\n")]);
    let error = files.open().try_edit(&answer("mara", "cache")).unwrap_err();
    assert!(error.to_string().contains("people/mara.toml"), "{error}");
    assert_eq!(mara(&files).as_deref(), Some("[ratings\n"));
}

#[test]
fn what_cannot_be_written_leaves_the_ideas_as_they_were() {
    let files =
        TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("people", "a file in the way")]);
    let mut opened = files.open();
    let title = Edit::set("cache", Field::Title, Some(Value::Text("New".into())));
    let error = opened.try_edit(&Edit::Group(vec![title, answer("mara", "logs")])).unwrap_err();
    assert!(matches!(error, StoreError::Io { .. } | StoreError::Broken { .. }), "{error}");
    assert_eq!(files.text(), IDEAS);
    assert_eq!(files.open().undo(), None);
}

#[test]
fn no_name_leads_out_of_the_workspace() {
    let files = TestWorkspace::with(IDEAS);
    for name in ["", "..", "../evil", "/evil", "a/b", "a\\b", ".evil", "a\nb", " a", "C:evil"] {
        let error = files.open().try_edit(&answer(name, "logs")).unwrap_err();
        assert!(matches!(error, StoreError::Edit(EditError::NotAName { .. })), "{name}: {error}");
    }
    assert_eq!(files.text(), IDEAS);
}

/// The only journal there is.
fn journal(files: &TestWorkspace) -> std::path::PathBuf {
    let states = fs::read_dir(files.state()).unwrap().flatten().map(|entry| entry.path());
    states.map(|path| path.join("journal.jsonl")).find(|path| path.exists()).unwrap()
}

#[test]
fn a_journal_that_names_another_place_is_not_believed() {
    for place in ["../evil.toml", "people/../../evil.toml", "/EVIL/evil.toml", "evil"] {
        let files = TestWorkspace::with(IDEAS);
        let evil = files.path("evil.toml");
        let place = place.replace("/EVIL", &files.home().display().to_string());
        let mut opened = files.open();
        opened.edit(&answer("mara", "cache"));
        opened.undo().unwrap();
        let text = fs::read_to_string(journal(&files)).unwrap();
        let told = text.replace("people/mara.toml", &place);
        assert_ne!(text, told);
        fs::write(journal(&files), told).unwrap();
        let mut opened = files.open();
        opened.redo().unwrap();
        assert!(!evil.exists(), "{place}");
        assert!(!files.file("evil").exists() && !files.path("evil").exists(), "{place}");
        assert_eq!(mara(&files), Some(table("cache")), "the edit itself is done: {place}");
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_workspace() {
    let link = |from: &Path, to: &Path| std::os::unix::fs::symlink(to, from).unwrap();
    let files = TestWorkspace::with(IDEAS);
    fs::create_dir(files.path("elsewhere")).unwrap();
    link(&files.file("people"), &files.path("elsewhere"));
    let error = files.open().try_edit(&answer("mara", "logs")).unwrap_err();
    assert!(error.to_string().contains("outside"), "{error}");
    assert_eq!(fs::read_dir(files.path("elsewhere")).unwrap().count(), 0);
    assert_eq!(files.text(), IDEAS);

    let files = TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("people/tomasz.toml", "")]);
    fs::write(files.path("mara.toml"), "").unwrap();
    link(&files.file("people/mara.toml"), &files.path("mara.toml"));
    link(&files.file("people/dangling.toml"), &files.path("nowhere.toml"));
    for name in ["mara", "dangling"] {
        assert!(files.open().try_edit(&answer(name, "logs")).is_err(), "{name}");
    }
    assert_eq!(fs::read_to_string(files.path("mara.toml")).unwrap(), "");
    assert!(!files.path("nowhere.toml").exists());
    files.open().try_edit(&answer("tomasz", "logs")).unwrap();
}

#[cfg(unix)]
#[test]
fn nothing_is_read_through_a_link_out_of_the_workspace() {
    let link = |from: &Path, to: &Path| std::os::unix::fs::symlink(to, from).unwrap();
    let secret = "[ratings.cache]\nheadroom = 1\n";
    let said = |files: &TestWorkspace| {
        let opened = files.open();
        assert_eq!(opened.portfolio.raters().len(), 0);
        opened.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    // The folder.
    let files = TestWorkspace::with(IDEAS);
    fs::create_dir(files.path("elsewhere")).unwrap();
    fs::write(files.path("elsewhere/mara.toml"), secret).unwrap();
    link(&files.file("people"), &files.path("elsewhere"));
    assert!(matches!(&said(&files)[..], [one] if one.contains("out of the workspace")));
    // A file in it, and one that leads nowhere.
    let files = TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("people/tomasz.toml", "")]);
    fs::remove_file(files.file("people/tomasz.toml")).unwrap();
    fs::write(files.path("mara.toml"), secret).unwrap();
    link(&files.file("people/mara.toml"), &files.path("mara.toml"));
    link(&files.file("people/nowhere.toml"), &files.path("nowhere.toml"));
    let problems = said(&files);
    assert!(problems.iter().any(|one| one.contains("out of the workspace")), "{problems:?}");
    assert!(problems.iter().any(|one| one.contains("does not exist")), "{problems:?}");
    // Within the workspace a link is as good as a file.
    let files = TestWorkspace::with_files(&[("ideas.toml", IDEAS), ("people/mara.toml", secret)]);
    link(&files.file("people/same.toml"), Path::new("mara.toml"));
    assert_eq!(files.open().portfolio.raters().len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_written_reads_back(
        ratings in prop::array::uniform5(prop::option::of(0..=20_u8)),
        id in "[a-zé\"\\\\][a-zé .\"\\\\]{0,5}",
        said in "\\PC{0,8}",
    ) {
        let id = id.trim_end();
        let files = TestWorkspace::with_files(&[]);
        files.write("ideas.toml", "");
        let mut opened = files.open();
        let idea = prospect::domain::Idea::new(id, "A");
        opened.edit(&Edit::Add { idea: Box::new(idea), before: None });
        let ratings = ratings.map(|half| half.map(|half| Rating::value(f64::from(half) / 2.0)));
        let mut answered = RaterAnswers::new(id, ratings);
        answered.reasons = std::array::from_fn(|_| format!("{said}\u{7}\u{85}"));
        answered.remarks = vec![said];
        opened.edit(&Edit::AddRaterAnswers { person: "mara".into(), answers: Box::new(answered) });
        let read = files.open().portfolio;
        prop_assert_eq!(&read, &opened.portfolio);
        prop_assert_eq!(read.raters()[0].ratings[id], ratings);
    }
}
