//! Layers of settings, and what `check` finds.

use crate::bench::{Bench, TWO};

#[test]
fn the_workspace_decides_over_the_person() {
    let bench = Bench::with(TWO);
    let score = || bench.json(&["rank", "--json"])["ideas"][0]["score"].as_f64().unwrap();
    assert!((score() - 40.575).abs() < 1e-9);
    let config = bench.path().join(".config/prospect");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "[score]\nform = \"additive\"\n").unwrap();
    assert!((score() - 66.5).abs() < 1e-9);
    std::fs::write(bench.workspace().join("prospect.toml"), "[score]\nform = \"leaky\"\nleak = 0")
        .unwrap();
    assert!((score() - 36.0).abs() < 1e-9);
    let other = bench.path().join("other.toml");
    std::fs::write(&other, "[weights]\nheadroom = 0\n").unwrap();
    let ranking = bench.json(&["--config", other.to_str().unwrap(), "rank", "--json"]);
    assert_eq!(ranking["ideas"][0]["contributions"]["headroom"], 0.0);
    assert_eq!(bench.run(&["rank", "--config", "nowhere.toml"]).code, 2);
}

#[test]
fn wrong_settings_stop_every_command_and_are_all_named() {
    let bench = Bench::with(TWO);
    let settings = bench.workspace().join("prospect.toml");
    std::fs::write(settings, "[weights]\nheadrom = 1\n[risk]\nappetite = \"brave\"\n").unwrap();
    for arguments in [&["rank"][..], &["set", "narrow", "title=x"], &["--print"]] {
        let ran = bench.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.stderr.contains("prospect.toml:2:1"), "{}", ran.stderr);
        assert!(ran.stderr.contains("prospect.toml:4:12"), "{}", ran.stderr);
    }
    assert_eq!(bench.run(&["check"]).code, 2);
    assert!(bench.run(&["check"]).stdout.contains("prospect.toml:4:12"));
}

#[test]
fn check_names_every_problem_with_its_place() {
    let bench = Bench::with(TWO);
    assert_eq!(bench.run(&["check", "--strict"]).code, 0);
    std::fs::write(bench.ideas(), TWO.replace("tags =", "colour = \"red\"\ntags =")).unwrap();
    assert_eq!(bench.run(&["check"]).code, 0);
    assert_eq!(bench.run(&["check", "--strict"]).code, 3);
    let problem = &bench.json(&["check", "--json"])["problems"][0];
    for key in ["file", "line", "column", "severity", "code", "message", "hint"] {
        assert!(problem.get(key).is_some(), "{key}");
    }
    assert_eq!((&problem["line"], &problem["severity"]), (&6.into(), &"warning".into()));
    std::fs::write(bench.ideas(), TWO.replace("headroom = 2", "headroom = 12")).unwrap();
    let ran = bench.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("ideas.toml:11:12"), "{}", ran.stdout);
    assert_eq!(bench.run(&["check", "--strict"]).code, 2);
}

#[test]
fn the_settings_in_force_are_a_file_of_settings() {
    let bench = Bench::with(TWO);
    let settings = "[risk]\nappetite = \"bold\"\n[triage]\nlenses = [\"Why \\\"now\\\"?\"]\n";
    std::fs::write(bench.workspace().join("prospect.toml"), settings).unwrap();
    let printed = bench.ok(&["config"]);
    assert!(printed.contains("appetite = \"bold\""), "{printed}");
    std::fs::write(bench.path().join("mine.toml"), &printed).unwrap();
    std::fs::remove_file(bench.workspace().join("prospect.toml")).unwrap();
    assert_eq!(bench.ok(&["--config", "mine.toml", "config"]), printed);
}

#[test]
fn the_workspace_is_looked_for_in_order_and_options_stand_anywhere() {
    let bench = Bench::with(TWO);
    let named = |name: &str| format!("[[idea]]\nid = \"{name}\"\ntitle = \"T\"\n");
    std::fs::write(bench.path().join("option.toml"), named("option")).unwrap();
    std::fs::write(bench.path().join("path.toml"), named("path")).unwrap();
    let data = bench.path().join(".local/share/prospect");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("ideas.toml"), named("data")).unwrap();
    for (arguments, first) in [
        (&["rank"][..], "narrow"),
        (&["rank", "-w", "option.toml"], "option"),
        (&["-w", "option.toml", "rank"], "option"),
        (&["rank", "--workspace=option.toml", "path.toml"], "path"),
    ] {
        let ranking = bench.json(&[arguments, &["--json"]].concat());
        assert_eq!(ranking["ideas"][0]["id"], first, "{arguments:?}");
    }
    let output = bench.command().env("PROSPECT_WORKSPACE", "").arg("rank").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains(" data "));
}
