//! Edits byte for byte.

use jiff::civil::date;
use prospect::domain::{
    BetInput, BetKind, CaseField, Change, Criterion, Decision, Edit, Entry, EntryKind, Field, Idea,
    LogEntry, Promise, PromiseResult, Rating, Status, Value,
};

use crate::support::TestWorkspace;

fn rating(criterion: Criterion, text: &str) -> (Field, Option<Value>) {
    (Field::Rating(criterion), Rating::parse(text).map(Value::Rating))
}

fn text(field: Field, text: &str) -> (Field, Option<Value>) {
    (field, Some(Value::Text(text.to_owned())))
}

fn list(field: Field, list: &[&str]) -> (Field, Option<Value>) {
    (field, Some(Value::List(list.iter().map(|&item| item.to_owned()).collect())))
}

/// Checks that an edit turns one text into another, that what is then read is
/// what the edit gives in memory, and that undo and redo give both texts back.
#[track_caller]
fn check(before: &str, edit: impl Fn(&Idea) -> Edit, after: &str) {
    let files = TestWorkspace::with(before);
    let mut opened = files.open();
    let edit = edit(&opened.portfolio.ideas()[0]);
    opened.edit(&edit);
    assert_eq!(files.text(), after);
    let mut other = files.open();
    assert_eq!(other.portfolio, opened.portfolio);
    assert_eq!(other.problems.iter().filter(|p| p.code != "unknown-key").count(), 0);
    other.undo().unwrap();
    assert_eq!(files.text(), before);
    opened.reload();
    opened.redo().unwrap();
    assert_eq!(files.text(), after);
}

#[track_caller]
fn set(before: &str, (field, value): (Field, Option<Value>), after: &str) {
    check(before, |idea| Edit::set(&idea.id, field, value.clone()), after);
}

fn log(day: i8) -> LogEntry {
    LogEntry {
        date: date(2026, 1, day),
        hours: Some(1.5),
        traction: None,
        note: "ran".to_owned(),
        recalled: false,
        output: None,
    }
}

#[test]
fn a_value_is_replaced_and_nothing_else() {
    let seven = rating(Criterion::Headroom, "7");
    set(
        "# top\n[[idea]] # head\ntitle = 'A'\n[idea.ratings]\nheadroom   =  3   # why\n\n# tail",
        seven.clone(),
        "# top\n[[idea]] # head\ntitle = 'A'\n[idea.ratings]\nheadroom   =  7   # why\n\n# tail",
    );
    set(
        "\u{feff}[[idea]]\r\ntitle='A'\r\nratings = {headroom=[1,2], x=1} # c\r\n",
        seven.clone(),
        "\u{feff}[[idea]]\r\ntitle='A'\r\nratings = {headroom=7, x=1} # c\r\n",
    );
    set(
        "[[idea]]\ntitle='A'\nratings . \"headroom\" = 0x3",
        seven,
        "[[idea]]\ntitle='A'\nratings . \"headroom\" = 7",
    );
    set(
        "[[idea]]\ntitle='A'\nratings.headroom = [ 1.0 , 2 ] # c\n",
        rating(Criterion::Headroom, "1..3.5"),
        "[[idea]]\ntitle='A'\nratings.headroom = [ 1.0 , 3.5 ] # c\n",
    );
}

#[test]
fn text_keeps_its_quotes() {
    set("[[idea]]\ntitle = 'A'\nid='a'", text(Field::Title, "B"), "[[idea]]\ntitle = 'B'\nid='a'");
    set(
        "[[idea]]\ntitle = \"A\"\nsummary = '''\nold\n''' # c\n",
        text(Field::Summary, "new\\n\nline"),
        "[[idea]]\ntitle = \"A\"\nsummary = '''\nnew\\n\nline''' # c\n",
    );
    set(
        "[[idea]]\r\ntitle = \"A\"\r\nsummary = \"\"\"\r\nold\r\nlines\"\"\"\r\n",
        text(Field::Summary, "new\nlines\n"),
        "[[idea]]\r\ntitle = \"A\"\r\nsummary = \"\"\"\r\nnew\r\nlines\r\n\"\"\"\r\n",
    );
    set(
        "[[idea]]\ntitle = \"A\"\ncreated = \"2026-01-02\"\n",
        (Field::Created, Some(Value::Date(date(2026, 3, 4)))),
        "[[idea]]\ntitle = \"A\"\ncreated = \"2026-03-04\"\n",
    );
}

#[test]
fn an_absent_key_goes_to_its_natural_place() {
    set(
        "[[idea]]\n\ttitle = 'A'   # t\n\ttags = []\n\n\t[idea.ratings]\n\tsimplicity = 1\n\theadroom   = 2\n",
        rating(Criterion::Longevity, "6..9"),
        "[[idea]]\n\ttitle = 'A'   # t\n\ttags = []\n\n\t[idea.ratings]\n\tsimplicity = 1\n\tlongevity = [6, 9]\n\theadroom   = 2\n",
    );
    set(
        "[[idea]]\ntitle = 'A'\nratings.headroom   = 2",
        rating(Criterion::Strategy, "3"),
        "[[idea]]\ntitle = 'A'\nratings.headroom   = 2\nratings.strategy   = 3",
    );
    set(
        "[[idea]]\ntitle = 'A'\nratings = { headroom = 2 } # r\n",
        rating(Criterion::Simplicity, "3"),
        "[[idea]]\ntitle = 'A'\nratings = { simplicity = 3, headroom = 2 } # r\n",
    );
    set(
        "[[idea]]\ntitle = 'A'\nratings = {}\n",
        rating(Criterion::Simplicity, "3"),
        "[[idea]]\ntitle = 'A'\nratings = { simplicity = 3 }\n",
    );
    set(
        "# c\r\n[[idea]]\r\ntitle = 'A'\r\n",
        text(Field::Id, "b"),
        "# c\r\n[[idea]]\r\nid = \"b\"\r\ntitle = 'A'\r\n",
    );
}

#[test]
fn a_new_table_goes_before_the_log() {
    set(
        "[[idea]]\ntitle = 'A'\n# end of A\n\n# first entry\n[[idea.log]]\ndate = 2026-01-01\n\n[[idea]]\ntitle = 'B'\n",
        rating(Criterion::Headroom, "3"),
        "[[idea]]\ntitle = 'A'\n# end of A\n\n[idea.ratings]\nheadroom = 3\n\n# first entry\n[[idea.log]]\ndate = 2026-01-01\n\n[[idea]]\ntitle = 'B'\n",
    );
    set(
        "[[idea]]\ntitle = 'A'\n[[idea.log]]\ndate = 2026-01-01\n[[idea]]\ntitle = 'B'\n",
        (Field::Bet, Some(Value::Bet(BetKind::Hot))),
        "[[idea]]\ntitle = 'A'\n[idea.bet]\nkind = \"hot\"\n[[idea.log]]\ndate = 2026-01-01\n[[idea]]\ntitle = 'B'\n",
    );
    set(
        "[[idea]]\r\ntitle = 'A'",
        text(Field::Case(CaseField::Pitch), "p"),
        "[[idea]]\r\ntitle = 'A'\r\n\r\n[idea.case]\r\npitch = \"p\"",
    );
}

#[test]
fn a_cleared_key_leaves_its_comments() {
    let none = |field| (field, None);
    set(
        "[[idea]]\ntitle = 'A'\n# keep\ntags = [ # a\n 'x',\n] # b\nstatus = 'active'",
        none(Field::Tags),
        "[[idea]]\ntitle = 'A'\n# keep\n# a\n# b\nstatus = 'active'",
    );
    let chance = Field::BetInput(BetInput::Chance);
    for (before, after) in [
        ("{ kind = 'hot', chance = 0.5 }", "{ kind = 'hot' }"),
        ("{ chance = 0.5, kind = 'hot' }", "{ kind = 'hot' }"),
        ("{ a = 1, chance = 0.5, kind = 'hot' }", "{ a = 1, kind = 'hot' }"),
        ("{ chance = 0.5 }", "{}"),
    ] {
        let idea = |bet: &str| format!("[[idea]]\ntitle = 'A'\nbet = {bet} # c\n");
        set(&idea(before), none(chance), &idea(after));
    }
}

#[test]
fn a_list_keeps_the_comments_of_its_elements() {
    let before =
        "[[idea]]\ntitle = 'A'\ntags = [\n  'a', # first\n  'b', # second\n  'c', # third\n]\n";
    set(
        before,
        list(Field::Tags, &["a", "c"]),
        "[[idea]]\ntitle = 'A'\ntags = [\n  'a', # first\n  # second\n  'c', # third\n]\n",
    );
    set(
        before,
        list(Field::Tags, &["a", "b", "c", "d"]),
        "[[idea]]\ntitle = 'A'\ntags = [\n  'a', # first\n  'b', # second\n  'c', # third\n  \"d\",\n]\n",
    );
    set(
        before,
        list(Field::Tags, &["z", "b", "c"]),
        "[[idea]]\ntitle = 'A'\ntags = [\n  'z', # first\n  'b', # second\n  'c', # third\n]\n",
    );
    set(
        "[[idea]]\ntitle = 'A'\ntags = [\n  'a' # first\n]\n",
        list(Field::Tags, &["a", "b"]),
        "[[idea]]\ntitle = 'A'\ntags = [\n  'a', # first\n  \"b\"\n]\n",
    );
    for (before, new, after) in [
        ("['a']", &["a", "b"][..], "['a', \"b\"]"),
        ("[ 'a', 'b', ]", &["b"][..], "[ 'b', ]"),
        ("['a', 'b']", &["a"][..], "['a']"),
        ("[]", &["a"][..], "[\"a\"]"),
        ("['b']", &["a", "b"][..], "[\"a\", 'b']"),
    ] {
        let idea = |tags: &str| format!("[[idea]]\ntitle = 'A'\ntags = {tags}\n");
        set(&idea(before), list(Field::Tags, new), &idea(after));
    }
}

#[test]
fn entries_are_inserted_among_their_like() {
    let append = |idea: &Idea| Edit::append(idea, Entry::Log(log(3)));
    let entry = "[[idea.log]]\ndate = 2026-01-03\nhours = 1.5\nnote = \"ran\"\n";
    let head = "[[idea]]\ntitle = 'A'\n\n[[idea.log]] # l\ndate = 2026-01-01\n# below\n\n";
    let tail = "# decided\n[[idea.decision]]\ndate = 2026-01-01\nfrom = 'inbox'\nto = 'active'\n";
    check(&format!("{head}{tail}"), append, &format!("{head}{entry}\n{tail}"));
    check(
        "[[idea]]\ntitle = 'A'",
        append,
        &format!("[[idea]]\ntitle = 'A'\n\n{}", entry.trim_end()),
    );
    check(
        "[[idea]]\ntitle = 'A'\nlog = [{date=2026-01-01}]\n",
        append,
        "[[idea]]\ntitle = 'A'\nlog = [{date=2026-01-01}, { date = 2026-01-03, hours = 1.5, note = \"ran\" }]\n",
    );
    let first = |idea: &Idea| Edit::Change {
        id: idea.id.clone(),
        change: Change::Insert { at: 0, entry: Entry::Log(log(3)) },
    };
    let rest = "# about it\n[[idea.log]] # l\ndate = 2026-01-01\n";
    check(
        &format!("[[idea]]\ntitle = 'A'\n\n{rest}"),
        first,
        &format!("[[idea]]\ntitle = 'A'\n\n{entry}\n{rest}"),
    );
}

#[test]
fn a_changed_entry_keeps_the_rest_of_itself() {
    let promise = Promise {
        set: Some(date(2026, 1, 1)),
        by: date(2026, 2, 1),
        claim: Some("holds".to_owned()),
        traction: None,
        chance: Some(0.6),
        result: Some(PromiseResult::Kept),
        resolved: Some(date(2026, 2, 1)),
        amended: None,
    };
    let resolve = |idea: &Idea| Edit::Change {
        id: idea.id.clone(),
        change: Change::Replace { at: 0, entry: Entry::Promise(promise.clone()) },
    };
    check(
        "[[idea]]\ntitle = 'A'\n[[idea.promise]] # p\nset = 2026-01-01\nby = 2026-02-01 # soon\nclaim = 'holds'\nodds = 3\nchance = 0.6\n",
        resolve,
        "[[idea]]\ntitle = 'A'\n[[idea.promise]] # p\nset = 2026-01-01\nby = 2026-02-01 # soon\nclaim = 'holds'\nodds = 3\nchance = 0.6\nresult = \"kept\"\nresolved = 2026-02-01\n",
    );
    let remove = |idea: &Idea| Edit::Change {
        id: idea.id.clone(),
        change: Change::Remove { at: 0, kind: EntryKind::Log },
    };
    check(
        "[[idea]]\ntitle = 'A'\n\n# about it\n[[idea.log]]\ndate = 2026-01-01\n[idea.log.more]\nx = 1\n\n# other\n[[idea.log]]\ndate = 2026-01-02\n",
        remove,
        "[[idea]]\ntitle = 'A'\n\n# other\n[[idea.log]]\ndate = 2026-01-02\n",
    );
}

#[test]
fn a_status_comes_with_its_decision() {
    let decide = |idea: &Idea| Edit::decide(idea, Status::Active, date(2026, 1, 2), "cheap");
    check(
        "[[idea]]\ntitle = 'A'\nstatus = 'shortlist' # s\n",
        decide,
        "[[idea]]\ntitle = 'A'\nstatus = 'active' # s\n\n[[idea.decision]]\ndate = 2026-01-02\nfrom = \"shortlist\"\nto = \"active\"\nwhy = \"cheap\"\n",
    );
}

#[test]
fn a_new_title_writes_the_id_that_came_from_the_old() {
    set(
        "[[idea]]\ntitle = 'An idea'\n",
        text(Field::Title, "Better"),
        "[[idea]]\nid = \"an-idea\"\ntitle = 'Better'\n",
    );
    set(
        "[[idea]]\ntitle = 'An idea'\n\n[[idea]]\ntitle = 'Other'\n",
        text(Field::ParkedOn, "other"),
        "[[idea]]\ntitle = 'An idea'\nparked_on = \"other\"\n\n[[idea]]\nid = \"other\"\ntitle = 'Other'\n",
    );
    check(
        "[[idea]]\ntitle = 'An idea'\n",
        |idea| Edit::rename(idea, "new"),
        "[[idea]]\nid = \"new\"\ntitle = 'An idea'\naliases = [\"an-idea\"]\n",
    );
}

#[test]
fn an_idea_that_goes_leaves_the_others_their_ids() {
    check(
        "# file\n[[idea]]\ntitle = 'Same'\n\n# of the second\n[[idea]]\ntitle = 'Same'\n",
        |idea| Edit::Remove { id: idea.id.clone() },
        "# file\n# of the second\n[[idea]]\nid = \"same-2\"\ntitle = 'Same'\n",
    );
    check(
        "[[idea]]\ntitle = 'A'\n\n# of b\n[[idea]]\ntitle = 'B'\n# still b\n\n# ---- later ----\n\n# of c\n[[idea]]\ntitle = 'C'\n",
        |_| Edit::Remove { id: "b".to_owned() },
        "[[idea]]\ntitle = 'A'\n\n# ---- later ----\n\n# of c\n[[idea]]\ntitle = 'C'\n",
    );
}

#[test]
fn a_new_idea_goes_to_the_end() {
    let mut idea = Idea::new("new", "New \"one\"");
    idea.tags = vec!["x".to_owned()];
    idea.ratings[Criterion::Headroom.index()] = Rating::range(3.0, 7.5);
    idea.decisions.push(Decision::new(
        date(2026, 1, 1),
        Status::Inbox,
        Status::Inbox,
        "two\nlines",
    ));
    let add = |_: &Idea| Edit::Add { idea: Box::new(idea.clone()), before: None };
    let new = "[[idea]]\nid = \"new\"\ntitle = 'New \"one\"'\ntags = [\"x\"]\n\n[idea.ratings]\nheadroom = [3, 7.5]\n\n[[idea.decision]]\ndate = 2026-01-01\nfrom = \"inbox\"\nto = \"inbox\"\nwhy = \"\"\"\ntwo\nlines\"\"\"\n";
    for (before, gap) in [
        ("[[idea]]\ntitle = 'A'\n", "\n"),
        ("[[idea]]\ntitle = 'A' # no line break", "\n\n"),
        ("[[idea]]\ntitle = 'A'\n\n# the end\n\n", ""),
    ] {
        check(before, add, &format!("{before}{gap}{new}"));
    }
    let front = |_: &Idea| Edit::Add { idea: Box::new(idea.clone()), before: Some("b".to_owned()) };
    check(
        "[[idea]]\ntitle = 'A'\n\n# of b\n[[idea]]\ntitle = 'B'\n",
        front,
        &format!("[[idea]]\ntitle = 'A'\n\n{new}\n# of b\n[[idea]]\ntitle = 'B'\n"),
    );
}

#[test]
fn ideas_written_as_an_inline_list_can_be_edited() {
    let before = "# all\nidea = [\n  { title = 'A', bet = { kind = 'hot' } }, # a\n  { title = 'B' },\n]\n[other]\nx = 1\n";
    let line = |from: &str, to: &str| before.replace(from, to);
    set(
        before,
        rating(Criterion::Headroom, "3"),
        &line("'hot' } }", "'hot' }, ratings = { headroom = 3 } }"),
    );
    check(
        before,
        |idea| Edit::append(idea, Entry::Log(log(3))),
        &line("'hot' } }", "'hot' }, log = [{ date = 2026-01-03, hours = 1.5, note = \"ran\" }] }"),
    );
    check(
        before,
        |idea| Edit::Remove { id: idea.id.clone() },
        &line("  { title = 'A', bet = { kind = 'hot' } }, # a\n", ""),
    );
    let idea = Box::new(Idea::new("c", "C"));
    check(
        before,
        |_| Edit::Add { idea: idea.clone(), before: None },
        &line("'B' },\n", "'B' },\n  { id = \"c\", title = \"C\" },\n"),
    );
}
