//! Every command there is, each in one row.

/// Where a command can be called by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// On every screen and page.
    Everywhere,
    /// On every screen, to get to another one.
    Screens,
    /// On the Rank screen.
    Rank,
    /// Wherever one idea is under the cursor with its questions.
    Rating,
    /// While one idea fills the Rank screen.
    Detail,
    /// In the first pass of triage, before anything is rated.
    Sort,
    /// In the second pass of triage.
    Weigh,
    /// On the Triage screen.
    Triage,
    /// While a line of text is typed.
    Prompt,
    /// While something is chosen from a short list.
    Choice,
}

impl Scope {
    /// All scopes, in the order in which help lists them.
    pub const ALL: [Self; 10] = [
        Self::Everywhere,
        Self::Screens,
        Self::Rank,
        Self::Rating,
        Self::Detail,
        Self::Sort,
        Self::Weigh,
        Self::Triage,
        Self::Prompt,
        Self::Choice,
    ];

    /// The heading in help and documentation.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Screens => "Screens",
            Self::Rank => "Rank",
            Self::Rating => "The idea and its questions",
            Self::Detail => "One idea",
            Self::Sort => "Triage: first pass",
            Self::Weigh => "Triage: second pass",
            Self::Triage => "Triage",
            Self::Prompt => "While typing",
            Self::Choice => "Choosing from a list",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The command.
    pub command: Command,
    /// Its name in settings and documentation.
    pub id: &'static str,
    /// Where its keys are valid.
    pub scope: Scope,
    /// Its keys, each a chord of key names with spaces between them;
    /// `<digit>` stands for any digit.
    pub keys: &'static [&'static str],
    /// A word for the footer; empty if it has no place there.
    pub short: &'static str,
    /// What it does, as a sentence without a full stop.
    pub help: &'static str,
}

macro_rules! commands {
    ($($scope:ident { $($command:ident $id:literal [$($key:literal),+] $short:literal $help:literal;)+ })+) => {
        /// Something that a key can set off.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            $($(#[doc = $help] $command,)+)+
        }

        const TABLE: &[Entry] = &[
            $($(Entry {
                command: Command::$command,
                id: $id,
                scope: Scope::$scope,
                keys: &[$($key),+],
                short: $short,
                help: $help,
            },)+)+
        ];
    };
}

commands! {
    Everywhere {
        Down       "down"       ["j", "<down>"]       ""      "Next line";
        Up         "up"         ["k", "<up>"]         ""      "Previous line";
        Top        "top"        ["g g", "<home>"]     ""      "First line";
        Bottom     "bottom"     ["G", "<end>"]        ""      "Last line";
        PageDown   "page-down"  ["<c-d>", "<pgdn>"]   ""      "Half a page down";
        PageUp     "page-up"    ["<c-u>", "<pgup>"]   ""      "Half a page up";
        Open       "open"       ["<enter>"]           "open"  "Open what is under the cursor";
        Back       "back"       ["<esc>"]             ""      "Back: close, or show everything again";
        Find       "find"       ["/"]                 "find"  "Find as you type: all words, in any order";
        Add        "add"        ["a"]                 "add"   "Add an idea to the inbox";
        Undo       "undo"       ["u"]                 "undo"  "Take the last change back, even after a restart";
        Redo       "redo"       ["U", "<c-r>"]        ""      "Do again what was taken back";
        Save       "save"       ["<c-s>"]             ""      "Try again to save what could not be saved";
        Reload     "reload"     ["R", "<c-l>"]        ""      "Read the files again and redraw";
        Problems   "problems"   ["!"]                 ""      "List what cannot be read, and where";
        Help       "help"       ["?"]                 "help"  "The keys of this screen";
        Suspend    "suspend"    ["<c-z>"]             ""      "Back to the shell; `fg` returns";
        Quit       "quit"       ["q", "<c-c>"]        ""      "Back, and at the top quit";
    }
    Screens {
        GoTo           "go-to"           ["g <digit>"] "" "Go to the screen with this number";
        NextScreen     "next-screen"     ["<tab>"]     "" "Next screen";
        PreviousScreen "previous-screen" ["<s-tab>"]   "" "Previous screen";
    }
    Rank {
        Status            "status"             ["s"]            "status"  "Change the status and say why";
        Remove            "remove"             ["D"]            ""        "Remove the idea; undo brings it back";
        AllColumns        "all-columns"        ["z"]            "columns" "All columns, or the calm table";
        AllStatuses       "all-statuses"       ["A"]            ""        "Show or hide the abandoned and the done";
    }
    Rating {
        NextCriterion     "next-criterion"     ["l", "<right>"] ""        "Next criterion";
        PreviousCriterion "previous-criterion" ["h", "<left>"]  ""        "Previous criterion";
        Rate              "rate"               ["<digit>"]      "rate"    "Rate the criterion: 1 to 9, 0 is ten; a chance: 1 2 3 5 10 20 35 50 70 90 %";
        NudgeDown         "nudge-down"         ["<lt>"]         ""        "Half a point less";
        NudgeUp           "nudge-up"           ["<gt>"]         ""        "Half a point more";
        Exact             "exact"              ["="]            ""        "Type the rating: 0, 3.5 or 3..7";
        Range             "range"              ["~"]            ""        "Say how unsure you are: low..high";
        Clear             "clear"              ["-"]            ""        "Back to unknown, which is not zero";
        Log               "log"                ["L"]            "log"     "Log what was done: 3h 6 first task works";
        Bet               "bet"                ["b"]            "bet"     "The bet: hot or next-hot, and its questions";
        Tags              "tags"               ["t"]            ""        "Change the tags";
        Retitle           "retitle"            ["r"]            ""        "Change the title";
    }
    Detail {
        NextIdea     "next-idea"     ["n"] "next" "The next idea of the ranking";
        PreviousIdea "previous-idea" ["p"] "previous" "The previous idea of the ranking";
    }
    Sort {
        Keep   "keep"   ["y"]      "keep"  "Worth a closer look: it comes again in the second pass";
        NotNow "not-now" ["p"]      "park"  "Not now: park it for three months";
        Drop   "drop"   ["d"]      "drop"  "Give it up, and say why from a short list";
        SkipCard "skip-card" ["n"]  "skip"  "Undecided: it comes back at the end of the round";
    }
    Weigh {
        Shortlist "shortlist" ["s"] "shortlist" "One of the few: asks the four sentences of its case";
        Start     "start"     ["S"] "start"     "Start it now: asks for a promise";
        ParkUntil "park-until" ["p"] "park"      "Park it until a day or until another idea is decided";
        GiveUp    "give-up"   ["d"] "drop"      "Give it up, and say why from a short list";
        MergeInto "merge-into" ["m"] "merge"     "Merge it into another idea; nothing is lost";
        PutOff    "put-off"   ["n"] "skip"      "Undecided: it comes back at the end of the round";
    }
    Triage {
        Overview "overview" ["o"] "decided" "What was decided in this round, to take it back";
        TakeBack "take-back" ["x"] "" "In the list of decisions: take this one back";
    }
    Prompt {
        Accept "accept" ["<enter>"]        "accept" "Take what is typed";
        Cancel "cancel" ["<esc>", "<c-c>"] "cancel" "Leave everything as it was";
    }
    Choice {
        Choose "choose" ["<digit>"] "choose" "Take the line with this number";
    }
}

/// The table, in the order of help: the rows of a scope stand together.
#[must_use]
pub const fn all() -> &'static [Entry] {
    TABLE
}

impl Command {
    /// Its row of the table.
    #[must_use]
    pub const fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_every_row_is_where_its_command_says() {
        for (i, entry) in all().iter().enumerate() {
            assert_eq!(entry.command.entry().id, entry.id);
            assert!(all()[..i].iter().all(|other| other.id != entry.id), "{}", entry.id);
            assert!(!entry.help.ends_with('.'), "{}", entry.id);
        }
    }

    #[test]
    fn scopes_stand_together_in_the_order_of_help() {
        let mut scopes: Vec<Scope> = all().iter().map(|entry| entry.scope).collect();
        scopes.dedup();
        assert_eq!(scopes, Scope::ALL);
    }
}
