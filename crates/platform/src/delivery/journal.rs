//! The wire journal: what may have gone out, before it goes, and what came of it, before the ledger knows.
//!
//! An append-only file in segments. Every record is a line: 16 hexadecimal digits of SHA-256 over the rest, then JSON; a torn last line is
//! told by its digits. One thread writes: it takes what waits, writes it, syncs once, and wakes everybody (group commit).
//! An [`Intent`] is awaited; a result is not, since the next intent on that connection comes after it in the file, and so its being
//! durable says that the result is. A segment is removed when the ledger has every outcome of its intents.

use std::{
    collections::HashMap,
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    sync::mpsc,
};

use chrono::Utc;
use nexsent_model::{CampaignId, TenantId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use super::{DeliveryResult, Fate};

/// When a new segment begins.
const SEGMENT: u64 = 8 * 1024 * 1024;

/// A message is about to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    pub tenant: TenantId,
    pub campaign: CampaignId,
    pub chunk: u32,
    pub number: u32,
    pub attempt: u32,
    pub email: String,
    pub host: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entry {
    Intent(Intent),
    Result(DeliveryResult),
}

type Key = (CampaignId, u32, u32);

enum Command {
    Append(String, Option<(Key, oneshot::Sender<()>)>),
    Committed(Vec<Key>),
}

/// Appends; cheap to clone. The thread ends when the last clone is dropped.
#[derive(Clone)]
pub struct Journal(mpsc::Sender<Command>);

impl Journal {
    /// Opens the journal in a directory, and says what the ledger may not know: outcomes, and tries that have none (in doubt). The
    /// old segments stay until [`Recovered::done`].
    ///
    /// # Errors
    /// When the directory cannot be read or written.
    pub fn open(dir: &Path) -> io::Result<(Self, Recovered)> {
        fs::create_dir_all(dir)?;
        let mut old: Vec<PathBuf> =
            fs::read_dir(dir)?.filter_map(|e| e.ok().map(|e| e.path())).filter(|p| p.extension().is_some_and(|x| x == "log")).collect();
        old.sort();
        let results = replay(&old)?;
        let next = old.last().and_then(|p| p.file_stem()?.to_str()?.parse::<u64>().ok()).unwrap_or(0) + 1;
        let writer = Writer::new(dir.to_owned(), next)?;
        let (tx, rx) = mpsc::channel();
        std::thread::Builder::new().name("journal".to_owned()).spawn(move || writer.run(&rx))?;
        Ok((Self(tx), Recovered { results, old }))
    }

    /// Makes an intent durable; `false` when that is not possible, and nothing may be sent.
    pub async fn intent(&self, intent: Intent) -> bool {
        let key = (intent.campaign.clone(), intent.number, intent.attempt);
        let Some(line) = line(&Entry::Intent(intent)) else { return false };
        let (tx, rx) = oneshot::channel();
        self.0.send(Command::Append(line, Some((key, tx)))).is_ok() && rx.await.is_ok()
    }

    /// Keeps an outcome; durable at the latest when the next intent is.
    pub fn result(&self, result: &DeliveryResult) {
        if let Some(line) = line(&Entry::Result(result.clone())) {
            // Without its thread no intent is granted any more: nothing is sent that would need this.
            drop(self.0.send(Command::Append(line, None)));
        }
    }

    /// The ledger has these outcomes.
    pub fn committed(&self, results: &[DeliveryResult]) {
        let keys = results.iter().map(|r| (r.campaign.clone(), r.number, r.attempt)).collect();
        drop(self.0.send(Command::Committed(keys)));
    }
}

/// What a run that ended without notice left behind.
pub struct Recovered {
    results: Vec<DeliveryResult>,
    old: Vec<PathBuf>,
}

impl Recovered {
    /// To be recorded in the ledger before anything is leased.
    #[must_use]
    pub fn results(&self) -> &[DeliveryResult] {
        &self.results
    }

    /// The ledger has them: the old segments go.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn done(self) -> io::Result<()> {
        self.old.iter().try_for_each(fs::remove_file)
    }
}

fn line(entry: &Entry) -> Option<String> {
    let json = serde_json::to_string(entry).ok()?;
    Some(format!("{} {json}\n", digits(&json)))
}

fn digits(text: &str) -> String {
    crate::secrets::encode(&Sha256::digest(text.as_bytes())[..8])
}

fn replay(files: &[PathBuf]) -> io::Result<Vec<DeliveryResult>> {
    let mut open: HashMap<Key, Intent> = HashMap::new();
    let mut results = Vec::new();
    for path in files {
        for bytes in BufReader::new(File::open(path)?).split(b'\n') {
            let bytes = bytes?;
            let Some(entry) = std::str::from_utf8(&bytes)
                .ok()
                .and_then(|l| l.split_once(' '))
                .filter(|(d, json)| *d == digits(json))
                .and_then(|(_, json)| serde_json::from_str(json).ok())
            else {
                // Torn by the crash: it was not acknowledged, so nothing was done on its account.
                continue;
            };
            match entry {
                Entry::Intent(i) => drop(open.insert((i.campaign.clone(), i.number, i.attempt), i)),
                Entry::Result(r) => {
                    open.remove(&(r.campaign.clone(), r.number, r.attempt));
                    results.push(r);
                }
            }
        }
    }
    results.extend(open.into_values().map(|i| DeliveryResult {
        tenant: i.tenant,
        campaign: i.campaign,
        chunk: i.chunk,
        number: i.number,
        attempt: i.attempt,
        email: i.email,
        fate: Fate::InDoubt,
        reply: "The server stopped while this was being sent: the recipient's server may have it.".to_owned(),
        host: Some(i.host),
        tls: None,
        at: Utc::now(),
    }));
    Ok(results)
}

struct Writer {
    dir: PathBuf,
    number: u64,
    file: File,
    size: u64,
    /// Which segment an intent without a committed outcome is in.
    open: HashMap<Key, u64>,
    /// How many of those each segment has.
    waiting: HashMap<u64, usize>,
}

impl Writer {
    fn new(dir: PathBuf, number: u64) -> io::Result<Self> {
        let file = segment(&dir, number)?;
        Ok(Self { dir, number, file, size: 0, open: HashMap::new(), waiting: HashMap::from([(number, 0)]) })
    }

    fn run(mut self, commands: &mpsc::Receiver<Command>) {
        while let Ok(first) = commands.recv() {
            if let Err(error) = self.step(first, commands) {
                // Without a durable intent nothing may be sent: dropping the receiver refuses every further one.
                tracing::error!(%error, "the delivery journal cannot be written; nothing is sent until the next start");
                return;
            }
        }
    }

    fn step(&mut self, first: Command, commands: &mpsc::Receiver<Command>) -> io::Result<()> {
        let mut buffer = String::new();
        let mut acks = Vec::new();
        let mut next = Some(first);
        while let Some(command) = next {
            match command {
                Command::Append(line, ack) => {
                    buffer.push_str(&line);
                    if let Some((key, tx)) = ack {
                        self.open.insert(key, self.number);
                        *self.waiting.entry(self.number).or_default() += 1;
                        acks.push(tx);
                    }
                }
                Command::Committed(keys) => self.committed(&keys),
            }
            next = if buffer.len() > 256 * 1024 { None } else { commands.try_recv().ok() };
        }
        if !buffer.is_empty() {
            self.file.write_all(buffer.as_bytes())?;
            self.size += buffer.len() as u64;
        }
        if !acks.is_empty() {
            self.file.sync_data()?;
            for ack in acks {
                // Whoever waited may have gone: the intent stays, and ends in doubt at worst.
                let _ = ack.send(());
            }
        }
        if self.size > SEGMENT {
            self.file.sync_data()?;
            self.number += 1;
            self.file = segment(&self.dir, self.number)?;
            self.size = 0;
            self.waiting.insert(self.number, 0);
            self.sweep();
        }
        Ok(())
    }

    fn committed(&mut self, keys: &[Key]) {
        for key in keys {
            if let Some(segment) = self.open.remove(key)
                && let Some(n) = self.waiting.get_mut(&segment)
            {
                *n -= 1;
            }
        }
        self.sweep();
    }

    /// Removes segments that nothing waits for, oldest first: an outcome may stand in a later segment than its intent, never in an earlier.
    fn sweep(&mut self) {
        loop {
            let Some(oldest) = self.waiting.keys().min().copied() else { return };
            if oldest == self.number || self.waiting[&oldest] > 0 {
                return;
            }
            self.waiting.remove(&oldest);
            if let Err(error) = fs::remove_file(path(&self.dir, oldest)) {
                tracing::warn!(%error, "an old journal segment could not be removed");
            }
        }
    }
}

fn path(dir: &Path, number: u64) -> PathBuf {
    dir.join(format!("{number:012}.log"))
}

fn segment(dir: &Path, number: u64) -> io::Result<File> {
    let file = OpenOptions::new().append(true).create(true).open(path(dir, number))?;
    // The name must survive, too.
    File::open(dir)?.sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intent(number: u32) -> Intent {
        Intent {
            tenant: TenantId::from_bits(1),
            campaign: CampaignId::from_bits(2),
            chunk: 0,
            number,
            attempt: 1,
            email: format!("{number}@example.com"),
            host: "mx.test".into(),
        }
    }

    fn result(number: u32) -> DeliveryResult {
        let i = intent(number);
        DeliveryResult {
            tenant: i.tenant,
            campaign: i.campaign,
            chunk: 0,
            number,
            attempt: 1,
            email: i.email,
            fate: Fate::Sent,
            reply: "250 ok".into(),
            host: None,
            tls: None,
            at: Utc::now(),
        }
    }

    #[tokio::test]
    async fn what_has_no_outcome_is_in_doubt_and_a_torn_line_is_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let (journal, recovered) = Journal::open(dir.path()).unwrap();
        assert!(recovered.results().is_empty());
        assert!(journal.intent(intent(1)).await);
        journal.result(&result(1));
        assert!(journal.intent(intent(2)).await);
        drop(journal);
        let file = fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().path();
        let mut text = fs::read(&file).unwrap();
        text.extend_from_slice(b"0123456789abcdef {\"intent\":{\"tena");
        fs::write(&file, text).unwrap();
        let (_journal, recovered) = Journal::open(dir.path()).unwrap();
        let fates: Vec<_> = recovered.results().iter().map(|r| (r.number, r.fate.clone())).collect();
        assert_eq!(fates, [(1, Fate::Sent), (2, Fate::InDoubt)]);
        recovered.done().unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn segments_go_when_the_ledger_has_what_they_say() {
        let dir = tempfile::tempdir().unwrap();
        let (journal, _) = Journal::open(dir.path()).unwrap();
        let long = "x".repeat(4000);
        for n in 0..5000 {
            journal.result(&DeliveryResult { reply: long.clone(), ..result(n) });
        }
        assert!(journal.intent(intent(9001)).await);
        journal.committed(&[DeliveryResult { ..result(9001) }]);
        assert!(journal.intent(intent(9002)).await);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "only the segment in use is left");
    }
}
