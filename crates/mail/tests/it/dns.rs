//! The resolver against name servers that misbehave.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use hickory_proto::{
    op::{Message, MessageType, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{A, CNAME, MX, TXT},
    },
};
use nexsent_mail::{
    dns::{DnsError, Resolver},
    domain_check::Expected,
    mx::{MxError, route},
};
use nexsent_model::domains::RecordState;
use tokio::net::UdpSocket;

/// Answers a name by its first label: what a name server might do.
async fn name_server() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let addr = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut buf = [0; 4096];
        while let Ok((n, peer)) = socket.recv_from(&mut buf).await {
            let Ok(query) = Message::from_vec(&buf[..n]) else { continue };
            let Some(question) = query.queries.first().cloned() else { continue };
            let name = question.name().to_ascii();
            let mut reply = Message::response(query.metadata.id, query.metadata.op_code);
            reply.metadata.message_type = MessageType::Response;
            reply.metadata.authoritative = true;
            reply.add_query(question.clone());
            let first = name.split('.').next().unwrap_or_default().to_owned();
            let mut add = |data: RData| {
                reply.add_answer(Record::from_rdata(question.name().clone(), 60, data));
            };
            let txt = |parts: &[&str]| RData::TXT(TXT::new(parts.iter().map(|p| (*p).to_owned()).collect()));
            match (first.as_str(), question.query_type()) {
                ("silent", _) => continue,
                ("servfail", _) => reply.metadata.response_code = ResponseCode::ServFail,
                ("gone", _) => reply.metadata.response_code = ResponseCode::NXDomain,
                ("split", RecordType::TXT) => add(txt(&["v=DKIM1; k=rsa; p=AAAA", "BBBB"])),
                ("twospf", RecordType::TXT) => {
                    add(txt(&["v=spf1 -all"]));
                    add(txt(&["v=spf1 include:spf.mail.test ~all"]));
                }
                ("selfspf", RecordType::TXT) => add(txt(&["v=spf1 include:selfspf.test include:spf.mail.test ~all"])),
                ("null", RecordType::MX) => add(RData::MX(MX::new(0, Name::root()))),
                ("private", RecordType::MX) => add(RData::MX(MX::new(10, Name::from_ascii("localhost.test.").unwrap()))),
                ("localhost", RecordType::A) => add(RData::A(A::new(127, 0, 0, 1))),
                ("bare", RecordType::A) => add(RData::A(A::new(192, 88, 99, 9))),
                ("bounce", RecordType::CNAME) => add(RData::CNAME(CNAME(Name::from_ascii("mx.mail.test.").unwrap()))),
                _ => {}
            }
            drop(socket.send_to(&reply.to_vec().unwrap(), peer).await);
        }
    });
    addr
}

async fn resolver() -> Resolver {
    Resolver::with_servers(&[name_server().await], Duration::from_millis(300))
}

#[tokio::test]
async fn every_failure_is_told_from_the_others() {
    let r = resolver().await;
    assert_eq!(r.txt("gone.test", true).await, Err(DnsError::NoName));
    assert_eq!(r.txt("empty.test", true).await, Err(DnsError::NoRecord));
    assert_eq!(r.txt("servfail.test", true).await, Err(DnsError::ServerFailure));
    let began = Instant::now();
    assert_eq!(r.txt("silent.test", true).await, Err(DnsError::Timeout));
    assert!(began.elapsed() < Duration::from_secs(5));
    assert!(r.txt(&"x".repeat(300), true).await.is_err());
    assert_eq!(r.txt("split.test", true).await, Ok(vec!["v=DKIM1; k=rsa; p=AAAABBBB".to_owned()]));
}

fn expected(domain: &str) -> Expected {
    Expected {
        domain: domain.into(),
        ownership: "nexsent-verify=abc".into(),
        selector: "split".into(),
        dkim: "v=DKIM1; k=rsa; p=AAAABBBB".into(),
        spf_include: "spf.mail.test".into(),
        return_path_host: "mx.mail.test".into(),
    }
}

#[tokio::test]
async fn a_domain_check_tells_missing_from_wrong_from_unknown() {
    let r = resolver().await;
    let checked = expected("twospf.test").check(&r).await;
    let states: Vec<_> = checked.iter().map(|c| c.state).collect();
    assert_eq!(states, [RecordState::Missing, RecordState::Pass, RecordState::Wrong, RecordState::Missing, RecordState::Pass]);
    assert!(checked[2].problem.as_deref().unwrap().contains("2 SPF"));
    assert_eq!(checked[2].found.len(), 2);
    let checked = expected("silent.test").check(&r).await;
    assert_eq!(checked[2].state, RecordState::NoAnswer);
    let checked = expected("servfail.test").check(&r).await;
    assert_eq!(checked[2].state, RecordState::NoAnswer);
    let began = Instant::now();
    let checked = expected("selfspf.test").check(&r).await;
    assert_eq!(checked[2].state, RecordState::Wrong, "an SPF record that includes itself: {:?}", checked[2]);
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn where_mail_may_go() {
    let r = resolver().await;
    assert_eq!(route(&r, "null.test", true).await, Err(MxError::Null));
    assert_eq!(route(&r, "gone.test", true).await, Err(MxError::NoHost));
    assert_eq!(route(&r, "private.test", false).await, Err(MxError::Private));
    assert!(route(&r, "private.test", true).await.is_ok());
    // Without an MX, the domain's own address (RFC 5321 §5.1).
    assert_eq!(route(&r, "bare.test", false).await.unwrap().hosts[0].name, "bare.test");
    assert!(matches!(route(&r, "servfail.test", true).await, Err(MxError::Dns(DnsError::ServerFailure))));
}
