//! Answers to the questions of the Review screen: decisions, promises,
//! hindsight.

use crate::domain::{
    Change, Date, Decision, Edit, Entry, EntryKind, Field, Idea, LogEntry, Outcome, Promise,
    PromiseResult, Status, Value, day_from_words,
};
use crate::judge::{describe_promise, level_forecast, percent, reminder};
use crate::tui::dialogs::{About, Answer, Prompt, Question, Then};
use crate::tui::screens::Action;
use crate::tui::screens::review::{CAUSES, PROMISE_HINT, RETURNS};
use crate::tui::world::World;

/// Levels that can be filled in from memory.
const RECALLED: usize = 5;

/// What an answer leads to.
///
/// # Errors
/// Says what is wrong with it, so that it can be put right.
pub(super) fn answered(
    idea: &Idea,
    question: &Question,
    answer: &Answer,
    world: &World,
) -> Result<Vec<Action>, String> {
    let today = world.portfolio.as_of();
    let action = match (question, answer) {
        (Question::GoOnWhy, Answer::Text(why)) => {
            let why = needed(why, "a reason is needed: what makes it worth going on?")?;
            ask(idea, "promise", PROMISE_HINT, Question::GoOnPromise { why })
        }
        (Question::GoOnPromise { why }, Answer::Text(line)) => {
            let promise = Promise::from_line(line, today)?;
            let goes_on = Edit::decide(idea, Status::Active, today, why);
            Action::Edit(Edit::Group(vec![goes_on, Edit::promise(idea, promise, today)]))
        }
        (Question::PivotTitle, Answer::Text(title)) => {
            let title = needed(title, "the new idea needs a title")?;
            let hint = "what this one taught that the new one builds on";
            ask(idea, "because", hint, Question::PivotWhy { title })
        }
        (Question::PivotWhy { title }, Answer::Text(why)) => pivot(idea, title, why, world),
        (Question::Cause, Answer::Chosen(line)) => {
            let cause = CAUSES.get(*line).copied().unwrap_or_default();
            ask_with(idea, "dropped, because", cause, "in your own words", Question::CauseWords)
        }
        (Question::CauseWords, Answer::Text(why)) => {
            let why = needed(why, "a cause is needed, so that the next one like it is warned")?;
            let hint = "what will you do differently? Enter leaves it empty";
            ask(idea, "lesson", hint, Question::Lesson { why })
        }
        (Question::Lesson { why }, Answer::Text(lesson)) => {
            let hint = "a day, or a phrase that would turn up in a newer idea or log; may be empty";
            let question = Question::Trigger { why: why.clone(), lesson: lesson.clone() };
            ask(idea, "look again when", hint, question)
        }
        (Question::Trigger { why, lesson }, Answer::Text(trigger)) => {
            abandon(idea, why, lesson, trigger, today)
        }
        (Question::Revive, Answer::Chosen(line)) => revive(idea, *line),
        (Question::Promise, Answer::Text(line)) => {
            let promise = Promise::from_line(line, today)?;
            Action::Edit(Edit::promise(idea, promise, today))
        }
        (Question::PromiseEnd { at }, Answer::Chosen(line)) => end(idea, *at, *line, today)?,
        (Question::Outcome, Answer::Chosen(line)) => {
            let outcome = Outcome::ALL.get(*line).copied().unwrap_or(Outcome::Open);
            let hint = "where you saw it; may be empty";
            ask(idea, &format!("{outcome}, because"), hint, Question::OutcomeWhy(outcome))
        }
        (Question::OutcomeWhy(outcome), Answer::Text(why)) => {
            Action::Edit(looked_back(idea, *outcome, why, today))
        }
        (Question::Recall, Answer::Text(line)) => {
            let entries = recalled(idea, line, today)?;
            let at = idea.entries(EntryKind::Log);
            let insert = |(at, entry)| {
                let change = Change::Insert { at, entry: Entry::Log(entry) };
                Edit::Change { id: idea.id.clone(), change }
            };
            Action::Edit(Edit::Group((at..).zip(entries).map(insert).collect()))
        }
        _ => return Ok(Vec::new()),
    };
    Ok(vec![action])
}

/// What is understood of a promise that is being typed, after what the log says
/// of its level and what became of promises like it.
pub(super) fn understood(
    idea: &Idea,
    question: &Question,
    text: &str,
    world: &World,
) -> Option<String> {
    if !matches!(question, Question::Promise | Question::GoOnPromise { .. }) {
        return None;
    }
    let today = world.portfolio.as_of();
    let mut words = text.split_whitespace();
    let Ok(promise) = Promise::from_line(text, today) else {
        let by = words.next().and_then(|word| word.parse().ok().or(day_from_words(word, today)));
        return by.map(|by: Date| format!("by {by} · then a chance, a level or a claim"));
    };
    let remembered =
        promise.chance.map(|chance| reminder(world.portfolio.portfolio(), chance, today));
    let forecast = promise.traction.and_then(|level| {
        level_forecast(idea, level, promise.by, world.portfolio.stall_rule(), today)
    });
    let forecast = forecast.map(|forecast| format!("log: {}", percent(forecast.chance)));
    let said = [format!("by {}", promise.by), describe_promise(&promise)];
    let parts: Vec<String> = forecast.into_iter().chain(remembered).chain(said).collect();
    Some(parts.join(" · "))
}

fn needed(text: &str, refusal: &str) -> Result<String, String> {
    if text.is_empty() { Err(refusal.to_owned()) } else { Ok(text.to_owned()) }
}

fn ask(idea: &Idea, label: &str, hint: &str, question: Question) -> Action {
    ask_with(idea, label, "", hint, question)
}

fn ask_with(idea: &Idea, label: &str, text: &str, hint: &str, question: Question) -> Action {
    let then = Then::Idea { id: idea.id.clone(), about: About::Review(question) };
    Action::Ask(Prompt::line(label, text, hint, then))
}

/// Gives an idea up for a new one that keeps its tags, its people and its
/// folder, and says where it comes from.
fn pivot(idea: &Idea, title: &str, why: &str, world: &World) -> Action {
    let today = world.portfolio.as_of();
    let id = world.portfolio.portfolio().free_id(title);
    let because = if why.is_empty() { String::new() } else { format!(": {why}") };
    let origin = format!("grew out of {}{because}", idea.id);
    let decision = Decision::new(today, Status::Inbox, Status::Active, origin.clone());
    let new = Idea {
        summary: format!("It {origin}."),
        tags: idea.tags.clone(),
        people: idea.people.clone(),
        dir: idea.dir.clone(),
        created: Some(today),
        status: Status::Active,
        decisions: vec![decision],
        ..Idea::new(id.clone(), title)
    };
    let given_up = format!("pivoted to {id}{because}");
    Action::Edit(Edit::Group(vec![
        Edit::decide(idea, Status::Abandoned, today, &given_up),
        Edit::Add { idea: Box::new(new), before: None },
    ]))
}

fn abandon(idea: &Idea, why: &str, lesson: &str, trigger: &str, today: Date) -> Action {
    let lesson = (!lesson.is_empty()).then(|| lesson.to_owned());
    let mut edits = vec![Edit::decide_and_learn(idea, Status::Abandoned, today, why, lesson)];
    let day = trigger.parse().ok().or_else(|| day_from_words(trigger, today));
    let set = |field, value| Edit::set(&idea.id, field, value);
    if !trigger.is_empty() {
        edits.push(match day {
            Some(day) => set(Field::ReviveOn, Some(Value::Date(day))),
            None => set(Field::ReviveIf, Some(Value::Text(trigger.to_owned()))),
        });
    }
    for field in [Field::ParkedUntil, Field::ParkedOn] {
        if idea.get(field).is_some() {
            edits.push(set(field, None));
        }
    }
    Action::Edit(Edit::Group(edits))
}

fn revive(idea: &Idea, line: usize) -> Action {
    let to = RETURNS.get(line).map_or(Status::Inbox, |(status, _)| *status);
    let then = Then::Idea { id: idea.id.clone(), about: About::Why(to) };
    let hint = "what has changed since it was put there";
    Action::Ask(Prompt::line(format!("{to}, because"), "", hint, then))
}

/// Records how a promise ended: kept, missed or void, in this order.
fn end(idea: &Idea, at: usize, line: usize, today: Date) -> Result<Action, String> {
    let promise = idea.promises.get(at).ok_or("the promise is gone")?;
    let result = PromiseResult::ALL.get(line).copied();
    let entry = Entry::Promise(Promise { result, resolved: Some(today), ..promise.clone() });
    let change = Change::Replace { at, entry };
    Ok(Action::Edit(Edit::Change { id: idea.id.clone(), change }))
}

/// A second look that changes nothing but what is known of the world.
fn looked_back(idea: &Idea, outcome: Outcome, why: &str, today: Date) -> Edit {
    let why = if why.is_empty() { outcome.id() } else { why };
    Edit::Group(vec![
        Edit::decide(idea, idea.status, today, why),
        Edit::set(&idea.id, Field::HindsightDate, Some(Value::Date(today))),
        Edit::set(&idea.id, Field::HindsightOutcome, Some(Value::Outcome(outcome))),
    ])
}

/// `40h 2 4 5`: so many hours in all, and up to five levels, spread evenly from
/// when the work began, or a day for each before the first entry, until today.
fn recalled(idea: &Idea, line: &str, today: Date) -> Result<Vec<LogEntry>, String> {
    let expected = "total hours, then up to five levels 0–10, the oldest first: 40h 2 4 5";
    let mut words = line.split_whitespace();
    let hours = words.next().and_then(|word| word.strip_suffix('h')).and_then(|h| h.parse().ok());
    let hours: f64 = hours.filter(|h: &f64| h.is_finite() && *h >= 0.0).ok_or(expected)?;
    let levels: Option<Vec<f64>> =
        words.map(|word| word.parse().ok().filter(|level| (0.0..=10.0).contains(level))).collect();
    let levels = levels.filter(|levels| levels.len() <= RECALLED).ok_or(expected)?;
    let begun = idea.decisions.iter().find(|d| d.to == Status::Active).map(|d| d.date);
    let begun = begun.or(idea.created).filter(|begun| *begun < today).unwrap_or(today);
    let last = idea.log.iter().map(|entry| entry.date).min().filter(|first| *first > begun);
    let days = begun.duration_until(last.unwrap_or(today)).as_hours() / 24;
    let count = levels.len().max(1);
    let entry = |i: usize| {
        let share = (i + 1) as f64 / count as f64;
        let offset = std::time::Duration::from_secs_f64(86_400.0 * (days as f64 * share).floor());
        LogEntry {
            date: begun.saturating_add(offset),
            hours: Some((hours / count as f64 * 100.0).round() / 100.0),
            traction: levels.get(i).copied(),
            note: String::new(),
            recalled: true,
            output: None,
        }
    };
    Ok((0..count).map(entry).collect())
}
