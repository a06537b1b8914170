//! Fields that a column may become, to choose from.

use crate::domain::Field;
use crate::exchange::Target;

use super::PreviewColumn;

/// The fields that most columns become, in front of all others.
const USUAL: [Target; 9] = [
    Target::Field(Field::Title),
    Target::Field(Field::Summary),
    Target::Field(Field::Tags),
    Target::Field(Field::Status),
    Target::Field(Field::Links),
    Target::Field(Field::Created),
    Target::Field(Field::People),
    Target::Field(Field::From),
    Target::Ignored,
];

/// The list of fields for one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldMenu {
    /// The name of the column.
    pub column: String,
    pub targets: Vec<Target>,
    /// The line under the cursor.
    pub cursor: usize,
}

impl FieldMenu {
    /// The fields for a column, with the cursor on the one that it becomes now.
    pub(super) fn of(column: &PreviewColumn) -> Self {
        let names = Target::names();
        let others = names.iter().filter_map(|name| Target::from_name(name));
        let mut targets = USUAL.to_vec();
        targets.extend(others.filter(|target| !USUAL.contains(target)));
        let now = match column.target {
            Target::Unused => Target::Ignored,
            target => target,
        };
        let cursor = targets.iter().position(|target| *target == now).unwrap_or(0);
        Self { column: column.name.clone(), targets, cursor }
    }
}

/// A target as the page names it.
pub(super) fn name_of(target: Target) -> String {
    match target {
        Target::Unused | Target::Ignored => "(not used)".to_owned(),
        target => target.to_string(),
    }
}
