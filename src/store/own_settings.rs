//! The user's own settings: one value is set, every other byte stays.

use std::io;
use std::path::Path;

use super::{splice, write_atomic};
use crate::domain::SettingValue;

/// Sets a text of the user's own settings, `TABLE.KEY`. A file that is not there yet is made.
///
/// # Errors
/// It cannot be read or written, or is no TOML; it stays as it was then.
pub fn set_own_setting(file: &Path, (table, key): (&str, &str), value: &str) -> io::Result<()> {
    let text = match std::fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read?,
    };
    let parsed = |text: &str| {
        text.parse::<toml::Table>()
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.message().to_owned()))
    };
    let mut expected = parsed(&text)?;
    let tables = expected.entry(table).or_insert_with(|| toml::Table::new().into());
    let Some(values) = tables.as_table_mut() else {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("{table} is no table")));
    };
    values.insert(key.to_owned(), value.into());
    let setting = SettingValue::Text(value.to_owned());
    let new = splice::setting(&text, splice::line_ending(&text), (table, key), Some(&setting));
    if parsed(&new).ok().as_ref() != Some(&expected) {
        let reason = format!("{table}.{key} cannot be set there without changing more");
        return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    write_atomic(file, new.as_bytes())
}

/// Makes a file of settings with this text, where there is none.
///
/// # Errors
/// It cannot be written.
pub fn make_settings(file: &Path, text: &str) -> io::Result<()> {
    if file.symlink_metadata().is_ok() {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    write_atomic(file, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_in(before: Option<&str>) -> (io::Result<()>, String) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("prospect/config.toml");
        if let Some(before) = before {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, before).unwrap();
        }
        let result = set_own_setting(&file, ("theme", "name"), "dark");
        (result, std::fs::read_to_string(&file).unwrap_or_default())
    }

    #[test]
    fn one_value_is_set_and_all_else_stays() {
        let (result, text) = set_in(Some(
            "# mine\r\n[theme]\r\nname = 'light' # by day\r\naccent = \"#ff0000\"\r\n",
        ));
        result.unwrap();
        assert!(text.starts_with("# mine\r\n[theme]\r\nname = "), "{text}");
        assert!(text.contains("dark") && text.contains("# by day\r\naccent = "), "{text}");
    }

    #[test]
    fn a_file_is_made_and_a_broken_one_stays() {
        let (result, text) = set_in(None);
        result.unwrap();
        assert_eq!(text.trim(), "[theme]\nname = \"dark\"");
        let (result, text) = set_in(Some("[theme\n"));
        assert!(result.is_err());
        assert_eq!(text, "[theme\n");
    }
}
