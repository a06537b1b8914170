//! References to papers: DOIs and arXiv identifiers, made whole addresses.

/// The address of a DOI or an arXiv paper, from any usual way to write it; `None`
/// if the text is neither.
///
/// A DOI is `10.`, the registrant (4 to 9 digits) and a suffix (DOI Handbook,
/// 2.2); an arXiv identifier is `YYMM.NNNNN` since April 2007, `archive/YYMMNNN`
/// before, with or without a version.
///
/// ```
/// use prospect_core::domain::whole_reference;
/// let of = |text| whole_reference(text).unwrap_or_default();
/// assert_eq!(of("doi:10.1000/xyz123"), "https://doi.org/10.1000/xyz123");
/// assert_eq!(of("http://dx.doi.org/10.1000/xyz123"), "https://doi.org/10.1000/xyz123");
/// assert_eq!(of("arXiv:2401.12345v2"), "https://arxiv.org/abs/2401.12345v2");
/// assert_eq!(of("arxiv.org/pdf/2401.12345.pdf"), "https://arxiv.org/abs/2401.12345");
/// assert_eq!(whole_reference("https://example.org/10.1000/xyz123"), None);
/// ```
#[must_use]
pub fn whole_reference(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ',', ';']);
    if let Some(doi) = doi(text) {
        return Some(format!("https://doi.org/{doi}"));
    }
    arxiv(text).map(|id| format!("https://arxiv.org/abs/{id}"))
}

/// As [`whole_reference`], for a word of a sentence: a number such as `2401.12345`
/// is a paper only if the word says so (`arXiv:2401.12345`).
#[must_use]
pub fn reference_in_words(word: &str) -> Option<String> {
    let is_bare_number = word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let word = word.trim_matches(['(', ')', '[', ']', '<', '>', '"']);
    whole_reference(word).filter(|_| !is_bare_number)
}

/// The papers that a title names: it is a reference itself, or words of it are.
///
/// ```
/// use prospect_core::domain::references_in_title;
/// assert_eq!(references_in_title("2401.12345"), ["https://arxiv.org/abs/2401.12345"]);
/// let links = references_in_title("Scale doi:10.1000/xyz by 2.5");
/// assert_eq!(links, ["https://doi.org/10.1000/xyz"]);
/// ```
#[must_use]
pub fn references_in_title(title: &str) -> Vec<String> {
    let mut links: Vec<String> = whole_reference(title).into_iter().collect();
    if links.is_empty() {
        for link in title.split_whitespace().filter_map(reference_in_words) {
            if !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links
}

/// The kind of thing that a link leads to: `paper`, `code`, `page`, or `note` for
/// what is no address.
#[must_use]
pub fn link_kind(link: &str) -> &'static str {
    const PAPERS: [&str; 7] = [
        "doi.org",
        "arxiv.org",
        "openreview.net",
        "aclanthology.org",
        "biorxiv.org",
        "semanticscholar.org",
        "pubmed.ncbi.nlm.nih.gov",
    ];
    const CODE: [&str; 5] =
        ["github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "huggingface.co"];
    if whole_reference(link).is_some() {
        return "paper";
    }
    let Some((_, rest)) = link.split_once("://").filter(|_| is_address(link)) else {
        return "note";
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_lowercase();
    let is_of = |known: &&str| host == **known || host.ends_with(&format!(".{known}"));
    if PAPERS.iter().any(&is_of) || rest.to_lowercase().ends_with(".pdf") {
        "paper"
    } else if CODE.iter().any(&is_of) {
        "code"
    } else {
        "page"
    }
}

fn doi(text: &str) -> Option<&str> {
    const PREFIXES: [&str; 7] = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "doi.org/",
        "doi:",
        "doi ",
    ];
    let text = strip(text, &PREFIXES).trim_start();
    let (registrant, suffix) = text.strip_prefix("10.")?.split_once('/')?;
    let digits = registrant.split('.').next()?;
    let is_registrant = (4..=9).contains(&digits.len())
        && registrant.chars().all(|c| c.is_ascii_digit() || c == '.');
    (is_registrant && !suffix.is_empty() && !suffix.contains(char::is_whitespace)).then_some(text)
}

fn arxiv(text: &str) -> Option<&str> {
    const PREFIXES: [&str; 9] = [
        "https://arxiv.org/abs/",
        "https://arxiv.org/pdf/",
        "http://arxiv.org/abs/",
        "http://arxiv.org/pdf/",
        "https://www.arxiv.org/abs/",
        "https://www.arxiv.org/pdf/",
        "arxiv.org/abs/",
        "arxiv.org/pdf/",
        "arxiv:",
    ];
    let id = strip(text, &PREFIXES).trim_start();
    let id = id.strip_suffix(".pdf").unwrap_or(id);
    let is_prefixed = id.len() < text.len();
    let (bare, version) = match id.rsplit_once('v') {
        Some((bare, version)) if !version.is_empty() => (bare, version),
        _ => (id, "1"),
    };
    let are_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let is_new = bare.split_once('.').is_some_and(|(month, number)| {
        month.len() == 4
            && (4..=5).contains(&number.len())
            && are_digits(month)
            && are_digits(number)
            && ("01"..="12").contains(&&month[2..])
    });
    let is_old = is_prefixed
        && bare.split_once('/').is_some_and(|(archive, number)| {
            archive.starts_with(|c: char| c.is_ascii_lowercase())
                && archive.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '.'))
                && number.len() == 7
                && are_digits(number)
        });
    ((is_new || is_old) && are_digits(version)).then_some(id)
}

/// The text without the first of these prefixes that it has, capitals aside.
fn strip<'t>(text: &'t str, prefixes: &[&str]) -> &'t str {
    let rest = prefixes.iter().find_map(|prefix| {
        let front = text.get(..prefix.len())?;
        front.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
    });
    rest.unwrap_or(text)
}

/// Whether a text is an address with a scheme.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        !scheme.is_empty() && scheme.chars().all(is_scheme) && !rest.is_empty()
    })
}

/// The links that a text lists: at line ends, at white space beside an address, and
/// at a comma or semicolon that is followed by a space or an address, so that an
/// address with a comma stays one. DOIs and arXiv identifiers are made whole.
///
/// ```
/// use prospect_core::domain::links_from_text;
/// let links = links_from_text("https://maps.example.org/@52.1,13.4,12z, 10.1000/xyz");
/// assert_eq!(links, ["https://maps.example.org/@52.1,13.4,12z", "https://doi.org/10.1000/xyz"]);
/// ```
#[must_use]
pub fn links_from_text(text: &str) -> Vec<String> {
    let has_address = text.contains("://");
    let mut links: Vec<String> = Vec::new();
    let mut add = |part: &str| {
        let part = part.trim().trim_end_matches([',', ';']).trim();
        let link = whole_reference(part).unwrap_or_else(|| part.to_owned());
        if !link.is_empty() && !links.contains(&link) {
            links.push(link);
        }
    };
    let mut start = 0;
    for (at, sign) in text.char_indices() {
        if at < start || !(sign.is_whitespace() || matches!(sign, ',' | ';')) {
            continue;
        }
        let behind = &text[at + sign.len_utf8()..];
        let next = behind.split_whitespace().next().unwrap_or_default();
        let is_next_address = is_address(next.split([',', ';']).next().unwrap_or_default());
        let is_end = match sign {
            '\n' => true,
            ',' | ';' => {
                let is_spaced = behind.is_empty() || behind.starts_with(char::is_whitespace);
                let is_address_next = is_next_address && !behind.starts_with(char::is_whitespace);
                is_spaced || is_address_next || !has_address
            }
            _ => {
                let before = text[start..at].trim();
                is_next_address || is_address(before) && !before.contains(char::is_whitespace)
            }
        };
        if is_end {
            add(&text[start..at]);
            start = at + sign.len_utf8();
        }
    }
    add(&text[start..]);
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_reference_is_none() {
        for text in [
            "",
            "10.1",
            "10.1000",
            "10.12/x y",
            "2413.12345",
            "3.14",
            "1.2.3",
            "doi:",
            "cs/1",
            "24/1234567",
        ] {
            assert_eq!(whole_reference(text), None, "{text}");
        }
        assert_eq!(reference_in_words("2401.12345"), None);
        let old = whole_reference("arXiv:hep-th/9901001").unwrap();
        assert_eq!(old, "https://arxiv.org/abs/hep-th/9901001");
        let word = reference_in_words("(https://arxiv.org/abs/2401.12345)").unwrap();
        assert_eq!(word, "https://arxiv.org/abs/2401.12345");
    }

    #[test]
    fn links_have_kinds() {
        for (link, kind) in [
            ("https://arxiv.org/abs/2401.12345", "paper"),
            ("10.1000/x", "paper"),
            ("https://lab.org/report.pdf", "paper"),
            ("https://github.com/o/r/issues/1", "code"),
            ("https://notgithub.com/x", "page"),
            ("see the folder", "note"),
        ] {
            assert_eq!(link_kind(link), kind, "{link}");
        }
    }

    #[test]
    fn links_are_split_where_a_person_would() {
        for (text, expected) in [
            ("https://a.org/x,y https://b.org", vec!["https://a.org/x,y", "https://b.org"]),
            (
                "https://a.org,https://b.org;https://c.org",
                vec!["https://a.org", "https://b.org", "https://c.org"],
            ),
            ("https://a.org/;x=1;y=2", vec!["https://a.org/;x=1;y=2"]),
            ("Smith 2020, Jones 2021", vec!["Smith 2020", "Jones 2021"]),
            ("notes.md;paper.pdf", vec!["notes.md", "paper.pdf"]),
            (
                "10.1000/a, 10.1000/b",
                vec!["https://doi.org/10.1000/a", "https://doi.org/10.1000/b"],
            ),
            ("paper https://a.org", vec!["paper", "https://a.org"]),
            ("", vec![]),
        ] {
            assert_eq!(links_from_text(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_list_of_addresses_is_read_back(
            links in prop::collection::hash_set("https://[a-z]{1,6}\\.org/[a-z0-9,@=-]{0,8}[a-z]", 1..4),
            separator in prop::sample::select(vec![", ", "; ", " ", "\n", ","]),
        ) {
            let links: Vec<String> = links.into_iter().collect();
            prop_assert_eq!(links_from_text(&links.join(separator)), links);
        }

        #[test]
        fn a_whole_reference_stays(text in "(doi:)?10\\.[0-9]{4}/[a-z0-9]{1,5}|(arXiv:)?2[0-9]0[1-9]\\.[0-9]{5}") {
            let whole = whole_reference(&text).unwrap();
            prop_assert_eq!(whole_reference(&whole), Some(whole.clone()));
        }
    }
}
