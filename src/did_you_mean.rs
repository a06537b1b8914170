//! "Did you mean …": the closest known word.

/// How alike two words must be (Jaro–Winkler, 0–1) for one to be suggested.
const ALIKE: f64 = 0.8;

/// Nothing is suggested that is less like it than the best by more than this.
const CLOSE: f64 = 0.08;

/// At most this many are suggested.
const MOST: usize = 3;

/// The candidates that look or begin like `word`, or hold it, most alike first.
///
/// ```
/// use prospect::did_you_mean::nearest;
/// assert_eq!(nearest("rnak", ["rank", "show", "set"]), ["rank"]);
/// assert!(nearest("xyz", ["rank", "show"]).is_empty());
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let mut alike: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|candidate| (likeness(&word, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    alike.dedup_by_key(|(_, candidate)| *candidate);
    let best = alike.first().map_or(0.0, |(likeness, _)| *likeness);
    alike.retain(|(likeness, _)| best - likeness <= CLOSE);
    alike.into_iter().take(MOST).map(|(_, candidate)| candidate).collect()
}

fn likeness(word: &str, candidate: &str) -> f64 {
    let held = word.chars().count() >= 3 && candidate.contains(word);
    let likeness = strsim::jaro_winkler(word, candidate);
    if held { likeness.max(ALIKE) } else { likeness }
}

/// `did you mean "a" or "b"?`; empty where nothing is near.
///
/// ```
/// use prospect::did_you_mean::did_you_mean;
/// assert_eq!(did_you_mean("rnak", ["rank", "show"]), "did you mean \"rank\"?");
/// ```
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> =
        nearest(word, candidates).iter().map(|candidate| format!("\"{candidate}\"")).collect();
    if quoted.is_empty() { String::new() } else { format!("did you mean {}?", quoted.join(" or ")) }
}
