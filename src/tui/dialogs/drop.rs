//! Dropping ideas: by one digit in triage, else in a box with the cause, what was
//! learned and what would bring it back; and the names of those who have it.

use crate::domain::{
    Change, CleanSlate, Edit, Entry, EntryKind, Field, Idea, Status, Value, day_from_words,
};
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{
    Answer, Dialog, Form, Prompt, TypedLine, as_one, decided, decision, for_each, named,
};
use super::line_assist::fitting;

/// Why ideas are dropped, in the order of their numbers.
pub(crate) const CAUSES: [&str; 5] =
    ["little left to win", OTHERS_HAVE_IT, "not for me", "too slow or too dear", "it bores me"];

/// The same for ideas that are being worked on.
const RUNNING_CAUSES: [&str; 5] = [
    "no traction for the effort it takes",
    OTHERS_HAVE_IT,
    "a better idea waits",
    "too hard for us now",
    "it no longer matters",
];

const OTHERS_HAVE_IT: &str = "others have it";

/// The cause in the files where others have it already.
const TAKEN: &str = "taken";

/// Dropping cards of triage: one digit says why.
#[derive(Debug)]
pub(crate) struct DropMenu {
    pub ids: Vec<String>,
}

impl Dialog for DropMenu {
    fn prompt(&self, world: &World) -> Prompt {
        let lines = CAUSES.iter().copied().chain(["another reason (type it)"]);
        let label = format!("Drop {}: why?", named(&self.ids, world));
        let form = Form::list_in_two(lines);
        Prompt::new("drop menu", label, form).verb("drop")
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        match answer.chosen().and_then(|line| CAUSES.get(line)) {
            Some(cause) => for_each(&self.ids, world, |idea| {
                Ok(Some(dropped(idea, cause, "", None, None, world)))
            }),
            None => Ok(vec![Action::ask(DropWords { ids: self.ids.clone() })]),
        }
    }
}

/// The sixth reason of triage: words of one's own.
#[derive(Debug)]
struct DropWords {
    ids: Vec<String>,
}

impl Dialog for DropWords {
    fn prompt(&self, world: &World) -> Prompt {
        let form = Form::line("as you would tell it to a colleague");
        Prompt::new("drop", format!("Drop {}: why?", named(&self.ids, world)), form).verb("drop")
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let why = answer.text();
        if why.is_empty() {
            return Err("a few words, so that the next one like it is warned".to_owned());
        }
        for_each(&self.ids, world, |idea| Ok(Some(dropped(idea, why, "", None, None, world))))
    }
}

/// Dropping one idea, or all that are marked, in a box.
#[derive(Debug)]
pub(crate) struct Drop {
    pub ids: Vec<String>,
    /// The answer to "would you start this today?", if it was asked.
    pub slate: Option<CleanSlate>,
}

impl Drop {
    fn causes(&self, world: &World) -> &'static [&'static str] {
        let first = self.ids.first().and_then(|id| world.portfolio.idea(id));
        let runs = first.is_some_and(|idea| idea.status == Status::Active);
        if runs { &RUNNING_CAUSES } else { &CAUSES }
    }
}

const WHY: usize = 0;
const TAKEN_BY: usize = 1;
const LESSON: usize = 2;
const RETURN: usize = 3;

impl Dialog for Drop {
    fn prompt(&self, world: &World) -> Prompt {
        let numbered =
            self.causes(world).iter().zip(1..).map(|(cause, number)| format!("{number} {cause}"));
        let causes = numbered.collect::<Vec<_>>().join(" · ");
        let form = Form::lines(vec![
            TypedLine::new("Why", format!("{causes}, or your own words")),
            TypedLine::new("Who has it", "a paper, a group, an address; may stay empty"),
            TypedLine::new("You learned", "what will you do differently? May stay empty"),
            TypedLine::new(
                "Back when",
                "a day, or a phrase that would turn up in a newer idea or log; may stay empty",
            ),
        ]);
        Prompt::new("drop", format!("Drop {}", named(&self.ids, world)), form).verb("drop")
    }

    fn preview(&self, answer: &Answer, at: usize, world: &World) -> Result<Option<String>, String> {
        let text = answer.line(at);
        Ok(match at {
            WHY => {
                cause(text, self.causes(world)).filter(|cause| *cause != text).map(str::to_owned)
            }
            RETURN => day_from_words(text, world.portfolio.as_of())
                .map(|day| format!("looked at again on {}", day.strftime("%A %-d %b %Y"))),
            _ => None,
        })
    }

    fn complete(&self, line: usize, front: &str, world: &World) -> (usize, Vec<String>) {
        match line {
            WHY => fitting(
                0,
                front,
                self.causes(world).iter().map(|cause| (*cause).to_owned()).collect(),
            ),
            _ => (0, Vec::new()),
        }
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let Some(why) = cause(answer.line(WHY), self.causes(world)) else {
            let why = "why? A few words, so that the next one like it is warned";
            return Err(why.to_owned());
        };
        let taken_by = answer.line(TAKEN_BY);
        for_each(&self.ids, world, |idea| {
            let lesson = answer.line(LESSON);
            let lesson = (!lesson.is_empty()).then(|| lesson.to_owned());
            let mut edits = vec![dropped(idea, why, taken_by, lesson, self.slate, world)];
            edits.extend(comes_back(idea, answer.line(RETURN), world));
            Ok(Some(Edit::Group(edits)))
        })
    }
}

/// The cause that is typed: by its number or in words; `None` if nothing is.
fn cause<'a>(text: &'a str, causes: &[&'static str]) -> Option<&'a str> {
    let numbered = text.parse::<usize>().ok().and_then(|number| causes.get(number.checked_sub(1)?));
    numbered.copied().or((!text.is_empty()).then_some(text))
}

fn dropped(
    idea: &Idea,
    why: &str,
    taken_by: &str,
    lesson: Option<String>,
    clean_slate: Option<CleanSlate>,
    world: &World,
) -> Edit {
    let others_have_it = why == OTHERS_HAVE_IT || !taken_by.is_empty();
    let decision = crate::domain::Decision {
        cause: others_have_it.then(|| TAKEN.to_owned()),
        taken_by: (!taken_by.is_empty()).then(|| taken_by.to_owned()),
        lesson,
        clean_slate,
        ..decision(idea, Status::Abandoned, why, world)
    };
    Edit::Group(decided(idea, decision))
}

/// What lets an idea come back: a day, or a phrase.
fn comes_back(idea: &Idea, text: &str, world: &World) -> Option<Edit> {
    let set = |field, value| Some(Edit::set(&idea.id, field, Some(value)));
    match day_from_words(text, world.portfolio.as_of()) {
        _ if text.is_empty() => None,
        Some(day) => set(Field::ReviveOn, Value::Date(day)),
        None => set(Field::ReviveIf, Value::Text(text.to_owned())),
    }
}

/// Lines of the box at most.
const LABELS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

/// Naming who has what, a line an idea.
#[derive(Debug)]
pub(crate) struct Holders {
    /// The ideas: the first few of those that were given.
    ids: Vec<String>,
}

impl Holders {
    pub(crate) fn new(ids: Vec<String>) -> Self {
        Self { ids: ids.into_iter().take(LABELS.len()).collect() }
    }

    /// Whether an idea was dropped because others have it, and it is not said who.
    pub(crate) fn is_open(idea: &Idea) -> bool {
        let last = idea.decisions.last();
        last.is_some_and(|last| last.cause.as_deref() == Some("taken") && last.taken_by.is_none())
    }
}

impl Dialog for Holders {
    fn prompt(&self, _: &World) -> Prompt {
        let hint = "a paper, a group, an address; may stay empty";
        let lines = LABELS.iter().zip(&self.ids).map(|(label, _)| TypedLine::new(label, hint));
        Prompt::new("who has it", "Who has it?", Form::lines(lines.collect()))
    }

    fn about(&self, _answer: &Answer, world: &World) -> Vec<String> {
        let titles = self.ids.iter().filter_map(|id| world.portfolio.idea(id));
        titles.zip(LABELS).map(|(idea, label)| format!(" {label}  {}", idea.title)).collect()
    }

    fn submit(&mut self, answer: &Answer, world: &World) -> Result<Vec<Action>, String> {
        let named = self.ids.iter().enumerate().filter(|(at, _)| !answer.line(*at).is_empty());
        let edit = |(at, id): (usize, &String)| held_by(world.portfolio.idea(id)?, answer.line(at));
        Ok(as_one(named.filter_map(edit).collect()))
    }
}

/// Says in the last decision about an idea who has it.
fn held_by(idea: &Idea, holder: &str) -> Option<Edit> {
    let at = idea.entries(EntryKind::Decision).checked_sub(1)?;
    let mut decision = idea.decisions.get(at)?.clone();
    decision.taken_by = Some(holder.to_owned());
    let change = Change::Replace { at, entry: Entry::Decision(decision) };
    Some(Edit::Change { id: idea.id.clone(), change })
}
