//! A message as bytes: multipart/alternative, CRLF, every header in the encoding it needs.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use mail_builder::{
    MessageBuilder,
    headers::{address::Address, raw::Raw},
};

/// One message to one recipient.
#[derive(Clone, Debug)]
pub struct Outgoing<'a> {
    pub from_name: &'a str,
    pub from_email: &'a str,
    /// Empty: none.
    pub reply_to: &'a str,
    pub to: &'a str,
    pub subject: &'a str,
    /// Without angle brackets. Stable over retries, so that a receiver can tell a message it already has.
    pub message_id: &'a str,
    pub date: DateTime<Utc>,
    pub html: Option<&'a str>,
    pub text: &'a str,
    pub bulk: Option<Bulk<'a>>,
}

/// What bulk mail carries besides.
#[derive(Clone, Debug)]
pub struct Bulk<'a> {
    /// `<name.list.example.com>` (RFC 2919), without the angle brackets.
    pub list_id: &'a str,
    /// https address of the one-click unsubscribe (RFC 8058).
    pub unsubscribe_url: &'a str,
    /// `campaign:tenant:type:sender`.
    pub feedback_id: &'a str,
}

/// Line breaks end a header: what is typed cannot start another one.
fn line(text: &str) -> Cow<'_, str> {
    if text.contains(|c: char| c.is_control()) { Cow::Owned(text.replace(|c: char| c.is_control(), " ")) } else { Cow::Borrowed(text) }
}

/// The message without its DKIM signature.
#[must_use]
pub fn build(mail: &Outgoing<'_>) -> Vec<u8> {
    let name = line(mail.from_name);
    let from = Address::new_address((!name.is_empty()).then_some(name), mail.from_email);
    let mut message = MessageBuilder::new()
        .from(from)
        .to(Address::new_address(None::<&str>, mail.to))
        .subject(line(mail.subject))
        .message_id(mail.message_id)
        .date(mail.date.timestamp())
        .text_body(mail.text);
    if let Some(html) = mail.html {
        message = message.html_body(html);
    }
    if !mail.reply_to.is_empty() {
        message = message.reply_to(Address::new_address(None::<&str>, mail.reply_to));
    }
    if let Some(bulk) = &mail.bulk {
        message = message
            .header("List-Id", Raw::new(format!("<{}>", bulk.list_id)))
            .header("List-Unsubscribe", Raw::new(format!("<{}>", bulk.unsubscribe_url)))
            .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"))
            .header("Feedback-ID", Raw::new(bulk.feedback_id));
    } else {
        // RFC 3834 §5: no out-of-office answers to what a machine wrote.
        message = message.header("Auto-Submitted", Raw::new("auto-generated"));
    }
    message.write_to_vec().unwrap_or_default()
}
