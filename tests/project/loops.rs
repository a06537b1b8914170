//! Loops of files that need each other, found in the paths that they name.

use std::collections::{BTreeMap, BTreeSet};

use super::sources;

/// Files in one loop, at most: a screen and two files of its own may form one.
const MOST: usize = 3;

/// The path of a module from the root of the crate: `["tui", "dialogs", "park"]`.
type Module = Vec<String>;

/// The paths that a file names, from the root of the crate.
#[derive(Default)]
struct Names {
    uses: Vec<Module>,
    /// What it re-exports, by name.
    exports: BTreeMap<String, Module>,
}

fn module_of(file: &str) -> Module {
    let path = file.trim_end_matches(".rs").split('/').map(str::to_owned);
    path.filter(|part| !matches!(part.as_str(), "lib" | "main" | "mod")).collect()
}

/// The paths of a tree of imports: `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn branches(tree: &str) -> Vec<String> {
    let Some((before, inner)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let mut depth = 0;
    let inner = inner.trim_end().trim_end_matches(';').strip_suffix('}').unwrap_or(inner);
    let parts = inner.split(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    });
    let inner = parts.flat_map(branches).filter(|part| !part.is_empty());
    inner.map(|part| format!("{}{part}", before.trim())).collect()
}

/// A path as seen from the root, if it begins in this crate: with `crate`, `self`,
/// `super` or a module of the file.
fn from_root(path: &str, file: &Module, modules: &BTreeSet<Module>) -> Option<Module> {
    let mut parts: Vec<&str> = path.split("::").filter(|part| *part != "self").collect();
    let mut from = file.clone();
    match *parts.first()? {
        "crate" => {
            from.clear();
            parts.remove(0);
        }
        "super" => {
            while parts.first() == Some(&"super") {
                parts.remove(0);
                from.pop();
            }
        }
        child => {
            let child = [file.as_slice(), &[child.to_owned()]].concat();
            modules.contains(&child).then_some(())?;
        }
    }
    from.extend(parts.into_iter().map(str::to_owned));
    Some(from)
}

/// What a file names in its imports and in its code.
fn names(text: &str, file: &Module, modules: &BTreeSet<Module>) -> Names {
    let mut names = Names::default();
    let mut code = String::new();
    let line = |before: &str| before.rsplit('\n').next().unwrap_or_default().trim().to_owned();
    for statement in text.split_inclusive(';') {
        let import = statement.rsplit_once("use ").filter(|(before, _)| {
            let start = line(before);
            start.is_empty() || start.starts_with("pub")
        });
        let Some((before, tree)) = import else {
            code.push_str(statement);
            continue;
        };
        code.push_str(before);
        let is_export = line(before).starts_with("pub");
        for branch in branches(tree.trim_end_matches(';')) {
            let (path, name) = branch.split_once(" as ").unwrap_or((&branch, ""));
            let Some(path) = from_root(path, file, modules) else { continue };
            if is_export {
                let last = path.last().map_or("", String::as_str);
                let name = if name.is_empty() { last } else { name.trim() };
                names.exports.insert(name.to_owned(), path);
            } else {
                names.uses.push(path);
            }
        }
    }
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    let paths = code.split(|c: char| !is_path(c)).filter(|word| word.contains("::"));
    names.uses.extend(paths.filter_map(|path| from_root(path, file, modules)));
    names
}

/// The file in which a path ends; through a parent that re-exports, that of the child.
fn home(path: &[String], files: &BTreeMap<Module, Names>) -> Option<Module> {
    let known = (1..=path.len()).rev().find(|end| files.contains_key(&path[..*end]))?;
    let (module, rest) = path.split_at(known);
    match rest.first().and_then(|name| files[module].exports.get(name)) {
        Some(exported) if exported != path => {
            home(&[exported.as_slice(), &rest[1..]].concat(), files)
        }
        _ => Some(module.to_vec()),
    }
}

/// Groups of files of which each needs, directly or not, every other.
fn loops(sources: &[(String, String)]) -> Vec<Vec<String>> {
    let modules: BTreeSet<Module> = sources.iter().map(|(file, _)| module_of(file)).collect();
    let named = sources.iter().map(|(file, text)| {
        let module = module_of(file);
        let names = names(text, &module, &modules);
        (module, names)
    });
    let files: BTreeMap<Module, Names> = named.filter(|(module, _)| !module.is_empty()).collect();
    let needed = |file: &Module| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![file.clone()]);
        while let Some(next) = open.pop() {
            let homes = files[&next].uses.iter().filter_map(|path| home(path, &files));
            open.extend(homes.filter(|other| seen.insert(other.clone())));
        }
        seen
    };
    let needed: BTreeMap<_, _> = files.keys().map(|file| (file, needed(file))).collect();
    let group = |file: &Module| -> Vec<String> {
        let is_in =
            |other: &&Module| needed[file].contains(*other) && needed[*other].contains(file);
        files.keys().filter(is_in).map(|module| module.join("/")).collect()
    };
    let groups: BTreeSet<Vec<String>> = files.keys().map(group).collect();
    groups.into_iter().filter(|group| group.len() > 1).collect()
}

#[test]
fn no_more_than_three_files_need_each_other() {
    let too_long: Vec<_> = loops(&sources()).into_iter().filter(|one| one.len() > MOST).collect();
    assert!(too_long.is_empty(), "files that need each other in a loop: {too_long:#?}");
}

#[test]
fn a_loop_is_found_through_a_parent_that_re_exports() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let sources = [
        file("a.rs", "mod b;\nmod c;\npub use b::B;\npub(crate) use c::{C as D, E};"),
        file("a/b.rs", "use super::{D,\n    E};\npub struct B;"),
        file("a/c.rs", "fn c() { crate::d::e() }\npub struct C;\npub struct E;"),
        file("d.rs", "use crate::a;\nfn e(_: crate::a::B) {}"),
        file("f.rs", "use crate::a::B;"),
    ];
    assert_eq!(loops(&sources), [["a/b", "a/c", "d"].map(str::to_owned)]);
}
