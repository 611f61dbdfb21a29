use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a person reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    Es,
    /// English with other letters, from right to left: what stays readable was forgotten. Never offered.
    Pseudo,
}

impl Language {
    /// Those that people choose from.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];
    /// All that there are.
    pub const EVERY: [Self; 3] = [Self::En, Self::Es, Self::Pseudo];

    /// The BCP 47 tag; for the pseudo-locale the one that CLDR gives it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Pseudo => "ar-XB",
        }
    }

    /// Its own name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
            Self::Pseudo => "Pseudo",
        }
    }

    /// `ltr` or `rtl`, as HTML's `dir`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Pseudo => "rtl",
            _ => "ltr",
        }
    }

    /// Between the thousands.
    #[must_use]
    pub const fn group_mark(self) -> char {
        match self {
            Self::Es => '.',
            _ => ',',
        }
    }

    /// Between whole and parts.
    #[must_use]
    pub const fn decimal_mark(self) -> char {
        match self {
            Self::Es => ',',
            _ => '.',
        }
    }

    /// The first that is spoken of an `Accept-Language` (RFC 9110, section 12.5.4), by weight.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wanted: Vec<(f32, &str)> = header
            .split(',')
            .map(|part| {
                let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
                (weight.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0)), tag.trim())
            })
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.into_iter().find_map(|(_, tag)| {
            let base = tag.split('-').next().unwrap_or(tag);
            Self::ALL.into_iter().find(|l| l.as_str().eq_ignore_ascii_case(base))
        })
    }
}

impl FromStr for Language {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Self::EVERY.into_iter().find(|l| l.as_str() == s).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn what_a_browser_accepts() {
        let of = Language::accepted;
        assert_eq!(of("es-MX,es;q=0.9,en;q=0.8"), Some(Language::Es));
        assert_eq!(of("de;q=1, en;q=0.4, ES;q=0.6"), Some(Language::Es));
        assert_eq!(of("es;q=0, EN-gb"), Some(Language::En));
        assert_eq!((of(""), of("*"), of("ar-XB"), of("de, ;q=x,,")), (None, None, None, None));
    }
}
