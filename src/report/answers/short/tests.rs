use proptest::prelude::*;

use super::*;
use crate::domain::Idea;
use crate::report::short_sheet;
use jiff::civil::date;

fn portfolio() -> Portfolio {
    let ideas = [
        ("train-on-worklogs", "Train on the work log, not only on the answer"),
        ("teach-agents", "Teach agents when to stop"),
        ("agents-notebook", "Agents that keep a laboratory notebook"),
        ("surrogates", "Surrogates that know when to call the solver"),
        ("learned-closure", "Learn the small eddies, solve the large ones"),
        ("debate", "Debate: two models argue"),
    ];
    Portfolio::new(ideas.iter().map(|(id, title)| Idea::new(*id, *title)).collect(), Vec::new())
}

fn sheet() -> String {
    let portfolio = portfolio();
    let ideas: Vec<&Idea> = portfolio.iter().collect();
    short_sheet(&portfolio, &ideas, "Mara", date(2026, 11, 20))
}

/// The sheet with lines replaced that begin with a label's line.
fn filled(with: &[(&str, &str)]) -> String {
    let mut text = sheet();
    for (from, to) in with {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

fn said(answers: &Answers) -> Vec<String> {
    let reaction = |(id, reaction): &(String, Reaction)| {
        let Reaction { excited, hopeless, comment } = reaction;
        let mark = if *excited { "x" } else { "" };
        let crossed = hopeless.as_ref().map_or(String::new(), |why| format!("-{why}"));
        format!("{id} {mark}{crossed}|{comment}")
    };
    let given = answers.reactions.iter().filter(|(_, reaction)| !reaction.is_empty());
    given.map(reaction).collect()
}

fn notes(answers: &Answers) -> Vec<String> {
    answers.notes.iter().map(|note| format!("{} {}", note.place, note.message)).collect()
}

const FILLED: [(&str, &str); 5] = [
    ("stop\n>", "stop\n>"),
    ("[ ] train ", "[x] train "),
    ("stop:\n", "stop: after the talk of May\n"),
    ("[ ] surrog", "- [ ] surrog"),
    ("solver:\n", "solver: taken: see the paper\n"),
];

#[test]
fn an_empty_sheet_says_nothing() {
    let answers = read(&sheet(), &portfolio());
    assert_eq!((said(&answers), notes(&answers)), (Vec::new(), Vec::new()));
    assert!(answers.unread.is_empty() && answers.started.is_empty());
}

#[test]
fn ticks_crosses_and_words_are_read() {
    let answers = read(&filled(&FILLED[1..]), &portfolio());
    assert_eq!(
        said(&answers),
        [
            "train-on-worklogs x|",
            "teach-agents |after the talk of May",
            "surrogates -taken: see the paper|",
        ]
    );
    assert!(notes(&answers).is_empty() && answers.unread.is_empty(), "{answers:?}");
}

#[test]
fn a_reply_in_a_mail_reads_the_same() {
    let text = filled(&FILLED[1..]).replacen("\n>\n", "\n> a gauge for the solver\n", 1);
    let quoted: String = text.lines().map(|line| format!("> {line}\r\n")).collect();
    let mail = format!("{quoted}\r\n-- \r\nLee, room 3\r\n");
    let (plain, mail) = (read(&text, &portfolio()), read(&mail, &portfolio()));
    assert_eq!(said(&plain), said(&mail));
    assert_eq!(plain.started, mail.started);
    assert_eq!(plain.started[0].title, "a gauge for the solver");
    let left: Vec<&str> = mail.unread.iter().map(|note| note.message.as_str()).collect();
    assert_eq!(left, ["\"Lee, room 3\": it stands below the signature"]);
}

#[test]
fn what_was_mistyped_is_read_and_said() {
    let text = filled(&[
        ("[ ] train ", "[x train "),
        ("[ ] learne ", "[X] lern "),
        ("small eddies", "smal eddys"),
        ("[ ] debate  Debate: two models argue:", "(x) debate  Debate: two models argue: soon"),
        ("[ ] agents", "[-] agnets"),
        ("[ ] teach ", "[x] teach "),
    ]);
    let answers = read(&text, &portfolio());
    assert_eq!(
        said(&answers),
        [
            "train-on-worklogs x|",
            "teach-agents x|",
            "agents-notebook -|",
            "learned-closure x|",
            "debate x|soon",
        ]
    );
    assert_eq!(
        notes(&answers),
        [
            "line 9 \"[x train   Train on the…\" read as ticked",
            "line 11 \"[-] agnets  Agents that…\": agnets is not its label; read by its title as \
             \"Agents that keep a laboratory notebook\"",
            "line 13 \"[X] lern  Learn the sma…\": lern is not its label; read by its title as \
             \"Learn the small eddies, solve the large ones\"",
            "line 14 more than three are ticked; all are kept",
        ]
    );
}

#[test]
fn answers_on_lines_of_their_own_belong_to_the_idea_above() {
    let text = "> [ ] train    Train on the work log, not only\n> on the answer:\n\nthis one, now\n\n\
                > [ ] teach    Teach agents when to stop:\n> [x] debate   Debate: two models\n\
                > argue: yes\n> please\n\nBest, Lee\n";
    let answers = read(text, &portfolio());
    assert_eq!(
        said(&answers),
        ["train-on-worklogs |this one, now", "debate x|yes please Best, Lee"]
    );
    assert_eq!(notes(&answers).len(), 4);
}

#[test]
fn dashes_before_all_lines_are_bullets() {
    let text = sheet().replace("[ ]", "- [ ]").replacen("- [ ] train", "- [x] train", 1);
    let text = text.replacen("- [ ] debate", "- - [ ] debate", 1);
    let answers = read(&text, &portfolio());
    assert_eq!(said(&answers), ["train-on-worklogs x|", "debate -|"]);
}

#[test]
fn the_first_answer_may_name_an_idea_of_the_list() {
    let text =
        filled(&[("list or not?\n>", "list or not?\n> surrog\n> - a new gauge\nof mine\n- ?")]);
    let answers = read(&text, &portfolio());
    let started: Vec<(&str, &str)> =
        answers.started.iter().map(|one| (one.title.as_str(), one.summary.as_str())).collect();
    assert_eq!(started, [("surrogates", ""), ("a new gauge", "of mine")]);
}

#[test]
fn what_is_about_no_idea_is_named() {
    let text = "Hi Mara,\n[x] gone   An idea that left the list long ago: pity\n[ ] train  Train on the work log, not only on the answer:\n\nCheers\n";
    let answers = read(text, &portfolio());
    let left: Vec<&str> = answers.unread.iter().map(|note| note.place.as_str()).collect();
    assert_eq!(left, ["line 1", "line 2", "line 5"]);
}

#[test]
fn nothing_that_a_terminal_obeys_is_kept() {
    let text =
        filled(&[("stop:", "stop: \u{1b}[2Jred\u{202e}\u{9b}"), ("?\n>", "?\n> a\u{1b}]0;b")]);
    let answers = read(&text, &portfolio());
    assert_eq!(said(&answers), ["teach-agents |[2Jred"]);
    assert_eq!(answers.started[0].title, "a]0;b");
}

proptest! {
    #[test]
    fn no_word_is_dropped_in_silence(
        line in "[-x\\[\\]() >]{0,4}(train|teach|[a-z]{2,9}|Teach agents when to stop)?[ :]{0,3}",
        word in "wq[a-z]{3,6}",
        at in 0..16_usize,
    ) {
        let sheet = sheet();
        let mut lines: Vec<&str> = sheet.lines().collect();
        let new = format!("{line} {word}");
        lines.insert(at.min(lines.len()), &new);
        let answers = read(&lines.join("\n"), &portfolio());
        let kept = format!("{:?} {:?} {:?}", answers.reactions, answers.started, answers.unread);
        prop_assert!(kept.contains(&word), "{new}: {answers:?}");
    }

    #[test]
    fn any_text_is_read(text in "([-x\\[\\]() >~]{0,6}(train|surrog|--|\\PC{0,12})(: \\PC{0,9})?\n){0,12}") {
        let portfolio = portfolio();
        let answers = Answers::read(&text, &portfolio);
        let edit = answers.edit(&portfolio, "lee", date(2026, 1, 1));
        prop_assert!(portfolio.clone().apply(&edit).is_ok());
    }
}
