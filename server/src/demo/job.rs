//! The main job on real input: every step is the operation behind a button, every effect goes over the wire.

use std::time::{Duration, Instant};

use nexsent_app::server_ctx::Nudge;
use nexsent_model::{
    ImportId,
    accounts::SignUp,
    campaigns::CampaignState,
    domains::{DomainStatus, RecordPurpose},
    team::WorkspaceSettings,
};
use nexsent_platform::TenantDb;
use nexsent_sandbox::Sandbox;

use super::{EMAIL, PASSWORD};
use crate::server::Server;

const HTML: &str = include_str!("newsletter.html");

fn text(e: impl std::fmt::Display) -> String {
    e.to_string()
}

/// From nothing to a finished campaign; returns the summary as JSON.
pub(super) async fn main_job(server: &Server, sandbox: &Sandbox, recipients: u32) -> Result<String, String> {
    let tenant = sign_up(server).await?;
    println!("signed up: workspace “{}”, owner {EMAIL}", tenant.me().workspace_name);
    let domain = tenant.add_domain("demo.example").await.map_err(text)?;
    publish(&tenant, sandbox, &domain).await?;
    tenant.recheck_domain(&domain).await.map_err(text)?;
    (server.services.nudge)(Nudge::Domains);
    until("the domain is verified", || async {
        let view = tenant.domain(&domain).await.map_err(text)?;
        Ok((view.domain.status == DomainStatus::Verified).then_some(()))
    })
    .await?;
    println!("domain demo.example: five records published, checked by DNS, verified");

    let list = tenant.create_list("Newsletter", "Everybody who signed up on the website").await.map_err(text)?;
    tenant.create_form("On the website", &list).await.map_err(text)?;
    let import = ImportId::new();
    let path = tenant.import_upload_path(&import).await.map_err(text)?;
    std::fs::write(&path, csv(recipients)).map_err(text)?;
    tenant.create_import(&import, "newsletter-subscribers.csv").await.map_err(text)?;
    let mut plan = tenant.import(&import).await.map_err(text)?.plan;
    plan.lists = vec![list.clone()];
    tenant.start_import(&import, &plan).await.map_err(text)?;
    (server.services.nudge)(Nudge::Imports);
    let import = until("the import is over", || async {
        let view = tenant.import(&import).await.map_err(text)?;
        Ok(view.state.is_final().then_some(view))
    })
    .await?;
    println!("import: {} rows, {} contacts made, {} rows rejected with their reasons", import.rows, import.created, import.rejected);

    let campaign = tenant.create_campaign("Autumn news").await.map_err(text)?;
    let view = tenant.campaign(&campaign).await.map_err(text)?;
    let draft = nexsent_model::campaigns::CampaignDraft {
        from_name: "Demo Garden".into(),
        from_local: "news".into(),
        domain: Some(domain),
        subject: "{{ contact.first_name | default('Hello') }}, your garden in autumn".into(),
        preheader: "Bulbs to plant now, and a workshop near {{ contact.city | default('you') }}".into(),
        html: HTML.into(),
        lists: vec![list],
        ..view.draft
    };
    tenant.save_campaign(&campaign, view.version, &draft).await.map_err(text)?;
    let review = tenant.review_campaign(&campaign).await.map_err(text)?;
    if let Some(b) = review.blockers.first() {
        return Err(format!("the campaign cannot be sent: {}: {}", b.field, b.message));
    }
    let began = Instant::now();
    tenant.send_campaign(&campaign).await.map_err(text)?;
    (server.services.nudge)(Nudge::Campaigns);
    let rate = std::cell::Cell::new(0.0);
    // What is deferred for hours (a full mailbox) is not waited for.
    let stats = until("the campaign is out", || {
        let (tenant, campaign, rate) = (&tenant, &campaign, &rate);
        let elapsed = began.elapsed();
        async move {
            let row = tenant.campaign(campaign).await.map_err(text)?.row;
            if rate.get() == 0.0 && row.stats.queued == 0 && row.stats.sent > 0 {
                rate.set(row.stats.sent as f64 / elapsed.as_secs_f64());
            }
            let left = row.stats.deferred;
            let over = row.state == CampaignState::Finished
                || (row.stats.recipients() > 0
                    && row.stats.queued == 0
                    && left <= u64::from(recipients / 100 + 1)
                    && elapsed > Duration::from_secs(6));
            Ok(over.then_some(row.stats))
        }
    })
    .await?;
    println!("campaign: {} accepted, {} deferred, {} failed", stats.sent, stats.deferred, stats.failed);
    read_mail(server, sandbox).await?;
    let stats = until("opens and clicks are counted", || async {
        let s = tenant.campaign(&campaign).await.map_err(text)?.row.stats;
        Ok((s.opened > 0 && s.clicked > 0 && s.unsubscribed > 0).then_some(s))
    })
    .await?;
    Ok(format!(
        "{{\"imported\":{},\"queued\":{},\"sent\":{},\"deferred\":{},\"failed\":{},\"opened\":{},\"clicked\":{},\"unsubscribed\":{},\"messages_per_s\":{:.0}}}",
        import.created,
        stats.recipients(),
        stats.sent,
        stats.deferred,
        stats.failed,
        stats.opened,
        stats.clicked,
        stats.unsubscribed,
        rate.get()
    ))
}

async fn sign_up(server: &Server) -> Result<TenantDb, String> {
    let gate = server.platform.gate();
    let token = gate.create_setup_token().await.map_err(text)?;
    let form = SignUp { name: "Demo Owner".into(), workspace: "Demo Garden".into(), email: EMAIL.into(), password: PASSWORD.into() };
    let made = gate.complete_setup(&token, &form).await.map_err(text)?;
    let tenant = server.platform.tenant(&made.member).await.map_err(text)?;
    let settings = tenant.settings().await.map_err(text)?;
    tenant.save_settings(&WorkspaceSettings { postal_address: "Demo Garden\n1 Orchard Lane".into(), ..settings }).await.map_err(text)?;
    Ok(tenant)
}

/// As a person would at their DNS provider: copies what the page shows.
async fn publish(tenant: &TenantDb, sandbox: &Sandbox, domain: &nexsent_model::DomainId) -> Result<(), String> {
    sandbox.zone.publish("spf.mail.nexsent.example", "TXT", "v=spf1 ip4:127.0.0.1 -all");
    for record in tenant.domain(domain).await.map_err(text)?.records {
        let kind = if record.purpose == RecordPurpose::ReturnPath { "CNAME" } else { "TXT" };
        sandbox.zone.publish(&record.host, kind, &record.value);
    }
    Ok(())
}

/// Subscribers of all kinds: most mailboxes take mail, some greylist, some do not exist, and some rows are no addresses.
fn csv(n: u32) -> String {
    let first = ["Ana", "Björn", "Chidi", "Dolores", "Emre", "Fatima", "Goran", "Hana", "Inés", "Jörg", "Keiko", "Léa"];
    let cities = ["Lisboa", "Malmö", "Lagos", "Sevilla", "İzmir", "Rabat", "Zagreb", "Brno", "Bogotá", "Köln", "Sapporo", "Lyon"];
    let mut out = "Email;First name;City;Plants\n".to_owned();
    for i in 0..n {
        let local = match i % 50 {
            7 => format!("greylist{i}"),
            23 => format!("unknown{i}"),
            41 if i < 50 => format!("full{i}"),
            _ => format!("reader{i}"),
        };
        let k = i as usize % first.len();
        let name = if i % 9 == 4 { "" } else { first[k] };
        out.push_str(&format!("{local}@mailbox{}.example;{name};{};{}\n", i % 5, cities[k], i % 30));
    }
    out.push_str("not-an-address;Nobody;Nowhere;1\n;Empty;Nowhere;2\n");
    out
}

/// Some recipients open, some follow a link, a few leave: by HTTP, as their mail clients would.
async fn read_mail(server: &Server, sandbox: &Sandbox) -> Result<(), String> {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(Duration::from_secs(10)).build().map_err(text)?;
    for (i, message) in sandbox.store.list("", 10_000).iter().enumerate() {
        let parsed = mail_parser::MessageParser::default().parse(message.raw.as_slice()).ok_or("a message that cannot be read")?;
        let html = parsed.body_html(0).unwrap_or_default().into_owned();
        let find = |mark: &str| html.split('"').find(|part| part.starts_with(&server.base_url) && part.contains(mark)).map(str::to_owned);
        if i % 2 == 0
            && let Some(url) = find("/t/o/")
        {
            client.get(url).send().await.map_err(text)?;
        }
        if i % 5 == 0
            && let Some(url) = find("/t/c/")
        {
            client.get(url).send().await.map_err(text)?;
        }
        if i % 60 == 30 {
            let header = parsed.header_raw("List-Unsubscribe").unwrap_or_default().replace(['\r', '\n', '\t', ' '], "");
            let url = header.trim_matches(['<', '>']).to_owned();
            client
                .post(url)
                .header("content-type", "application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click")
                .send()
                .await
                .map_err(text)?;
        }
    }
    Ok(())
}

async fn until<T, F, Fut>(what: &str, mut look: F) -> Result<T, String>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<Option<T>, String>>,
{
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(180) {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(format!("waited three minutes until {what}, in vain"))
}
