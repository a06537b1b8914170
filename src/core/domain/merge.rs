//! The edits by which one idea takes in another, and by which one becomes another.

#[cfg(test)]
mod tests;

use jiff::civil::Date;

use super::{
    BetInput, CaseField, Change, Criterion, Edit, Entry, EntryKind, Field, Idea, Portfolio, Rating,
    Status, Value, unique,
};

/// The edit by which `target` takes in `source`, as of a day; `None` if one of
/// them does not exist or both are the same.
///
/// Nothing is dropped, and every reference to the source (of duels, of other
/// people's ratings, of other ideas) leads to the target from then on:
///
/// - The target keeps its title. Title and text of the source are put below its
///   summary; tags, links and people are united; the earlier `created` counts;
///   what the target lacks (bet, case, folder, who proposed it) comes from the
///   source.
/// - Log, promises and forecasts move over, by date, so that no hour and no forecast
///   counts twice.
/// - A rating that only one has is taken; where both have one, the range that
///   spans both: one idea was judged twice, and that is how sure one is.
/// - The source becomes an abandoned idea, `merged_into` the target, with a
///   decision. It keeps its text, ratings and decisions, under a new id: its
///   old ones are aliases of the target.
#[must_use]
pub fn merge(portfolio: &Portfolio, source: &str, target: &str, date: Date) -> Option<Edit> {
    let source = portfolio.get(source)?;
    let target = portfolio.get(target)?;
    if source.id == target.id {
        return None;
    }
    let mut edits = vec![Edit::set(&source.id, Field::MergedInto, text(&target.id))];
    edits.extend(joined_fields(source, target));
    edits.extend(moved_entries(source, target));
    edits.push(Edit::decide(
        source,
        Status::Abandoned,
        date,
        &format!("merged into {}", target.id),
    ));
    let id = unique(format!("{}-merged", source.id), |id| portfolio.get(id).is_some());
    edits.push(Edit::set(&source.id, Field::Aliases, None));
    edits.push(Edit::set(&source.id, Field::Id, text(&id)));
    let names = [vec![source.id.clone()], source.aliases.clone()].concat();
    edits.push(Edit::set(&target.id, Field::Aliases, list(union(&target.aliases, &names))));
    Some(Edit::Group(edits))
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

fn list(list: Vec<String>) -> Option<Value> {
    Some(Value::List(list))
}

/// What changes about the fields of the target.
fn joined_fields(source: &Idea, target: &Idea) -> Vec<Edit> {
    let mut joined: Vec<(Field, Option<Value>)> = vec![
        (Field::Summary, text(&joined_summary(source, target))),
        (Field::Tags, list(union(&target.tags, &source.tags))),
        (Field::Links, list(union(&target.links, &source.links))),
        (Field::People, list(joined_people(source, target))),
        (
            Field::Created,
            [source.created, target.created].iter().flatten().min().copied().map(Value::Date),
        ),
    ];
    let lacking = [Field::From, Field::Dir].into_iter();
    let lacking = lacking.chain(CaseField::ALL.iter().copied().map(Field::Case));
    joined.extend(
        lacking
            .filter(|field| target.get(*field).is_none())
            .map(|field| (field, source.get(field))),
    );
    joined.extend(Criterion::ALL.map(|criterion| {
        let rating = span(target.rating(criterion), source.rating(criterion));
        (Field::Rating(criterion), rating.map(Value::Rating))
    }));
    joined.extend(joined_bet(source, target));
    if target.parked_on.as_ref().is_some_and(|id| *id == source.id || source.aliases.contains(id)) {
        joined.push((Field::ParkedOn, None));
    }
    joined
        .into_iter()
        .filter(|(field, value)| {
            target.get(*field) != value.clone().filter(|value| !is_empty(value))
        })
        .map(|(field, value)| Edit::set(&target.id, field, value))
        .collect()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        _ => false,
    }
}

fn joined_summary(source: &Idea, target: &Idea) -> String {
    let title = (source.title != target.title).then(|| format!("**{}**", source.title));
    let summary = source.summary.trim();
    let summary = (!target.summary.contains(summary)).then(|| summary.to_owned());
    let own = Some(target.summary.clone()).filter(|own| !own.trim().is_empty());
    match (&title, &summary) {
        (None, None) => target.summary.clone(),
        _ => {
            let parts = [own.map(|own| own.trim_end().to_owned()), title, summary];
            parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
        }
    }
}

/// The people of both; who proposed the source is one of them where another
/// person proposed the target.
fn joined_people(source: &Idea, target: &Idea) -> Vec<String> {
    let people = union(&target.people, &source.people);
    match (&source.from, &target.from) {
        (Some(theirs), Some(ours)) if theirs != ours => {
            union(&people, std::slice::from_ref(theirs))
        }
        _ => people,
    }
}

/// The bet of the target, with the answers of the source where both bet in the
/// same way; the bet of the source where the target has none. Answers that
/// widen come before those that are new, so that no step puts the reward under
/// the fallback.
fn joined_bet(source: &Idea, target: &Idea) -> Vec<(Field, Option<Value>)> {
    let Some(kind) = target.bet.or(source.bet) else { return Vec::new() };
    if source.bet.is_some_and(|theirs| theirs != kind) {
        return Vec::new();
    }
    let mut joined = target.clone();
    joined.bet = Some(kind);
    for input in kind.inputs() {
        joined.bet_inputs[input.index()] = span(target.bet_input(input), source.bet_input(input));
    }
    if joined.reward_lies_under_fallback() {
        return Vec::new();
    }
    let (widened, new): (Vec<BetInput>, Vec<BetInput>) =
        kind.inputs().into_iter().partition(|input| target.bet_input(*input).is_some());
    let answers = widened.into_iter().chain(new).map(Field::BetInput);
    std::iter::once(Field::Bet).chain(answers).map(|field| (field, joined.get(field))).collect()
}

fn span(one: Option<Rating>, other: Option<Rating>) -> Option<Rating> {
    match (one, other) {
        (Some(one), Some(other)) => {
            Rating::range(one.low().min(other.low()), one.high().max(other.high()))
        }
        (one, other) => one.or(other),
    }
}

fn union(one: &[String], other: &[String]) -> Vec<String> {
    let mut union = one.to_vec();
    union.extend(other.iter().filter(|word| !one.contains(word)).cloned());
    union
}

/// Log, promises and forecasts leave the source and stand in the target by date.
fn moved_entries(source: &Idea, target: &Idea) -> Vec<Edit> {
    let mut edits = Vec::new();
    for kind in [EntryKind::Log, EntryKind::Promise, EntryKind::Forecast] {
        let entries =
            |idea: &Idea| (0..idea.entries(kind)).filter_map(|at| idea.entry(kind, at)).collect();
        let mut own: Vec<Entry> = entries(target);
        let theirs: Vec<Entry> = entries(source);
        for at in (0..theirs.len()).rev() {
            edits.push(Edit::Change { id: source.id.clone(), change: Change::Remove { at, kind } });
        }
        for entry in theirs {
            let day = day_of(&entry);
            let at = own.iter().position(|own| day_of(own) > day).unwrap_or(own.len());
            own.insert(at, entry.clone());
            edits
                .push(Edit::Change { id: target.id.clone(), change: Change::Insert { at, entry } });
        }
    }
    edits
}

fn day_of(entry: &Entry) -> Date {
    match entry {
        Entry::Log(entry) => entry.date,
        Entry::Promise(promise) => promise.set.unwrap_or(promise.by),
        Entry::Forecast(forecast) => forecast.set.unwrap_or(forecast.by),
        Entry::Decision(decision) => decision.date,
    }
}

impl Edit {
    /// The edit that makes an idea into another: what differs, and nothing
    /// else. `None` if no row of single changes leads there, as where each is
    /// only allowed after the other.
    #[must_use]
    pub fn between(before: &Idea, after: &Idea) -> Option<Self> {
        let set = |field| {
            let value = after.get(field);
            (before.get(field) != value).then_some(Change::Set { field, value })
        };
        let fields = Field::all().into_iter().filter(|field| *field != Field::Id);
        let mut changes: Vec<Change> = fields.filter_map(set).collect();
        changes.extend(EntryKind::ALL.into_iter().flat_map(|kind| entries(before, after, kind)));
        // Last, because everything before goes by the old one.
        changes.extend(set(Field::Id));
        let change = |change| Self::Change { id: before.id.clone(), change };
        let edit = Self::Group(changes.into_iter().map(change).collect());
        let mut trial = Portfolio::new(vec![before.clone()], Vec::new());
        trial.apply(&edit).ok()?;
        trial.iter().eq([after]).then_some(edit)
    }
}

/// The changes of a list: the entries between what is equal at its beginning
/// and at its end.
fn entries(before: &Idea, after: &Idea, kind: EntryKind) -> Vec<Change> {
    let (old, new) = (before.entries(kind), after.entries(kind));
    let same = |i: usize, j: usize| before.entry(kind, i) == after.entry(kind, j);
    let shorter = old.min(new);
    let start = (0..shorter).take_while(|at| same(*at, *at)).count();
    let tail = (1..=shorter - start).take_while(|back| same(old - back, new - back)).count();
    let (old_end, new_end) = (old - tail, new - tail);
    let replaced = old_end.min(new_end);
    let entry = |at| after.entry(kind, at);
    let replace = (start..replaced)
        .filter_map(|at| entry(at).map(|entry| Change::Replace { at, entry }))
        .filter(|change| !matches!(change, Change::Replace { at, .. } if same(*at, *at)));
    let remove = (replaced..old_end).rev().map(|at| Change::Remove { at, kind });
    let insert =
        (replaced..new_end).filter_map(|at| entry(at).map(|entry| Change::Insert { at, entry }));
    replace.chain(remove).chain(insert).collect()
}
