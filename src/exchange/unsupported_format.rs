//! Formats that are not read: what a file looks like, and the way from there to
//! one that is.

/// A format, how it is recognised, and what to do with it.
struct Foreign {
    /// As in "this looks like …".
    name: &'static str,
    /// Ends of file names, without the dot.
    endings: &'static [&'static str],
    /// Bytes that such a file begins with.
    begins: &'static [&'static [u8]],
    advice: &'static str,
}

const SHEET: &str = "in the spreadsheet program, save the sheet as CSV";
const TEXT: &str = "save it as plain text or Markdown, one idea a line or a heading each";
const OUTLINE: &str = "in the outliner, export as Markdown or plain text";

/// The first that fits counts: contents before endings.
const FOREIGN: &[Foreign] = &[
    Foreign {
        name: "a PDF",
        endings: &["pdf"],
        begins: &[b"%PDF"],
        advice: "copy its list into a text file, one idea a line",
    },
    Foreign {
        name: "a spreadsheet",
        endings: &["xlsx", "xls", "xlsm", "ods", "numbers"],
        begins: &[b"\xd0\xcf\x11\xe0"],
        advice: SHEET,
    },
    Foreign {
        name: "a text document",
        endings: &["docx", "doc", "odt", "pages"],
        begins: &[],
        advice: TEXT,
    },
    Foreign {
        name: "a ZIP archive",
        endings: &["zip", "epub"],
        begins: &[b"PK\x03\x04"],
        advice: "unpack it first; a spreadsheet is saved as CSV, a document as text",
    },
    Foreign {
        name: "a compressed file",
        endings: &["gz", "xz", "bz2", "zst", "7z", "rar", "tar"],
        begins: &[b"\x1f\x8b", b"\xfd7zXZ", b"BZh", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf"],
        advice: "unpack it first",
    },
    Foreign {
        name: "an SQLite database",
        endings: &["sqlite", "sqlite3", "db"],
        begins: &[b"SQLite format 3"],
        advice: "export the table as CSV: sqlite3 -header -csv FILE 'select * from TABLE'",
    },
    Foreign { name: "rich text (RTF)", endings: &["rtf"], begins: &[b"{\\rtf"], advice: TEXT },
    Foreign {
        name: "a picture",
        endings: &["png", "jpg", "jpeg", "gif", "svg", "webp"],
        begins: &[b"\x89PNG", b"\xff\xd8\xff", b"GIF8"],
        advice: "type its list into a text file, one idea a line",
    },
    Foreign { name: "OPML", endings: &["opml"], begins: &[b"<opml"], advice: OUTLINE },
    Foreign {
        name: "an Evernote export",
        endings: &["enex"],
        begins: &[b"<en-export"],
        advice: "convert the notes to Markdown, a file each, and import the folder",
    },
    Foreign {
        name: "a FreeMind map",
        endings: &["mm"],
        begins: &[b"<map version"],
        advice: OUTLINE,
    },
    Foreign {
        name: "HTML",
        endings: &["html", "htm", "xhtml"],
        begins: &[b"<!doctype html", b"<html"],
        advice: "convert it first: pandoc -t markdown FILE.html -o ideas.md",
    },
    Foreign {
        name: "XML",
        endings: &["xml"],
        begins: &[b"<?xml", b"<rss", b"<feed"],
        advice: "export CSV, JSON or Markdown from the program that wrote it",
    },
    Foreign {
        name: "iCalendar",
        endings: &["ics"],
        begins: &[b"BEGIN:VCALENDAR"],
        advice: "export the tasks as CSV or todo.txt",
    },
    Foreign { name: "an e-mail", endings: &["eml", "mbox"], begins: &[], advice: TEXT },
    Foreign {
        name: "LaTeX",
        endings: &["tex", "ltx"],
        begins: &[b"\\documentclass"],
        advice: "convert it first: pandoc -t markdown FILE.tex -o ideas.md",
    },
    Foreign {
        name: "YAML",
        endings: &["yaml", "yml"],
        begins: &[b"%YAML"],
        advice: "convert it to JSON first: yq -o json FILE.yaml > ideas.json",
    },
    Foreign {
        name: "reStructuredText",
        endings: &["rst"],
        begins: &[],
        advice: "convert it first: pandoc -t markdown FILE.rst -o ideas.md",
    },
    Foreign {
        name: "AsciiDoc",
        endings: &["adoc", "asciidoc"],
        begins: &[],
        advice: "convert it first: asciidoctor and pandoc, to Markdown",
    },
    Foreign {
        name: "EndNote's own format",
        endings: &["enl", "enw"],
        begins: &[b"%0 "],
        advice: "export the references as RIS or BibTeX",
    },
    Foreign {
        name: "a notebook",
        endings: &["ipynb"],
        begins: &[],
        advice: "export it as Markdown: jupyter nbconvert --to markdown FILE.ipynb",
    },
    Foreign {
        name: "source code",
        endings: &[
            "rs", "py", "c", "h", "cpp", "js", "ts", "go", "java", "jl", "r", "m", "sh", "lua",
            "rb",
        ],
        begins: &[b"#!"],
        advice: "copy its list into a text file, one idea a line",
    },
    Foreign {
        name: "a log or settings file",
        endings: &["log", "ini", "cfg", "conf", "lock"],
        begins: &[],
        advice: "copy its list into a text file, one idea a line",
    },
];

/// What a file looks like if it is of a format that is not read, and what to do.
/// `None` where it may be read.
#[must_use]
pub fn unsupported_format(name: &str, bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = &start[..start.len().min(512)];
    let start = start.trim_ascii_start().to_ascii_lowercase();
    let by_contents = |one: &&Foreign| {
        one.begins.iter().any(|begin| start.starts_with(&begin.to_ascii_lowercase()))
    };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let by_ending =
        |one: &&Foreign| ending.as_deref().is_some_and(|ending| one.endings.contains(&ending));
    let archive = start.starts_with(b"pk\x03\x04");
    // Office files are ZIP archives: their ending says more.
    let found = FOREIGN.iter().find(|one| archive && by_ending(one));
    let found = found
        .or_else(|| FOREIGN.iter().find(by_contents))
        .or_else(|| FOREIGN.iter().find(by_ending));
    let found = found.map(|one| (one.name, one.advice));
    found
        .or_else(|| {
            looks_like_yaml(bytes)
                .then_some(("YAML", "convert it to JSON first: yq -o json FILE.yaml > ideas.json"))
        })
        .or_else(|| {
            looks_like_xml(&start).then_some((
                "XML or HTML",
                "export CSV, JSON or Markdown from the program that wrote it",
            ))
        })
        .or_else(|| {
            start.contains(&0).then_some((
                "binary data",
                "export CSV, JSON or Markdown from the program that wrote it",
            ))
        })
}

/// `<tag …>` at the beginning, but no HTML comment as Markdown files have.
fn looks_like_xml(start: &[u8]) -> bool {
    start.first() == Some(&b'<')
        && start.get(1).is_some_and(u8::is_ascii_alphabetic)
        && start.contains(&b'>')
        && !start.starts_with(b"<http")
}

/// A list of `- key: value` with further keys indented below, or keys with
/// indented lists below, and nothing else: text that people write is not so.
fn looks_like_yaml(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let body = text.strip_prefix("---\n").unwrap_or(text);
    if body.len() < text.len() && body.contains("\n---\n") {
        return false;
    }
    let (mut keys, mut indented, mut others) = (0, 0, 0);
    for line in body.lines().take(200).filter(|line| !line.trim().is_empty()) {
        let bare = line.trim_start();
        let inner = bare.strip_prefix("- ").unwrap_or(bare);
        let is_key = inner.split_once(':').is_some_and(|(key, value)| {
            (value.is_empty() || value.starts_with(' '))
                && !key.is_empty()
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        });
        let is_below = bare.len() < line.len();
        match (is_key, bare.starts_with('#'), is_below) {
            (true, _, below) => {
                keys += 1;
                indented += usize::from(below);
            }
            (_, true, _) => {}
            (false, _, true) => {}
            _ => others += 1,
        }
    }
    keys >= 3 && indented >= 1 && others == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_contents_before_endings() {
        for (name, bytes, expected) in [
            ("ideas.csv", &b"PK\x03\x04rest"[..], Some("a ZIP archive")),
            ("ideas.xlsx", b"PK\x03\x04rest", Some("a spreadsheet")),
            ("ideas.txt", b"%PDF-1.7", Some("a PDF")),
            ("ideas.txt", b"\n<!DOCTYPE html><p>", Some("HTML")),
            ("x", b"<opml version=\"2.0\"><body/></opml>", Some("OPML")),
            ("x", b"<?xml version=\"1.0\"?><a/>", Some("XML")),
            ("x.yml", b"a: 1\n", Some("YAML")),
            ("x.txt", b"- title: A\n  tags: x\n- title: B\n", Some("YAML")),
            ("x.md", b"<!-- a comment -->\n# A\n", None),
            ("x.md", b"---\ntitle: A\ntags: x\n---\ntext\n", None),
            ("x.txt", b"Note: this\nand: that\nor: so\n", None),
            ("x.md", b"- idea: a thing\n- other: more\n- third: words\n", None),
            ("x.csv", b"a,b\n1,2\n", None),
            ("notes", b"one\ntwo\n", None),
            ("x.bin", b"a\0b", Some("binary data")),
        ] {
            assert_eq!(unsupported_format(name, bytes).map(|(name, _)| name), expected, "{name}");
        }
    }
}
