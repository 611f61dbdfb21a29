//! The records a sending domain needs, and what real DNS says about each.

use nexsent_model::domains::{DnsRecord, RecordPurpose, RecordState};

use crate::dns::{DnsError, Resolver};

/// What is to be published for a domain.
#[derive(Clone, Debug)]
pub struct Expected {
    pub domain: String,
    /// The value of the ownership TXT.
    pub ownership: String,
    pub selector: String,
    /// [`crate::dkim::DkimKey::record`].
    pub dkim: String,
    /// The name that SPF includes.
    pub spf_include: String,
    /// Where `bounce.<domain>` points.
    pub return_path_host: String,
}

impl Expected {
    /// The records as a person publishes them, not yet checked.
    #[must_use]
    pub fn records(&self) -> Vec<DnsRecord> {
        let d = &self.domain;
        let record = |purpose, kind: &str, host: String, value: String| DnsRecord {
            purpose,
            kind: kind.to_owned(),
            host,
            value,
            state: RecordState::Unchecked,
            found: Vec::new(),
            problem: None,
        };
        vec![
            record(RecordPurpose::Ownership, "TXT", format!("_nexsent.{d}"), self.ownership.clone()),
            record(RecordPurpose::Dkim, "TXT", format!("{}._domainkey.{d}", self.selector), self.dkim.clone()),
            record(RecordPurpose::Spf, "TXT", d.clone(), format!("v=spf1 include:{} ~all", self.spf_include)),
            record(RecordPurpose::Dmarc, "TXT", format!("_dmarc.{d}"), "v=DMARC1; p=none".to_owned()),
            record(RecordPurpose::ReturnPath, "CNAME", format!("bounce.{d}"), self.return_path_host.clone()),
        ]
    }

    /// Asks DNS about every record, past the cache. The same order as [`Self::records`].
    pub async fn check(&self, resolver: &Resolver) -> Vec<DnsRecord> {
        let mut records = self.records();
        let hosts: Vec<String> = records.iter().map(|r| r.host.clone()).collect();
        let (own, dkim, spf, dmarc, path) = tokio::join!(
            resolver.txt(&hosts[0], true),
            resolver.txt(&hosts[1], true),
            resolver.txt(&hosts[2], true),
            resolver.txt(&hosts[3], true),
            resolver.cname(&hosts[4], true),
        );
        let spf_lookups = match &spf {
            Ok(found) => count_spf(resolver, found).await,
            Err(_) => SpfCount::Known(0),
        };
        for (record, answer) in records.iter_mut().zip([own, dkim, spf, dmarc, path.map(|p| vec![p])]) {
            let verdict = match answer {
                Ok(found) => {
                    let verdict = match record.purpose {
                        RecordPurpose::Ownership => self.judge_ownership(&found),
                        RecordPurpose::Dkim => self.judge_dkim(&found),
                        RecordPurpose::Spf => self.judge_spf(&found, spf_lookups),
                        RecordPurpose::Dmarc => judge_dmarc(&found),
                        RecordPurpose::ReturnPath => self.judge_return_path(&found),
                    };
                    record.found = relevant(record.purpose, found);
                    verdict
                }
                Err(e) if e.is_definite() => {
                    Verdict(RecordState::Missing, Some(format!("Nothing is published at {} yet. New records can take a while to show.", record.host)))
                }
                Err(e) => Verdict(RecordState::NoAnswer, Some(no_answer(e).to_owned())),
            };
            record.state = verdict.0;
            record.problem = verdict.1;
        }
        records
    }

    fn judge_ownership(&self, found: &[String]) -> Verdict {
        if found.iter().any(|f| f.trim() == self.ownership) {
            return PASS;
        }
        if found.iter().any(|f| unquote(f) == self.ownership) {
            return wrong("The value has quotation marks around it. Publish it without them.");
        }
        wrong("There is a record, but with another value. Copy this one.")
    }

    fn judge_dkim(&self, found: &[String]) -> Verdict {
        let keys: Vec<&String> = found.iter().filter(|f| tag(f, "p").is_some()).collect();
        let ours = tag(&self.dkim, "p");
        match keys.as_slice() {
            [] => wrong("There is a record, but no DKIM key in it. Copy this value whole."),
            [one] => {
                let theirs = tag(one, "p");
                if theirs == ours {
                    match tag(one, "k").as_deref() {
                        None | Some("rsa") => PASS,
                        Some(_) => wrong("The key is right, but `k=` must be rsa."),
                    }
                } else if theirs.as_deref() == Some("") {
                    wrong("The key is empty, which means revoked. Copy this value whole.")
                } else if matches!((&theirs, &ours), (Some(t), Some(o)) if o.starts_with(t.as_str())) {
                    wrong("The key is cut off. Your DNS provider may want it split into strings of at most 255 characters.")
                } else {
                    wrong("This is another key. Replace it by this value.")
                }
            }
            _ => wrong("There are several keys under this name. Leave only this one."),
        }
    }

    fn judge_spf(&self, found: &[String], lookups: SpfCount) -> Verdict {
        let spf: Vec<&String> = found.iter().filter(|f| is_spf(f)).collect();
        match spf.as_slice() {
            [] if found.iter().any(|f| is_spf(&unquote(f))) => wrong("The value has quotation marks around it. Publish it without them."),
            [] => Verdict(RecordState::Missing, Some("There is no SPF record yet. Add this one.".to_owned())),
            [one] => {
                let terms: Vec<String> = one.split_ascii_whitespace().map(str::to_ascii_lowercase).collect();
                if terms.iter().any(|t| t == "+all" || t == "all") {
                    return wrong("It ends in +all, which lets anyone send as you. Use ~all or -all.");
                }
                let include = format!("include:{}", self.spf_include.to_ascii_lowercase());
                let at = terms.iter().position(|t| t.trim_start_matches('+') == include);
                let all = terms.iter().position(|t| t.ends_with("all") && t.len() == 4);
                match (at, all, lookups) {
                    (None, ..) => wrong(&format!("Add `include:{}` to the record you have, before its `all`.", self.spf_include)),
                    (Some(i), Some(a), _) if i > a => wrong("The include stands after `all`, where nobody reads it. Move it before."),
                    (_, _, SpfCount::Known(n)) if n > 10 => {
                        wrong(&format!("It takes {n} DNS look-ups; more than 10 make it invalid. Remove an include you no longer use."))
                    }
                    (_, _, SpfCount::Unknown) => {
                        Verdict(RecordState::NoAnswer, Some("One of the names it includes gives no answer. It is checked again soon.".to_owned()))
                    }
                    _ => PASS,
                }
            }
            more => wrong(&format!("There are {} SPF records, which makes both invalid. Merge them into one.", more.len())),
        }
    }

    fn judge_return_path(&self, found: &[String]) -> Verdict {
        let target = found.first().map(String::as_str).unwrap_or_default();
        if target.eq_ignore_ascii_case(&self.return_path_host) {
            PASS
        } else if target.eq_ignore_ascii_case(&format!("{}.{}", self.return_path_host, self.domain)) {
            wrong("Your DNS provider added your own domain to the target. End it with a dot.")
        } else {
            wrong(&format!("It points to {target}. Point it to {}.", self.return_path_host))
        }
    }
}

struct Verdict(RecordState, Option<String>);
const PASS: Verdict = Verdict(RecordState::Pass, None);

fn wrong(problem: &str) -> Verdict {
    Verdict(RecordState::Wrong, Some(problem.to_owned()))
}

fn no_answer(e: DnsError) -> &'static str {
    match e {
        DnsError::Timeout => "Your name servers did not answer in time. It is checked again soon.",
        _ => "Your name servers answered with an error. It is checked again soon.",
    }
}

/// What a person looking at the record wants to see: at the domain itself, only SPF among the other TXT records.
fn relevant(purpose: RecordPurpose, found: Vec<String>) -> Vec<String> {
    let cut = |s: String| s.chars().take(600).collect::<String>();
    let all: Vec<String> = found.into_iter().take(20).map(cut).collect();
    match purpose {
        RecordPurpose::Spf => all.into_iter().filter(|f| f.to_ascii_lowercase().contains("spf1")).collect(),
        _ => all,
    }
}

fn unquote(text: &str) -> String {
    text.trim().trim_matches('"').trim_matches('\'').to_owned()
}

fn is_spf(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text == "v=spf1" || text.starts_with("v=spf1 ")
}

/// The value of a tag in a `tag=value;` list (RFC 6376 §3.2), white space taken out.
fn tag(list: &str, name: &str) -> Option<String> {
    list.split(';')
        .filter_map(|part| part.split_once('='))
        .find(|(n, _)| n.trim() == name)
        .map(|(_, v)| v.chars().filter(|c| !c.is_whitespace()).collect())
}

fn judge_dmarc(found: &[String]) -> Verdict {
    let policies: Vec<&String> = found.iter().filter(|f| tag(f, "v").as_deref() == Some("DMARC1") && f.trim_start().starts_with('v')).collect();
    match policies.as_slice() {
        [] => wrong("There is a record, but it does not start with v=DMARC1."),
        [one] => match tag(one, "p").as_deref() {
            Some("none" | "quarantine" | "reject") => PASS,
            Some(other) => wrong(&format!("The policy p={other} is not one of none, quarantine and reject.")),
            None => wrong("It has no policy. Add p=none, p=quarantine or p=reject."),
        },
        _ => wrong("There are several DMARC records, which makes them all invalid. Leave one."),
    }
}

#[derive(Clone, Copy)]
enum SpfCount {
    Known(usize),
    /// An included name gave no answer.
    Unknown,
}

/// How many look-ups evaluating the record takes (RFC 7208 §4.6.4). Stops counting a little over the limit: a hostile zone may include itself.
async fn count_spf(resolver: &Resolver, found: &[String]) -> SpfCount {
    let Some(first) = found.iter().find(|f| is_spf(f)) else { return SpfCount::Known(0) };
    let mut todo = vec![first.clone()];
    let mut lookups = 0;
    while let Some(record) = todo.pop() {
        for term in record.split_ascii_whitespace().skip(1) {
            let term = term.trim_start_matches(['+', '-', '~', '?']).to_ascii_lowercase();
            let name = term.split(['/', ':', '=']).next().unwrap_or_default();
            if matches!(name, "a" | "mx" | "ptr" | "exists" | "include" | "redirect") {
                lookups += 1;
            }
            if lookups > 12 {
                return SpfCount::Known(lookups);
            }
            if let Some(target) = term.strip_prefix("include:").or_else(|| term.strip_prefix("redirect=")) {
                match resolver.txt(target, true).await {
                    Ok(records) => todo.extend(records.into_iter().filter(|r| is_spf(r)).take(1)),
                    Err(e) if e.is_definite() => {}
                    Err(_) => return SpfCount::Unknown,
                }
            }
        }
    }
    SpfCount::Known(lookups)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected() -> Expected {
        Expected {
            domain: "example.com".into(),
            ownership: "nexsent-verify=abc".into(),
            selector: "nx1".into(),
            dkim: "v=DKIM1; k=rsa; p=AAAABBBB".into(),
            spf_include: "spf.mail.test".into(),
            return_path_host: "mx.mail.test".into(),
        }
    }

    fn says(v: &Verdict) -> &str {
        v.1.as_deref().unwrap_or("pass")
    }

    #[test]
    fn every_way_to_publish_a_record_wrongly_is_named() {
        let e = expected();
        let t = |s: &str| vec![s.to_owned()];
        assert_eq!(says(&e.judge_ownership(&t("nexsent-verify=abc"))), "pass");
        assert!(says(&e.judge_ownership(&t("\"nexsent-verify=abc\""))).contains("quotation"));
        assert_eq!(says(&e.judge_dkim(&t("v=DKIM1;k=rsa;p=AAAA BBBB"))), "pass");
        assert!(says(&e.judge_dkim(&t("v=DKIM1; k=rsa; p=AAAA"))).contains("cut off"));
        assert!(says(&e.judge_dkim(&t("v=DKIM1; k=rsa; p=CCCC"))).contains("another key"));
        assert!(says(&e.judge_dkim(&t("v=DKIM1; p="))).contains("revoked"));
        assert!(says(&e.judge_dkim(&["p=AAAABBBB".to_owned(), "p=C".to_owned()])).contains("several"));
        let spf = |s: &str| e.judge_spf(&t(s), SpfCount::Known(1));
        assert_eq!(says(&spf("v=spf1 include:SPF.mail.test -all")), "pass");
        assert!(says(&spf("v=spf1 -all include:spf.mail.test")).contains("after"));
        assert!(says(&spf("v=spf1 include:spf.mail.test +all")).contains("+all"));
        assert!(says(&spf("v=spf1 mx ~all")).contains("include:spf.mail.test"));
        assert!(says(&e.judge_spf(&["v=spf1 -all".to_owned(), "v=spf1 ~all".to_owned()], SpfCount::Known(0))).contains("2 SPF records"));
        assert!(says(&e.judge_spf(&t("v=spf1 include:spf.mail.test ~all"), SpfCount::Known(11))).contains("11"));
        assert_eq!(e.judge_spf(&t("google-site-verification=1"), SpfCount::Known(0)).0, RecordState::Missing);
        assert_eq!(says(&judge_dmarc(&t("v=DMARC1; p=reject"))), "pass");
        assert!(says(&judge_dmarc(&t("v=DMARC1"))).contains("no policy"));
        assert!(says(&judge_dmarc(&t("p=none"))).contains("start with"));
        assert_eq!(says(&e.judge_return_path(&t("mx.mail.test"))), "pass");
        assert!(says(&e.judge_return_path(&t("mx.mail.test.example.com"))).contains("dot"));
    }
}
