//! Settings: a TOML file, then the environment over it. `nexsent.sample.toml` documents every one.
//!
//! A wrong setting stops the start with its name, what is wrong and how to mend it; a name that does not exist does too.

mod source;

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

pub use source::{ConfigError, Source};

/// Every setting's name; the environment's name is `NEXSENT_` + upper case with `.` as `_`.
pub(crate) const NAMES: &[&str] = &[
    "data_dir",
    "http.listen",
    "http.base_url",
    "http.metrics_listen",
    "http.trusted_proxies",
    "http.site_root",
    "instance.name",
    "instance.sign_up",
    "instance.security_contact",
    "database.url",
    "database.namespace",
    "database.name",
    "database.user",
    "database.password",
    "database.cache_mb",
    "secrets.master_key_file",
    "dns.servers",
    "dns.timeout_ms",
    "mail.hostname",
    "mail.spf_include",
    "mail.return_path_host",
    "mail.relay",
    "mail.system_from",
    "mail.smtp_port",
    "mail.allow_private_hosts",
    "mail.connections_per_provider",
    "mail.messages_per_connection",
    "mail.retry_after",
    "log.level",
    "log.format",
];

/// Tries over about three days (RFC 5321 §4.5.4.1 asks for four to five days at most, and at least a day).
const RETRY_MINUTES: [u64; 12] = [2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1080, 1440];

/// Who may make a workspace on this instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUpPolicy {
    /// Anyone who reaches the page and confirms an address.
    Open,
    /// Only the first owner, by the set-up link.
    Closed,
}

/// The whole configuration, checked.
#[derive(Clone, Debug)]
pub struct Config {
    pub data_dir: PathBuf,
    pub http: Http,
    pub instance_name: String,
    pub sign_up: SignUpPolicy,
    /// Where holes are reported: a `mailto:` or https address.
    pub security_contact: String,
    pub database: Database,
    pub master_key_file: PathBuf,
    pub dns: Dns,
    pub mail: Mail,
    pub log: Log,
}

#[derive(Clone, Debug)]
pub struct Http {
    pub listen: SocketAddr,
    /// Where people reach the instance, without a trailing slash.
    pub base_url: String,
    /// `/metrics` is served here alone.
    pub metrics_listen: Option<SocketAddr>,
    /// Whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Where the built browser half lies.
    pub site_root: PathBuf,
}

impl Http {
    /// Whether cookies may be marked `Secure`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

#[derive(Clone, Debug)]
pub struct Database {
    /// `surrealkv://<dir>`, `ws://host:port`, `wss://host:port` or `mem://`.
    pub url: String,
    pub namespace: String,
    pub name: String,
    pub user: String,
    pub password: Option<String>,
    /// Megabytes of the embedded engine's block cache.
    pub cache_mb: u64,
}

#[derive(Clone, Debug)]
pub struct Dns {
    /// Empty: the system's.
    pub servers: Vec<SocketAddr>,
    pub timeout: Duration,
}

#[derive(Clone, Debug)]
pub struct Mail {
    /// What this host calls itself in EHLO; its forward and reverse DNS must agree.
    pub hostname: String,
    /// The name that customers' SPF records include.
    pub spf_include: String,
    /// The host that customers' `bounce.` names point to.
    pub return_path_host: String,
    /// `smtp://user:password@host:port?tls=none|starttls|implicit`, for the instance's own mail.
    pub relay: Option<String>,
    pub system_from: String,
    pub smtp_port: u16,
    pub allow_private_hosts: bool,
    pub connections_per_provider: usize,
    pub messages_per_connection: usize,
    /// How long until each next try of a deferred recipient; after the last it fails.
    pub retry_after: Vec<Duration>,
}

#[derive(Clone, Debug)]
pub struct Log {
    /// `tracing` filter, such as `info` or `nexsent=debug,info`.
    pub level: String,
    pub json: bool,
}

impl Config {
    /// Reads the file (when given) and the environment.
    ///
    /// # Errors
    /// The first wrong setting, by name.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let env = std::env::vars().filter(|(k, _)| k.starts_with("NEXSENT_"));
        Self::from_source(&Source::read(file, env, NAMES)?)
    }

    /// From settings that are already in one place.
    ///
    /// # Errors
    /// The first wrong setting, by name.
    pub fn from_source(s: &Source) -> Result<Self, ConfigError> {
        let data_dir: PathBuf = s.text("data_dir").unwrap_or("data").into();
        let listen: SocketAddr = s.parsed("http.listen", "127.0.0.1:8080", "an address and port, such as 0.0.0.0:8080")?;
        let base_url = s.text("http.base_url").map_or_else(|| format!("http://localhost:{}", listen.port()), |u| u.trim_end_matches('/').to_owned());
        let host = url_host(&base_url).ok_or_else(|| s.wrong("http.base_url", "an address people can open, such as https://mail.example.com"))?;
        let hostname = s.text("mail.hostname").unwrap_or(&host).to_owned();
        Ok(Self {
            http: Http {
                listen,
                base_url,
                metrics_listen: s.optional("http.metrics_listen", "an address and port, such as 127.0.0.1:9090")?,
                trusted_proxies: s.list("http.trusted_proxies", "networks, such as 10.0.0.0/8", IpNet::parse)?,
                site_root: s.text("http.site_root").map_or_else(default_site_root, PathBuf::from),
            },
            instance_name: s.text("instance.name").unwrap_or("NexSent").to_owned(),
            sign_up: match s.text("instance.sign_up").unwrap_or("closed") {
                "open" => SignUpPolicy::Open,
                "closed" => SignUpPolicy::Closed,
                _ => return Err(s.wrong("instance.sign_up", "`open` (anyone may make a workspace) or `closed`")),
            },
            security_contact: security_contact(s, &host)?,
            database: Database {
                url: database_url(s, &data_dir)?,
                namespace: s.text("database.namespace").unwrap_or("nexsent").to_owned(),
                name: s.text("database.name").unwrap_or("nexsent").to_owned(),
                user: s.text("database.user").unwrap_or("root").to_owned(),
                password: s.text("database.password").map(str::to_owned),
                cache_mb: s.within("database.cache_mb", 256, 64..=65_536)? as u64,
            },
            master_key_file: s.text("secrets.master_key_file").map_or_else(|| data_dir.join("master.key"), PathBuf::from),
            dns: Dns {
                servers: s.list("dns.servers", "addresses with ports, such as 127.0.0.1:53", |v| v.parse().ok())?,
                timeout: Duration::from_millis(s.parsed("dns.timeout_ms", "3000", "milliseconds, such as 3000")?),
            },
            mail: Mail {
                spf_include: s.text("mail.spf_include").map_or_else(|| format!("spf.{hostname}"), str::to_owned),
                return_path_host: s.text("mail.return_path_host").unwrap_or(&hostname).to_owned(),
                relay: relay(s)?,
                system_from: match s.text("mail.system_from") {
                    None => format!("no-reply@{hostname}"),
                    Some(a) => nexsent_model::validate::email(a).map_err(|_| s.wrong("mail.system_from", "an e-mail address"))?,
                },
                smtp_port: s.parsed("mail.smtp_port", "25", "a port, 25 on the internet")?,
                allow_private_hosts: s.parsed("mail.allow_private_hosts", "false", "`true` or `false`")?,
                connections_per_provider: s.within("mail.connections_per_provider", 16, 1..=500)?,
                messages_per_connection: s.within("mail.messages_per_connection", 100, 1..=100_000)?,
                retry_after: match s.list("mail.retry_after", "durations, such as [\"2m\", \"30m\", \"8h\"]", duration)? {
                    v if v.is_empty() => RETRY_MINUTES.iter().map(|m| Duration::from_secs(m * 60)).collect(),
                    v => v,
                },
                hostname,
            },
            log: Log {
                level: s.text("log.level").unwrap_or("info").to_owned(),
                json: match s.text("log.format").unwrap_or("text") {
                    "text" => false,
                    "json" => true,
                    _ => return Err(s.wrong("log.format", "`text` or `json`")),
                },
            },
            data_dir,
        })
    }
}

fn default_site_root() -> PathBuf {
    // A package has `site` beside the binary; a build has it in the target directory above it.
    let exe = std::env::current_exe().unwrap_or_default();
    exe.ancestors().skip(1).take(3).map(|d| d.join("site")).find(|d| d.is_dir()).unwrap_or_else(|| PathBuf::from("site"))
}

fn url_host(url: &str) -> Option<String> {
    let parsed = url::Url::parse(url).ok()?;
    matches!(parsed.scheme(), "http" | "https").then(|| parsed.host_str().map(str::to_owned)).flatten()
}

/// As security.txt wants it (RFC 9116 §2.5.3): an address with its scheme, and of the web's only https.
fn security_contact(s: &Source, host: &str) -> Result<String, ConfigError> {
    let name = "instance.security_contact";
    let Some(text) = s.text(name) else { return Ok(format!("mailto:security@{host}")) };
    let wrong = || s.wrong(name, "an e-mail address, such as security@example.com, or a page, such as https://example.com/security");
    if text.starts_with("https://") {
        // As the parser writes it: nothing in it can begin another line.
        return url::Url::parse(text).map(String::from).map_err(|_| wrong());
    }
    let address = nexsent_model::validate::email(text.strip_prefix("mailto:").unwrap_or(text)).map_err(|_| wrong())?;
    // The rest of what an address may hold would have to be escaped in `mailto:` (RFC 6068 §2).
    let plain = address.bytes().all(|b| b.is_ascii_alphanumeric() || b"@.-_+".contains(&b));
    if plain { Ok(format!("mailto:{address}")) } else { Err(wrong()) }
}

fn database_url(s: &Source, data_dir: &Path) -> Result<String, ConfigError> {
    let url = s.text("database.url").map_or_else(|| format!("surrealkv://{}", data_dir.join("db").display()), str::to_owned);
    let known = ["surrealkv://", "ws://", "wss://", "mem://"].iter().any(|p| url.starts_with(p));
    if !known {
        return Err(s.wrong("database.url", "surrealkv://<directory>, ws://host:port, wss://host:port or mem://"));
    }
    if url.starts_with("ws") && s.text("database.password").is_none() {
        return Err(s.wrong("database.password", "the password of the database user, since database.url names a server"));
    }
    Ok(url)
}

fn relay(s: &Source) -> Result<Option<String>, ConfigError> {
    let Some(url) = s.text("mail.relay") else { return Ok(None) };
    nexsent_mail::relay::Relay::parse(url).map_err(|_| s.wrong("mail.relay", "smtp://user:password@host:port?tls=none|starttls|implicit"))?;
    Ok(Some(url.to_owned()))
}

/// `90s`, `2m`, `8h`.
fn duration(text: &str) -> Option<Duration> {
    let unit = match text.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        _ => return None,
    };
    text[..text.len() - 1].parse::<u64>().ok().filter(|n| *n > 0).map(|n| Duration::from_secs(n.saturating_mul(unit)))
}

/// A network: an address and the number of leading bits that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpNet {
    addr: IpAddr,
    bits: u8,
}

impl IpNet {
    fn parse(text: &str) -> Option<Self> {
        let (addr, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let addr: IpAddr = addr.parse().ok()?;
        let max = if addr.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(max), |b| b.parse().ok().filter(|b| *b <= max))?;
        Some(Self { addr, bits })
    }

    /// Whether the address lies in this network.
    #[must_use]
    pub fn contains(&self, ip: IpAddr) -> bool {
        let cut = |v: u128, width: u32| if self.bits == 0 { 0 } else { v >> (width - u32::from(self.bits)) };
        match (self.addr, ip.to_canonical()) {
            (IpAddr::V4(a), IpAddr::V4(b)) => cut(u128::from(a.to_bits()), 32) == cut(u128::from(b.to_bits()), 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => cut(a.to_bits(), 128) == cut(b.to_bits(), 128),
            _ => false,
        }
    }
}

/// A network for tests of other modules.
#[cfg(test)]
pub(crate) fn test_net(text: &str) -> IpNet {
    IpNet::parse(text).expect("a network")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let env = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        Config::from_source(&Source::read(None, env, NAMES)?)
    }

    #[test]
    fn a_wrong_setting_is_named_with_its_fix() {
        for (name, value, says) in [
            ("NEXSENT_HTTP_LISTEN", "everywhere", "http.listen"),
            ("NEXSENT_HTTP_BASE_URL", "ftp://x", "http.base_url"),
            ("NEXSENT_DATABASE_URL", "rocks", "database.url"),
            ("NEXSENT_MAIL_CONNECTIONS_PER_PROVIDER", "0", "mail.connections_per_provider"),
            ("NEXSENT_HTTP_TRUSTED_PROXIES", "10.0.0.0/33", "http.trusted_proxies"),
            ("NEXSENT_INSTANCE_SIGN_UP", "maybe", "instance.sign_up"),
            ("NEXSENT_INSTANCE_SECURITY_CONTACT", "ask for the boss", "instance.security_contact"),
            ("NEXSENT_INSTANCE_SECURITY_CONTACT", "http://example.com/security", "instance.security_contact"),
            ("NEXSENT_INSTANCE_SECURITY_CONTACT", "https://", "instance.security_contact"),
            ("NEXSENT_INSTANCE_SECURITY_CONTACT", "who?subject=x@example.com", "instance.security_contact"),
            ("NEXSENT_HTTP_LISTNE", "127.0.0.1:1", "NEXSENT_HTTP_LISTNE"),
        ] {
            let text = with(&[(name, value)]).map(|_| String::new()).unwrap_or_else(|e| e.to_string());
            assert!(text.contains(says), "{name}={value}: {text}");
        }
    }

    #[test]
    fn reports_of_holes_go_to_an_address_or_a_page() {
        let base = ("NEXSENT_HTTP_BASE_URL", "https://mail.example.com");
        let contact = |given: &str| with(&[base, ("NEXSENT_INSTANCE_SECURITY_CONTACT", given)]).expect("right").security_contact;
        assert_eq!(with(&[base]).expect("right").security_contact, "mailto:security@mail.example.com");
        assert_eq!(contact("Holes@Example.com"), "mailto:holes@example.com");
        assert_eq!(contact("mailto:holes+nx@example.com"), "mailto:holes+nx@example.com");
        assert_eq!(contact("https://example.com/report"), "https://example.com/report");
    }

    #[test]
    fn the_sample_lists_every_setting_and_nothing_else() {
        let sample = include_str!("../../../nexsent.sample.toml");
        // Every line of the form `# name = value` or `name = value` counts.
        let mut section = String::new();
        let mut seen = Vec::new();
        for line in sample.lines() {
            let line = line.trim_start_matches("# ").trim();
            if let Some(s) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = format!("{s}.");
            } else if let Some((name, _)) = line.split_once(" = ")
                && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            {
                seen.push(format!("{section}{name}"));
            }
        }
        let mut names: Vec<String> = NAMES.iter().map(|n| (*n).to_owned()).collect();
        names.sort();
        seen.sort();
        assert_eq!(seen, names);
    }

    #[test]
    fn networks_hold_what_they_should() {
        let net = IpNet::parse("10.1.0.0/16").expect("a network");
        assert!(net.contains("10.1.200.3".parse().expect("ip")));
        assert!(net.contains("::ffff:10.1.2.3".parse().expect("ip")));
        assert!(!net.contains("10.2.0.1".parse().expect("ip")));
        assert!(IpNet::parse("::/0").expect("a network").contains("2001:db8::1".parse().expect("ip")));
    }
}
