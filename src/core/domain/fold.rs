//! Folding of text for comparison: what people type finds what stands there,
//! whatever the keyboard, the word processor or the PDF made of it. And a hash of
//! text that outlives the program.

use unicode_normalization::UnicodeNormalization;

/// Lower case, without accents and compatibility forms, with plain quotes and
/// dashes: what queries, lines and words are compared in.
///
/// ```
/// use prospect_core::domain::fold;
/// assert_eq!(fold("Größe É"), "grosse e");
/// assert_eq!(fold("Don’t – ﬁne‑tune Łódź"), "don't - fine-tune lodz");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut folded);
    }
    folded
}

/// Appends what a character is folded to, as [`fold`] does: nothing, one
/// character or several.
pub fn fold_char(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    for c in std::iter::once(c).nfkd().flat_map(char::to_lowercase).nfkd() {
        match c {
            _ if is_accent(c) => {}
            '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{02BC}' | '\u{00B4}' => folded.push('\''),
            '\u{201C}'..='\u{201F}' | '\u{2033}' | '«' | '»' => folded.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ŧ' => folded.push('t'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ŋ' => folded.push('n'),
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
}

/// Marks that readers leave out when they type: accents of Latin, Greek and
/// Cyrillic, the points of Hebrew and the vowels of Arabic; invisible hyphens
/// and joiners. The vowel signs of other scripts are letters.
const fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}'
        | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a letter belongs to a script that is written without spaces between
/// words: Chinese, Japanese, Thai, Lao, Burmese and Khmer.
#[must_use]
pub const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// FNV-1a (Fowler, Noll, Vo 1991), 64 bits: the same in every version, which
/// the hasher of the standard library does not promise. Not for secrets.
///
/// ```
/// assert_eq!(prospect_core::domain::fnv_1a(b"a"), 0xaf63_dc4c_8601_ec8c);
/// ```
#[must_use]
pub fn fnv_1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, fnv_1a_step)
}

/// [`fnv_1a`] of two texts in the time of one: each byte waits for the one before it in its
/// own text only.
#[must_use]
pub fn fnv_1a_of_two(one: &[u8], other: &[u8]) -> (u64, u64) {
    let both = one.len().min(other.len());
    let start = (fnv_1a(&[]), fnv_1a(&[]));
    let pairs = one[..both].iter().zip(&other[..both]);
    let (one_hash, other_hash) =
        pairs.fold(start, |(a, b), (x, y)| (fnv_1a_step(a, x), fnv_1a_step(b, y)));
    (
        one[both..].iter().fold(one_hash, fnv_1a_step),
        other[both..].iter().fold(other_hash, fnv_1a_step),
    )
}

fn fnv_1a_step(hash: u64, byte: &u8) -> u64 {
    (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hashes_are_those_of_each() {
        for (one, other) in [("", ""), ("a", ""), ("abc", "abd"), ("ab", "abcdef")] {
            let (one, other) = (one.as_bytes(), other.as_bytes());
            assert_eq!(fnv_1a_of_two(one, other), (fnv_1a(one), fnv_1a(other)));
        }
    }

    #[test]
    fn letters_signs_and_forms_that_people_type_differently() {
        for (text, folded) in [
            ("Łódź øre œuvre Þór ÆON Đ ŧ", "lodz ore oeuvre thor aeon d t"),
            ("‘early’ “quoted” ‚low‘", "'early' \"quoted\" 'low'"),
            ("β‑VAE, 1–2 — x²", "β-vae, 1-2 - x2"),
            ("ＦＵＬＬ ﬁne oﬃce", "full fine office"),
            ("İstanbul ISI", "istanbul isi"),
            ("soft\u{AD}hyphen", "softhyphen"),
            ("模型 がく", "模型 か\u{3099}く"),
            ("हिन्दी", "हिन्दी"),
            ("ΛΌΓΟΣ λόγος", "λογοσ λογοσ"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
            assert_eq!(fold(folded), folded, "folding again changes nothing: {text}");
        }
    }
}
