//! The byte law: undoing everything gives the same bytes, whatever was done.

use jiff::civil::date;
use proptest::prelude::*;
use prospect::domain::{
    BetKind, CaseField, Change, CleanSlate, Criterion, Decision, Edit, EditError, Entry, EntryKind,
    Field, Idea, LogEntry, Outcome, Portfolio, Promise, Rating, Status, Value, ValueKind,
};
use prospect::store::{OnConflict, StoreError};

use crate::support::{TestWorkspace, rounds};

const NASTY: &str = include_str!("nasty.toml");

/// What a random edit is made of; indices wrap around.
#[derive(Clone, Debug)]
struct Seed {
    kind: u8,
    idea: usize,
    field: usize,
    at: usize,
    number: u8,
    text: String,
}

fn seeds(count: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = Vec<Seed>> {
    let text = prop_oneof![
        "[a-z ]{0,12}",
        "[ -~]{0,12}",
        "\\PC{0,6}",
        Just("two\nlines\n".to_owned()),
        Just("'''\"\"\"\\".to_owned()),
        Just("\u{1b}[31mred\r\n\t\u{7f}".to_owned()),
        Just("\n[[idea]]\ntitle = \"not one\"\n".to_owned()),
    ];
    let seed = (0..12_u8, 0..50_usize, 0..80_usize, 0..6_usize, 0..=20_u8, text);
    let seed = seed.prop_map(|(kind, idea, field, at, number, text)| Seed {
        kind,
        idea,
        field,
        at,
        number,
        text,
    });
    prop::collection::vec(seed, count)
}

impl Seed {
    fn value(&self, field: Field) -> Option<Value> {
        let number = f64::from(self.number) / 2.0;
        let one = |count: usize| self.at % count;
        match field.kind() {
            _ if self.number == 0 => None,
            ValueKind::Text => Some(Value::Text(self.text.clone())),
            ValueKind::List => {
                let items = self.text.split(' ').map(str::to_owned);
                Some(Value::List(items.chain(["end".to_owned()]).collect()))
            }
            ValueKind::Date => Some(Value::Date(self.date())),
            ValueKind::Rating { max } => {
                let high = number / 10.0 * max;
                let low = if self.at.is_multiple_of(2) { high } else { high / 2.0 };
                Rating::range(low, high).map(Value::Rating)
            }
            ValueKind::Status => Some(Value::Status(Status::ALL[one(Status::ALL.len())])),
            ValueKind::Bet => Some(Value::Bet(BetKind::ALL[one(2)])),
            ValueKind::Outcome => Some(Value::Outcome(Outcome::ALL[one(Outcome::ALL.len())])),
        }
    }

    fn date(&self) -> jiff::civil::Date {
        date(2026, 1 + i8::try_from(self.at).unwrap(), 1 + i8::try_from(self.number).unwrap())
    }

    fn entry(&self) -> Entry {
        let number = f64::from(self.number) / 2.0;
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        match self.field % 3 {
            0 => Entry::Log(LogEntry {
                date: self.date(),
                hours: Some(number),
                traction: (self.at > 2).then_some(number),
                note: self.text.clone(),
                recalled: self.at == 1,
                output: None,
            }),
            1 => Entry::Promise(Promise {
                set: None,
                by: self.date(),
                claim: text(&self.text),
                traction: Some(number),
                chance: Some(number / 10.0),
                result: None,
                resolved: None,
                amended: (self.at > 3).then(|| self.date()),
            }),
            _ => Entry::Decision(Decision {
                lesson: text(&self.text),
                taken_by: text(&self.text),
                score: Some(10.0 * number),
                clean_slate: (self.at > 1).then_some(CleanSlate::Unsure),
                log_chance: (self.at > 2).then_some(number / 10.0),
                ..Decision::new(
                    self.date(),
                    Status::Inbox,
                    Status::ALL[self.at % Status::ALL.len()],
                    self.text.clone(),
                )
            }),
        }
    }

    fn edit(&self, portfolio: &Portfolio) -> Option<Edit> {
        let ideas = portfolio.ideas();
        let idea = ideas.get(self.idea % ideas.len().max(1));
        let change = |change| Some(Edit::Change { id: idea?.id.clone(), change });
        match self.kind {
            0..=5 => {
                let fields = Field::all();
                let field = fields[self.field % fields.len()];
                Some(Edit::set(&idea?.id, field, self.value(field)))
            }
            6 => Some(Edit::append(idea?, self.entry())),
            7 => change(Change::Insert { at: self.at, entry: self.entry() }),
            8 => change(Change::Replace { at: self.at, entry: self.entry() }),
            9 => change(Change::Remove { at: self.at, kind: EntryKind::ALL[self.field % 3] }),
            10 => Some(Edit::Remove { id: idea?.id.clone() }),
            _ => {
                let title = if self.text.is_empty() { "Same" } else { &self.text };
                let mut new = Idea::new(portfolio.free_id(title), title);
                new.summary.clone_from(&self.text);
                new.ratings[Criterion::Headroom.index()] = Some(Rating::value(1.0));
                new.case[CaseField::Test as usize] = Some("run it".to_owned());
                let before = (self.at > 2).then(|| idea.map(|idea| idea.id.clone())).flatten();
                Some(Edit::Add { idea: Box::new(new), before })
            }
        }
    }
}

/// Edits, undoes all, redoes all; every other edit through another workspace on
/// the same files if `alternate`.
fn check(text: &str, seeds: &[Seed], alternate: bool) {
    let files = TestWorkspace::with(text);
    let mut opened = files.open();
    let mut other = files.open();
    assert_eq!(opened.problems.iter().filter(|p| p.code != "unknown-key").count(), 0);
    let mut texts = vec![text.to_owned()];
    for seed in seeds {
        if alternate {
            std::mem::swap(&mut opened, &mut other);
            opened.reload();
        }
        let Some(edit) = seed.edit(&opened.portfolio) else { continue };
        match opened.try_edit(&edit) {
            Ok(_) => {}
            Err(StoreError::Edit(EditError::IdTaken { .. })) => continue,
            Err(StoreError::Edit(_)) => continue,
            Err(error) => panic!("{edit:?}: {error:?}\n{}", texts.last().unwrap()),
        }
        let now = files.text();
        let whole = toml::from_str::<toml::Table>(&now);
        assert!(whole.is_ok(), "{edit:?}: {whole:?}\n{now}");
        if now != *texts.last().unwrap() {
            texts.push(now);
        }
    }
    let read = files.open();
    let errors: Vec<_> = read.problems.iter().filter(|p| p.severity.id() == "error").collect();
    assert!(errors.is_empty(), "{errors:?}\n{}", files.text());
    assert_same(&read.portfolio, &opened.portfolio);

    let mut opened = files.open();
    for before in texts.iter().rev().skip(1) {
        opened.workspace.undo(OnConflict::Ask).unwrap().unwrap();
        assert_eq!(files.text(), *before);
    }
    assert!(opened.workspace.undo(OnConflict::Ask).unwrap().is_none());
    let mut opened = files.open();
    for after in &texts[1..] {
        opened.redo().unwrap();
        assert_eq!(files.text(), *after);
    }
    assert_eq!(opened.redo(), None);
    assert_same(&opened.portfolio, &read.portfolio);
}

/// Equal ideas, in whatever order.
fn assert_same(one: &Portfolio, other: &Portfolio) {
    let sorted = |portfolio: &Portfolio| {
        let mut ideas = portfolio.ideas().to_vec();
        ideas.sort_by(|a, b| a.id.cmp(&b.id));
        ideas
    };
    assert_eq!(sorted(one), sorted(other));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_gives_the_same_bytes(seeds in seeds(1..40)) {
        check(NASTY, &seeds, false);
    }

    #[test]
    fn line_endings_and_byte_order_marks_make_no_difference(seeds in seeds(1..25)) {
        let text = NASTY.replace("\r\n", "\n").replace('\n', "\r\n");
        check(&format!("\u{feff}{}", text.trim_start_matches('\u{feff}')), &seeds, false);
    }

    #[test]
    fn inline_lists_obey_the_law_too(seeds in seeds(1..25)) {
        let text = "# all\nidea = [\n\t{ title = 'A', bet = { kind = 'hot' } }, # a\n\n\t{ title = 'B', x = 1, log = [{ date = 2026-01-01 }] } # b\n] # end";
        check(text, &seeds, false);
    }
}

proptest! {
    // Each waits until what the other has just saved stands still.
    #![proptest_config(ProptestConfig { cases: rounds(4, 24) as u32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_who_take_turns_undo_everything(seeds in seeds(1..20)) {
        check(NASTY, &seeds, true);
    }
}

#[test]
fn many_edits_are_undone() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let seeds =
        seeds(rounds(200, 1_000)).new_tree(&mut TestRunner::deterministic()).unwrap().current();
    check(NASTY, &seeds, false);
}
