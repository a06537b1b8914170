//! Messages about an edit, as the person who made it would say it: with titles, and
//! old and new values.

use crate::domain::{
    Change, Decision, DuelEntry, Edit, Entry, EntryKind, Field, Forecast, ForecastResult, Idea,
    LogEntry, Portfolio, Promise, PromiseResult, Status, Value, Winner,
};
use crate::judge::{describe_promise, percent};
use crate::text::{sanitize, shorten};

/// Columns of a title in a message.
const TITLE: usize = 36;

/// Columns of a title where there are two.
const TITLE_OF_TWO: usize = 23;

/// Columns of other text.
const TEXT: usize = 40;

/// What an edit does to these ideas, as they stand before it.
pub(super) fn in_words(edit: &Edit, before: &Portfolio) -> String {
    let steps = edit.flatten();
    let title = |id: &str| titled(id, &steps, before);
    let said = most_telling(&steps, before).or_else(|| {
        let Edit::Change { id, change: Change::Set { field, value } } = steps.first()? else {
            return None;
        };
        Some(field_set(&title(id), before.get(id), *field, value.as_ref()))
    });
    let said = said.unwrap_or_else(|| edit.describe());
    match edit.additional_ideas() {
        more if more > 0 && !steps.iter().any(|step| matches!(step, Edit::Add { .. })) => {
            let first = edit.ids().first().map(|id| title(id)).unwrap_or_default();
            match said.split_once(&first) {
                Some((front, behind)) => format!("{front}{first} and {more} more{behind}"),
                None => format!("{said}, and {more} more"),
            }
        }
        _ => said,
    }
}

/// The same of a step that undoes: what stands again where that is one value, else what is undone.
pub(super) fn undone(step: &Edit, undone: &Edit, after: &Portfolio) -> String {
    if let [Edit::Change { id, change: Change::Set { field, value } }] = step.flatten()[..]
        && matches!(field, Field::Rating(_) | Field::BetInput(_))
    {
        let name = named(*field);
        return format!(
            "Undone: {name} of {} is {} again",
            title_of(id, after),
            shown(*field, value.as_ref())
        );
    }
    let mut said = in_words(undone, after);
    if let Some(first) = said.chars().next() {
        said.replace_range(..first.len_utf8(), &first.to_lowercase().to_string());
    }
    format!("Undone: {said}")
}

/// The title of an idea, in quotes; of one that is only added, from the edit.
fn titled(id: &str, steps: &[&Edit], before: &Portfolio) -> String {
    let added = steps.iter().find_map(|step| match step {
        Edit::Add { idea, .. } if idea.id == id => Some(&idea.title),
        _ => None,
    });
    match added {
        Some(title) => quoted(title, TITLE),
        None => title_of(id, before),
    }
}

fn title_of(id: &str, portfolio: &Portfolio) -> String {
    quoted(portfolio.get(id).map_or(id, |idea| idea.title.as_str()), TITLE)
}

fn quoted(text: &str, columns: usize) -> String {
    format!("\"{}\"", shorten(&sanitize(text), columns))
}

/// What tells most among the steps, the first idea's before the others'.
fn most_telling(steps: &[&Edit], before: &Portfolio) -> Option<String> {
    merged(steps, before).or_else(|| entered(steps, before)).or_else(|| first_step(steps, before))
}

fn merged(steps: &[&Edit], before: &Portfolio) -> Option<String> {
    let title = |id: &str| titled(id, steps, before);
    steps.iter().find_map(|step| match step {
        Edit::Change {
            id,
            change: Change::Set { field: Field::MergedInto, value: Some(into) },
        } => Some(format!("Merged {} into {}", title(id), title(&into.to_string()))),
        _ => None,
    })
}

/// The new entry that tells most: a decision, a promise, a forecast, a log entry.
fn entered(steps: &[&Edit], before: &Portfolio) -> Option<String> {
    let inserted = |kind: EntryKind| {
        steps.iter().find_map(|step| match step {
            Edit::Change { id, change: Change::Insert { entry, .. } } if entry.kind() == kind => {
                Some((id.as_str(), entry))
            }
            _ => None,
        })
    };
    let promise = inserted(EntryKind::Promise);
    let (id, entry) = inserted(EntryKind::Decision)
        .or(promise)
        .or_else(|| inserted(EntryKind::Forecast))
        .or_else(|| inserted(EntryKind::Log))?;
    let title = titled(id, steps, before);
    Some(match entry {
        Entry::Decision(decision) => {
            let said = decided(&title, decision, &waits(id, steps, before));
            match promise {
                Some((_, Entry::Promise(promise))) => {
                    format!("{said}. Promise by {}", promise.by.strftime("%-d %b"))
                }
                _ => said,
            }
        }
        Entry::Promise(promise) => promised(&title, promise, before.get(id)),
        Entry::Forecast(forecast) => foretold(&title, forecast),
        Entry::Log(log) => logged(&title, log),
    })
}

fn first_step(steps: &[&Edit], before: &Portfolio) -> Option<String> {
    let more_of = |is_same: fn(&Edit) -> bool, joint: &str| match steps
        .iter()
        .filter(|step| is_same(step))
        .count()
    {
        0 | 1 => String::new(),
        count => format!("{joint} {} more", count - 1),
    };
    match steps.first()? {
        Edit::Add { idea, .. } => {
            let more = more_of(|step| matches!(step, Edit::Add { .. }), ", and");
            Some(format!("Added {}{more}", quoted(&idea.title, TITLE)))
        }
        Edit::Remove { id } => {
            let more = more_of(|step| matches!(step, Edit::Remove { .. }), " and");
            Some(format!("Deleted {}{more}", titled(id, steps, before)))
        }
        Edit::Duel(DuelEntry::Duel(duel)) => {
            let name = |id: &str| {
                let title = before.get(id).map_or(id, |idea| idea.title.as_str());
                quoted(title, TITLE_OF_TWO)
            };
            let (left, right) = (name(&duel.left), name(&duel.right));
            Some(match duel.winner {
                Winner::Left => format!("Answered: {left} over {right}"),
                Winner::Right => format!("Answered: {right} over {left}"),
                Winner::Tie => format!("Answered: {left} = {right}"),
            })
        }
        Edit::Change { id, change: Change::Replace { entry, .. } } => {
            judged(&titled(id, steps, before), entry)
        }
        _ => None,
    }
}

/// Until when, or until what is decided, an edit parks an idea.
fn waits(id: &str, steps: &[&Edit], before: &Portfolio) -> String {
    steps
        .iter()
        .find_map(|step| match step {
            Edit::Change { id: of, change: Change::Set { field, value: Some(value) } }
                if of == id =>
            {
                match (field, value) {
                    (Field::ParkedUntil, Value::Date(day)) => {
                        Some(format!(" until {}", day.strftime("%-d %b %Y")))
                    }
                    (Field::ParkedOn, other) => {
                        Some(format!(" until {} is decided", title_of(&other.to_string(), before)))
                    }
                    _ => None,
                }
            }
            _ => None,
        })
        .unwrap_or_default()
}

fn decided(title: &str, decision: &Decision, waits: &str) -> String {
    let why = match sanitize(&decision.why) {
        why if why.is_empty() => String::new(),
        why => format!(": {}", shorten(&why, TEXT)),
    };
    match (decision.from, decision.to) {
        (Status::Active, Status::Active) => format!("Going on with {title}{why}"),
        (from, to) if from == to => format!("Looked again at {title}{why}"),
        (_, Status::Abandoned) => format!("Dropped {title}{why}"),
        (_, Status::Active) => format!("Started {title}{why}"),
        (_, Status::Parked) => format!("Parked {title}{waits}{why}"),
        (_, Status::Shortlist) => format!("Shortlisted {title}{why}"),
        (_, Status::Inbox) => format!("{title} is back in the inbox{why}"),
        (_, Status::Done) => format!("{title} is done{why}"),
    }
}

fn promised(title: &str, promise: &Promise, before: Option<&Idea>) -> String {
    let today = promise.set.unwrap_or(promise.by);
    let moved = before.and_then(|idea| idea.standing_promise(today));
    let was = moved.map(|(_, was)| format!(" (was {})", was.by.strftime("%-d %b")));
    let by = promise.by.strftime("%-d %b %Y");
    format!("Promise of {title}: {by}{}", was.unwrap_or_default())
}

fn foretold(title: &str, forecast: &Forecast) -> String {
    let (claim, by) = (quoted(&forecast.claim, TEXT), forecast.by.strftime("%a %-d %b"));
    format!("Forecast for {title}: {claim}, {} by {by}", percent(forecast.chance))
}

fn logged(title: &str, log: &LogEntry) -> String {
    let hours = log.hours.map(|hours| format!("{} h", (hours * 100.0).round() / 100.0));
    let level = log.traction.map(|level| format!("level {level}"));
    let note = (hours.is_none() && level.is_none()).then(|| "a note".to_owned());
    let said: Vec<String> = hours.into_iter().chain(level).chain(note).collect();
    format!("Logged {} on {title}", said.join(", "))
}

fn judged(title: &str, entry: &Entry) -> Option<String> {
    let (said, what) = match entry {
        Entry::Forecast(forecast) => {
            let said = match forecast.result? {
                ForecastResult::Yes => "came true",
                ForecastResult::No => "did not come true",
                ForecastResult::Void => "void",
            };
            (said, quoted(&forecast.claim, TEXT))
        }
        Entry::Promise(promise) => {
            let said = match promise.result? {
                PromiseResult::Kept => "kept",
                PromiseResult::Missed => "missed",
                PromiseResult::Void => "void",
            };
            let what = sanitize(&describe_promise(promise)).into_owned();
            (said, shorten(&what, TEXT).into_owned())
        }
        Entry::Log(_) | Entry::Decision(_) => return None,
    };
    Some(format!("Judged: {what} of {title}: {said}"))
}

fn field_set(title: &str, before: Option<&Idea>, field: Field, value: Option<&Value>) -> String {
    let was = before.and_then(|idea| idea.get(field));
    match field {
        Field::Title => {
            let new = value.map(ToString::to_string).unwrap_or_default();
            format!("Renamed {title} to {}", quoted(&new, TITLE))
        }
        Field::Summary => format!("Summary of {title} saved"),
        Field::Rechecked => format!("Chance and headroom of {title} looked at again"),
        Field::Case(_) => format!("Case of {title} saved"),
        Field::Rating(_) | Field::BetInput(_) | Field::Bet => {
            let (new, old) = (shown(field, value), shown(field, was.as_ref()));
            format!("{} of {title}: {new} (was {old})", named(field))
        }
        _ => {
            let new = value.map_or("none".to_owned(), ToString::to_string);
            let new = sanitize(&new).into_owned();
            format!("{} of {title}: {}", field.path().1, shorten(&new, TEXT))
        }
    }
}

/// The name of a field in a sentence.
fn named(field: Field) -> &'static str {
    match field {
        Field::Bet => "bet",
        field => field.path().1,
    }
}

/// A value as people read it; a chance in percent.
fn shown(field: Field, value: Option<&Value>) -> String {
    match value {
        None => "unknown".to_owned(),
        Some(Value::Rating(rating)) => crate::tui::screens::shown_rating(field, Some(*rating)),
        Some(Value::Bet(kind)) => kind.id().to_owned(),
        Some(other) => sanitize(&other.to_string()).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BetInput, Criterion, Rating};
    use jiff::civil::date;

    fn said(edit: &Edit) -> String {
        let mut idea = Idea::new("a", "Agents that keep a notebook");
        idea.ratings[Criterion::Headroom.index()] = Some(Rating::value(4.0));
        in_words(edit, &Portfolio::new(vec![idea], Vec::new()))
    }

    #[test]
    fn a_message_carries_the_title_and_both_values() {
        let rated = |field, value| Edit::set("a", field, Some(Value::Rating(Rating::value(value))));
        let headroom = Field::Rating(Criterion::Headroom);
        assert_eq!(
            said(&rated(headroom, 8.0)),
            "headroom of \"Agents that keep a notebook\": 8 (was 4)"
        );
        let chance = rated(Field::BetInput(BetInput::Chance), 0.1);
        assert_eq!(said(&chance), "chance of \"Agents that keep a notebook\": 10 % (was unknown)");
        assert_eq!(
            said(&Edit::Remove { id: "a".into() }),
            "Deleted \"Agents that keep a notebook\""
        );
        let idea = Idea::new("a", "x");
        let dropped = Edit::decide(&idea, Status::Abandoned, date(2026, 3, 1), "others have it");
        assert_eq!(said(&dropped), "Dropped \"Agents that keep a notebook\": others have it");
        let log = LogEntry::from_words(["3h", "6", "works"], date(2026, 3, 1));
        let logged = Edit::append(&idea, Entry::Log(log));
        assert_eq!(said(&logged), "Logged 3 h, level 6 on \"Agents that keep a notebook\"");
    }

    #[test]
    fn an_undone_rating_says_what_stands_again() {
        let idea = Idea::new("a", "Agents");
        let portfolio = Portfolio::new(vec![idea.clone()], Vec::new());
        let field = Field::Rating(Criterion::Headroom);
        let back = Edit::set("a", field, Some(Value::Rating(Rating::value(4.0))));
        let forth = Edit::set("a", field, Some(Value::Rating(Rating::value(8.0))));
        let text = undone(&back, &forth, &portfolio);
        assert_eq!(text, "Undone: headroom of \"Agents\" is 4 again");
        let parked = Edit::decide(&idea, Status::Parked, date(2026, 3, 1), "");
        assert_eq!(undone(&parked, &parked, &portfolio), "Undone: parked \"Agents\"");
    }
}
