//! Everyday words for commands, by which the palette finds them besides their
//! names, and the lines of what only the command line does.

use super::Command;

/// Words by command; what a command's name and help say already is left out.
const SYNONYMS: &[(Command, &str)] = &[
    (Command::Down, "below forward move"),
    (Command::Up, "above move"),
    (Command::Top, "start beginning home move"),
    (Command::Bottom, "end last move"),
    (Command::Open, "show details view page enter"),
    (Command::Back, "close cancel escape leave"),
    (Command::Find, "search filter look grep"),
    (Command::Filters, "search saved recall favourites favorites"),
    (Command::KeepFilter, "save store filter"),
    (Command::ForgetFilter, "delete remove filter"),
    (Command::Add, "new create insert capture idea"),
    (Command::Import, "load read csv spreadsheet zotero trello org file"),
    (Command::Edit, "open file modify change text"),
    (Command::Log, "hours time progress work traction"),
    (Command::Note, "comment journal write remark"),
    (Command::Undo, "revert rollback restore back"),
    (Command::Redo, "repeat undo again"),
    (Command::Save, "write store retry"),
    (Command::Reload, "refresh update redraw"),
    (Command::Problems, "errors warnings broken invalid"),
    (Command::NextScreen, "tab switch view"),
    (Command::PreviousScreen, "tab switch view"),
    (Command::CopyId, "yank name"),
    (Command::CopyText, "yank clipboard"),
    (Command::Theme, "colors colours appearance dark mode settings"),
    (Command::Settings, "configuration preferences options configure weights"),
    (Command::OwnSettings, "configuration preferences options configure keys name editor"),
    (Command::KeepCopy, "save as demo export backup"),
    (Command::Changes, "diff external history"),
    (Command::Help, "manual legend shortcuts bindings keyboard"),
    (Command::Suspend, "background terminal"),
    (Command::Quit, "exit close leave"),
    (Command::Status, "state done finish start park abandon archive active"),
    (Command::Remove, "delete trash bin erase discard rm"),
    (Command::Mark, "select choose tick"),
    (Command::MarkListed, "select all tick"),
    (Command::Repeat, "redo again bulk"),
    (Command::Versus, "compare pairs"),
    (Command::CheapestQuestion, "what next ask suggest"),
    (Command::ByDuels, "order sort comparisons"),
    (Command::AllColumns, "wide table details show hide scores"),
    (Command::Sort, "order arrange"),
    (Command::AllStatuses, "hidden archived filter show"),
    (Command::Axis, "chart plot graph"),
    (Command::MoreTable, "resize wider split"),
    (Command::LessTable, "resize narrower split"),
    (Command::Exact, "rate score number value"),
    (Command::Range, "uncertainty interval error bracket"),
    (Command::Clear, "delete erase reset rating empty"),
    (Command::Tags, "label category topic"),
    (Command::Retitle, "rename name edit"),
    (Command::Summary, "description abstract pitch text"),
    (Command::Keep, "accept yes"),
    (Command::NotNow, "later snooze postpone defer"),
    (Command::DropCard, "delete reject discard abandon"),
    (Command::Drop, "delete reject discard abandon kill stop"),
    (Command::Merge, "duplicate combine join"),
    (Command::Case, "pitch argument pros why"),
    (Command::Forecast, "predict prediction bet practice"),
    (Command::Judge, "resolve result outcome due"),
    (Command::AcceptAll, "save"),
    (Command::SkipCard, "later next"),
    (Command::Shortlist, "favourite favorite finalist"),
    (Command::Start, "begin activate"),
    (Command::MergeInto, "duplicate combine join"),
    (Command::PutOff, "later skip"),
    (Command::Cards, "inbox bulk"),
    (Command::Overview, "history decisions"),
    (Command::TakeBack, "undo revert"),
    (Command::PickTie, "equal same draw"),
    (Command::Past, "history answers delete"),
    (Command::Curiosities, "contradictions cycles inconsistent"),
    (Command::Limit, "filter subset"),
    (Command::StartFirst, "begin activate pursue"),
    (Command::RankByDuels, "order sort comparisons"),
    (Command::AskOn, "continue more pairs again"),
    (Command::EndSession, "finish stop"),
    (Command::Strike, "delete remove undo"),
    (Command::Continue, "keep renew"),
    (Command::Pivot, "fork branch"),
    (Command::Park, "later snooze postpone defer pause"),
    (Command::Revive, "restore reopen unarchive"),
    (Command::Promise, "deadline goal due forecast bet"),
    (Command::LookBack, "retrospective result"),
    (Command::DialUp, "weight importance increase"),
    (Command::DialDown, "weight importance decrease"),
    (Command::NextDial, "weights importance settings"),
    (Command::KeepMoved, "save weights"),
    (Command::DropMoved, "reset weights cancel"),
    (Command::Portfolio, "week hours plan schedule time budget"),
    (Command::Adopt, "weights accept learn"),
    (Command::Sure, "practice confidence percent"),
    (Command::PracticeForm, "practice deck card history train"),
    (Command::NextCard, "practice skip pass"),
    (Command::Statistics, "numbers details"),
];

impl Command {
    /// Other words that people use for it, with spaces between them.
    #[must_use]
    pub fn synonyms(self) -> &'static str {
        SYNONYMS.iter().find(|(command, _)| *command == self).map_or("", |(_, words)| words)
    }
}

/// Something that is done in the shell and not in the workbench.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShellLine {
    /// The line to type.
    pub line: &'static str,
    /// What comes of it, in a few words.
    pub result: &'static str,
    /// Other words by which it is found.
    pub synonyms: &'static str,
}

/// What only the command line does.
pub const SHELL_LINES: &[ShellLine] = &[
    ShellLine {
        line: "prospect import FILE --dry-run",
        result: "what would be written",
        synonyms: "load read csv tsv excel spreadsheet json markdown org bibtex zotero list",
    },
    ShellLine {
        line: "prospect answers FILE --from NAME",
        result: "a colleague's sheet, back",
        synonyms: "import survey person people team",
    },
    ShellLine {
        line: "prospect export",
        result: "everything, to keep or hand on",
        synonyms: "backup save share csv json",
    },
    ShellLine {
        line: "prospect report --output PAGE.html",
        result: "a page to read or print",
        synonyms: "share html markdown pdf export print",
    },
    ShellLine {
        line: "prospect config",
        result: "what is in force, and why",
        synonyms: "settings configuration preferences options configure",
    },
    ShellLine {
        line: "prospect paths",
        result: "where the files are",
        synonyms: "folder directory location config trash",
    },
    ShellLine {
        line: "prospect check",
        result: "what is wrong in the files",
        synonyms: "validate verify lint errors",
    },
    ShellLine {
        line: "prospect calibration",
        result: "how good your chances were",
        synonyms: "forecast accuracy brier promises",
    },
    ShellLine {
        line: "prospect help --all",
        result: "every command of the shell",
        synonyms: "manual cli documentation subcommands",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_has_two_rows_of_words() {
        for (i, (command, words)) in SYNONYMS.iter().enumerate() {
            assert!(!words.is_empty(), "{command:?}");
            assert!(SYNONYMS[..i].iter().all(|(other, _)| other != command), "{command:?}");
        }
    }
}
