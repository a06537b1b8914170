//! Tests of identity, of what an import changes, and of what it leaves alone.

use super::*;
use crate::exchange::{Mapping, read};
use jiff::civil::date;
use proptest::prelude::*;

const DAY: Date = date(2026, 3, 1);

/// A workspace that imports, with what it remembers of it.
#[derive(Default)]
struct Workspace {
    portfolio: Portfolio,
    history: ImportHistory,
}

impl Workspace {
    fn import_as(&mut self, name: &str, text: &str, overwrite: bool) -> ImportPlan {
        let rows = read(name, text, None).unwrap();
        let items = Mapping::guess(&rows, &[]).unwrap().read_ideas(&rows, false).ideas;
        let keeps_ids = rows.keeps_ids;
        let options = ImportOptions { source: name, keeps_ids, as_of: DAY, overwrite };
        let plan = plan_import(&items, &self.portfolio, &self.history, &options);
        self.portfolio.apply(&plan.edit).unwrap();
        self.history.clone_from(&plan.history);
        plan
    }

    fn import(&mut self, text: &str) -> ImportPlan {
        self.import_as("x.csv", text, false)
    }

    fn set(&mut self, id: &str, field: Field, text: &str) {
        let value = Some(Value::Text(text.to_owned()));
        self.portfolio.apply(&Edit::set(id, field, value)).unwrap();
    }

    fn at(&self, position: usize) -> &Idea {
        self.portfolio.at(position).unwrap()
    }

    fn imported(&self, position: usize) -> Option<&str> {
        self.at(position).imported.as_deref()
    }
}

fn counts(plan: &ImportPlan) -> (usize, usize, usize) {
    (plan.added.len(), plan.updated.len(), plan.unchanged)
}

#[test]
fn again_only_what_changed_in_the_source_changes() {
    let mut here = Workspace::default();
    let first = "id,title,text,tags,from\n17,One,Text.,a,mara\n25,Two,More.,b,tom\n";
    let plan = here.import(first);
    assert_eq!((plan.added.len(), here.imported(0)), (2, Some("x.csv#17")));
    assert_eq!(counts(&here.import(first)), (0, 0, 2));

    // The one is retitled here and the other retagged in the source.
    here.set("one", Field::Title, "My one");
    let second =
        "id,title,text,tags,from\n17,Uno,Text.,a,anna\n25,Two,More.,\"b,c\",\n31,Three,,,\n";
    let plan = here.import(second);
    assert_eq!(plan.kept.len(), 1, "{:?}", plan.kept);
    assert_eq!((plan.kept[0].field, plan.kept[0].location.line), (Field::Title, 2));
    let (one, two, three) = (here.at(0), here.at(1), here.at(2));
    assert_eq!((one.title.as_str(), one.from.as_deref()), ("My one", Some("anna")));
    assert_eq!((two.tags.len(), &two.from, three.title.as_str()), (2, &None, "Three"));

    // Said once, and the source's on request.
    assert!(here.import(second).kept.is_empty());
    let plan = here.import_as("x.csv", &second.replace("Uno", "Eins"), true);
    assert_eq!((plan.kept.len(), here.at(0).title.as_str()), (0, "Eins"));
}

#[test]
fn without_history_nothing_is_overwritten_and_nothing_doubled() {
    let mut here = Workspace::default();
    here.import("id,title,text,from\n17,One,Text.,\n");
    here.history = ImportHistory::default();
    let plan = here.import("id,title,text,from\n17,Uno,Text.,mara\n");
    assert_eq!((plan.kept.len(), here.portfolio.iter().len()), (1, 1));
    assert_eq!(here.at(0).from.as_deref(), Some("mara"), "it was empty here");
}

#[test]
fn a_status_from_the_source_is_a_decision_and_logs_only_grow() {
    let mut here = Workspace::default();
    here.import("title,status,log\nOne,open,2026-01-01 2h 3 begun\n");
    let second = "title,status,log\nOne,done,\"2026-01-01 2h 3 begun\n2026-02-01 1h 6 works\"\n";
    let plan = here.import(second);
    assert_eq!(plan.updated, [("one".to_owned(), vec!["status".to_owned(), "log".to_owned()])]);
    assert_eq!((here.at(0).log.len(), here.at(0).decisions.len()), (2, 1));
    assert_eq!(here.at(0).decisions[0].why, "as in x.csv");
    here.import(second);
    assert_eq!(here.at(0).log.len(), 2);
}

#[test]
fn what_was_typed_by_hand_is_not_doubled() {
    let hand = Idea::new("mine", "Ask the solver");
    let portfolio = Portfolio::new(vec![hand], Vec::new());
    let mut here = Workspace { portfolio, ..Workspace::default() };
    let plan = here.import("title,from\nask the solver,tom\nAsk the solver,anna\n");
    assert_eq!(counts(&plan), (1, 1, 0));
    assert_eq!(here.at(0).from.as_deref(), Some("tom"));
    assert_eq!(
        (here.at(0).title.as_str(), here.at(1).id.as_str()),
        ("Ask the solver", "ask-the-solver")
    );
}

#[test]
fn rows_of_a_log_belong_to_one_idea() {
    let mut here = Workspace::default();
    let text = "title,date,hours,traction,note\nOne,2026-01-01,3,2,begun\nOne,2026-01-08,4,,more\n";
    assert_eq!(here.import(text).added.len(), 1);
    let log = &here.at(0).log;
    assert_eq!((log.len(), log[1].hours, log[0].note.as_str()), (2, Some(4.0), "begun"));
}

#[test]
fn references_follow_their_ideas() {
    let mut here = Workspace::default();
    here.import("id,title,status,parked_on\n7,One,parked,8\n8,Two,open,\n");
    assert_eq!(here.at(0).parked_on.as_deref(), Some("two"));
}

#[test]
fn a_key_that_names_something_else_adds_and_says_so() {
    for (first, second) in [
        ("id,title\n17,Alpha\n", "id,title\n17,Beta\n"),
        ("id,title,text\n17,Alpha,A.\n", "id,title,text\n17,Beta,B.\n"),
    ] {
        let mut here = Workspace::default();
        here.import(first);
        let plan = here.import(second);
        assert_eq!(counts(&plan), (1, 0, 0), "{second}");
        assert_eq!(
            (plan.reused_keys[0].key.as_str(), plan.reused_keys[0].id.as_str()),
            ("17", "alpha")
        );
        let again = here.import(second);
        assert_eq!((counts(&again), again.reused_keys.len()), ((0, 0, 1), 0));
    }
    // A number of a row is no key, and nothing has to be said about it.
    let mut here = Workspace::default();
    here.import_as("stdin", r#"[{"number":1,"title":"Alpha"}]"#, false);
    let plan = here.import_as("stdin", r#"[{"number":1,"title":"Beta"}]"#, false);
    assert_eq!((counts(&plan), plan.reused_keys.len(), here.imported(0)), ((1, 0, 0), 0, None));
}

#[test]
fn tasks_follow_their_uuid_and_not_their_number() {
    let mut here = Workspace::default();
    let tasks = |first: &str, second: &str| {
        format!(
            r#"[{{"id":{first},"uuid":"aa-1","title":"First"}},{{"id":{second},"uuid":"aa-2","title":"Second"}}]"#
        )
    };
    here.import_as("t.json", &tasks("1", "2"), false);
    assert_eq!((here.imported(0), here.at(0).id.as_str()), (Some("uuid:aa-1"), "first"));
    let renamed = tasks("0", "1").replace("First", "Begun").replace("Second", "First");
    assert_eq!(counts(&here.import_as("t.json", &renamed, false)), (0, 2, 0));
    assert_eq!((here.at(0).title.as_str(), here.at(1).title.as_str()), ("Begun", "First"));
}

#[test]
fn a_renamed_download_is_known_again() {
    let mut here = Workspace::default();
    let text = "ID,Title,Text\n1,Probe,\n2,Smaller,Why.\n";
    here.import_as("ideas.csv", text, false);
    for name in ["ideas (1).csv", "ideas-2026-03-01.csv", "other.csv"] {
        assert_eq!(counts(&here.import_as(name, text, false)), (0, 0, 2), "{name}");
    }
    // An edit here stays an edit here under the new name too.
    here.set("probe", Field::Title, "My probe");
    assert_eq!(counts(&here.import_as("ideas (2).csv", text, false)), (0, 0, 2));
    assert_eq!(here.at(0).title, "My probe");
}

#[test]
fn an_empty_date_stays_as_it_was_filled_here() {
    let mut here = Workspace::default();
    let text = "Title,Date\nA,2024-03-01\nB,\n";
    here.import(text);
    assert_eq!(counts(&here.import(text)), (0, 0, 2));
    assert_eq!(here.at(1).created, Some(DAY));
}

#[test]
fn keys_of_version_0_2_stay() {
    let mut idea = Idea::new("one", "One");
    idea.imported = Some("x.csv#one".to_owned());
    let portfolio = Portfolio::new(vec![idea], Vec::new());
    let mut here = Workspace { portfolio, ..Workspace::default() };
    assert_eq!(counts(&here.import("title\nOne\n")), (0, 0, 1));
    assert_eq!(here.imported(0), Some("x.csv#one"));
    here.set("one", Field::Title, "Mine");
    here.history = ImportHistory::default();
    assert_eq!(here.import("title\nOne\n").added.len(), 0);
    // The number of a row was a key too, and may be that of another idea by now.
    let mut idea = Idea::new("alpha", "Alpha");
    idea.imported = Some("x.csv#1".to_owned());
    let portfolio = Portfolio::new(vec![idea], Vec::new());
    let mut here = Workspace { portfolio, ..Workspace::default() };
    assert_eq!(counts(&here.import("id,title\n1,Beta\n2,Alpha\n")), (1, 0, 1));
}

/// Rows with few titles and texts, so that they are often the same.
fn things() -> impl Strategy<Value = Vec<(u8, u8)>> {
    proptest::collection::vec((0..4_u8, 0..3_u8), 1..7)
}

/// A table of things, each with the number by which the test knows it.
fn table(things: &[(usize, (u8, u8))], with_id: bool) -> String {
    let mut text = "id,title,text,mark\n".to_owned();
    for (number, (title, words)) in things {
        let id = if with_id { (number * 7 + 40).to_string() } else { String::new() };
        let words = if *words == 0 { String::new() } else { format!("Text {words}") };
        text.push_str(&format!("{id},T{title},{words},m{number}\n"));
    }
    text
}

proptest! {
    #[test]
    fn the_same_bytes_twice_change_nothing(things in things(), with_id: bool) {
        let things: Vec<_> = things.into_iter().enumerate().collect();
        let text = table(&things, with_id);
        let mut here = Workspace::default();
        prop_assert_eq!(counts(&here.import(&text)), (things.len(), 0, 0));
        let before: Vec<Idea> = here.portfolio.iter().cloned().collect();
        prop_assert_eq!(counts(&here.import(&text)), (0, 0, things.len()));
        // Nor where the history is lost.
        here.history = ImportHistory::default();
        prop_assert_eq!(counts(&here.import(&text)), (0, 0, things.len()));
        prop_assert_eq!(here.portfolio.iter().cloned().collect::<Vec<_>>(), before);
    }

    #[test]
    fn ratings_never_move_to_something_else(
        things in things(), more in things(), dropped in proptest::collection::vec(any::<bool>(), 7),
        order in Just((0..14_usize).collect::<Vec<_>>()).prop_shuffle(),
        renamed in 0..14_usize, with_id: bool,
    ) {
        let first: Vec<_> = things.iter().copied().enumerate().collect();
        let mut here = Workspace::default();
        here.import(&table(&first, with_id));
        // The rating of an idea is what it is about: its title and text.
        let about = |idea: &Idea| format!("{}|{}", idea.title, idea.summary);
        let ids: Vec<(String, String)> =
            here.portfolio.iter().map(|idea| (idea.id.clone(), about(idea))).collect();
        let mut second: Vec<_> =
            first.iter().zip(&dropped).filter(|(_, drop)| !**drop).map(|(one, _)| *one).collect();
        second.extend(more.iter().copied().enumerate().map(|(at, one)| (at + 100, one)));
        second.sort_by_key(|(number, _)| order.get(number % 100).copied());
        let mut is_renamed = None;
        let count = second.len();
        if let Some(row) = second.get_mut(renamed % count.max(1)) {
            row.1.0 += 10;
            is_renamed = Some(row.1.0);
        }
        let plan = here.import(&table(&second, with_id));
        prop_assert_eq!(plan.added.len() + plan.updated.len() + plan.unchanged, second.len());
        for (id, before) in &ids {
            let now = here.portfolio.get(id).map(about).unwrap_or_default();
            let (title, text) = before.split_once('|').unwrap();
            let (new_title, new_text) = now.split_once('|').unwrap();
            // Never both at once, and a title only by a key or as the renamed one.
            prop_assert!(title == new_title || text == new_text && !text.is_empty(), "{before} {now}");
            prop_assert!(title == new_title || with_id && is_renamed.is_some(), "{before} {now}");
        }
    }

    #[test]
    fn equal_rows_match_as_many_ideas(count in 1..5_usize, rows in 1..5_usize) {
        let mut here = Workspace::default();
        let text = |count: usize| "title,text\n".to_owned() + &"A,Same.\n".repeat(count);
        here.import(&text(count));
        let plan = here.import(&text(rows));
        prop_assert_eq!((plan.added.len(), plan.unchanged), (rows.saturating_sub(count), rows.min(count)));
    }
}

#[test]
fn a_history_of_version_0_2_is_read_and_written_as_it_was() {
    let text = r#"{"papers.csv#17":{"id":"one","fields":{"from":"","title":"8b1b4a0e5d3a2a44"},"entries":["00ff00ff00ff00ff"]}}"#;
    let history = ImportHistory::from_json(text);
    assert_eq!(history.to_json(), text);
    let portfolio = Portfolio::new(vec![Idea::new("one", "One")], Vec::new());
    let last = history.by_idea(&portfolio)["one"][0];
    assert_eq!((last.0, last.1.had(Field::From, &None)), ("papers.csv#17", Some(true)));
    assert_eq!(last.1.had(Field::Summary, &None), None);
}
