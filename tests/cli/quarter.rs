//! A quarter from the command line, day by day: a low idea is started, takes 12 h a
//! week, rises and then stays where it is, and its promise is moved twice.

use serde_json::Value;

use crate::support::TestWorkspace;

/// The level at the end of each week.
const LEVELS: [u8; 13] = [1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5];

/// Two ideas that are better, and the low one; two are to be pursued.
fn workspace() -> TestWorkspace {
    let rated = |(id, answer): (&str, u8)| {
        format!(
            "[[idea]]\nid = \"{id}\"\ntitle = \"{id}\"\nstatus = \"shortlist\"\n[idea.ratings]\n\
             simplicity = {answer}\ngenerality = {answer}\nlongevity = {answer}\n\
             headroom = {answer}\nstrategy = {answer}\n"
        )
    };
    let workspace =
        TestWorkspace::with(&[("best", 9), ("good", 8), ("low", 3)].map(rated).concat());
    workspace.write("prospect.toml", "[duel]\nk = 2\n");
    workspace
}

/// The day so many days after the start, as a date.
fn day(days: i64) -> String {
    (jiff::civil::date(2026, 1, 5) + jiff::Span::new().days(days)).to_string()
}

/// What a call that succeeds prints on a day.
fn ok(workspace: &TestWorkspace, days: i64, arguments: &[&str]) -> String {
    let ran = workspace.run_on(&day(days), arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    ran.stdout
}

/// What `review --json` says of the low idea on a day.
fn reviewed(workspace: &TestWorkspace, days: i64) -> Value {
    let review: Value = serde_json::from_str(&ok(workspace, days, &["review", "--json"])).unwrap();
    review["ideas"].as_array().unwrap().iter().find(|it| it["id"] == "low").unwrap().clone()
}

#[test]
fn it_speaks_of_the_hours_and_then_of_the_stall_on_every_day() {
    let workspace = workspace();
    let on = |days: i64, arguments: &[&str]| ok(&workspace, days, arguments);
    on(0, &["set", "low", "status=active", "--why", "it is fun"]);
    on(0, &["promise", "low", "--by", &day(28), "--traction", "6", "--chance", "0.6"]);
    let mut stalled_on = None;
    for today in 0..7 * LEVELS.len() as i64 {
        if today % 7 == 4 {
            let level = LEVELS[usize::try_from(today / 7).unwrap()].to_string();
            on(today, &["log", "--id", "low", "--hours", "12", "--traction", &level]);
        }
        if [26, 54].contains(&today) {
            on(today, &["promise", "low", "--move", "--by", &day(2 * today + 12)]);
        }
        if (21..28).contains(&today) {
            let next: Value = serde_json::from_str(&on(today, &["next", "--json"])).unwrap();
            let attention = &next["attention"];
            assert_eq!((&attention["id"], &attention["rank"]), (&"low".into(), &3.into()));
            let next = on(today, &["next"]).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(next.contains("100 % of your last 30 days went to #3 of 3"), "{next}");
        }
        let review = reviewed(&workspace, today);
        if stalled_on.is_some() {
            assert_eq!((&review["verdict"], &review["due"]), (&"stalled".into(), &true.into()));
        } else if review["verdict"] == "stalled" {
            stalled_on = Some(today);
        }
        if stalled_on.is_some() {
            assert_eq!(review["sunk_cost"], true, "{review}");
            let ran = workspace.run_on(&day(today), &["review", "--strict"]);
            assert_eq!(ran.code, 3, "day {today}: {}", ran.stdout);
        }
    }
    let stalled_on = stalled_on.unwrap();
    assert!((56..91).contains(&stalled_on), "in the quarter: day {stalled_on}");
    let promises = &reviewed(&workspace, 90)["promises"];
    assert_eq!((&promises[2]["state"], &promises[2]["amended"]), (&"pending".into(), &2.into()));
    // A decision ends it, for two weeks.
    on(90, &["set", "low", "status=active", "--why", "one more week"]);
    assert_eq!(reviewed(&workspace, 91)["due"], false);
    assert_eq!(reviewed(&workspace, 104)["due"], true);
}
