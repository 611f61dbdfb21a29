//! Where settings come from, in one flat table of names.

use std::{collections::BTreeMap, fmt::Display, ops::RangeInclusive, path::Path, str::FromStr};

use thiserror::Error;

/// What stops the start.
#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("cannot read the configuration file {path}: {cause}")]
    File { path: String, cause: String },
    #[error("the configuration file {path} is not valid TOML: {cause}")]
    Toml { path: String, cause: String },
    #[error("there is no setting `{name}`{hint}")]
    Unknown { name: String, hint: String },
    #[error("the setting `{name}` ({env} in the environment) is wrong: it is {value}, but must be {expected}")]
    Wrong { name: String, env: String, value: String, expected: String },
}

/// Settings by name, as text.
#[derive(Debug, Default)]
pub struct Source {
    values: BTreeMap<String, Vec<String>>,
}

fn env_name(name: &str) -> String {
    format!("NEXSENT_{}", name.replace('.', "_").to_uppercase())
}

impl Source {
    /// The file first, the environment over it.
    ///
    /// # Errors
    /// An unreadable file, or a name that is not in `names`.
    pub fn read(file: Option<&Path>, env: impl Iterator<Item = (String, String)>, names: &[&str]) -> Result<Self, ConfigError> {
        let mut values = BTreeMap::new();
        if let Some(path) = file {
            let shown = path.display().to_string();
            let text = std::fs::read_to_string(path).map_err(|e| ConfigError::File { path: shown.clone(), cause: e.to_string() })?;
            let table: toml::Table = text.parse().map_err(|e: toml::de::Error| ConfigError::Toml { path: shown, cause: e.to_string() })?;
            flatten("", &table, &mut values);
            if let Some(name) = values.keys().find(|k| !names.contains(&k.as_str())) {
                return Err(unknown(name, names));
            }
        }
        for (key, value) in env {
            // NEXSENT_CACHE and NEXSENT_CONFIG steer the build and the command line, not the server.
            if key == "NEXSENT_CACHE" || key == "NEXSENT_CONFIG" {
                continue;
            }
            let name = names.iter().find(|n| env_name(n) == key).ok_or_else(|| unknown(&key, names))?;
            values.insert((*name).to_owned(), value.split(',').map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect());
        }
        Ok(Self { values })
    }

    /// A setting as it was written; an empty one counts as not set.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).and_then(|v| v.first()).map(String::as_str)
    }

    /// The error for a setting that is not as it must be.
    #[must_use]
    pub fn wrong(&self, name: &str, expected: &str) -> ConfigError {
        let secret = name.contains("password") || name.contains("relay");
        let value = match self.values.get(name) {
            None => "not set".to_owned(),
            Some(_) if secret => "set".to_owned(),
            Some(v) => format!("`{}`", v.join(", ")),
        };
        ConfigError::Wrong { name: name.to_owned(), env: env_name(name), value, expected: expected.to_owned() }
    }

    /// A setting of a type, with a default.
    pub(super) fn parsed<T: FromStr>(&self, name: &str, default: &str, expected: &str) -> Result<T, ConfigError> {
        self.text(name).unwrap_or(default).parse().map_err(|_| self.wrong(name, expected))
    }

    /// A setting of a type that may be missing.
    pub(super) fn optional<T: FromStr>(&self, name: &str, expected: &str) -> Result<Option<T>, ConfigError> {
        self.text(name).map(|v| v.parse().map_err(|_| self.wrong(name, expected))).transpose()
    }

    /// A number within bounds.
    pub(super) fn within<T: FromStr + PartialOrd + Display>(&self, name: &str, default: T, range: RangeInclusive<T>) -> Result<T, ConfigError> {
        let expected = format!("a number from {} to {}", range.start(), range.end());
        match self.optional(name, &expected)? {
            None => Ok(default),
            Some(v) if range.contains(&v) => Ok(v),
            Some(_) => Err(self.wrong(name, &expected)),
        }
    }

    /// A list; in the environment its parts are separated by commas.
    pub(super) fn list<T>(&self, name: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, ConfigError> {
        let Some(parts) = self.values.get(name) else { return Ok(Vec::new()) };
        parts.iter().map(|v| parse(v).ok_or_else(|| self.wrong(name, expected))).collect()
    }
}

fn unknown(name: &str, names: &[&str]) -> ConfigError {
    let near = names.iter().min_by_key(|n| distance(&env_name(n), &env_name(name.strip_prefix("NEXSENT_").unwrap_or(name))));
    let hint = near.map_or_else(String::new, |n| format!("; the nearest is `{n}` ({} in the environment)", env_name(n)));
    ConfigError::Unknown { name: name.to_owned(), hint }
}

/// Levenshtein distance, for "did you mean".
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (corner + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}

fn flatten(prefix: &str, table: &toml::Table, into: &mut BTreeMap<String, Vec<String>>) {
    let text = |v: &toml::Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    for (key, value) in table {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(t) => flatten(&name, t, into),
            toml::Value::Array(a) => {
                into.insert(name, a.iter().map(text).collect());
            }
            v => {
                into.insert(name, vec![text(v)]);
            }
        }
    }
}
