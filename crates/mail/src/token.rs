//! Short signed tokens: what a link, a pixel or a return path carries instead of names.
//!
//! base64url without padding of `kind (1) | campaign (16) | contact (varint) | link (varint, clicks only) | mac (10)`. The MAC is
//! HMAC-SHA256 cut to 80 bits (RFC 2104 §5); the kind is inside it, so that one kind cannot stand in for another.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

const MAC: usize = 10;
/// Bytes of a ticket's MAC (RFC 2104 §5: half of the hash).
const TICKET_MAC: usize = 16;
/// The longest token there is: kind, campaign, two varints of five bytes, mac.
const MAX_BYTES: usize = 1 + 16 + 5 + 5 + MAC;

/// What a token stands for. `campaign` is [`nexsent_model::CampaignId::bits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Open {
        campaign: u128,
        contact: u32,
    },
    /// `link` is the index in the campaign's own table: a token can only lead where that campaign's author pointed.
    Click {
        campaign: u128,
        contact: u32,
        link: u32,
    },
    Unsubscribe {
        campaign: u128,
        contact: u32,
    },
    View {
        campaign: u128,
        contact: u32,
    },
    /// The variable part of the return path (VERP).
    Bounce {
        campaign: u128,
        contact: u32,
    },
}

/// What a longer signed token is good for. It stands in links alone, so it need not fit a return path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Ticket {
    /// Somebody's preferences: workspace, contact, a mark of the address.
    Preferences = 32,
    /// When a form was shown.
    FormShown = 33,
    /// A sign-up to be confirmed.
    OptIn = 34,
    /// An erasure to be confirmed.
    Erasure = 35,
}

impl Link {
    const fn parts(self) -> (u8, u128, u32, Option<u32>) {
        match self {
            Self::Open { campaign, contact } => (1, campaign, contact, None),
            Self::Click { campaign, contact, link } => (2, campaign, contact, Some(link)),
            Self::Unsubscribe { campaign, contact } => (3, campaign, contact, None),
            Self::View { campaign, contact } => (4, campaign, contact, None),
            Self::Bounce { campaign, contact } => (5, campaign, contact, None),
        }
    }
}

/// Signs and verifies tokens.
#[derive(Clone)]
pub struct LinkKey(hmac::Key);

impl LinkKey {
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// The token of a link: at most 50 characters.
    #[must_use]
    pub fn sign(&self, link: Link) -> String {
        let (kind, campaign, contact, index) = link.parts();
        let mut bytes = Vec::with_capacity(MAX_BYTES);
        bytes.push(kind);
        bytes.extend_from_slice(&campaign.to_be_bytes());
        varint(&mut bytes, contact);
        if let Some(index) = index {
            varint(&mut bytes, index);
        }
        let mac = hmac::sign(&self.0, &bytes);
        bytes.extend_from_slice(&mac.as_ref()[..MAC]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Signs a ticket: base64url of `kind (1) | body | mac (16)`. Kinds begin at 32, where those of [`Link`]s end.
    #[must_use]
    pub fn ticket(&self, kind: Ticket, body: &[u8]) -> String {
        let mut bytes = Vec::with_capacity(1 + body.len() + TICKET_MAC);
        bytes.push(kind as u8);
        bytes.extend_from_slice(body);
        let mac = hmac::sign(&self.0, &bytes);
        bytes.extend_from_slice(&mac.as_ref()[..TICKET_MAC]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The body of a ticket of this kind, of exactly `N` bytes; `None` when it was not made with this key.
    #[must_use]
    pub fn open_ticket<const N: usize>(&self, kind: Ticket, ticket: &str) -> Option<[u8; N]> {
        if ticket.len() > (1 + N + TICKET_MAC) * 4 / 3 + 3 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(ticket).ok()?;
        let (signed, mac) = bytes.split_at_checked(bytes.len().checked_sub(TICKET_MAC)?)?;
        let expected = hmac::sign(&self.0, signed);
        aws_lc_rs::constant_time::verify_slices_are_equal(&expected.as_ref()[..TICKET_MAC], mac).ok()?;
        let (found, body) = signed.split_first()?;
        if *found != kind as u8 {
            return None;
        }
        body.try_into().ok()
    }

    /// What a token stands for; `None` when it was not made with this key. Takes the same time for every wrong MAC.
    #[must_use]
    pub fn verify(&self, token: &str) -> Option<Link> {
        if token.len() > MAX_BYTES * 4 / 3 + 3 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (body, mac) = bytes.split_at_checked(bytes.len().checked_sub(MAC)?)?;
        let expected = hmac::sign(&self.0, body);
        aws_lc_rs::constant_time::verify_slices_are_equal(&expected.as_ref()[..MAC], mac).ok()?;
        let (kind, rest) = body.split_first()?;
        let (campaign, mut rest) = rest.split_first_chunk::<16>()?;
        let campaign = u128::from_be_bytes(*campaign);
        let contact = read_varint(&mut rest)?;
        let link = match kind {
            1 => Link::Open { campaign, contact },
            2 => Link::Click { campaign, contact, link: read_varint(&mut rest)? },
            3 => Link::Unsubscribe { campaign, contact },
            4 => Link::View { campaign, contact },
            5 => Link::Bounce { campaign, contact },
            _ => return None,
        };
        rest.is_empty().then_some(link)
    }
}

fn varint(out: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn read_varint(rest: &mut &[u8]) -> Option<u32> {
    let mut n = 0u64;
    for shift in 0..5 {
        let (byte, tail) = rest.split_first()?;
        *rest = tail;
        n |= u64::from(byte & 0x7f) << (7 * shift);
        if byte & 0x80 == 0 {
            return u32::try_from(n).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_link() -> impl Strategy<Value = Link> {
        (0..5u8, any::<u128>(), any::<u32>(), any::<u32>()).prop_map(|(kind, campaign, contact, link)| match kind {
            0 => Link::Open { campaign, contact },
            1 => Link::Click { campaign, contact, link },
            2 => Link::Unsubscribe { campaign, contact },
            3 => Link::View { campaign, contact },
            _ => Link::Bounce { campaign, contact },
        })
    }

    proptest! {
        #[test]
        fn a_token_reads_back_and_a_changed_one_does_not(link in any_link(), at in any::<prop::sample::Index>(), flip in 1u8..=63) {
            let key = LinkKey::new(&[7; 32]);
            let token = key.sign(link);
            // `b+` and the token fit the 64 characters of a local part (RFC 5321 §4.5.3.1.1).
            prop_assert!(token.len() + 2 <= 64);
            prop_assert_eq!(key.verify(&token), Some(link));
            prop_assert_eq!(LinkKey::new(&[8; 32]).verify(&token), None);
            let mut bytes = URL_SAFE_NO_PAD.decode(&token).expect("base64");
            let i = at.index(bytes.len());
            bytes[i] ^= flip;
            prop_assert_eq!(key.verify(&URL_SAFE_NO_PAD.encode(bytes)), None);
        }

        #[test]
        fn a_ticket_is_good_for_its_kind_alone(body in any::<[u8; 20]>(), at in any::<prop::sample::Index>(), flip in 1u8..=255) {
            let key = LinkKey::new(&[7; 32]);
            let ticket = key.ticket(Ticket::OptIn, &body);
            prop_assert_eq!(key.open_ticket::<20>(Ticket::OptIn, &ticket), Some(body));
            prop_assert_eq!(key.open_ticket::<20>(Ticket::Erasure, &ticket), None);
            prop_assert_eq!(key.open_ticket::<21>(Ticket::OptIn, &ticket), None);
            prop_assert_eq!(key.verify(&ticket), None);
            prop_assert_eq!(LinkKey::new(&[8; 32]).open_ticket::<20>(Ticket::OptIn, &ticket), None);
            let mut bytes = URL_SAFE_NO_PAD.decode(&ticket).expect("base64");
            let i = at.index(bytes.len());
            bytes[i] ^= flip;
            prop_assert_eq!(key.open_ticket::<20>(Ticket::OptIn, &URL_SAFE_NO_PAD.encode(bytes)), None);
        }

        #[test]
        fn nonsense_is_refused(text in ".{0,200}") {
            prop_assert_eq!(LinkKey::new(&[7; 32]).verify(&text), None);
        }
    }
}
