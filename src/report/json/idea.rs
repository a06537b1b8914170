//! Ideas in JSON: as in their files, with traction and promises, and those that
//! need a decision next.

use serde_json::{Map, Value as Json, json};

use super::present;
use crate::domain::{
    CleanSlate, Date, Decision, Field, Forecast, ForecastResult, Idea, LogEntry, Promise,
    PromiseResult, Rating, Reaction, Value,
};
use crate::judge::{
    Attention, EffortUnit, GoalProgress, PromiseStanding, SimilarityIndex, TimeSpent, Urgency,
    goal_progress, hours_within, perhaps_like, serving_no_goal, similar_past_ideas, tag_rollups,
};
use crate::report::{Line, NextUp, Ranking, agenda};

/// An idea with the names and the nesting of its file; what is absent there is absent here.
pub(super) fn idea(idea: &Idea) -> Map<String, Json> {
    let mut object = Map::new();
    for field in Field::all() {
        let Some(value) = idea.get(field) else { continue };
        match field.path() {
            ("", key) => drop(object.insert(key.to_owned(), of_value(value))),
            (table, key) => {
                let table = object.entry(table).or_insert_with(|| json!({}));
                table[key] = of_value(value);
            }
        }
    }
    let mut list = |name: &str, entries: Vec<Json>| {
        if !entries.is_empty() {
            object.insert(name.to_owned(), Json::Array(entries));
        }
    };
    list("log", idea.log.iter().map(of_log).collect());
    list("promise", idea.promises.iter().map(of_promise).collect());
    list("forecast", idea.forecasts.iter().map(of_forecast).collect());
    list("decision", idea.decisions.iter().map(of_decision).collect());
    object
}

/// What others said in words, by name.
pub(super) fn reactions(reactions: &[(String, Reaction)]) -> Json {
    let reaction = |(name, reaction): &(String, Reaction)| {
        let Reaction { excited, hopeless, comment } = reaction;
        json!({ "name": name, "excited": excited, "hopeless": hopeless, "comment": comment })
    };
    reactions.iter().map(reaction).collect()
}

fn of_value(value: Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::List(list) => json!(list),
        Value::Date(date) => json!(date.to_string()),
        Value::Rating(rating) => of_rating(rating),
        Value::Status(status) => json!(status.id()),
        Value::Bet(kind) => json!(kind.id()),
        Value::Outcome(outcome) => json!(outcome.id()),
    }
}

fn of_rating(rating: Rating) -> Json {
    if rating.is_value() { json!(rating.low()) } else { json!([rating.low(), rating.high()]) }
}

fn of_log(entry: &LogEntry) -> Json {
    let note = Some(&entry.note).filter(|note| !note.is_empty());
    let recalled = entry.recalled.then_some(true);
    present([
        ("date", json!(entry.date.to_string())),
        ("hours", json!(entry.hours)),
        ("traction", json!(entry.traction)),
        ("note", json!(note)),
        ("recalled", json!(recalled)),
        ("output", json!(entry.output)),
    ])
}

fn of_promise(promise: &Promise) -> Json {
    let day = |date: Option<Date>| json!(date.map(|date| date.to_string()));
    present([
        ("set", day(promise.set)),
        ("by", day(Some(promise.by))),
        ("claim", json!(promise.claim)),
        ("traction", json!(promise.traction)),
        ("chance", json!(promise.chance)),
        ("result", json!(promise.result.map(PromiseResult::id))),
        ("resolved", day(promise.resolved)),
        ("amended", day(promise.amended)),
    ])
}

fn of_forecast(forecast: &Forecast) -> Json {
    let day = |date: Option<Date>| json!(date.map(|date| date.to_string()));
    present([
        ("set", day(forecast.set)),
        ("by", day(Some(forecast.by))),
        ("claim", json!(forecast.claim)),
        ("chance", json!(forecast.chance)),
        ("result", json!(forecast.result.map(ForecastResult::id))),
        ("resolved", day(forecast.resolved)),
    ])
}

fn of_decision(decision: &Decision) -> Json {
    present([
        ("date", json!(decision.date.to_string())),
        ("from", json!(decision.from.id())),
        ("to", json!(decision.to.id())),
        ("why", json!(decision.why)),
        ("cause", json!(decision.cause)),
        ("taken_by", json!(decision.taken_by)),
        ("lesson", json!(decision.lesson)),
        ("score", json!(decision.score)),
        ("clean_slate", json!(decision.clean_slate.map(CleanSlate::id))),
        ("log_chance", json!(decision.log_chance)),
    ])
}

pub(super) fn next(next: &NextUp<'_, '_>) -> Json {
    let due: Vec<Json> = next
        .due
        .iter()
        .map(|line| {
            json!({
                "id": line.idea.id,
                "title": line.idea.title,
                "why": line.review.urgency.map(Urgency::id),
                "reason": line.review.reasons.first(),
            })
        })
        .collect();
    let attention = next.attention.map(|attention| {
        let neglected: Vec<Option<&str>> =
            attention.neglected.iter().map(|(position, _)| next.id(*position)).collect();
        json!({
            "share": attention.share,
            "id": next.id(attention.position),
            "rank": attention.rank,
            "of": attention.of,
            "neglected": neglected,
        })
    });
    json!({
        "as_of": next.as_of.to_string(),
        "attention": attention,
        "due": due,
        "inbox": next.inbox,
        "incomplete": next.incomplete,
        "due_forecasts": next.forecasts,
        "wants_forecast": next.wants_forecast,
    })
}

/// The ideas that say the same, and where there is none those that perhaps do.
pub(super) fn similar(ranking: &Ranking<'_>, idea: &Idea) -> Json {
    let index = SimilarityIndex::new(ranking.portfolio.iter());
    let alike = similar_past_ideas(idea, ranking.portfolio, &index, ranking.as_of);
    let entry = |id: &str, likeness: f64, words: &[String], same: bool| json!({ "id": id, "likeness": likeness, "words": words, "same": same });
    let same = alike.iter().map(|it| entry(&it.idea.id, it.likeness, &it.words, true));
    let near = perhaps_like(idea, ranking.portfolio, &index);
    let near = near.iter().filter(|_| alike.is_empty());
    Json::Array(same.chain(near.map(|it| entry(&it.id, it.likeness, &it.words, false))).collect())
}

/// One entry of the review.
pub(super) fn review(ranking: &Ranking<'_>, line: &Line<'_>) -> Json {
    let Line { idea, review, .. } = line;
    let traction = &review.traction;
    let outlook = traction.outlook.as_ref();
    let alternative = review.best_alternative.as_ref();
    let by_hours = traction.effort.unit == EffortUnit::Hours;
    json!({
        "id": idea.id,
        "status": idea.status.id(),
        "effective_status": review.effective_status.id(),
        "verdict": traction.verdict.id(),
        "sentence": traction.sentence(&ranking.settings.stall),
        "p_stalled": outlook.map(|outlook| outlook.p_stalled),
        "p_declining": outlook.map(|outlook| outlook.p_declining),
        "expected_gain": outlook.map(|outlook| outlook.expected_gain),
        "block_hours": by_hours.then_some(traction.block),
        "block_weeks": (!by_hours).then_some(traction.block),
        "hours": traction.effort.hours,
        "observations": traction.effort.observations.len(),
        "sunk_cost": review.sunk_cost,
        "best_alternative": alternative.map(|other| &ranking.portfolio.ideas()[other.position].id),
        "opportunity_cost": alternative.map(|other| other.opportunity_cost),
        "reasons": review.reasons,
        "promises": standings(idea, &review.promises),
        "due": review.due,
        "why_due": review.urgency.map(Urgency::id),
    })
}

fn standings(idea: &Idea, standings: &[PromiseStanding]) -> Vec<Json> {
    let each = standings.iter().map(|standing| (&idea.promises[standing.position], standing));
    each.map(|(promise, standing)| of_standing(promise, standing)).collect()
}

fn of_standing(promise: &Promise, standing: &PromiseStanding) -> Json {
    json!({
        "set": promise.set.map(|set| set.to_string()),
        "by": promise.by.to_string(),
        "claim": promise.claim,
        "traction": promise.traction,
        "chance": promise.chance,
        "state": standing.state.id(),
        "amended": standing.amended,
    })
}

/// `prospect review --json`: every idea, those that need a decision first.
/// How each goal stands.
fn goals(ranking: &Ranking<'_>) -> Json {
    let progress = goal_progress(&ranking.settings.goals, ranking.portfolio, ranking.as_of);
    let goal = |progress: &GoalProgress<'_>| {
        let outputs = progress
            .outputs
            .iter()
            .map(|(kind, made, wanted)| json!({ "kind": kind, "made": made, "wanted": wanted }));
        json!({
            "text": progress.goal.text,
            "by": progress.goal.by.map(|day| day.to_string()),
            "over": progress.is_over,
            "hours_per_week": progress.goal.hours_per_week,
            "hours": progress.hours,
            "outputs": outputs.collect::<Vec<_>>(),
            "ideas": progress.ideas.iter().map(|idea| &idea.id).collect::<Vec<_>>(),
            "sentence": progress.sentence(),
        })
    };
    progress.iter().map(goal).collect()
}

pub(super) fn reviews(ranking: &Ranking<'_>, spent: &TimeSpent) -> Json {
    let ideas: Vec<Json> = agenda(ranking).into_iter().map(|line| review(ranking, line)).collect();
    let id = |position: usize| &ranking.portfolio.ideas()[position].id;
    let directions = tag_rollups(ranking.portfolio, &ranking.settings.stall, ranking.as_of);
    let directions: Vec<Json> = directions
        .iter()
        .map(|direction| {
            json!({
                "tag": direction.tag,
                "ids": direction.positions.iter().map(|at| id(*at)).collect::<Vec<_>>(),
                "verdict": direction.traction.verdict.id(),
                "sentence": direction.traction.sentence(&ranking.settings.stall),
                "hours": direction.traction.effort.hours,
            })
        })
        .collect();
    let hours = hours_within(ranking.portfolio, TimeSpent::DAYS, ranking.as_of);
    let hours: Vec<Json> =
        hours.into_iter().map(|(at, hours)| json!({ "id": id(at), "hours": hours })).collect();
    json!({
        "as_of": ranking.as_of.to_string(),
        "ideas": ideas,
        "directions": directions,
        "goals": goals(ranking),
        "serving_no_goal": serving_no_goal(&ranking.settings.goals, ranking.portfolio, ranking.as_of)
            .iter()
            .map(|idea| &idea.id)
            .collect::<Vec<_>>(),
        "attention": ranking.attention.as_ref().map(Attention::sentence),
        "hours_last_month": hours,
        "time": super::statistics::time(spent),
    })
}
