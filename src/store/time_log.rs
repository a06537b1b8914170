//! Log of the time spent on choosing, in the state folder: lines such as
//! `2026-11-20 triage 312` (day, what was done, seconds) that are only ever
//! added to. Several workbenches may do so at the same time; what is torn or
//! unknown is skipped, and what two of them wrote adds up.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::time::Duration;

use super::state::append_line;
use crate::domain::{Activity, Date, TimeEntry};
use crate::regular_file;

/// Reads all spells, those of a day taken together; none if there is no such
/// file.
pub(super) fn read(path: &Path) -> io::Result<Vec<TimeEntry>> {
    let bytes = match regular_file::read(path).map(|(bytes, _)| bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read?,
    };
    let mut sums: BTreeMap<(Date, Activity), Duration> = BTreeMap::new();
    for TimeEntry { day, on, time } in String::from_utf8_lossy(&bytes).lines().filter_map(spell) {
        *sums.entry((day, on)).or_default() += time;
    }
    Ok(sums.into_iter().map(|((day, on), time)| TimeEntry { day, on, time }).collect())
}

fn spell(line: &str) -> Option<TimeEntry> {
    let words: Vec<&str> = line.split(' ').collect();
    let [day, on, seconds] = words[..] else { return None };
    Some(TimeEntry {
        day: day.parse().ok()?,
        on: Activity::from_id(on)?,
        time: Duration::from_secs(seconds.parse::<u32>().ok()?.into()),
    })
}

/// Adds spells in whole seconds, in one write, on lines of their own whatever
/// the last line looks like.
pub(super) fn append(path: &Path, spells: &[TimeEntry]) -> io::Result<()> {
    let mut text = String::new();
    for TimeEntry { day, on, time } in spells {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{day} {on} {}", time.as_secs());
    }
    append_line(path, text.into_bytes()).map(drop)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn spell(on: Activity, seconds: u64) -> TimeEntry {
        TimeEntry { day: Date::constant(2026, 3, 1), on, time: Duration::from_secs(seconds) }
    }

    #[test]
    fn what_is_written_is_read_and_what_is_torn_is_skipped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state").join("choosing.log");
        assert_eq!(read(&path).unwrap(), []);
        let (one, two) = (spell(Activity::Triage, 312), spell(Activity::Map, 5));
        append(&path, &[one, two]).unwrap();
        fs::write(&path, fs::read_to_string(&path).unwrap() + "2026-03-01 du").unwrap();
        append(&path, &[two]).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.ends_with("\n2026-03-01 du\n2026-03-01 map 5\n"), "{text}");
        assert_eq!(read(&path).unwrap(), [one, spell(Activity::Map, 10)]);
        for odd in ["2026-03-01 nap 5", "2026-03-01 duel -5", "2026-03-01 duel 5 6", "\u{0}", ""] {
            assert_eq!(super::spell(odd), None, "{odd}");
        }
    }

    #[test]
    fn two_who_write_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("choosing.log");
        std::thread::scope(|scope| {
            for on in [Activity::Duel, Activity::Review] {
                let path = &path;
                scope.spawn(move || (0..200).for_each(|_| append(path, &[spell(on, 7)]).unwrap()));
            }
        });
        let both = [Activity::Duel, Activity::Review].map(|on| spell(on, 1400));
        assert_eq!(read(&path).unwrap(), both);
    }
}
