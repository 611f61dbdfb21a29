//! What a mailbox does, told by the first word of its name.

/// How the mail server treats a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Everything not named below.
    Accept,
    /// `slow…`: each reply takes a second.
    Slow,
    /// `greylist…`: 451 4.7.1 to the first try of a recipient, accepted from the second on.
    Greylist,
    /// `full…`: 452 4.2.2, always.
    Full,
    /// `unknown…`: 550 5.1.1.
    Unknown,
    /// `spam…`: 554 5.7.1 after the message.
    Spam,
    /// `busy…`: 421 4.7.28 and the connection closes.
    Busy,
    /// `drop-in-data…`: the connection closes in the middle of the message.
    DropInData,
    /// `drop-after-dot…`: the message is taken, and the connection closes without a reply.
    DropAfterDot,
    /// `close-at-rcpt…`: the connection closes at RCPT.
    CloseAtRcpt,
    /// `garbage…`: replies that are not SMTP.
    Garbage,
}

impl Behaviour {
    /// By the local part of an address.
    #[must_use]
    pub fn of(address: &str) -> Self {
        let local = address.split('@').next().unwrap_or_default().to_ascii_lowercase();
        let table = [
            ("slow", Self::Slow),
            ("greylist", Self::Greylist),
            ("full", Self::Full),
            ("unknown", Self::Unknown),
            ("spam", Self::Spam),
            ("busy", Self::Busy),
            ("drop-in-data", Self::DropInData),
            ("drop-after-dot", Self::DropAfterDot),
            ("close-at-rcpt", Self::CloseAtRcpt),
            ("garbage", Self::Garbage),
        ];
        table.iter().find(|(prefix, _)| local.starts_with(prefix)).map_or(Self::Accept, |(_, b)| *b)
    }
}
