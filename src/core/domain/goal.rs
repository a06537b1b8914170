//! Goals of the owner of a workspace beyond single ideas, and the three answers of
//! each quarter. They stand in `prospect.toml` as `[[goal]]` and
//! `[[quarter]]`.

use super::{Date, Idea, SettingTable, SettingValue, SettingValues};

/// What a key of a goal or of a quarter holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalValue {
    /// Text.
    Text,
    /// A day.
    Date,
    /// A number, 0 or more.
    Number,
    /// A list of texts.
    List,
}

impl GoalValue {
    /// What may stand there, in words.
    #[must_use]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Text => "text in quotes",
            Self::Date => "a day: 2026-12-31",
            Self::Number => "a number, 0 or more",
            Self::List => "a list of texts: [\"paper\", \"talk\"]",
        }
    }

    /// Whether a value is what this key holds.
    #[must_use]
    pub fn accepts(self, value: &SettingValue) -> bool {
        match self {
            Self::Text => matches!(value, SettingValue::Text(_)),
            Self::Date => date(Some(value)).is_some(),
            Self::Number => matches!(value, SettingValue::Number(number) if *number >= 0.0),
            Self::List => matches!(value, SettingValue::List(_)),
        }
    }
}

/// A key of a goal or of a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoalField {
    /// The key.
    pub key: &'static str,
    /// What it holds.
    pub value: GoalValue,
    /// Whether an entry without it is wrong.
    pub required: bool,
    /// What it means, in a line.
    pub meaning: &'static str,
}

const fn field(key: &'static str, value: GoalValue, meaning: &'static str) -> GoalField {
    GoalField { key, value, required: false, meaning }
}

/// The keys of `[[goal]]`, in the order in which they are written.
pub const GOAL_FIELDS: [GoalField; 7] = [
    GoalField { required: true, ..field("text", GoalValue::Text, "what you are after") },
    field("by", GoalValue::Date, "the day by which it should be reached"),
    field("since", GoalValue::Date, "the day from which outputs count; else the quarter's first"),
    field("hours_per_week", GoalValue::Number, "hours a week that you mean to put in"),
    field("outputs", GoalValue::List, "what should leave the house, a word each: paper, talk"),
    field("tags", GoalValue::List, "ideas with one of these tags serve it; all do without any"),
    field("not_for", GoalValue::Text, "what you do not optimise"),
];

/// The keys of `[[quarter]]`, in the order in which they are written.
pub const QUARTER_FIELDS: [GoalField; 4] = [
    GoalField { required: true, ..field("date", GoalValue::Date, "the day of the answers") },
    field("over_optimised", GoalValue::Text, "what you tried too hard to get"),
    field("admire", GoalValue::Text, "whom you admire, and for which habit"),
    field("stop", GoalValue::Text, "what you would stop"),
];

/// The lists of tables that a file of settings may hold, each with its keys.
pub const GOAL_LISTS: [(&str, &[GoalField]); 2] =
    [("goal", &GOAL_FIELDS), ("quarter", &QUARTER_FIELDS)];

/// What a person or a group is after, with an input and outputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Goal {
    /// What it is.
    pub text: String,
    /// The day by which it should be reached.
    pub by: Option<Date>,
    /// The day from which its outputs count.
    pub since: Option<Date>,
    /// Hours a week that are meant to go in, 0 or more.
    pub hours_per_week: Option<f64>,
    /// Kinds of output that should come of it; one that is named twice is wanted
    /// twice.
    pub outputs: Vec<String>,
    /// Ideas with one of these tags serve it; without any tag all do.
    pub tags: Vec<String>,
    /// What is not optimised; empty if that was not said.
    pub not_for: String,
}

impl Goal {
    /// The goals among the values of a file, in file order. Keys that hold
    /// something else are left out.
    #[must_use]
    pub fn all(values: &SettingValues) -> Vec<Self> {
        tables(values, "goal").iter().map(Self::from_table).collect()
    }

    fn from_table(table: &SettingTable) -> Self {
        Self {
            text: text(table, "text"),
            by: date(table.get("by")),
            since: date(table.get("since")),
            hours_per_week: match table.get("hours_per_week") {
                Some(SettingValue::Number(hours)) if *hours >= 0.0 => Some(*hours),
                _ => None,
            },
            outputs: list(table, "outputs"),
            tags: list(table, "tags"),
            not_for: text(table, "not_for"),
        }
    }

    /// The keys that hold something.
    #[must_use]
    pub fn to_table(&self) -> SettingTable {
        let texts = |list: &[String]| (!list.is_empty()).then(|| SettingValue::List(list.to_vec()));
        let cells = [
            ("text", Some(SettingValue::Text(self.text.clone()))),
            ("by", self.by.map(written)),
            ("since", self.since.map(written)),
            ("hours_per_week", self.hours_per_week.map(SettingValue::Number)),
            ("outputs", texts(&self.outputs)),
            ("tags", texts(&self.tags)),
            ("not_for", present(&self.not_for)),
        ];
        collect(cells)
    }

    /// A table of a file with what this goal says; keys whose meaning stays are as
    /// they were written, and so are those that no goal has.
    #[must_use]
    pub fn update(&self, table: &SettingTable) -> SettingTable {
        let (before, now) = (Self::from_table(table).to_table(), self.to_table());
        let mut updated = table.clone();
        for field in GOAL_FIELDS {
            match now.get(field.key) {
                value if value == before.get(field.key) => {}
                Some(value) => drop(updated.insert(field.key.to_owned(), value.clone())),
                None => drop(updated.remove(field.key)),
            }
        }
        updated
    }

    /// Whether an idea serves it.
    #[must_use]
    pub fn is_served_by(&self, idea: &Idea) -> bool {
        let is_tag = |tag: &String| idea.tags.iter().any(|own| own.eq_ignore_ascii_case(tag));
        self.tags.is_empty() || self.tags.iter().any(is_tag)
    }

    /// Whether its day has passed.
    #[must_use]
    pub fn is_over(&self, as_of: Date) -> bool {
        self.by.is_some_and(|by| by < as_of)
    }
}

/// The answers to the three questions of a quarter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuarterAnswers {
    /// The day of the answers.
    pub date: Option<Date>,
    /// What was tried too hard to get.
    pub over_optimised: String,
    /// Who is admired, and for which habit.
    pub admire: String,
    /// What would be stopped.
    pub stop: String,
}

impl QuarterAnswers {
    /// The answers among the values of a file, in file order.
    #[must_use]
    pub fn all(values: &SettingValues) -> Vec<Self> {
        let quarter = |table: &SettingTable| Self {
            date: date(table.get("date")),
            over_optimised: text(table, "over_optimised"),
            admire: text(table, "admire"),
            stop: text(table, "stop"),
        };
        tables(values, "quarter").iter().map(quarter).collect()
    }

    /// The keys that hold something.
    #[must_use]
    pub fn to_table(&self) -> SettingTable {
        collect([
            ("date", self.date.map(written)),
            ("over_optimised", present(&self.over_optimised)),
            ("admire", present(&self.admire)),
            ("stop", present(&self.stop)),
        ])
    }

    /// Whether no question was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.over_optimised, &self.admire, &self.stop].iter().all(|text| text.trim().is_empty())
    }
}

/// The first day of the quarter of a year in which a day lies.
#[must_use]
pub fn quarter_start(day: Date) -> Date {
    let month = (day.month() - 1) / 3 * 3 + 1;
    Date::new(day.year(), month, 1).unwrap_or(day)
}

fn tables<'v>(values: &'v SettingValues, name: &str) -> &'v [SettingTable] {
    match values.get(name) {
        Some(SettingValue::Tables(tables)) => tables,
        _ => &[],
    }
}

fn collect<const N: usize>(cells: [(&str, Option<SettingValue>); N]) -> SettingTable {
    cells.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

fn present(text: &str) -> Option<SettingValue> {
    (!text.is_empty()).then(|| SettingValue::Text(text.to_owned()))
}

/// A day as it is written into a file.
fn written(day: Date) -> SettingValue {
    SettingValue::Other(day.to_string())
}

fn text(table: &SettingTable, key: &str) -> String {
    match table.get(key) {
        Some(SettingValue::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn list(table: &SettingTable, key: &str) -> Vec<String> {
    match table.get(key) {
        Some(SettingValue::List(list)) => list.clone(),
        _ => Vec::new(),
    }
}

/// The day that a value is, with or without quotes and a time of day.
fn date(value: Option<&SettingValue>) -> Option<Date> {
    let (SettingValue::Text(text) | SettingValue::Other(text)) = value? else { return None };
    text.trim().get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_written_is_what_is_read() {
        let goal = Goal {
            text: "Ship the replay paper".into(),
            by: Some(date(2026, 12, 31)),
            since: None,
            hours_per_week: Some(12.0),
            outputs: vec!["paper".into(), "talk".into()],
            tags: vec!["tooling".into()],
            not_for: "citations".into(),
        };
        let quarter = QuarterAnswers {
            date: Some(date(2026, 11, 20)),
            stop: "pruning".into(),
            ..QuarterAnswers::default()
        };
        let values = SettingValues::from([
            ("goal".to_owned(), SettingValue::Tables(vec![goal.to_table()])),
            ("quarter".to_owned(), SettingValue::Tables(vec![quarter.to_table()])),
        ]);
        assert_eq!(Goal::all(&values), std::slice::from_ref(&goal));
        assert_eq!(QuarterAnswers::all(&values), [quarter]);
        let mut quoted = goal.to_table();
        quoted.insert("by".into(), SettingValue::Text("2026-12-31".into()));
        quoted.insert("ours".into(), SettingValue::Flag(true));
        assert_eq!(goal.update(&quoted), quoted);
        let changed = Goal { by: None, ..goal.clone() }.update(&quoted);
        assert_eq!(changed.len(), quoted.len() - 1);
        for (key, value) in goal.to_table() {
            let field = GOAL_FIELDS.iter().find(|field| field.key == key).unwrap();
            assert!(field.value.accepts(&value), "{key}");
        }
    }

    #[test]
    fn an_idea_serves_a_goal_by_its_tags() {
        let mut idea = Idea::new("a", "A");
        idea.tags = vec!["Systems".into()];
        let goal = |tags: &[&str]| Goal {
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..Goal::default()
        };
        assert!(goal(&["systems", "x"]).is_served_by(&idea));
        assert!(!goal(&["x"]).is_served_by(&idea));
        assert!(goal(&[]).is_served_by(&idea));
    }

    #[test]
    fn a_quarter_has_three_months() {
        for (day, start) in [((2026, 1, 1), 1), ((2026, 3, 31), 1), ((2026, 11, 20), 10)] {
            let (year, month, dom) = day;
            assert_eq!(quarter_start(date(year, month, dom)), date(2026, start, 1));
        }
    }
}
