//! Robustness of the ranking in JSON, and comparisons of two ideas.

use serde_json::{Map, Value as Json, json};

use super::{place, printed};
use crate::domain::{Criterion, Date, Problem};
use crate::judge::{Side, TippingPoint, WeightInterval};
use crate::report::{IdeaComparison, Robustness};

/// `prospect robust --json`. `stability` is how far each weight may move before
/// the top changes; `stability_first` and `stability_order` are the same for
/// the first place and for the whole order.
pub fn robustness_json<'a>(
    robustness: &Robustness<'_>,
    as_of: Date,
    broken: impl IntoIterator<Item = &'a Problem>,
) -> String {
    let id = |place: usize| robustness.ideas[place].id.as_str();
    let ideas: Vec<Json> =
        robustness.acceptability.iter().map(|own| idea(robustness, own.position)).collect();
    let stability = |of: fn(&crate::judge::Stability) -> &WeightInterval| -> Map<String, Json> {
        let ends = robustness.stability.iter().map(|it| (it.criterion, of(it)));
        ends.map(|(criterion, it)| (criterion.id().to_owned(), json!([it.low, it.high]))).collect()
    };
    let questions: Vec<Json> = robustness
        .questions
        .iter()
        .map(|question| {
            json!({
                "id": id(question.position),
                "input": question.input.id(),
                "gain": question.gain,
                "threshold": question.threshold,
                "chance": question.chance,
                "rival": id(question.rival),
                "sentence": question.sentence(&robustness.ideas, robustness.top),
            })
        })
        .collect();
    let bands = robustness.bands.iter().filter(|band| band.len() > 1);
    let bands: Vec<Vec<&str>> = bands.map(|band| band.clone().map(id).collect()).collect();
    printed(&json!({
        "as_of": as_of.to_string(),
        "samples": robustness.draws,
        "weights": robustness.spread.id(),
        "top": robustness.top,
        "ideas": ideas,
        "stability": stability(|it| &it.top),
        "stability_first": stability(|it| &it.first),
        "stability_order": stability(|it| &it.order),
        "questions": questions,
        "ties": bands,
        "broken": broken.into_iter().map(place).collect::<Vec<_>>(),
    }))
}

fn idea(robustness: &Robustness<'_>, position: usize) -> Json {
    let own = &robustness.acceptability[position];
    let tipping = robustness.tipping.iter().find(|(at, _)| *at == position);
    let tipping: Vec<Json> = tipping
        .into_iter()
        .flat_map(|(_, points)| points)
        .map(|point| tip(point, robustness.top))
        .collect();
    json!({
        "rank": robustness.ranks[position],
        "id": robustness.ideas[position].id,
        "title": robustness.ideas[position].title,
        "acceptability": own.ranks,
        "p_top_k": own.top,
        "central_weights": own.central_weights.map(|weights| by_criterion(&weights)),
        "confidence": robustness.confidence[position],
        "tipping_points": tipping,
    })
}

fn tip(point: &TippingPoint, top: usize) -> Json {
    json!({
        "input": point.input.id(),
        "at": point.at,
        "side": if point.side == Side::Below { "below" } else { "above" },
        "enters": point.enters,
        "change": point.change,
        "sentence": point.sentence(top),
    })
}

fn by_criterion(values: &[f64]) -> Map<String, Json> {
    let named = Criterion::ALL.iter().zip(values);
    named.map(|(criterion, value)| (criterion.id().to_owned(), json!(value))).collect()
}

#[must_use]
pub fn comparison_json(pair: &IdeaComparison<'_>, as_of: Date) -> String {
    let terms = pair.terms.as_ref().map(|comparison| {
        let terms = comparison.terms.iter().map(|term| {
            json!({
                "name": term.part.id(),
                "left": term.left,
                "right": term.right,
                "difference": term.difference(),
            })
        });
        terms.collect::<Vec<_>>()
    });
    let comparison = pair.terms.as_ref();
    printed(&json!({
        "as_of": as_of.to_string(),
        "left": pair.left.id,
        "right": pair.right.id,
        "score_left": comparison.map(|it| it.left),
        "score_right": comparison.map(|it| it.right),
        "difference": comparison.map(crate::judge::Comparison::difference),
        "terms": terms,
        "p_left_better": pair.chance,
        "sentence": pair.sentence(),
    }))
}
