//! The client against servers that are silent, slow, broken or hostile.

use std::{
    future::Future,
    net::{IpAddr, Ipv4Addr},
    time::{Duration, Instant},
};

use nexsent_mail::{
    mx::{MxHost, Route},
    smtp::{ConnectError, Connector, Outcome, Timeouts},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

const MESSAGE: &[u8] = b"Subject: x\r\n\r\n.hello\r\n";

fn quick() -> Timeouts {
    let ms = Duration::from_millis;
    Timeouts { connect: ms(500), greeting: ms(400), command: ms(400), data: ms(800), end_of_data: ms(400) }
}

async fn serve<F, Fut>(script: F) -> (Connector, Route)
where
    F: Fn(BufReader<TcpStream>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(script(BufReader::new(stream)));
        }
    });
    let hosts = vec![MxHost { name: "mx.test".into(), addresses: vec![IpAddr::V4(Ipv4Addr::LOCALHOST)] }];
    (Connector::new("client.test", port, quick()), Route { hosts, group: "mx.test".into() })
}

async fn line(s: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    s.read_line(&mut line).await.unwrap_or(0);
    line.trim_end().to_owned()
}

async fn say(s: &mut BufReader<TcpStream>, text: &str) {
    drop(s.get_mut().write_all(text.as_bytes()).await);
}

/// Greets and answers EHLO with pipelining.
async fn hello(s: &mut BufReader<TcpStream>) {
    say(s, "220 mx.test\r\n").await;
    line(s).await;
    say(s, "250-mx.test\r\n250-PIPELINING\r\n250 8BITMIME\r\n").await;
}

async fn body(s: &mut BufReader<TcpStream>) -> String {
    let mut all = String::new();
    loop {
        let l = line(s).await;
        if l == "." || l.is_empty() && s.buffer().is_empty() && all.ends_with("\n\n\n") {
            return all;
        }
        all.push_str(&l);
        all.push('\n');
    }
}

#[tokio::test]
async fn many_messages_go_through_one_session_in_groups() {
    let (connector, route) = serve(|mut s| async move {
        hello(&mut s).await;
        for _ in 0..3 {
            assert!(line(&mut s).await.starts_with("MAIL FROM:<a@x.test>"));
            // The whole envelope came in one write: nothing has been answered yet.
            assert_eq!(line(&mut s).await, "RCPT TO:<b@y.test>");
            assert_eq!(line(&mut s).await, "DATA");
            say(&mut s, "250 ok\r\n250 ok\r\n354 go\r\n").await;
            assert!(body(&mut s).await.contains("..hello"));
            say(&mut s, "250 2.0.0 taken\r\n").await;
        }
    })
    .await;
    let mut session = connector.connect(&route).await.unwrap();
    for _ in 0..3 {
        let d = session.send("a@x.test", "b@y.test", MESSAGE, async { true }).await;
        assert!(matches!(d.outcome, Outcome::Accepted(ref r) if r.text == "2.0.0 taken"), "{d:?}");
    }
    assert!(session.is_usable() && session.sent() == 3);
}

#[tokio::test]
async fn nothing_goes_out_before_the_intent_is_kept() {
    let (connector, route) = serve(|mut s| async move {
        hello(&mut s).await;
        for _ in 0..3 {
            line(&mut s).await;
        }
        say(&mut s, "250 ok\r\n250 ok\r\n354 go\r\n").await;
        let mut rest = Vec::new();
        s.read_to_end(&mut rest).await.unwrap();
        assert!(rest.is_empty(), "no byte of the message");
    })
    .await;
    let mut session = connector.connect(&route).await.unwrap();
    let d = session.send("a@x.test", "b@y.test", MESSAGE, async { false }).await;
    assert!(matches!(d.outcome, Outcome::Lost(_)), "{d:?}");
    assert!(!session.is_usable());
}

#[tokio::test]
async fn a_refused_recipient_leaves_the_session_usable() {
    let (connector, route) = serve(|mut s| async move {
        hello(&mut s).await;
        for _ in 0..3 {
            line(&mut s).await;
        }
        // 354 all the same: some servers do.
        say(&mut s, "250 ok\r\n550 5.1.1 no such user\r\n354 go\r\n").await;
        assert_eq!(line(&mut s).await, ".");
        say(&mut s, "554 no valid recipients\r\n").await;
        assert_eq!(line(&mut s).await, "RSET");
        say(&mut s, "250 ok\r\n").await;
        line(&mut s).await;
    })
    .await;
    let mut session = connector.connect(&route).await.unwrap();
    let d = session.send("a@x.test", "b@y.test", MESSAGE, async { true }).await;
    assert!(matches!(d.outcome, Outcome::Refused(ref r) if r.code == 550), "{d:?}");
    assert!(session.is_usable());
}

/// Where a server can cut the connection, and what may be concluded from it.
#[tokio::test]
async fn a_cut_before_the_dot_is_lost_and_after_it_in_doubt() {
    for (at, in_doubt) in [(0, false), (1, false), (2, false), (3, true)] {
        let (connector, route) = serve(move |mut s| async move {
            hello(&mut s).await;
            if at == 0 {
                return;
            }
            for _ in 0..3 {
                line(&mut s).await;
            }
            if at == 1 {
                return;
            }
            if at == 2 {
                say(&mut s, "250 ok\r\n250 ok\r\n").await;
                return;
            }
            say(&mut s, "250 ok\r\n250 ok\r\n354 go\r\n").await;
            body(&mut s).await;
        })
        .await;
        let mut session = connector.connect(&route).await.unwrap();
        let d = session.send("a@x.test", "b@y.test", MESSAGE, async { true }).await;
        assert_eq!(matches!(d.outcome, Outcome::InDoubt(_)), in_doubt, "cut at {at}: {d:?}");
        assert_eq!(matches!(d.outcome, Outcome::Lost(_)), !in_doubt, "cut at {at}: {d:?}");
        assert!(!session.is_usable());
    }
}

#[tokio::test]
async fn a_cut_in_the_middle_of_a_large_message_is_not_in_doubt() {
    let (connector, route) = serve(|mut s| async move {
        hello(&mut s).await;
        for _ in 0..3 {
            line(&mut s).await;
        }
        say(&mut s, "250 ok\r\n250 ok\r\n354 go\r\n").await;
        let mut some = [0; 1000];
        s.read_exact(&mut some).await.unwrap();
    })
    .await;
    let big = [b"Subject: x\r\n\r\n".to_vec(), b"0123456789abcdef\r\n".repeat(2_000_000)].concat();
    let mut session = connector.connect(&route).await.unwrap();
    let d = session.send("a@x.test", "b@y.test", &big, async { true }).await;
    assert!(matches!(d.outcome, Outcome::Lost(_)), "{:?}", d.outcome);
}

#[tokio::test]
async fn silence_and_bytes_that_trickle_end_at_the_deadline() {
    let (silent, route) = serve(|s| async move {
        tokio::time::sleep(Duration::from_secs(20)).await;
        drop(s);
    })
    .await;
    let began = Instant::now();
    assert!(matches!(silent.connect(&route).await, Err(ConnectError::Timeout { .. })));
    assert!(began.elapsed() < Duration::from_secs(5));

    let (trickle, route) = serve(|mut s| async move {
        for byte in "220 hello there, this is a long greeting that comes byte by byte\r\n".bytes() {
            if s.get_mut().write_all(&[byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
    let began = Instant::now();
    assert!(matches!(trickle.connect(&route).await, Err(ConnectError::Timeout { .. })));
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn replies_that_are_not_smtp_or_never_end() {
    for garbage in ["HTTP/1.1 400 Bad Request\r\n\r\n".to_owned(), "220-x\r\n".repeat(5000), "2".repeat(100_000), "\u{0}\u{1}\r\n".to_owned()] {
        let (connector, route) = serve(move |mut s| {
            let garbage = garbage.clone();
            async move { say(&mut s, &garbage).await }
        })
        .await;
        assert!(matches!(connector.connect(&route).await, Err(ConnectError::Protocol { .. })));
    }
    let (connector, route) = serve(|mut s| async move {
        hello(&mut s).await;
        for _ in 0..3 {
            line(&mut s).await;
        }
        say(&mut s, "banana\r\nbanana\r\nbanana\r\n").await;
    })
    .await;
    let mut session = connector.connect(&route).await.unwrap();
    let d = session.send("a@x.test", "b@y.test", MESSAGE, async { true }).await;
    assert!(matches!(d.outcome, Outcome::Lost(_)) && !session.is_usable(), "{d:?}");
}

#[tokio::test]
async fn a_host_that_is_down_is_passed_over() {
    let (connector, mut route) = serve(|mut s| async move {
        hello(&mut s).await;
        line(&mut s).await;
    })
    .await;
    route.hosts.insert(0, MxHost { name: "down.test".into(), addresses: vec!["127.0.0.2".parse().unwrap()] });
    // Nothing listens on that port of 127.0.0.2: the listener is bound to 127.0.0.1 alone.
    let session = connector.connect(&route).await.unwrap();
    assert_eq!(session.host(), "mx.test");
}

#[tokio::test]
async fn broken_tls_falls_back_and_a_message_too_large_is_not_tried() {
    let (connector, route) = serve(|mut s| async move {
        say(&mut s, "220 mx.test\r\n").await;
        line(&mut s).await;
        say(&mut s, "250-mx.test\r\n250-SIZE 10\r\n250 STARTTLS\r\n").await;
        if line(&mut s).await == "STARTTLS" {
            say(&mut s, "220 go\r\n").await;
            say(&mut s, "this is not TLS at all, whatever it was said to be\r\n").await;
        }
    })
    .await;
    let mut session = connector.connect(&route).await.unwrap();
    let d = session.send("a@x.test", "b@y.test", MESSAGE, async { true }).await;
    assert!(matches!(d.outcome, Outcome::Refused(ref r) if r.code == 552), "{d:?}");
    assert_eq!(d.tls, None);
}
