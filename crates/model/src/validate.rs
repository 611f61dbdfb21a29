//! Validation that both sides run: the browser on blur, the server always.

use nexsent_texts::t;

use crate::Fault;

/// The longest address: RFC 5321 §4.5.3.1.3 (path of 256 octets with its brackets).
pub const MAX_EMAIL: usize = 254;
/// RFC 5321 §4.5.3.1.1.
const MAX_LOCAL: usize = 64;
const MIN_PASSWORD: usize = 10;
const MAX_PASSWORD: usize = 1024;
const MAX_ATTRIBUTE: usize = 40;

/// Brings an address into the form it is stored in: trimmed, lower case, the domain in ASCII (IDNA).
///
/// Accepts `dot-atom@domain` (RFC 5321 §4.1.2) with at least two labels in the domain; quoted local parts, address
/// literals and non-ASCII local parts are refused, as every large sender does.
///
/// # Errors
/// What is wrong with it, as a sentence goes on that began with “This address”.
pub fn email(input: &str) -> Result<String, String> {
    let s = input.trim();
    if s.is_empty() {
        return Err(t!("model-email-empty"));
    }
    if s.len() > 4 * MAX_EMAIL {
        return Err(t!("model-email-long"));
    }
    let (local, domain) = s.rsplit_once('@').ok_or_else(|| t!("model-email-no-at"))?;
    if local.is_empty() {
        return Err(t!("model-email-no-local"));
    }
    if local.len() > MAX_LOCAL {
        return Err(t!("model-email-long-local", max = MAX_LOCAL));
    }
    if !local.is_ascii() {
        return Err(t!("model-email-letters"));
    }
    let atom = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
    if !local.bytes().all(atom) {
        return Err(t!("model-email-character"));
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(t!("model-email-dot"));
    }
    let domain = self::domain(domain)?;
    let email = format!("{}@{domain}", local.to_ascii_lowercase());
    if email.len() > MAX_EMAIL {
        return Err(t!("model-email-long"));
    }
    Ok(email)
}

/// Brings a domain name into the form it is stored in: lower case, ASCII (IDNA), no trailing dot.
///
/// # Errors
/// What is wrong with it, as a sentence goes on that began with “This”.
pub fn domain(input: &str) -> Result<String, String> {
    let s = input.trim();
    let s = s.strip_suffix('.').unwrap_or(s);
    if s.is_empty() {
        return Err(t!("model-domain-none"));
    }
    let wrong = || t!("model-domain-wrong");
    let ascii = to_ascii(s).ok_or_else(wrong)?;
    let labels: Vec<&str> = ascii.split('.').collect();
    if labels.len() < 2 {
        return Err(t!("model-domain-no-dot"));
    }
    let label_ok = |l: &&str| {
        !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-') && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if ascii.len() > 253 || !labels.iter().all(label_ok) {
        return Err(wrong());
    }
    if labels.last().is_some_and(|l| l.bytes().all(|b| b.is_ascii_digit())) {
        return Err(wrong());
    }
    Ok(ascii)
}

/// IDNA (UTS 46, strict).
#[cfg(not(target_arch = "wasm32"))]
fn to_ascii(domain: &str) -> Option<String> {
    idna::domain_to_ascii_strict(domain).ok()
}

/// In the browser without the tables of IDNA: letters beyond ASCII are left to the server, which always looks again.
#[cfg(target_arch = "wasm32")]
fn to_ascii(domain: &str) -> Option<String> {
    let lenient: String = domain.to_lowercase().chars().map(|c| if c.is_ascii() || !c.is_alphanumeric() { c } else { 'x' }).collect();
    lenient.is_ascii().then_some(lenient)
}

/// A password long enough to matter (NIST SP 800-63B §5.1.1: length, no composition rules).
///
/// # Errors
/// A fault on the field `password`.
pub fn password(input: &str) -> Result<(), Fault> {
    if input.chars().count() < MIN_PASSWORD {
        return Err(Fault::field("password", t!("model-too-short", min = MIN_PASSWORD)));
    }
    if input.len() > MAX_PASSWORD {
        return Err(Fault::field("password", t!("model-too-long", max = MAX_PASSWORD)));
    }
    Ok(())
}

/// A name of a person or thing: trimmed, 1 to `max` characters, no control characters.
///
/// # Errors
/// A fault on `field`.
pub fn name(field: &str, input: &str, max: usize) -> Result<String, Fault> {
    let s = input.trim();
    if s.is_empty() {
        return Err(Fault::field(field, t!("model-needed")));
    }
    if s.chars().count() > max {
        return Err(Fault::field(field, t!("model-too-long", max = max)));
    }
    if s.chars().any(char::is_control) {
        return Err(Fault::field(field, t!("model-control")));
    }
    Ok(s.to_owned())
}

/// The name of a custom attribute: a template can say `contact.<name>`.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn attribute(input: &str) -> Result<String, String> {
    let s = input.trim().to_lowercase().replace([' ', '-'], "_");
    let mut chars = s.chars();
    if !chars.next().is_some_and(|c| c.is_ascii_lowercase()) {
        return Err(t!("model-attribute-letter"));
    }
    if s.len() > MAX_ATTRIBUTE || !chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        return Err(t!("model-attribute-characters", max = MAX_ATTRIBUTE));
    }
    if ["email", "first_name", "last_name", "id"].contains(&s.as_str()) {
        return Err(t!("model-attribute-taken"));
    }
    Ok(s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are() {
        for (given, kept) in [
            (" Ann@Example.COM ", "ann@example.com"),
            ("o'brien+news@mail.example.co.uk", "o'brien+news@mail.example.co.uk"),
            ("user@bücher.example", "user@xn--bcher-kva.example"),
        ] {
            assert_eq!(email(given).as_deref(), Ok(kept));
        }
    }

    #[test]
    fn addresses_that_are_not() {
        let long = format!("{}@example.com", "a".repeat(65));
        for bad in [
            "",
            "plain",
            "@example.com",
            "a@",
            "a b@example.com",
            "a@b",
            "a..b@example.com",
            ".a@example.com",
            "a@-x.com",
            "a@example..com",
            "a@1.2.3.4",
            "a@[127.0.0.1]",
            "\"a\"@example.com",
            "ü@example.com",
            "a@exa mple.com",
            "a\r\nBcc: x@example.com",
            &long,
        ] {
            assert!(email(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn attributes_are_identifiers() {
        assert_eq!(attribute("Favourite Colour").as_deref(), Ok("favourite_colour"));
        for bad in ["", "1st", "email", "a.b", "naïve", &"a".repeat(41)] {
            assert!(attribute(bad).is_err(), "{bad:?}");
        }
    }
}
