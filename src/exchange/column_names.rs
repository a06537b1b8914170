//! Names of columns in other programs.

use super::languages;
use super::mapping::Target;
use crate::domain::{BetInput, Criterion, EntryKind, Field, fold};

/// Names by target, the best first, as [`bare`] leaves them.
pub(super) const NAMES: &[(Target, &[&str])] = &[
    (
        Target::Field(Field::Title),
        &[
            "title",
            "name",
            "idea",
            "ideatitle",
            "headline",
            "subject",
            "heading",
            "topic",
            "task",
            "todo",
            "question",
            "label",
            "what",
            "project",
        ],
    ),
    (
        Target::Field(Field::Summary),
        &[
            "summary",
            "description",
            "abstract",
            "abstractnote",
            "text",
            "details",
            "desc",
            "body",
            "content",
            "notes",
            "comment",
            "comments",
            "note",
            "motivation",
            "experiment",
        ],
    ),
    (
        Target::Field(Field::Id),
        &[
            "uuid",
            "guid",
            "id",
            "key",
            "issuekey",
            "identifier",
            "slug",
            "taskid",
            "itemid",
            "recordid",
            "number",
            "nr",
            "no",
        ],
    ),
    (
        Target::Field(Field::Tags),
        &[
            "tags",
            "tag",
            "labels",
            "keywords",
            "keyword",
            "manualtags",
            "automatictags",
            "topics",
            "categories",
            "category",
            "section",
            "areas",
            "area",
            "theme",
        ],
    ),
    (
        Target::Field(Field::Links),
        &[
            "links",
            "link",
            "htmlurl",
            "url",
            "urls",
            "href",
            "website",
            "doi",
            "arxiv",
            "pdf",
            "permalink",
            "shorturl",
            "references",
            "tracking",
        ],
    ),
    (
        Target::Field(Field::People),
        &[
            "people",
            "who",
            "assignees",
            "assignee",
            "owner",
            "contributors",
            "mentors",
            "members",
            "collaborators",
        ],
    ),
    (
        Target::Field(Field::From),
        &[
            "from",
            "proposedby",
            "proposer",
            "submittedby",
            "author",
            "creator",
            "reporter",
            "yourname",
            "emailaddress",
            "email",
            "user",
        ],
    ),
    (
        Target::Field(Field::Created),
        &[
            "created",
            "createdat",
            "createdon",
            "createdtime",
            "createddate",
            "datecreated",
            "dateadded",
            "added",
            "addedon",
            "addedat",
            "firstseen",
            "opened",
            "openedat",
            "submitted",
            "submittedat",
            "timestamp",
            "date",
            "year",
        ],
    ),
    (
        Target::Field(Field::Status),
        &["status", "state", "stage", "outcome", "statereason", "resolution"],
    ),
    (Target::Entries(EntryKind::Log), &["log", "updates", "history", "journal", "progress"]),
    (Target::Entries(EntryKind::Promise), &["promise", "promises"]),
    (Target::Entries(EntryKind::Forecast), &["forecast", "forecasts"]),
    (Target::Entries(EntryKind::Decision), &["decision", "decisions"]),
    (Target::LogDate, &["log.date"]),
    (
        Target::LogHours,
        &[
            "log.hours",
            "hours",
            "timespent",
            "hoursspent",
            "duration",
            "durationh",
            "durationdecimal",
            "timeh",
            "timedecimal",
        ],
    ),
    (Target::LogTraction, &["log.traction", "traction"]),
    (Target::LogNote, &["log.note"]),
];

/// Columns of dates that are never the day on which an idea came up.
pub(super) const OTHER_DATES: &[&str] = &[
    "scheduled",
    "deadline",
    "closed",
    "completed",
    "due",
    "duedate",
    "published",
    "modified",
    "datemodified",
    "accessdate",
    "updated",
    "updatedat",
    "resolved",
    "start",
    "end",
    "wait",
    "until",
    "lasteditedtime",
    "datelastactivity",
    "closedat",
];

/// Columns of tables of papers: there, a section is one of a newspaper.
pub(super) const OF_PAPERS: [&str; 4] =
    ["itemtype", "publicationtitle", "abstractnote", "publicationyear"];

/// Columns of texts that describe, beside which a summary is a title.
pub(super) const DESCRIBING: [&str; 5] = ["description", "details", "body", "content", "text"];

/// Words in the heading of a column that make it a title.
const TITLE_WORDS: [&str; 20] = [
    "idea",
    "proposal",
    "topic",
    "study",
    "project",
    "hypothesis",
    "idee",
    "ideia",
    "vorschlag",
    "projekt",
    "proposition",
    "projet",
    "propuesta",
    "proyecto",
    "proposta",
    "progetto",
    "идея",
    "想法",
    "アイテア",
    "아이디어",
];

/// How much a heading asks for the title: 2 for one of the words for it, 1 more for a question.
pub(super) fn asks_for_title(name: &str) -> u8 {
    let folded = fold(name);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    let is_one = |word: &str, known: &str| {
        word.trim_end_matches('s') == known || !known.is_ascii() && word.contains(known)
    };
    let has_word = words.any(|word| TITLE_WORDS.iter().any(|known| is_one(word, known)));
    2 * u8::from(has_word) + u8::from(name.trim_end().ends_with(['?', '？']))
}

/// A field by its name, or by its last part where that is enough.
pub(super) fn field(name: &str) -> Option<Field> {
    Field::from_name(name)
        .or_else(|| Criterion::from_id(name).map(Field::Rating))
        .or_else(|| BetInput::from_id(name).map(Field::BetInput))
        .or_else(|| (name == "bet").then_some(Field::Bet))
        .filter(|field| *field != Field::Imported)
}

/// Letters, digits and points, in lower case; a name in another language is translated.
pub(super) fn bare(name: &str) -> String {
    let name = languages::plain(name);
    if field(&name).is_some() {
        return name;
    }
    let name = name.replace('_', "");
    languages::english(&name).map_or(name, str::to_owned)
}

/// Whether a column could be called so.
pub(super) fn is_known(name: &str) -> bool {
    let name = bare(name);
    field(&name).is_some() || NAMES.iter().any(|(_, names)| names.contains(&name.as_str()))
}
