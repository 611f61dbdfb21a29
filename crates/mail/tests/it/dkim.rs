//! Signatures checked by other implementations: OpenDKIM and dkimpy.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use chrono::Utc;
use nexsent_mail::{
    compose::{Bulk, Outgoing, build},
    dkim::{DkimKey, Signer},
};

fn messages() -> Vec<Vec<u8>> {
    ["short", "日本語のメール です", "  spaces \t and tabs\r\n\r\n\r\n", ".\r\n.", &"long line ".repeat(300)]
        .iter()
        .map(|text| {
            let html = format!("<html><body><p>{text}</p></body></html>");
            build(&Outgoing {
                from_name: "Example, Inc. — news",
                from_email: "news@example.com",
                reply_to: "help@example.com",
                to: "ann@example.org",
                subject: text.trim().lines().next().unwrap_or_default(),
                message_id: "abc.1@example.com",
                date: Utc::now(),
                html: Some(&html),
                text,
                bulk: Some(Bulk {
                    list_id: "c1.example.com",
                    unsubscribe_url: "https://nx.test/u/abcdefghijklmnopqrstuvwxyz0123456789",
                    feedback_id: "c1:w1:bulk:nexsent",
                }),
            })
        })
        .collect()
}

/// Signed messages and the record of their key.
fn signed() -> (Vec<Vec<u8>>, String) {
    let key = DkimKey::generate().unwrap();
    let record = key.record().unwrap();
    let signer = Signer::new(key, "example.com", "nx1");
    let all = messages().into_iter().map(|m| [signer.sign(&m, Utc::now().timestamp()).unwrap().into_bytes(), m].concat()).collect();
    (all, record)
}

fn have(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).stdout(Stdio::null()).status().is_ok_and(|s| s.success());
    if !found {
        eprintln!("skipped: {program} is not installed");
    }
    found
}

#[test]
fn what_is_signed_is_what_providers_ask_for() {
    let (all, _) = signed();
    let head = String::from_utf8_lossy(&all[0]).split("\r\nFrom:").next().unwrap().to_ascii_lowercase();
    for name in ["from:from", "list-unsubscribe:", "list-unsubscribe-post", "c=relaxed/relaxed", "a=rsa-sha256", "feedback-id"] {
        assert!(head.replace("\r\n\t ", "").contains(name), "{name}: {head}");
    }
}

#[test]
fn dkimpy_agrees() {
    let (all, record) = signed();
    if !have("dkimverify") {
        return;
    }
    for message in &all {
        assert!(dkimpy(message, &record), "dkimpy refuses a good message");
        let mut changed = message.clone();
        let at = changed.len() - 20;
        changed[at] ^= 1;
        assert!(!dkimpy(&changed, &record), "dkimpy takes a changed message");
        let from = [b"From: other@example.com\r\n".to_vec(), message.clone()].concat();
        assert!(!dkimpy(&from, &record), "a second From is taken");
    }
}

#[test]
fn opendkim_agrees() {
    if !std::path::Path::new(OPENDKIM).exists() {
        eprintln!("skipped: {OPENDKIM} is not installed");
        return;
    }
    let (all, record) = signed();
    for message in &all {
        let said = opendkim(message, &record);
        assert!(said.contains("verification") && said.contains("succeeded"), "{said}");
        let mut changed = message.clone();
        let at = changed.len() - 20;
        changed[at] ^= 1;
        assert!(!opendkim(&changed, &record).contains("succeeded"), "OpenDKIM takes a changed message");
    }
}

const OPENDKIM: &str = "/usr/sbin/opendkim";

/// What OpenDKIM says of a message, the record given in place of DNS.
fn opendkim(message: &[u8], record: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    std::fs::write(path("keys"), format!("nx1._domainkey.example.com {record}\n")).unwrap();
    std::fs::write(path("conf"), format!("TestPublicKeys {}\nMode v\nBackground no\nSyslog no\nOn-Default accept\n", path("keys"))).unwrap();
    std::fs::write(path("mail"), message).unwrap();
    let out = Command::new(OPENDKIM).args(["-x", &path("conf"), "-t", &path("mail"), "-v"]).output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
}

/// Verifies with dkimpy, the record given in place of DNS.
fn dkimpy(message: &[u8], record: &str) -> bool {
    let script =
        "import sys, dkim\nm = sys.stdin.buffer.read()\nr = sys.argv[1].encode()\nsys.exit(0 if dkim.verify(m, dnsfunc=lambda *a, **k: r) else 1)";
    let mut child = Command::new("/usr/bin/python3").args(["-c", script, record]).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(message).unwrap();
    child.wait().unwrap().success()
}
