//! The mapping from columns to fields: guessed from names and contents, or given
//! by the user.

use serde_json::Value as Json;

use super::dates::{self, DateOrder};
use super::{Row, Rows, cell};
use crate::domain::{BetInput, Criterion, EntryKind, Field, ValueKind};

/// The field or list that a column becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A field of the idea.
    Field(Field),
    /// A list of the idea: of objects, or of texts that begin with a date.
    Entries(EntryKind),
    /// The day of a log entry; each row adds one to its idea.
    LogDate,
    /// Its hours.
    LogHours,
    /// Its level of traction.
    LogTraction,
    /// Its note.
    LogNote,
    /// Nothing, as was asked for.
    Ignored,
    /// Nothing, because neither name nor contents say more.
    Unused,
}

/// A column, and the field that it becomes.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in the source.
    pub name: String,
    /// How many rows have something there.
    pub filled: usize,
    /// What it becomes.
    pub target: Target,
    /// How its dates are meant, if it holds dates.
    pub(super) order: DateOrder,
}

/// The columns in the order of the source, each with the field that it becomes.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The columns.
    pub columns: Vec<Column>,
}

/// Names of columns, the best first. Punctuation and capitals do not count.
const NAMES: &[(Target, &[&str])] = &[
    (
        Target::Field(Field::Title),
        &[
            "title", "name", "idea", "headline", "subject", "heading", "topic", "project", "task",
            "todo", "question", "label", "what",
        ],
    ),
    (
        Target::Field(Field::Summary),
        &[
            "summary",
            "description",
            "abstract",
            "text",
            "details",
            "body",
            "content",
            "notes",
            "comment",
            "comments",
            "note",
            "motivation",
        ],
    ),
    (Target::Field(Field::Id), &["id", "key", "uuid", "guid", "slug", "number", "nr", "no"]),
    (
        Target::Field(Field::Tags),
        &[
            "tags",
            "tag",
            "labels",
            "keywords",
            "keyword",
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
            "url",
            "urls",
            "href",
            "website",
            "doi",
            "pdf",
            "references",
            "tracking",
        ],
    ),
    (
        Target::Field(Field::People),
        &["people", "who", "assignees", "assignee", "owner", "contributors", "mentors"],
    ),
    (
        Target::Field(Field::From),
        &["from", "proposedby", "proposer", "submittedby", "author", "creator", "reporter"],
    ),
    (
        Target::Field(Field::Created),
        &[
            "created",
            "createdat",
            "createdon",
            "date",
            "added",
            "addedon",
            "dateadded",
            "firstseen",
            "opened",
            "timestamp",
            "submitted",
            "year",
        ],
    ),
    (Target::Field(Field::Status), &["status", "state", "stage", "outcome"]),
    (Target::Entries(EntryKind::Log), &["log", "updates", "history", "journal", "progress"]),
    (Target::Entries(EntryKind::Promise), &["promise", "promises"]),
    (Target::Entries(EntryKind::Decision), &["decision", "decisions"]),
    (Target::LogDate, &["log.date"]),
    (Target::LogHours, &["log.hours", "hours", "time spent", "hoursspent"]),
    (Target::LogTraction, &["log.traction", "traction"]),
    (Target::LogNote, &["log.note"]),
];

/// Columns of dates that are never the day on which an idea came up.
const OTHER_DATES: &[&str] = &[
    "scheduled",
    "deadline",
    "closed",
    "completed",
    "due",
    "duedate",
    "published",
    "modified",
    "updated",
    "updatedat",
    "resolved",
    "start",
    "end",
    "wait",
    "until",
];

impl Target {
    /// The target of that name: a field, `log`, `promise`, `decision`,
    /// `log.date`, `log.hours`, `log.traction`, `log.note`; nothing for an empty
    /// one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let by_name = |(target, names): &(Self, &[&str])| {
            let is_field = matches!(target, Self::Field(_));
            (!is_field && names[0] == name).then_some(*target)
        };
        match name {
            "" => Some(Self::Ignored),
            _ => NAMES.iter().find_map(by_name).or_else(|| field(name).map(Self::Field)),
        }
    }

    /// Every name that [`Target::from_name`] knows.
    #[must_use]
    pub fn names() -> Vec<String> {
        let fields = Field::all().into_iter().filter(|field| *field != Field::Imported);
        let others = NAMES.iter().filter(|(target, _)| !matches!(target, Self::Field(_)));
        fields
            .map(|field| field.to_string())
            .chain(others.map(|(_, names)| names[0].to_owned()))
            .collect()
    }

    /// Whether several columns may become this.
    const fn takes_many(self) -> bool {
        matches!(
            self,
            Self::Field(Field::Tags | Field::Links | Field::People | Field::Summary)
                | Self::Ignored
                | Self::Unused
        )
    }
}

/// `ratings.headroom`, in words for the guess that is shown.
impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Field(field) => field.fmt(f),
            Self::Entries(kind) => f.write_str(kind.id()),
            Self::Ignored => f.write_str("left out"),
            Self::Unused => f.write_str("not used"),
            _ => {
                let names = NAMES.iter().find(|(target, _)| target == self);
                f.write_str(names.map_or("", |(_, names)| names[0]))
            }
        }
    }
}

/// A field by its name, or by its last part where that is enough.
fn field(name: &str) -> Option<Field> {
    Field::from_name(name)
        .or_else(|| Criterion::from_id(name).map(Field::Rating))
        .or_else(|| BetInput::from_id(name).map(Field::BetInput))
        .or_else(|| (name == "bet").then_some(Field::Bet))
        .filter(|field| *field != Field::Imported)
}

/// Letters, digits and points, in lower case.
pub(super) fn bare(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '_'));
    let name: String = kept.flat_map(char::to_lowercase).collect();
    if field(&name).is_some() { name } else { name.replace('_', "") }
}

/// Whether a column could be called so.
pub(super) fn is_known(name: &str) -> bool {
    let name = bare(name);
    field(&name).is_some() || NAMES.iter().any(|(_, names)| names.contains(&name.as_str()))
}

impl Mapping {
    /// Guesses what every column is. `user_mapping` has the columns that the user
    /// has mapped, by name; each must exist.
    ///
    /// # Errors
    /// Names a column that does not exist, or two columns for one field.
    pub fn guess(rows: &Rows, user_mapping: &[(String, Target)]) -> Result<Self, String> {
        let mut mapping = Self { columns: columns(&rows.rows) };
        if rows.keeps_ids {
            // The names are those of this program.
            for column in &mut mapping.columns {
                let list = EntryKind::ALL.into_iter().find(|kind| kind.id() == column.name);
                let field = Field::from_name(&column.name).map(Target::Field);
                column.target = field.or(list.map(Target::Entries)).unwrap_or(Target::Unused);
            }
            mapping.apply_user_mapping(user_mapping)?;
            return Ok(mapping);
        }
        mapping.apply_user_mapping(user_mapping)?;
        let is_user_mapped: Vec<bool> = mapping
            .columns
            .iter()
            .map(|column| user_mapping.iter().any(|(name, _)| *name == column.name))
            .collect();
        mapping.guess_by_name(&rows.rows, &is_user_mapped);
        mapping.guess_by_contents(&rows.rows);
        mapping.detect_log_rows();
        for column in &mut mapping.columns {
            column.order = dates::order_of(texts(&rows.rows, &column.name));
        }
        Ok(mapping)
    }

    /// The columns that become something.
    pub(super) fn of(&self, target: Target) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.target == target)
    }

    /// Whether a column becomes this.
    pub(super) fn has(&self, target: Target) -> bool {
        self.of(target).next().is_some()
    }

    /// Whether each row is a log entry of its idea.
    pub(super) fn is_log(&self) -> bool {
        [Target::LogDate, Target::LogHours, Target::LogTraction, Target::LogNote]
            .into_iter()
            .any(|target| self.has(target))
    }

    fn apply_user_mapping(&mut self, user_mapping: &[(String, Target)]) -> Result<(), String> {
        for (name, target) in user_mapping {
            let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
            let found = names.iter().position(|known| known == name);
            let found = found.or_else(|| names.iter().position(|known| bare(known) == bare(name)));
            let Some(at) = found else {
                return Err(format!("there is no column \"{name}\", only {}", names.join(", ")));
            };
            let is_free = target.takes_many() || !self.has(*target);
            if !is_free {
                return Err(format!("two columns cannot both become {target}"));
            }
            self.columns[at].target = *target;
        }
        Ok(())
    }

    /// Takes the column with the best name for each target, if its contents
    /// allow it; for lists, all that are called so.
    fn guess_by_name(&mut self, rows: &[Row], is_user_mapped: &[bool]) {
        let is_free =
            |column: &Column, at: usize| column.target == Target::Unused && !is_user_mapped[at];
        for at in 0..self.columns.len() {
            let name = bare(&self.columns[at].name);
            let Some(field) = field(&name).map(Target::Field) else { continue };
            if is_free(&self.columns[at], at)
                && !self.has(field)
                && fits(rows, &self.columns[at].name, field)
            {
                self.columns[at].target = field;
            }
        }
        for (target, names) in NAMES {
            for name in *names {
                let called = |column: &Column| bare(&column.name) == *name;
                for at in 0..self.columns.len() {
                    let column = &self.columns[at];
                    let is_list =
                        matches!(target, Target::Field(Field::Tags | Field::Links | Field::People));
                    if is_free(column, at)
                        && called(column)
                        && (is_list || !self.has(*target))
                        && fits(rows, &column.name, *target)
                    {
                        self.columns[at].target = *target;
                    }
                }
            }
        }
    }

    /// What is not called anything known may still be seen: addresses, and,
    /// where there is neither title nor summary, texts that are each their own.
    fn guess_by_contents(&mut self, rows: &[Row]) {
        let free: Vec<usize> = (0..self.columns.len())
            .filter(|at| self.columns[*at].target == Target::Unused)
            .collect();
        let mut best: Option<(usize, usize)> = None;
        for at in free {
            let name = self.columns[at].name.clone();
            let found: Vec<&str> = texts(rows, &name).collect();
            if found.is_empty() {
                continue;
            }
            if found.iter().all(|text| text.starts_with("http://") || text.starts_with("https://"))
            {
                self.columns[at].target = Target::Field(Field::Links);
            } else if !self.has(Target::Field(Field::Created))
                && !OTHER_DATES.contains(&bare(&name).as_str())
                && found
                    .iter()
                    .all(|text| dates::day(text, dates::order_of(found.iter().copied())).is_some())
                && found.iter().all(|text| text.len() >= 8)
            {
                self.columns[at].target = Target::Field(Field::Created);
            } else {
                let distinct: std::collections::BTreeSet<&str> = found.iter().copied().collect();
                let has_words =
                    found.iter().filter(|text| text.contains(char::is_alphabetic)).count();
                let is_own =
                    10 * distinct.len() >= 9 * found.len() && 10 * has_words >= 9 * found.len();
                if is_own && best.is_none_or(|(_, filled)| found.len() > filled) {
                    best = Some((at, found.len()));
                }
            }
        }
        let is_named =
            self.has(Target::Field(Field::Title)) || self.has(Target::Field(Field::Summary));
        if let Some((at, _)) = best.filter(|_| !is_named) {
            self.columns[at].target = Target::Field(Field::Title);
        }
    }

    /// A date and a note beside hours or traction belong to a log entry.
    fn detect_log_rows(&mut self) {
        let log = self.has(Target::LogHours) || self.has(Target::LogTraction);
        if !log || self.has(Target::LogDate) {
            return;
        }
        for column in &mut self.columns {
            match (bare(&column.name).as_str(), column.target) {
                ("date", Target::Field(Field::Created)) => column.target = Target::LogDate,
                (
                    "note" | "notes" | "comment" | "comments",
                    Target::Field(Field::Summary) | Target::Unused,
                ) => {
                    column.target = Target::LogNote;
                }
                _ => {}
            }
        }
    }
}

/// The columns in the order in which they first occur.
fn columns(rows: &[Row]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut positions = std::collections::HashMap::new();
    for (name, _) in rows.iter().flat_map(|row| &row.cells) {
        let at = *positions.entry(name.as_str()).or_insert_with(|| {
            let (name, target) = (name.clone(), Target::Unused);
            columns.push(Column { name, filled: 0, target, order: DateOrder::Unknown });
            columns.len() - 1
        });
        columns[at].filled += 1;
    }
    columns
}

/// What stands in a column, in order.
fn values<'r>(rows: &'r [Row], name: &str) -> impl Iterator<Item = &'r Json> {
    rows.iter().flat_map(move |row| {
        row.cells.iter().filter(move |(own, _)| own == name).map(|(_, value)| value)
    })
}

/// The texts of a column, trimmed.
fn texts<'r>(rows: &'r [Row], name: &str) -> impl Iterator<Item = &'r str> {
    values(rows, name).filter_map(|value| value.as_str().map(str::trim))
}

/// Whether at least half of a column can be read as what it would become, so
/// that a name alone does not decide.
fn fits(rows: &[Row], name: &str, target: Target) -> bool {
    let order = dates::order_of(texts(rows, name));
    let can_be_read = |value: &&Json| match target {
        Target::Field(field) => match field.kind() {
            ValueKind::Text => value.is_string() || value.is_number(),
            ValueKind::List => !value.is_boolean(),
            ValueKind::Date => cell::date(value, order).is_some(),
            _ => cell::value(field, value, order).is_ok(),
        },
        Target::Entries(EntryKind::Log) => {
            value.is_array() || value.as_str().is_some_and(cell::is_log)
        }
        Target::Entries(_) => value.is_array(),
        Target::LogHours | Target::LogTraction => cell::number(value).is_some(),
        _ => true,
    };
    let (all, good) = values(rows, name)
        .fold((0, 0), |(all, good), value| (all + 1, good + usize::from(can_be_read(&value))));
    2 * good >= all
}
