//! The one table of commands: names, keys, scopes and words. The keymap, the
//! footer, the help, `prospect keys` and docs/keys.md all read it.

mod key;
mod keymap;
mod overrides;
mod synonyms;

pub use key::{Key, KeyError, KeyPress, parse_keys};
pub use keymap::{Invocation, Keymap, Resolution};
pub use overrides::{KeyOverride, OverrideError};
pub use synonyms::{SHELL_LINES, ShellLine};

/// Where a command can be called by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// On every screen and page.
    Everywhere,
    Rank,
    /// Wherever ideas are listed.
    Listed,
    /// Wherever one idea is under the cursor and can be decided about.
    Idea,
    /// Wherever one idea is under the cursor with its questions.
    Rating,
    /// While one idea fills the Rank screen.
    Detail,
    /// In the first pass of triage, before anything is rated.
    Sort,
    /// In the second pass of triage.
    Weigh,
    /// While the waiting cards of triage are listed.
    Cards,
    Triage,
    Duel,
    /// While the Duel screen shows its result.
    Result,
    /// While past answers are listed on the Duel screen.
    Past,
    Review,
    /// While the review asks whether the idea would be started today.
    CleanSlate,
    Map,
    Taste,
    /// While the Taste screen shows what adopting weights would change.
    Adoption,
    /// While the Taste screen asks which of two directions mattered.
    Practice,
    /// While a list is about to be imported.
    Import,
    /// While a line of text is typed.
    Prompt,
    /// While text of several lines is written.
    Writing,
    /// While something is chosen from a short list.
    Choice,
}

impl Scope {
    /// All scopes, in the order in which help lists them.
    pub const ALL: [Self; 23] = [
        Self::Everywhere,
        Self::Rank,
        Self::Listed,
        Self::Idea,
        Self::Rating,
        Self::Detail,
        Self::Sort,
        Self::Weigh,
        Self::Cards,
        Self::Triage,
        Self::Duel,
        Self::Result,
        Self::Past,
        Self::Review,
        Self::CleanSlate,
        Self::Map,
        Self::Taste,
        Self::Adoption,
        Self::Practice,
        Self::Import,
        Self::Prompt,
        Self::Writing,
        Self::Choice,
    ];

    /// The scopes that are in force at the same time, the nearest first. A key
    /// may mean one thing only among those that stand together here.
    pub const ACTIVE_SETS: [&[Self]; 20] = [
        &[Self::Rank, Self::Listed, Self::Idea, Self::Rating, Self::Everywhere],
        &[Self::Detail, Self::Rank, Self::Listed, Self::Idea, Self::Rating, Self::Everywhere],
        &[Self::Sort, Self::Triage, Self::Everywhere],
        &[Self::Cards, Self::Sort, Self::Triage, Self::Everywhere],
        &[Self::Weigh, Self::Triage, Self::Idea, Self::Rating, Self::Everywhere],
        &[Self::Review, Self::Listed, Self::Idea, Self::Everywhere],
        &[Self::CleanSlate, Self::Review, Self::Idea, Self::Everywhere],
        &[Self::Map, Self::Everywhere],
        &[Self::Taste, Self::Everywhere],
        &[Self::Adoption, Self::Everywhere],
        &[Self::Practice, Self::Taste, Self::Everywhere],
        &[Self::Import, Self::Everywhere],
        &[Self::Choice, Self::Everywhere],
        &[Self::Prompt],
        &[Self::Writing],
        &[Self::Duel, Self::Everywhere],
        &[Self::Result, Self::Duel, Self::Everywhere],
        &[Self::Past, Self::Duel, Self::Everywhere],
        &[Self::Triage, Self::Everywhere],
        &[Self::Everywhere],
    ];

    /// The heading in help and documentation.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Rank => "Rank",
            Self::Listed => "Rank and Review",
            Self::Idea => "The idea under the cursor",
            Self::Rating => "The idea's questions",
            Self::Detail => "One idea",
            Self::Sort => "Triage: pass 1",
            Self::Weigh => "Triage: pass 2",
            Self::Cards => "Triage: list of cards",
            Self::Triage => "Triage",
            Self::Duel => "Duel",
            Self::Result => "Duel: the result",
            Self::Past => "Duel: past answers",
            Self::Review => "Review",
            Self::CleanSlate => "Review: would you start it today?",
            Self::Map => "Map",
            Self::Taste => "Taste",
            Self::Adoption => "Taste: adopting weights",
            Self::Practice => "Taste: practice",
            Self::Import => "Import",
            Self::Prompt => "While typing",
            Self::Writing => "While writing several lines",
            Self::Choice => "Choosing from a list",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct CommandSpec {
    pub command: Command,
    /// Its name in settings and documentation.
    pub id: &'static str,
    /// Where its keys are valid.
    pub scope: Scope,
    /// Its keys, each a chord of key names with spaces between them;
    /// `<digit>` stands for any digit. Without keys it is called by name, from
    /// the palette.
    pub keys: &'static [&'static str],
    /// A word for the footer; empty if it has no place there.
    pub short: &'static str,
    /// What it does, as a sentence without a full stop.
    pub help: &'static str,
}

impl CommandSpec {
    /// Whether a digit says what the command is to do: then `<digit>` has to be among its keys.
    #[must_use]
    pub fn takes_digit(&self) -> bool {
        self.keys.iter().any(|keys| keys.contains("<digit>"))
    }
}

macro_rules! commands {
    ($($scope:ident { $($command:ident $id:literal [$($key:literal),*] $short:literal $help:literal;)+ })+) => {
        /// Something that a key can set off.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            $($(#[doc = $help] $command,)+)+
        }

        const TABLE: &[CommandSpec] = &[
            $($(CommandSpec {
                command: Command::$command,
                id: $id,
                scope: Scope::$scope,
                keys: &[$($key),*],
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
        Find       "find"       ["/"]                 "find"  "Find as you type: words, status:… tag:… flag:…";
        KeepFilter "keep-filter" ["W"]                ""      "Write the search in force down under a name";
        ForgetFilter "forget-filter" []               ""      "Forget a saved filter";
        Add        "add"        ["a"]                 "add"   "Add an idea to the inbox";
        Import     "import"     []                    ""      "Import a list: see what becomes of it first";
        Edit       "edit"       ["e"]                 ""      "Edit the idea's own text in $VISUAL or $EDITOR";
        Log        "log"        ["L"]                 "log"   "Log on this idea: 3h 6 first task works";
        Forecast   "forecast"   ["F"]                 ""      "Forecast: what will a run show, and how sure are you? A beats B 70% fri";
        Judge      "judge"      ["J"]                 ""      "Judge every forecast and promise that is due";
        Note       "note"       ["N"]                 ""      "Log over several lines; what you paste keeps its lines";
        Undo       "undo"       ["u"]                 "undo"  "Undo the last change, even after a restart";
        Redo       "redo"       ["U", "<c-r>"]        ""      "Redo what was undone";
        Save       "save"       ["<c-s>"]             ""      "Retry saving";
        Reload     "reload"     ["R", "<c-l>"]        ""      "Reload the files and redraw";
        Problems   "problems"   ["!"]                 ""      "List what cannot be read, and where";
        NextScreen "next-screen" ["<tab>"]            ""      "Next screen";
        PreviousScreen "previous-screen" ["<s-tab>"]  ""      "Previous screen";
        GoTo       "go-to"      ["g <digit>"]         ""      "Go to the screen with this number";
        CopyId     "copy-id"    ["Y i"]               ""      "Copy the idea's id to the clipboard";
        CopyText   "copy-text"  ["Y t"]               ""      "Copy the idea's own text, which is TOML, to the clipboard";
        Theme      "theme"      []                    ""      "Colours: calm, dark, light, high-contrast, color-blind";
        Settings   "settings"   []                    ""      "Edit the settings of this workspace (prospect.toml)";
        OwnSettings "own-settings" []                 ""      "Edit your own settings (config.toml)";
        KeepCopy   "keep-copy"  []                    ""      "Keep a copy of this workspace in a new folder: the demo too";
        Changes    "changes"    []                    ""      "List what was changed outside";
        Palette    "palette"    [":", "<c-p>"]        "commands" "Every command by name, with its key";
        Help       "help"       ["?"]                 "help"  "Help: what this screen shows, and its keys";
        Suspend    "suspend"    ["<c-z>"]             ""      "Back to the shell; `fg` returns";
        Quit       "quit"       ["q", "<c-c>"]        ""      "Back, and at the top quit";
        Count      "count"      ["#"]                 ""      "Repeat a motion: 5j; where digits rate, #5j";
    }
    Rank {
        Mark              "mark"               ["<space>"]      ""        "Mark the idea, for . to change all that are marked";
        MarkListed        "mark-listed"        ["*"]            ""        "Mark all ideas that are listed, or none";
        Repeat            "repeat"             ["."]            ""        "Repeat the last change, here or on all that are marked";
        Versus            "versus"             ["v"]            ""        "Duels between the marked ideas only, or those that a search lists";
        CheapestQuestion  "cheapest-question"  ["c"]            "question" "Go to the one answer that would make the first few surest";
        ByDuels           "by-duels"           ["w"]            ""        "Order by score, by duels, or by duels + score";
        AllColumns        "all-columns"        ["z"]            "columns" "All columns, or the calm table";
        Sort              "sort"               ["o"]            ""        "Sort by rank, title, a criterion, hours, …";
        AllStatuses       "all-statuses"       ["A"]            ""        "Show or hide the dropped and the done";
        MoreTable         "more-table"         ["}"]            ""        "Move the divider: more of the table";
        LessTable         "less-table"         ["{"]            ""        "Move the divider: more of the idea";
        Axis              "axis"               ["x"]            ""        "Draw traction over hours, or over time";
    }
    Listed {
        Status   "status"  ["s"] "status" "Change the status: inbox, shortlist, active, parked, dropped, done";
        Merge    "merge"   ["m"] ""       "Merge it into another idea; nothing is lost";
        Filters  "filters" ["f"] ""       "Show only what a saved search finds, by its name";
    }
    Idea {
        Start    "start"   ["S"] "start"  "Start it: why this one, the cheapest test, a promise";
        Park     "park"    ["p"] "park"   "Park it until a day or until another idea is decided";
        Drop     "drop"    ["d"] "drop"   "Drop it: it stays in the file, with the reason";
        Promise  "promise" ["P"] "promise" "Make a promise, or move the one that stands";
        Case     "case"    ["C"] ""       "Write its case: pitch, result, user, cheapest test";
        Remove   "remove"  ["D"] ""       "Delete the idea (undo brings it back)";
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
        Bet               "bet"                ["b"]            "bet"     "The bet: hot or next-hot, and its questions";
        Tags              "tags"               ["t"]            ""        "Change the tags";
        Retitle           "retitle"            ["r"]            ""        "Change the title";
        Summary           "summary"            ["i"]            ""        "Write the summary, over several lines";
    }
    Detail {
        NextIdea     "next-idea"     ["]"] "next" "The next idea of the ranking";
        PreviousIdea "previous-idea" ["["] "" "The previous idea of the ranking";
    }
    Sort {
        Keep   "keep"   ["y"]      "keep"  "Keep it for pass 2, in which it is rated";
        NotNow "not-now" ["p"]      "park"  "Park it for three months";
        DropCard "drop-card" ["d"]  "drop"  "Drop it; one digit says why";
        SkipCard "skip-card" ["n"]  "later" "Later: it comes again at the end";
    }
    Weigh {
        Shortlist "shortlist" ["s"] "shortlist" "Shortlist it: one of the few to choose from";
        MergeInto "merge-into" ["m"] "merge"     "Merge it into another idea; nothing is lost";
        PutOff    "put-off"   ["n"] "later"     "Later: it comes again at the end";
    }
    Cards {
        MarkCard  "mark-card" ["<space>"] "mark" "Mark the card: the next decision is about all that are marked";
    }
    Triage {
        Cards    "cards"    ["v"] "list"    "List the cards that wait: mark some, decide about all of them at once";
        MarkAll  "mark-all" ["*"] ""        "Mark all cards that are listed, or none: first / finds, then * marks";
        Overview "overview" ["o"] "decided" "All decisions of this round, to take one back";
        Holders  "who-has-it" ["w"] ""     "Between the passes: name who has what was dropped because others have it";
        TakeBack "take-back" ["x"] "" "In a list of decisions: take this one back; between the passes: take it out of the kept";
    }
    Duel {
        PickLeft  "pick-left"    ["h", "<left>"]  "left"    "Pick the left one";
        PickRight "pick-right"   ["l", "<right>"] "right"   "Pick the right one";
        PickTie   "pick-tie"     ["t"]            "equal"   "Equal: both the same to you";
        SkipPair  "skip-pair"    ["s"]            "later"   "Later: the pair comes back, not at once";
        Reveal    "reveal"       ["z"]            "ratings" "Show or hide the ratings of both";
        Past      "past-answers" ["p"]            "answers" "List your answers, to change or delete them";
        EndSession "end-session" ["d"]            "finish"  "Finish: your first few as they stand, and what has moved";
        Curiosities "curiosities" ["c"]           ""        "What is curious: answers that go round in circles, and those that surprise";
        Limit     "limit"        ["f"]            "only some" "Only some ideas take part: tag:data; an empty line lets all in again";
    }
    Result {
        StartFirst  "start-first"   ["S"]         "start"         "Start the idea under the cursor";
        RankByDuels "rank-by-duels" ["w"]         "rank by duels" "Show Rank in the order of your duels; w there: by score again";
        AskOn       "ask-on"        ["n"]         "ask on"        "Go on asking";
    }
    Past {
        Strike    "strike"       ["x"]            "delete"  "Delete the answer under the cursor";
    }
    Review {
        Continue     "continue"      ["c"] "continue" "Go on: one line why, and a promise where none stands";
        Pivot        "pivot"         ["v"] "new idea" "Go on with a new idea that grew out of this one";
        Revive       "revive"        ["r"] "revive"   "Bring it back from where it was put";
        LookBack     "look-back"     ["o"] "outcome"  "Second look: what became of it";
        Recall       "recall"        [] ""         "Fill in from memory: total hours, up to five levels";
        ByTag        "by-tag"        ["t"] "tags"     "Whole directions, or idea by idea";
    }
    CleanSlate {
        Yes    "yes"    ["y"] "yes"   "Clean slate: yes, I would start it today";
        No     "no"     ["n"] "no"    "Clean slate: no, I would not";
        Unsure "unsure" ["m"] "maybe" "Clean slate: maybe";
    }
    Map {
        KeepMoved    "keep-moved"    ["y"]            "keep"      "Keep what was moved: written into prospect.toml; undo takes it back";
        DropMoved    "drop-moved"    ["x"]            "drop"      "Drop what was moved";
        NextDial     "next-dial"     ["]"]            "next weight" "The next weight";
        PreviousDial "previous-dial" ["["]            ""          "The one before";
        DialUp       "more"          ["l", "<right>"] "heavier"   "More of it: everything is ranked again at once";
        DialDown     "less"          ["h", "<left>"]  "lighter"   "Less of it";
        DialUpFast   "much-more"     ["<gt>"]         ""          "Five steps more";
        DialDownFast "much-less"     ["<lt>"]         ""          "Five steps less";
        Portfolio    "portfolio"     ["p"]            "portfolio" "Which ideas to have active in a week of so many hours, or back to the map";
    }
    Taste {
        NextPage     "next-page"     ["]"]            "page"      "The next page: Weights, Forecasts, Practice";
        PreviousPage "previous-page" ["["]            ""          "The page before";
        Adopt        "adopt"         ["A"]            "use these weights" "Show what adopting the revealed weights would change, and ask";
        Statistics   "statistics"    ["z"]            "numbers"   "All the numbers behind the words, or back";
    }
    Adoption {
        AdoptWeights "adopt-weights" ["y"]            "adopt"     "Adopt them: written into prospect.toml; undo takes it back";
        LeaveWeights "leave-weights" ["n"]            "leave"     "Leave the weights as they are stated";
    }
    Practice {
        Sure         "sure"          ["<digit>"]      "how sure"  "How sure you are: 5 even, 6 to 9 for 60 to 90 %; then h or l";
        PracticeLeft  "practice-left"  ["h", "<left>"]  "left"   "The left one mattered";
        PracticeRight "practice-right" ["l", "<right>"] "right"  "The right one mattered";
        NextCard     "next-card"     ["n", "<space>"] "next"      "The next pair or card; one that is not answered comes again";
        PracticeForm "practice-form" ["v"]            "full form" "Rate a card in full and say how likely its claim is, or back to pairs";
    }
    Import {
        ImportAll  "import-all"  ["y"] "import"     "Import everything as it is shown; one undo takes all of it back";
        OtherFile  "other-file"  ["o"] "other file" "Choose another list";
    }
    Prompt {
        Accept   "accept"   ["<enter>"]        "accept"   "Save what is typed; in a box go to the next line, and save at the end";
        AcceptAll "accept-all" ["<c-s>"]       ""         "Save the box at once, from any line";
        Cancel   "cancel"   ["<esc>", "<c-c>"] "cancel"   "Cancel: everything stays as it was";
        Complete "complete" ["<tab>"]          "complete" "Complete the word: a tag, an id, a day; again for the next";
        Earlier  "earlier"  ["<up>", "<c-p>"]  "earlier"  "What was typed here before, or the line above";
        Later    "later"    ["<down>", "<c-n>"] ""        "What was typed here after that, or the line below";
    }
    Writing {
        KeepText  "keep-text"  ["<c-s>"]          "save"  "Save what is written";
        UndoTyping "undo-typing" ["<c-z>"]        ""      "Take back what was typed or cut last";
        RedoTyping "redo-typing" ["<c-r>"]        ""      "Make again what was taken back";
        LeaveText "leave-text" ["<esc>", "<c-c>"] "leave" "Leave; what is not saved is asked about first";
    }
    Choice {
        Choose "choose" ["<digit>"] "choose" "Take the line with this number";
    }
}

/// The table, in the order of help: the rows of a scope stand together.
#[must_use]
pub const fn all() -> &'static [CommandSpec] {
    TABLE
}

impl Command {
    /// Its row of the table.
    #[must_use]
    pub const fn spec(self) -> &'static CommandSpec {
        &TABLE[self as usize]
    }

    /// How many lines a motion goes, up if negative, where a page has so many; none for
    /// what is no motion.
    #[must_use]
    pub const fn lines(self, page: isize) -> Option<isize> {
        Some(match self {
            Self::Down => 1,
            Self::Up => -1,
            Self::PageDown => page,
            Self::PageUp => -page,
            Self::Top => isize::MIN,
            Self::Bottom => isize::MAX,
            _ => return None,
        })
    }

    /// Whether it can be repeated by a count in front of its keys. A count in
    /// front of the first or the last line leads to the line of that number.
    #[must_use]
    pub const fn takes_count(self) -> bool {
        let moves = matches!(
            self,
            Self::NextScreen
                | Self::PreviousScreen
                | Self::NextCriterion
                | Self::PreviousCriterion
                | Self::NextIdea
                | Self::PreviousIdea
        );
        moves || self.lines(1).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_every_row_is_where_its_command_says() {
        for (i, spec) in all().iter().enumerate() {
            assert_eq!(spec.command.spec().id, spec.id);
            assert!(all()[..i].iter().all(|other| other.id != spec.id), "{}", spec.id);
            assert!(!spec.help.ends_with('.'), "{}", spec.id);
        }
    }

    #[test]
    fn scopes_stand_together_in_the_order_of_help() {
        let mut scopes: Vec<Scope> = all().iter().map(|spec| spec.scope).collect();
        scopes.dedup();
        assert_eq!(scopes, Scope::ALL);
    }
}
