//! Triage: many cards at once, and what survives a restart.

use insta::assert_snapshot;
use prospect::tui;

use crate::support::{NARROW, TestWorkspace, last_line, screen};

/// Ideas with tags, in the inbox.
fn inbox(ideas: &[(&str, &str)]) -> String {
    let idea = |(title, tag): &(&str, &str)| {
        format!("[[idea]]\ntitle = \"{title}\" # mine\ntags = [\"{tag}\"]\n\n")
    };
    ideas.iter().map(idea).collect()
}

const FOUR: [(&str, &str); 4] =
    [("Moss on roofs", "moss"), ("Bread", "food"), ("Moss in jars", "moss"), ("Soup", "food")];

fn text(workspace: &TestWorkspace) -> String {
    workspace.text()
}

#[test]
fn all_with_a_tag_are_dropped_in_a_handful_of_keys_and_come_back_in_one() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let before = text(&workspace);
    let keys = "g2/tag:moss<enter>*d2";
    let shown = workspace.press(keys, NARROW).to_text();
    assert!(shown.contains("2 of 4"), "{shown}");
    assert!(last_line(&shown).contains("and 1 more: others have it"), "{shown}");
    assert_eq!(text(&workspace).matches("why = \"others have it\"").count(), 2);
    workspace.press("u", NARROW);
    assert_eq!(text(&workspace), before);
}

#[test]
fn the_cards_are_listed_found_and_marked() {
    let listed = |keys: &str| TestWorkspace::with(&inbox(&FOUR)).press(keys, NARROW).to_text();
    assert_snapshot!("triage_list", listed("g2yv"));
    assert_snapshot!("triage_filter", listed("g2/tag:moss<enter>"));
    assert_snapshot!("triage_marked", listed("g2/tag:moss<enter>*"));
    assert_snapshot!("triage_cause_of_many", listed("g2/tag:moss<enter>*d"));
    assert_snapshot!("triage_nothing_found", listed("g2/qqq<enter>"));
    let back = listed("g2/qqq<enter><esc>");
    assert!(back.contains("0 of 4"), "{back}");
}

#[test]
fn a_decision_in_the_list_is_about_the_marked_or_the_one_under_the_cursor() {
    let decided = |keys: &str| {
        let workspace = TestWorkspace::with(&inbox(&FOUR));
        workspace.press(&format!("g2v{keys}"), NARROW);
        text(&workspace).matches("[[idea.decision]]").count()
    };
    assert_eq!(decided("d1"), 1);
    assert_eq!(decided("<space><space>d1"), 2);
    assert_eq!(decided("<space>j<space>p"), 2);
    assert_eq!(decided("*d1"), 4);
    assert_eq!(decided("**d1"), 1);
    assert_eq!(decided("*<esc>d1"), 1);
    let kept = TestWorkspace::with(&inbox(&FOUR)).press("g2v*y", NARROW).to_text();
    assert!(kept.contains("Pass 1 is done: 4 cards"), "{kept}");
    assert!(kept.contains("Kept for pass 2: 4 cards · u undoes"), "{kept}");
    let undone = TestWorkspace::with(&inbox(&FOUR)).press("g2v*yu", NARROW).to_text();
    assert!(undone.contains("Pass 1: worth") && undone.contains("0 of 4"), "{undone}");
}

#[test]
fn each_of_many_decisions_can_be_taken_back_by_itself() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let shown = workspace.press("g2v*d3jx", NARROW).to_text();
    assert!(shown.contains("3 dropped"), "{shown}");
    assert_eq!(text(&workspace).matches("[[idea.decision]]").count(), 3);
}

#[test]
fn a_status_for_all_that_are_marked_is_one_step() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let before = text(&workspace);
    let shown = workspace.press("/tag:food<enter>*s", NARROW).to_text();
    assert!(shown.contains("2 marked ideas are now"), "{shown}");
    workspace.press("/tag:food<enter>*s5seen elsewhere<c-s>", NARROW);
    assert_eq!(text(&workspace).matches("why = \"seen elsewhere\"").count(), 2);
    workspace.press("u", NARROW);
    assert_eq!(text(&workspace), before);
    let parked = screen("<space><space>s42w<c-s>", NARROW);
    assert!(last_line(&parked).contains("and 1 more"), "{parked}");
}

/// The screen after each of several sittings, the program being started anew
/// for each.
fn sittings(workspace: &TestWorkspace, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|keys| workspace.press(keys, NARROW).to_text()).collect()
}

#[test]
fn a_restart_goes_on_where_the_last_sitting_ended() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let before = text(&workspace);
    let shown = sittings(&workspace, &["g2yn", "g2", "g2yyy", "g2", "g2<enter>", "g2uuuuu"]);
    assert!(shown[1].contains("Moss in jars") && shown[1].contains("1 of 4"), "{}", shown[1]);
    assert!(shown[3].contains("Pass 1 is done") && shown[3].contains(" 4 kept"), "{}", shown[3]);
    assert!(shown[4].contains("Pass 2") && shown[4].contains("0 of 4"), "{}", shown[4]);
    assert!(shown[5].contains("Pass 1: worth") && shown[5].contains("0 of 4"), "{}", shown[5]);
    assert_eq!(text(&workspace), before, "what is no decision is not in the file");
}

#[test]
fn what_was_decided_before_a_restart_can_be_taken_back_after_it() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let shown = sittings(&workspace, &["g2d1p", "g2o", "g2d2d3", "g2", "g2jx", "g2jj"]);
    assert!(shown[1].contains("So far: 1 parked, 1 dropped"), "{}", shown[1]);
    assert!(shown[3].contains("The inbox is empty: 1 parked, 3 dropped"), "{}", shown[3]);
    assert!(shown[4].contains("So far: 3 dropped"), "{}", shown[4]);
    assert!(shown[5].contains("Bread") && shown[5].contains("3 of 4"), "{}", shown[5]);
}

#[test]
fn a_round_that_is_over_is_not_the_next_one() {
    let workspace = TestWorkspace::with(&inbox(&FOUR[..2]));
    let shown = sittings(&workspace, &["g2yd1<enter>d1", "g2", "aFresh<enter>", "g2"]);
    assert!(shown[1].contains("2 dropped"), "{}", shown[1]);
    assert!(shown[3].contains("0 of 1"), "{}", shown[3]);
}

#[test]
fn a_full_inbox_takes_sixty_keys_and_undo_gives_back_the_same_bytes() {
    let titles: Vec<String> = (1..=40).map(|n| format!("Half a thought, number {n}")).collect();
    let ideas: Vec<(&str, &str)> = titles.iter().map(|title| (title.as_str(), "new")).collect();
    let workspace = TestWorkspace::with(&format!("# my own words\n\n{}", inbox(&ideas)));
    let before = text(&workspace);
    let (morning, evening) = ("d1p".repeat(12), "pd4".repeat(8));
    assert_eq!(morning.len() + evening.len(), 60);
    let shown =
        sittings(&workspace, &[&format!("g2{morning}"), "g2", &format!("g2{evening}"), "g2", "q"]);
    assert!(shown[1].contains("24 of 40"), "{}", shown[1]);
    assert_snapshot!("triage_summary", shown[2]);
    assert!(shown[3].contains("The inbox is empty: 20 parked, 20 dropped"), "{}", shown[3]);
    assert_eq!(text(&workspace).matches("[[idea.decision]]").count(), 40);
    let shown = sittings(&workspace, &["g2uuuuuuuuuuuuu", "g2", &"u".repeat(27)]);
    assert!(shown[1].contains("27 of 40"), "{}", shown[1]);
    assert!(text(&workspace) == before, "undoing everything gives back the same bytes");
    let again = workspace.press("g2", NARROW).to_text();
    assert!(again.contains("0 of 40"), "{again}");
}

#[test]
fn when_all_is_answered_it_says_where_the_card_would_stand_and_what_to_think_about() {
    let workspace = TestWorkspace::with(&inbox(&FOUR[..2]));
    let press = |keys: &str| {
        let mut options = workspace.options();
        options.settings.lenses =
            vec!["Would Mara call this incremental?".into(), "Who writes to us?".into()];
        tui::replay(options, keys, NARROW).unwrap().to_text()
    };
    let answered = press("g2yp<enter>78902563");
    assert_snapshot!("triage_all_answered", answered);
    let text = text(&workspace);
    for line in ["simplicity = 7", "chance = 0.1", "reward = 6", "fallback = 3"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    // No question is marked: a digit changes nothing, until one is chosen.
    let refused = press("g2<enter>9");
    assert!(refused.contains("all is answered: s p d decide"), "{refused}");
    assert_eq!(self::text(&workspace), text);
    let changed = press("g2<enter>h9");
    assert!(self::text(&workspace).contains("fallback = 9"), "{changed}");
    assert!(changed.contains("ALL ANSWERED"), "{changed}");
    let shortlisted = press("g2<enter>s");
    assert!(
        shortlisted.contains("1 parked, 1 shortlisted") || shortlisted.contains("1 shortlisted"),
        "{shortlisted}"
    );
}

#[test]
fn a_bet_is_the_fifth_question_and_none_is_an_answer() {
    let workspace = TestWorkspace::with(&inbox(&FOUR[..1]));
    let none = workspace.press("g2y<enter>78903", NARROW).to_text();
    assert!(none.contains("▸strategy ?"), "{none}");
    let rated = workspace.press("g2<enter>36", NARROW).to_text();
    assert!(rated.contains("ALL ANSWERED"), "{rated}");
    assert!(text(&workspace).contains("strategy = 6"), "{}", text(&workspace));
}

#[test]
fn the_chance_question_prints_what_the_digits_mean() {
    let workspace = TestWorkspace::with(&inbox(&FOUR[..1]));
    let asked = workspace.press("g2y<enter>77782", NARROW).to_text();
    assert_snapshot!("triage_chance", asked);
    workspace.press("g2<enter>5", NARROW);
    assert!(text(&workspace).contains("chance = 0.1"));
}

#[test]
fn between_the_passes_only_the_keys_of_the_pause_act() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let pause = workspace.press("g2yypd2", NARROW).to_text();
    assert_snapshot!("triage_pause", pause);
    let before = text(&workspace);
    for key in ["y", "p", "d", "n", "s", "S", "m", "1", "5", "0", "b", "-", "v", "*"] {
        let shown = workspace.press(&format!("g2{key}"), NARROW).to_text();
        assert!(shown.contains("Pass 1 is done: 4 cards"), "{key}: {shown}");
    }
    assert_eq!(text(&workspace), before);
    let left = workspace.press("g2q", NARROW).to_text();
    assert!(left.contains("[g1 Rank]"), "{left}");
    assert!(left.contains("Triage goes on there: g2."), "{left}");
    let taken_out = workspace.press("g2jx", NARROW).to_text();
    assert!(taken_out.contains(" 1 kept") && taken_out.contains(" 1 later"), "{taken_out}");
    let undone = workspace.press("g2u", NARROW).to_text();
    assert!(undone.contains("is back."), "{undone}");
    let rates = workspace.press("g2<enter>", NARROW).to_text();
    assert!(rates.contains("Pass 2: rate what you kept") && rates.contains("0 of 2"), "{rates}");
    // Its verbs are in sight while one rates.
    let rated = workspace.press("g2<enter>7", NARROW).to_text();
    assert!(rated.contains("s shortlist   S start   p park   d drop   m merge"), "{rated}");
}

#[test]
fn what_is_put_off_comes_again_and_what_is_put_off_twice_comes_last() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let title = |keys: &str| {
        let shown = workspace.press(keys, NARROW).to_text();
        shown.lines().nth(3).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(title("g2n"), "Bread");
    assert_eq!(title("g2yyy"), "Moss on roofs");
    let pause = workspace.press("g2n", NARROW).to_text();
    assert!(pause.contains(" 3 kept") && pause.contains(" 1 later"), "{pause}");
    let last = workspace.press("g2<enter>sss", NARROW).to_text();
    assert!(last.contains("Pass 1: worth") && last.contains("Moss on roofs"), "{last}");
    let over = workspace.press("g2p", NARROW).to_text();
    assert!(over.contains("The inbox is empty: 3 shortlisted, 1 parked"), "{over}");
}

#[test]
fn what_is_kept_is_said_listed_and_taken_back() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let kept = workspace.press("g2y", NARROW).to_text();
    assert!(kept.contains("Kept for pass 2: Moss on roofs · u undoes"), "{kept}");
    let listed = workspace.press("g2d2o", NARROW).to_text();
    assert!(listed.contains("kept        Moss on roofs"), "{listed}");
    let back = workspace.press("g2ojx", NARROW).to_text();
    assert!(back.contains("So far: 1 dropped"), "{back}");
}

#[test]
fn who_has_it_is_named_in_the_pause_and_the_decision_can_still_be_taken_back() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let offered = workspace.press("g2yd2d2y", NARROW).to_text();
    assert!(offered.contains("name who has the 2 that others have (optional)"), "{offered}");
    let asked = workspace.press("g2w", NARROW).to_text();
    assert!(asked.contains("Bread") && asked.contains("a paper, a group, an address"), "{asked}");
    workspace.press("g2w<enter>arXiv 2611<enter>", NARROW);
    assert!(text(&workspace).contains("taken_by = \"arXiv 2611\""), "{}", text(&workspace));
    assert_eq!(text(&workspace).matches("taken_by").count(), 1);
    let left = workspace.press("g2", NARROW).to_text();
    assert!(left.contains("name who has the one that others have"), "{left}");
    workspace.press("g2oxx", NARROW);
    assert!(!text(&workspace).contains("[[idea.decision]]"), "{}", text(&workspace));
}

#[test]
fn clicks_select_lines_and_run_what_decides() {
    let workspace = TestWorkspace::with(&inbox(&FOUR));
    let mut app = tui::HeadlessApp::open(workspace.options(), NARROW).unwrap();
    let press = |app: &mut tui::HeadlessApp, keys: &str| {
        for key in prospect::command::parse_keys(keys).unwrap() {
            app.run_until_idle();
            app.press(key);
        }
        app.run_until_idle();
    };
    press(&mut app, "g2v");
    app.click(10, 5);
    app.click(10, 5);
    let card = app.screen().to_text();
    assert!(card.contains("Bread") && card.contains("Pass 1: worth"), "{card}");
    press(&mut app, "yyyy");
    app.click(10, 7);
    press(&mut app, "<enter>");
    let verbs = app.screen().to_text();
    let row = verbs.lines().position(|line| line.contains("s shortlist   S start")).unwrap();
    app.click(3, u16::try_from(row).unwrap());
    app.run_until_idle();
    assert!(text(&workspace).contains("status = \"shortlist\""), "{verbs}");
}

/// Forty cards in both passes, eight of them rated in full and shortlisted.
#[test]
fn forty_cards_take_at_most_150_keys() {
    let titles: Vec<String> = (1..=40).map(|n| format!("Half a thought, number {n}")).collect();
    let ideas: Vec<(&str, &str)> = titles.iter().map(|title| (title.as_str(), "new")).collect();
    let workspace = TestWorkspace::with(&inbox(&ideas));
    let first = format!("g2{}{}{}", "y".repeat(10), "p".repeat(18), "d2".repeat(12));
    // Four ratings, the bet, its three questions, and what becomes of it.
    let rated = "78792567s".repeat(8);
    let keys = format!("{first}<enter>{rated}p3m<enter><enter>d4");
    let count = prospect::command::parse_keys(&keys).unwrap().len();
    assert!(count <= 150, "{count} keys");
    let done = workspace.press(&keys, NARROW).to_text();
    assert!(done.contains("8 shortlisted, 19 parked, 13 dropped"), "{done}");
    assert_eq!(text(&workspace).matches("status = \"shortlist\"").count(), 8);
    assert_eq!(text(&workspace).matches("chance = 0.1").count(), 8);
}

#[test]
fn what_people_disagree_on_is_said_on_rank() {
    let workspace = TestWorkspace::with_demo();
    let found = workspace.press("g1/flag:disputed<enter><enter>", NARROW).to_text();
    assert!(
        found.contains("disputed: longevity") || found.contains("disputed: headroom"),
        "{found}"
    );
    let column = workspace.press("g1/flag:disputed<enter>z", (160, 40)).to_text();
    assert!(column.contains("disputed"), "{column}");
}

#[test]
fn forty_cards_and_eight_that_are_rated_in_full_take_at_most_150_keys() {
    let titles: Vec<String> = (1..=40).map(|n| format!("Half a thought, number {n}")).collect();
    let ideas: Vec<(&str, &str)> = titles.iter().map(|title| (title.as_str(), "new")).collect();
    let workspace = TestWorkspace::with(&inbox(&ideas));
    let first = "d1ppyp".repeat(8);
    // Four ratings, the bet and its three questions, and s.
    let keys = format!("g2{first}<enter>{}", "77892768s".repeat(8));
    let presses = prospect::command::parse_keys(&keys).unwrap().len();
    assert!(presses <= 150, "{presses}");
    let done = workspace.press(&keys, NARROW).to_text();
    assert!(done.contains("8 shortlisted"), "{done}");
    assert_eq!(text(&workspace).matches("status = \"shortlist\"").count(), 8);
    assert_eq!(text(&workspace).matches("fallback = ").count(), 8);
}

#[test]
fn the_pause_names_every_reason() {
    let titles: Vec<String> = (1..=9).map(|n| format!("Half a thought, number {n}")).collect();
    let ideas: Vec<(&str, &str)> = titles.iter().map(|title| (title.as_str(), "new")).collect();
    let workspace = TestWorkspace::with(&inbox(&ideas));
    let pause = workspace.press("g2d1d2d3d4d5d1yyy", NARROW).to_text();
    assert!(pause.contains("Pass 1 is done") && pause.contains("it bores me"), "{pause}");
}
