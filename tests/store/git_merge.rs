//! Two people's duels come together in git without a conflict or a loss.

use std::path::Path;
use std::process::Command;

use jiff::{Zoned, civil::date, tz::TimeZone};
use prospect::domain::{Duel, DuelEntry, DuelLog, Retraction, Winner};
use prospect::store::duels;

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git is needed to try a merge");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

/// The same pair, the same person and the same answer, as far as can be.
fn duel(id: &str) -> DuelEntry {
    DuelEntry::Duel(Duel {
        id: id.into(),
        at: at(),
        by: "ana".into(),
        left: "a".into(),
        right: "b".into(),
        winner: Winner::Left,
    })
}

fn retraction(duel: &str) -> DuelEntry {
    DuelEntry::Retraction(Retraction { duel: duel.into(), at: at() })
}

fn at() -> Zoned {
    date(2026, 3, 1).at(9, 30, 0, 0).to_zoned(TimeZone::UTC).unwrap()
}

fn commit(folder: &Path, entries: &[DuelEntry]) {
    let file = folder.join("duels.toml");
    let bytes = std::fs::read(&file).unwrap_or_default();
    let addition = duels::append(&bytes, entries);
    let bytes = [&bytes[..addition.keep], addition.text.as_bytes()].concat();
    std::fs::write(&file, bytes).unwrap();
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "more duels"]);
}

#[test]
fn two_branches_merge_into_all_duels() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    git(folder, &["init", "-q", "-b", "main"]);
    std::fs::write(folder.join(".gitattributes"), "duels.toml merge=union\n").unwrap();
    commit(folder, &[duel("0"), duel("1")]);
    git(folder, &["checkout", "-q", "-b", "laptop"]);
    commit(folder, &[duel("2"), duel("3"), retraction("0")]);
    git(folder, &["checkout", "-q", "main"]);
    commit(folder, &[duel("4")]);
    commit(folder, &[retraction("0"), duel("5"), retraction("5")]);
    git(folder, &["merge", "-q", "-m", "both", "laptop"]);
    let file = folder.join("duels.toml");
    let (entries, problems) = duels::parse(&file, &std::fs::read(&file).unwrap());
    assert!(problems.is_empty(), "{problems:?}");
    let log = DuelLog { entries };
    let mut standing: Vec<&str> =
        log.standing(at().date()).iter().map(|duel| duel.id.as_str()).collect();
    standing.sort_unstable();
    assert_eq!(standing, ["1", "2", "3", "4"]);
}
