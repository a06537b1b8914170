//! Keys by which the ideas of a source are known again.

use std::collections::{HashMap, HashSet};

use super::cell::is_for_machines;
use crate::domain::{LONGEST_ID, is_address, whole_reference};

/// Names of columns with the address of the idea itself, not of something that it mentions.
const OWN_ADDRESS: [&str; 8] =
    ["url", "htmlurl", "permalink", "shorturl", "shortlink", "webcontentlink", "uri", "issueurl"];

/// The key of a cell that means the same in every source: `uuid:…`, `doi:…`,
/// `url:…`. `column` is the bare name of its column.
pub(super) fn strong_key(column: &str, cell: &str) -> Option<String> {
    let cell = cell.trim();
    match column {
        _ if cell.is_empty() || cell.contains(char::is_whitespace) => None,
        "uuid" | "guid" => Some(format!("uuid:{}", cell.to_lowercase())),
        "id" | "key" if is_uuid(cell) => Some(format!("uuid:{}", cell.to_lowercase())),
        "doi" => doi(cell),
        // The address by which programs know it may be one for many of its pages.
        _ if OWN_ADDRESS.contains(&column) && !is_for_machines(cell) => {
            doi(cell).or_else(|| is_address(cell).then(|| format!("url:{}", canonical(cell))))
        }
        _ => None,
    }
}

fn doi(cell: &str) -> Option<String> {
    let whole = whole_reference(cell)?;
    Some(format!("doi:{}", whole.strip_prefix("https://doi.org/")?.to_lowercase()))
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// An address without what differs between copies of it: `http`, `www.`, capitals
/// of the host, a slash at the end, a place in the page, what counts visitors.
fn canonical(address: &str) -> String {
    let address = whole_reference(address).unwrap_or_else(|| address.to_owned());
    let (scheme, rest) = address.split_once("://").unwrap_or(("https", &address));
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let scheme = if scheme.eq_ignore_ascii_case("http") { "https" } else { scheme };
    let mut canonical = format!("{}://{host}/{path}", scheme.to_lowercase());
    canonical.truncate(canonical.trim_end_matches('/').len());
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with("utm_") && !part.starts_with("ref="))
        .collect();
    if !kept.is_empty() {
        canonical = format!("{canonical}?{}", kept.join("&"));
    }
    canonical
}

/// Takes away keys that several rows of a file have: they do not tell one from another.
pub(super) fn keep_unique(keys: &mut [Vec<String>]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for key in keys.iter().flatten() {
        *counts.entry(key.clone()).or_default() += 1;
    }
    for keys in keys {
        keys.retain(|key| counts[key] == 1);
    }
}

/// Whether the ids of a file can name its ideas: each is there once, and they are
/// more than the numbers of rows (0, 1, 2, … or 1, 2, 3, … in any order).
pub(super) fn are_keys<'t>(ids: impl Iterator<Item = &'t str>) -> bool {
    let ids: Vec<&str> = ids.collect();
    let distinct: HashSet<&str> = ids.iter().copied().collect();
    let numbers: Option<HashSet<usize>> = ids.iter().map(|id| id.parse().ok()).collect();
    let are_row_numbers = numbers.is_some_and(|numbers| {
        let count = numbers.len();
        (0..count).all(|n| numbers.contains(&n)) || (1..=count).all(|n| numbers.contains(&n))
    });
    distinct.len() == ids.len() && !are_row_numbers
}

/// Whether people could want to type an id: a short word, no number, no hash.
pub(super) fn serves_as_id(id: &str) -> bool {
    let is_word = id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let is_hash = id.len() >= 16 && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    is_word && !is_hash && id.chars().count() <= LONGEST_ID && id.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_mean_the_same_everywhere() {
        let of = |column, cell| strong_key(column, cell).unwrap_or_default();
        assert_eq!(of("uuid", "AA-1"), "uuid:aa-1");
        assert_eq!(
            of("id", "4f5c0000-1111-2222-3333-444455556666"),
            "uuid:4f5c0000-1111-2222-3333-444455556666"
        );
        assert_eq!(of("doi", "https://doi.org/10.1000/XyZ"), "doi:10.1000/xyz");
        assert_eq!(
            of("url", "http://www.Example.org/a/?utm_source=x#top"),
            "url:https://example.org/a"
        );
        assert_eq!(
            of("url", "https://arxiv.org/pdf/2401.12345"),
            "url:https://arxiv.org/abs/2401.12345"
        );
        for (column, cell) in
            [("id", "17"), ("website", "https://a.org"), ("url", "soon"), ("doi", "x")]
        {
            assert_eq!(strong_key(column, cell), None, "{column} {cell}");
        }
    }

    #[test]
    fn row_numbers_and_repeated_ids_are_no_keys() {
        for ids in [&["1", "2", "3"][..], &["2", "0", "1"], &["1"], &["7", "7"], &["a", "a"]] {
            assert!(!are_keys(ids.iter().copied()), "{ids:?}");
        }
        for ids in [&["17", "18"][..], &["1", "3"], &["a"], &["7"]] {
            assert!(are_keys(ids.iter().copied()), "{ids:?}");
        }
    }
}
