//! The mapping from columns to fields: guessed from names and contents, or given
//! by the user.

use serde_json::Value as Json;

use super::column_names::{
    DESCRIBING, NAMES, OF_PAPERS, OTHER_DATES, asks_for_title, bare, field, is_known,
};
use super::key::serves_as_id;
use super::{Row, Rows, cell, entry_cell};
use crate::domain::{DateOrder, EntryKind, Field, ValueKind, date_from_text};

/// The field or list that a column becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A field of the idea.
    Field(Field),
    /// A list of the idea: of objects, or of texts that begin with a date.
    Entries(EntryKind),
    /// The day of a log entry; each row adds one to its idea.
    LogDate,
    LogHours,
    LogTraction,
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
    pub target: Target,
    /// How its dates are meant, if it holds dates.
    pub(super) order: DateOrder,
}

/// The columns in the order of the source, each with the field that it becomes.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub columns: Vec<Column>,
}

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
    #[must_use]
    pub const fn takes_many(self) -> bool {
        matches!(
            self,
            Self::Field(
                Field::Tags | Field::Links | Field::People | Field::Summary | Field::Status
            ) | Self::Ignored
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
            column.order = DateOrder::of(texts(&rows.rows, &column.name));
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
    /// allow it; for lists and statuses, all that are called so.
    fn guess_by_name(&mut self, rows: &[Row], is_user_mapped: &[bool]) {
        let names: Vec<String> = self.columns.iter().map(|column| bare(&column.name)).collect();
        let has = |name: &str| names.iter().any(|own| own == name);
        // Issue trackers call a title a summary, and the text a description.
        let is_summary_title = DESCRIBING.iter().any(|name| has(name))
            && !["title", "name", "idea"].iter().any(|name| has(name));
        // Beside a description, the content of a task is what it is called.
        let is_content_title = has("description")
            && !["title", "name", "idea", "summary"].iter().any(|name| has(name));
        let is_of_papers = OF_PAPERS.iter().any(|name| has(name));
        let take = |mapping: &mut Self, at: usize, target: Target, many: bool| {
            let column = &mapping.columns[at];
            let is_free = column.target == Target::Unused && !is_user_mapped[at];
            if is_free && (many || !mapping.has(target)) && fits(rows, column, target) {
                mapping.columns[at].target = target;
            }
        };
        for (at, name) in names.iter().enumerate() {
            match field(name) {
                Some(Field::Summary) if is_summary_title => {
                    take(self, at, Target::Field(Field::Title), false);
                }
                // An id is best one that means the same everywhere.
                Some(Field::Id) | None => {}
                Some(field) => take(self, at, Target::Field(field), false),
            }
        }
        if let Some(at) =
            names.iter().position(|name| name == "content").filter(|_| is_content_title)
        {
            take(self, at, Target::Field(Field::Title), false);
        }
        for (target, known) in NAMES {
            for known in *known {
                for (at, name) in names.iter().enumerate().filter(|(_, name)| name == known) {
                    let is_other = match name.as_str() {
                        "section" | "year" => is_of_papers,
                        "url" => has("htmlurl"),
                        _ => false,
                    };
                    let many =
                        target.takes_many() && !matches!(target, Target::Field(Field::Summary));
                    if !is_other {
                        take(self, at, *target, many);
                    }
                }
            }
        }
        // Beside a title, a name without spaces is a key.
        if let Some(at) = names.iter().position(|name| name == "name").filter(|_| has("title")) {
            let are_keys = texts(rows, &self.columns[at].name).all(serves_as_id);
            if are_keys {
                take(self, at, Target::Field(Field::Id), false);
            }
        }
    }

    /// Columns whose names are not known are guessed from what they hold:
    /// addresses, e-mail addresses, dates and, where there is neither title nor
    /// summary, texts that are all different.
    fn guess_by_contents(&mut self, rows: &[Row]) {
        let is_named =
            self.has(Target::Field(Field::Title)) || self.has(Target::Field(Field::Summary));
        let mut best: Option<(usize, (u8, usize))> = None;
        for at in 0..self.columns.len() {
            if self.columns[at].target != Target::Unused {
                continue;
            }
            let name = self.columns[at].name.clone();
            let found: Vec<&str> = texts(rows, &name).collect();
            let all = |is: fn(&str) -> bool| !found.is_empty() && found.iter().all(|text| is(text));
            let order = DateOrder::of(found.iter().copied());
            let target = if all(|text| text.starts_with("http://") || text.starts_with("https://"))
            {
                let is_shown = !all(cell::is_for_machines) && !self.has_page(rows, &name);
                is_shown.then_some(Target::Field(Field::Links))
            } else if all(cell::is_mail) {
                let is_free = !self.has(Target::Field(Field::From));
                Some(Target::Field(if is_free { Field::From } else { Field::People }))
            } else if all(|text| text.len() >= 8)
                && found.iter().all(|text| date_from_text(text, order).is_some())
            {
                let is_free = !self.has(Target::Field(Field::Created));
                let is_it = is_free && !OTHER_DATES.contains(&bare(&name).as_str());
                is_it.then_some(Target::Field(Field::Created))
            } else {
                // What is known by its name is something else than a title.
                if are_own(&found) && !is_known(&name) {
                    let length = found.iter().map(|text| text.chars().count()).sum::<usize>();
                    let rank = (asks_for_title(&name), length);
                    if best.is_none_or(|(_, other)| rank > other) {
                        best = Some((at, rank));
                    }
                }
                None
            };
            self.columns[at].target = target.unwrap_or(Target::Unused);
        }
        if let Some((at, (_, length))) = best.filter(|_| !is_named) {
            let is_long = length > LONG * texts(rows, &self.columns[at].name).count();
            let field = if is_long { Field::Summary } else { Field::Title };
            self.columns[at].target = Target::Field(field);
        }
    }

    /// Whether a column of addresses belongs to something else than the idea, whose
    /// own page is in a column of its own: `user.html_url` beside `html_url`.
    fn has_page(&self, rows: &[Row], name: &str) -> bool {
        let is_page = |row: &Row| row.cells.iter().any(|(name, _)| name == "html_url");
        let is_other = name.contains('.') || name.ends_with("_url");
        is_other && rows.iter().any(is_page)
    }

    /// A date and a note beside hours or traction belong to a log entry.
    fn detect_log_rows(&mut self) {
        let log = self.has(Target::LogHours) || self.has(Target::LogTraction);
        if !log || self.has(Target::LogDate) {
            return;
        }
        // Programs that track time call the work a project and the note a description.
        let is_free = !self.has(Target::Field(Field::Title));
        let project = self.columns.iter_mut().find(|column| {
            is_free && bare(&column.name) == "project" && column.target == Target::Unused
        });
        let is_tracked = project.is_some();
        if let Some(project) = project {
            project.target = Target::Field(Field::Title);
        }
        // Without a day of the work, hours are those of the idea, and notes too.
        let is_day = |name: &str| matches!(name, "date" | "day" | "startdate");
        let has_day = self.columns.iter().any(|column| is_day(&bare(&column.name)));
        for column in &mut self.columns {
            match (bare(&column.name).as_str(), column.target) {
                ("description", Target::Field(Field::Summary)) if is_tracked => {
                    column.target = Target::LogNote;
                }
                ("date" | "day" | "startdate", Target::Field(Field::Created) | Target::Unused) => {
                    column.target = Target::LogDate;
                }
                (
                    "note" | "notes" | "comment" | "comments",
                    Target::Field(Field::Summary) | Target::Unused,
                ) if has_day => {
                    column.target = Target::LogNote;
                }
                _ => {}
            }
        }
    }
}

/// The texts of a column that are longer than this on average are no titles.
const LONG: usize = 100;

/// Whether nine of ten texts are words, and all different.
fn are_own(found: &[&str]) -> bool {
    let distinct: std::collections::BTreeSet<&str> = found.iter().copied().collect();
    let with_words = found.iter().filter(|text| text.contains(char::is_alphabetic)).count();
    !found.is_empty()
        && 10 * distinct.len() >= 9 * found.len()
        && 10 * with_words >= 9 * found.len()
}

/// The columns in the order in which they first occur.
fn columns(rows: &[Row]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut positions = std::collections::HashMap::new();
    for (name, value) in rows.iter().flat_map(|row| &row.cells) {
        let at = *positions.entry(name.as_str()).or_insert_with(|| {
            let (name, target) = (name.clone(), Target::Unused);
            columns.push(Column { name, filled: 0, target, order: DateOrder::Unknown });
            columns.len() - 1
        });
        columns[at].filled += usize::from(!cell::is_nothing(value));
    }
    columns
}

/// The cells of a column that hold something, in order.
pub(super) fn values<'r>(rows: &'r [Row], name: &str) -> impl Iterator<Item = &'r Json> {
    let cells =
        rows.iter().flat_map(move |row| row.cells.iter().filter(move |(own, _)| own == name));
    cells.map(|(_, value)| value).filter(|value| !cell::is_nothing(value))
}

/// The texts of a column, trimmed.
fn texts<'r>(rows: &'r [Row], name: &str) -> impl Iterator<Item = &'r str> {
    values(rows, name).filter_map(|value| value.as_str().map(str::trim))
}

/// Whether a column can hold what its name says, so that a name alone does not
/// decide: a text or a list in at least half of its cells, anything else in one.
/// Cells that cannot be read are then reported one by one.
fn fits(rows: &[Row], column: &Column, target: Target) -> bool {
    let name = column.name.as_str();
    let order = DateOrder::of(texts(rows, name));
    let count = |is: &dyn Fn(&Json) -> bool| {
        values(rows, name)
            .fold((0, 0), |(all, good), value| (all + 1, good + usize::from(is(value))))
    };
    let half = |(all, good): (usize, usize)| all > 0 && 2 * good >= all;
    let one = |(_, good): (usize, usize)| good > 0;
    match target {
        // The name of a project is a title only where it is that of one idea.
        Target::Field(Field::Title) if bare(name) == "project" => {
            let found: Vec<&str> = texts(rows, name).collect();
            found.len() == rows.len() && are_own(&found)
        }
        Target::Field(field) => match field.kind() {
            ValueKind::Text => half(count(&|value| value.is_string() || value.is_number())),
            ValueKind::List => half(count(&|value| !value.is_boolean())),
            ValueKind::Date => one(count(&|value| {
                cell::date(value, order).is_some() || cell::is_ambiguous(value, order)
            })),
            _ => one(count(&|value| cell::value(field, value, order).is_ok())),
        },
        Target::Entries(EntryKind::Log) => {
            half(count(&|value| value.is_array() || value.as_str().is_some_and(entry_cell::is_log)))
        }
        Target::Entries(_) => half(count(&Json::is_array)),
        Target::LogHours if bare(name).starts_with("duration") => {
            one(count(&|value| cell::hours(value).is_some()))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::read;

    /// `Column → field` for every column that is used.
    fn guessed(name: &str, text: &str) -> Vec<String> {
        let rows = read(name, text, None).unwrap();
        let mapping = Mapping::guess(&rows, &[]).unwrap();
        let used = mapping.columns.iter().filter(|column| column.target != Target::Unused);
        used.map(|column| format!("{} → {}", column.name, column.target)).collect()
    }

    #[test]
    fn columns_of_other_programs_are_known() {
        // A survey: neither addresses nor names of people are titles.
        for (people, target) in [("Email Address", "from"), ("Your name", "from")] {
            let text = format!(
                "Timestamp,{people},What is your idea?,Keywords\n2024/03/01 10:15:22,ann@example.org,Probe,nlp\n\
                 2024/03/02 10:15:22,bo@example.org,Smaller teachers,distil\n"
            );
            let expected = [
                "Timestamp → created".to_owned(),
                format!("{people} → {target}"),
                "What is your idea? → title".to_owned(),
                "Keywords → tags".to_owned(),
            ];
            assert_eq!(guessed("f.csv", &text), expected);
        }
        let text = "Institution,Research idea,Why?\nETH,Probe,A longer reason\nMIT,Smaller,Because of it\n";
        assert_eq!(guessed("s.csv", text), ["Research idea → title"]);
        // Toggl.
        let text = "Project,Description,Start date,Duration\nProbe,read,2024-03-01,01:30:00\nProbe,ran,2024-03-02,00:45:00\n";
        assert_eq!(
            guessed("t.csv", text),
            [
                "Project → title",
                "Description → log.note",
                "Start date → log.date",
                "Duration → log.hours"
            ]
        );
        // Zotero.
        let text = "Key,Title,Abstract Note,Date,Date Added,Manual Tags,Automatic Tags,Section\n\
                    AAAA1111,Probe,We look.,1892,2024-03-01 10:00:00,nlp; data,cs.CL,\n\
                    BBBB2222,Smaller,,2019-02-01,2024-03-02 10:00:00,,,Technology\n";
        assert_eq!(
            guessed("z.csv", text),
            [
                "Key → id",
                "Title → title",
                "Abstract Note → summary",
                "Date Added → created",
                "Manual Tags → tags",
                "Automatic Tags → tags"
            ]
        );
        // Jira.
        let text = "Summary,Labels,Labels,Status,Resolution,Description\nProbe,nlp,data,Done,Won't Do,Text.\n";
        assert_eq!(
            guessed("j.csv", text),
            [
                "Summary → title",
                "Labels → tags",
                "Status → status",
                "Resolution → status",
                "Description → summary"
            ]
        );
        // AI-Scientist.
        let text = r#"[{"Name":"probe","Title":"Probe","Experiment":"Look.","Interestingness":8}]"#;
        assert_eq!(
            guessed("ideas.json", text),
            ["Name → id", "Title → title", "Experiment → summary"]
        );
        // GitHub's REST interface.
        let text = r#"[{"url":"https://api.github.com/repos/o/r/issues/1","html_url":"https://github.com/o/r/issues/1",
            "comments_url":"https://api.github.com/c","title":"A","user":{"login":"mara","avatar_url":"https://avatars.githubusercontent.com/u/1"}}]"#;
        assert_eq!(guessed("i.json", text), ["html_url → links", "title → title", "user → from"]);
    }

    #[test]
    fn contents_must_agree_with_names() {
        assert_eq!(guessed("x.csv", "title,status\nA,3\nB,4\n"), ["title → title"]);
        assert_eq!(
            guessed("x.csv", "title,status\nA,open\nB,soon\nC,later on\n"),
            ["title → title", "status → status"]
        );
        assert_eq!(
            guessed("x.csv", "title,Created\nA,03/04/2024\n"),
            ["title → title", "Created → created"]
        );
        let project = "project,description\nnlp,Probe the tokenizer\nnlp,Smaller teachers\n";
        assert_eq!(guessed("x.csv", project), ["description → summary"]);
        assert_eq!(
            guessed("x.csv", &project.replace("nlp,S", "data,S")),
            ["project → title", "description → summary"]
        );
    }
}
