//! Failed sign-ins slow down the address they come from, for that account: nobody else can lock its owner out.

use std::{
    net::IpAddr,
    time::{Duration, Instant},
};

use dashmap::DashMap;
use nexsent_model::{Fault, FaultCode};

use crate::Result;

/// Failures that are free within the window.
const FREE: u32 = 8;
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// Counts failures by account and caller.
#[derive(Default)]
pub(crate) struct Attempts(DashMap<(String, IpAddr), (u32, Instant)>);

impl Attempts {
    /// # Errors
    /// `TooMany` while this caller has failed too often for this account.
    pub fn check(&self, email: &str, ip: IpAddr) -> Result<()> {
        let key = (email.to_owned(), ip);
        if let Some(entry) = self.0.get(&key)
            && entry.0 >= FREE
            && entry.1.elapsed() < WINDOW
        {
            let minutes = (WINDOW - entry.1.elapsed()).as_secs() / 60 + 1;
            return Err(Fault::new(FaultCode::TooMany, format!("Too many tries. Wait {minutes} minutes, or reset the password.")).into());
        }
        Ok(())
    }

    pub fn failed(&self, email: &str, ip: IpAddr) {
        if self.0.len() > 50_000 {
            self.0.retain(|_, v| v.1.elapsed() < WINDOW);
        }
        let mut entry = self.0.entry((email.to_owned(), ip)).or_insert((0, Instant::now()));
        if entry.1.elapsed() > WINDOW {
            *entry = (0, Instant::now());
        }
        entry.0 += 1;
    }

    pub fn succeeded(&self, email: &str, ip: IpAddr) {
        self.0.remove(&(email.to_owned(), ip));
    }
}
