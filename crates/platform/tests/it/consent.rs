//! Consent: sign-up forms and their confirmations, the timeline, the preference centre, erasure. Without a network: mails are built, not sent.

use std::sync::Arc;

use chrono::Utc;
use nexsent_model::{
    ContactId, Fault, FaultCode, FormId, ListId,
    consent::{ConfirmMail, ConsentState, EventKind, FieldChange, LinkState, ListSettings, Method},
    contacts::{ContactDraft, ContactQuery, ContactStatus},
    forms::{FieldKind, FormDraft, FormField, Submission},
};
use nexsent_platform::{DeliveryResult, Fate, Signed, TenantDb, Visitor, testing::RawSystem};

use crate::world::{World, run};

const PAGE: &str = "https://shop.test/news";

fn who() -> Visitor {
    Visitor { address: Some("192.0.2.7".into()), agent: Some("Mozilla/5.0 (Test)".into()) }
}

/// From another site's plain HTML: without a stamp, so that no test has to wait.
fn sent(email: &str) -> Submission {
    Submission { email: email.into(), consent: true, page: PAGE.into(), ..Submission::default() }
}

struct Site {
    w: World,
    t: TenantDb,
    double: ListId,
    single: ListId,
    form: FormId,
}

/// A list with double opt-in, one without, and a form that leads to the first.
async fn site() -> Site {
    let w = World::new().await;
    let t = w.workspace("acme").await;
    let domain = w.verified_domain(&t, "acme.test").await;
    let double = t.create_list("Newsletter", "").await.unwrap();
    let single = t.create_list("Offers", "").await.unwrap();
    let mut view = t.list(&double).await.unwrap();
    view.settings = ListSettings {
        double_opt_in: true,
        public_name: "Our letter".into(),
        mail: ConfirmMail {
            domain: Some(domain),
            from_name: "Acme".into(),
            from_local: "hello".into(),
            subject: "Please confirm".into(),
            text: "Hi".into(),
        },
        after: "Welcome aboard.".into(),
        ..ListSettings::default()
    };
    t.save_list_settings(&view).await.unwrap();
    let form = t.create_form("On the site", &double).await.unwrap();
    Site { w, t, double, single, form }
}

impl Site {
    async fn sign_up(&self, s: &Submission) -> Result<Signed, Fault> {
        self.w.platform.gate().sign_up_by_form(&self.form, s, &who()).await.map_err(Fault::from)
    }

    /// The newest letter's link after `mark`, and takes every letter out of the queue.
    async fn link(&self, to: &str, mark: &str) -> Option<String> {
        let system = self.w.platform.system();
        let mut found = None;
        for letter in system.due_letters(50).await.unwrap() {
            let built = system.build_letter(&letter).await.unwrap();
            let text = String::from_utf8(built.message).unwrap().replace("=\r\n", "");
            assert!(text.starts_with("DKIM-Signature:") && text.contains("d=acme.test"), "{text}");
            if built.to == to {
                let after = text.split(mark).nth(1).unwrap();
                found = Some(after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect());
            }
            system.drop_letter(&letter.id).await.unwrap();
        }
        found
    }

    async fn by_email(&self, email: &str) -> Option<nexsent_model::contacts::Contact> {
        self.t.contacts(&ContactQuery { search: email.into(), ..ContactQuery::default() }).await.unwrap().items.into_iter().find(|c| c.email == email)
    }

    /// Nobody may write to an address more than a few times: tests that need more mails forget the count.
    async fn forget_limits(&self) {
        RawSystem::new(&self.w.platform).run("DELETE mail_limit").await.unwrap();
    }

    async fn preferences(&self, id: ContactId) -> String {
        // As a message carries it.
        let system = self.w.platform.system();
        let domain = self.t.domains().await.unwrap()[0].id.clone();
        let list = self.t.create_list(&format!("to {id}"), "").await.unwrap();
        self.t.set_list(id, &list, true, "").await.unwrap();
        let campaign = self.t.create_campaign("Letter").await.unwrap();
        let mut draft = World::draft(&domain, &list);
        draft.name = "Letter".into();
        draft.html = "<p>Hi <a href=\"{{ preferences_url }}\">choose</a></p>".into();
        self.t.save_campaign(&campaign, 1, &draft).await.unwrap();
        self.t.send_campaign(&campaign).await.unwrap();
        system.prepare_campaign(&self.t.me().workspace, &campaign).await.unwrap();
        let context = Arc::new(system.campaign_context(&campaign).await.unwrap());
        let chunk = system.lease_chunk(&context).await.unwrap().unwrap();
        let job = chunk.jobs.iter().find(|j| j.number == id.0).unwrap();
        let text = context.build(job).map(|b| String::from_utf8(b.message).unwrap().replace("=\r\n", "")).unwrap();
        system
            .record(&[DeliveryResult {
                tenant: self.t.me().workspace.clone(),
                campaign: campaign.clone(),
                chunk: job.chunk,
                number: job.number,
                attempt: 1,
                email: job.email.clone(),
                fate: Fate::Sent,
                reply: format!("250 ok <{}>", job.email),
                host: Some("mx.example.com".into()),
                tls: None,
                at: Utc::now(),
            }])
            .await
            .unwrap();
        text.split("/p/").nth(1).unwrap().chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
    }
}

#[test]
fn who_signs_up_waits_until_the_button_is_pressed() {
    run(async {
        let s = site().await;
        let gate = s.w.platform.gate();
        let mut draft = s.t.form(&s.form).await.unwrap().draft;
        draft.fields = vec![
            FormField { kind: FieldKind::FirstName, label: "Name".into(), required: true },
            FormField { kind: FieldKind::Number("plants".into()), label: "Plants".into(), required: false },
        ];
        s.t.save_form(&s.form, &draft).await.unwrap();
        // What is wrong is said at its field, and nothing is kept.
        let on = |r: Result<Signed, Fault>| r.unwrap_err().field.unwrap();
        assert_eq!(on(s.sign_up(&sent("nonsense")).await), "email");
        assert_eq!(on(s.sign_up(&sent("ann@example.com")).await), "first_name");
        let named = |email: &str| Submission {
            values: [("first_name".to_owned(), "Ann".to_owned()), ("a_plants".to_owned(), "7".to_owned())].into(),
            ..sent(email)
        };
        assert_eq!(on(s.sign_up(&Submission { consent: false, ..named("ann@example.com") }).await), "consent");
        assert!(s.link("ann@example.com", "/c/").await.is_none());

        assert_eq!(s.sign_up(&named("Ann@Example.com")).await, Ok(Signed::Done));
        let token = s.link("ann@example.com", "/c/").await.expect("a mail");
        // Pending: no contact, nobody whom a campaign could reach.
        assert!(s.by_email("ann@example.com").await.is_none());
        assert_eq!(s.t.lists().await.unwrap().iter().map(|l| l.contacts).sum::<u64>(), 0);
        // A look changes nothing, however often a scanner looks.
        for _ in 0..3 {
            let page = gate.opt_in_page(&token).await.unwrap();
            assert_eq!((page.state, page.lists, page.workspace.as_str()), (LinkState::Open, vec!["Our letter".to_owned()], "acme"));
        }
        assert!(s.by_email("ann@example.com").await.is_none());
        // Pressed twice at once is once.
        let me = who();
        let (a, b) = tokio::join!(gate.confirm_opt_in(&token, &me), gate.confirm_opt_in(&token, &me));
        assert_eq!((a.unwrap().state, b.unwrap().state), (LinkState::Done, LinkState::Done));
        assert_eq!(gate.confirm_opt_in(&token, &who()).await.unwrap().after, "Welcome aboard.");
        let ann = s.by_email("ann@example.com").await.expect("a contact");
        assert_eq!((ann.first_name.as_str(), ann.attributes["plants"].as_i64(), ann.status), ("Ann", Some(7), ContactStatus::Active));
        assert_eq!(ann.lists, std::slice::from_ref(&s.double));
        let figures = s.t.form(&s.form).await.unwrap().figures;
        assert_eq!((figures.submissions, figures.asked, figures.confirmed, figures.joined), (4, 1, 1, 0));
        // The proof, for the list and for e-mail as such.
        let consents = s.t.consents(ann.id).await.unwrap();
        assert_eq!(consents.len(), 2);
        for c in consents {
            let p = c.proof;
            assert_eq!((c.state, p.method, p.source.as_str(), p.page.as_str()), (ConsentState::Given, Method::Form, "On the site", PAGE));
            assert_eq!(p.wording, FormDraft::default().consent);
            assert_eq!((p.address.as_deref(), p.confirmed_address.as_deref()), (Some("192.0.2.7"), Some("192.0.2.7")));
            assert!(p.confirmed_at.unwrap() >= p.at.unwrap());
        }
        let kinds: Vec<EventKind> = s.t.timeline(ann.id, None).await.unwrap().items.iter().map(|e| e.kind).collect();
        assert_eq!(kinds.iter().filter(|k| **k == EventKind::Confirmed).count(), 1, "{kinds:?}");
        assert!(!kinds.contains(&EventKind::Added), "they came by themselves: {kinds:?}");
        // Nothing typed is kept twice.
        assert!(!RawSystem::new(&s.w.platform).dump("opt_in").await.contains("ann@example.com"));
    });
}

#[test]
fn nobody_is_flooded_by_a_form() {
    run(async {
        let s = site().await;
        for _ in 0..5 {
            assert_eq!(s.sign_up(&sent("ann@example.com")).await, Ok(Signed::Done), "the same answer each time");
        }
        let system = s.w.platform.system();
        assert_eq!(system.due_letters(50).await.unwrap().len(), 1, "one mail in five minutes");
        // Later, two more that day.
        let raw = RawSystem::new(&s.w.platform);
        for n in 2..6 {
            raw.run("UPDATE mail_limit SET last = time::now() - 10m").await.unwrap();
            s.sign_up(&sent("ann@example.com")).await.unwrap();
            assert_eq!(system.due_letters(50).await.unwrap().len(), n.min(3));
        }
        // Other workspaces count too: the instance writes to an address ten times a day at most.
        raw.run("UPDATE mail_limit SET since = time::now() - 2d, last = time::now() - 2d WHERE record::id(id)[0] != '*'").await.unwrap();
        raw.run("UPDATE mail_limit SET sent = 10, last = time::now() - 1h WHERE record::id(id)[0] = '*'").await.unwrap();
        s.sign_up(&sent("ann@example.com")).await.unwrap();
        assert_eq!(system.due_letters(50).await.unwrap().len(), 3);
        assert_eq!(s.t.form(&s.form).await.unwrap().figures.asked, 3);
        // Another address is not held up.
        s.sign_up(&sent("ben@example.com")).await.unwrap();
        assert_eq!(system.due_letters(50).await.unwrap().len(), 4);
    });
}

#[test]
fn machines_and_links_that_are_not_ours() {
    run(async {
        let s = site().await;
        let gate = s.w.platform.gate();
        // A field that people do not see: taken, as it seems, and thrown away.
        let trap = Submission { trap: "http://spam.test".into(), ..sent("bot@example.com") };
        assert_eq!(s.sign_up(&trap).await, Ok(Signed::Done));
        // Filled in faster than anybody can; a stamp of another form; a made-up one.
        let other = s.t.create_form("Other", &s.single).await.unwrap();
        for stamp in [gate.form_stamp(&s.form), gate.form_stamp(&other), "AAAA".to_owned()] {
            assert_eq!(s.sign_up(&Submission { stamp: Some(stamp), ..sent("bot@example.com") }).await, Ok(Signed::Again));
        }
        let mut draft = s.t.form(&s.form).await.unwrap().draft;
        draft.plain_html = false;
        s.t.save_form(&s.form, &draft).await.unwrap();
        assert_eq!(s.sign_up(&sent("bot@example.com")).await, Ok(Signed::Again), "plain HTML only where it is wanted");
        assert!(s.link("bot@example.com", "/c/").await.is_none());
        let figures = s.t.form(&s.form).await.unwrap().figures;
        assert_eq!((figures.submissions, figures.trapped, figures.asked), (5, 1, 0));
        draft.plain_html = true;
        s.t.save_form(&s.form, &draft).await.unwrap();

        s.sign_up(&sent("ann@example.com")).await.unwrap();
        let token = s.link("ann@example.com", "/c/").await.unwrap();
        // Changed, of another kind, nonsense.
        let mut bad = token.clone().into_bytes();
        bad[10] = if bad[10] == b'A' { b'B' } else { b'A' };
        let bad = String::from_utf8(bad).unwrap();
        for t in [bad.as_str(), "", "x", &gate.form_stamp(&s.form)] {
            assert_eq!(Fault::from(gate.opt_in_page(t).await.unwrap_err()).code, FaultCode::NotFound, "{t}");
            assert_eq!(Fault::from(gate.confirm_opt_in(t, &who()).await.unwrap_err()).code, FaultCode::NotFound, "{t}");
        }
        for e in [gate.preferences(&token).await.map(drop), gate.erase_page(&token).await.map(drop), gate.export_person(&token).await.map(drop)] {
            assert_eq!(Fault::from(e.unwrap_err()).code, FaultCode::NotFound, "a link is good for one thing");
        }
        // Too old: the actor has thrown the sign-up away.
        RawSystem::new(&s.w.platform).run("UPDATE opt_in SET expires_at = time::now() - 1s").await.unwrap();
        s.w.platform.system().drop_expired_consents().await.unwrap();
        assert_eq!(gate.confirm_opt_in(&token, &who()).await.unwrap().state, LinkState::Expired);
        assert!(s.by_email("ann@example.com").await.is_none());
        // Anew: another link, and the old one stays what it was.
        s.forget_limits().await;
        s.sign_up(&sent("ann@example.com")).await.unwrap();
        let fresh = s.link("ann@example.com", "/c/").await.unwrap();
        assert_ne!(fresh, token);
        assert_eq!(gate.confirm_opt_in(&token, &who()).await.unwrap().state, LinkState::Expired);
        assert_eq!(gate.confirm_opt_in(&fresh, &who()).await.unwrap().state, LinkState::Done);
    });
}

#[test]
fn who_left_comes_back_by_a_confirmation_alone_and_never_after_a_complaint() {
    run(async {
        let s = site().await;
        let gate = s.w.platform.gate();
        let raw = RawSystem::new(&s.w.platform);
        let tenant = s.t.me().workspace.to_string();
        let add = async |email: &str, reason: &str| {
            let c = s.t.create_contact(&ContactDraft { email: email.into(), ..ContactDraft::default() }).await.unwrap();
            let status = if reason == "unsubscribed" { "unsubscribed" } else { "suppressed" };
            raw.run(&format!(
                "CREATE suppression:['{tenant}', '{email}'] SET tenant = '{tenant}', email = '{email}', reason = '{reason}', origin = 'test'"
            ))
            .await
            .unwrap();
            raw.run(&format!("UPDATE contact:['{tenant}', {}] SET status = '{status}'", c.id.0)).await.unwrap();
        };
        add("left@example.com", "unsubscribed").await;
        add("angry@example.com", "complaint").await;
        add("barred@example.com", "manual").await;
        // A form without a confirmation brings nobody back.
        let simple = s.t.create_form("Simple", &s.single).await.unwrap();
        for email in ["left@example.com", "angry@example.com", "barred@example.com"] {
            assert_eq!(gate.sign_up_by_form(&simple, &sent(email), &who()).await.unwrap(), Signed::Done, "the answer tells nothing");
            assert_ne!(s.by_email(email).await.unwrap().status, ContactStatus::Active);
            assert!(s.by_email(email).await.unwrap().lists.is_empty());
            assert_eq!(s.sign_up(&sent(email)).await, Ok(Signed::Done));
        }
        assert_eq!(s.t.form(&s.form).await.unwrap().figures.asked, 1, "nothing is asked of who complained or is barred");
        let token = s.link("left@example.com", "/c/").await.unwrap();
        assert_eq!(s.by_email("left@example.com").await.unwrap().status, ContactStatus::Unsubscribed);
        assert!(matches!(s.t.consents(s.by_email("left@example.com").await.unwrap().id).await.unwrap()[1].state, ConsentState::Pending));
        gate.confirm_opt_in(&token, &who()).await.unwrap();
        let back = s.by_email("left@example.com").await.unwrap();
        assert_eq!((back.status, back.lists), (ContactStatus::Active, vec![s.double.clone()]));
        // Who knows somebody's address cannot overwrite what is known of them without their confirmation.
        s.t.change_field(back.id, &FieldChange::FirstName("Lena".into())).await.unwrap();
        let mut draft = s.t.form(&simple).await.unwrap().draft;
        draft.fields = vec![FormField { kind: FieldKind::FirstName, label: "Name".into(), required: false }];
        s.t.save_form(&simple, &draft).await.unwrap();
        let prank = Submission { values: [("first_name".to_owned(), "Stinky".to_owned())].into(), ..sent("left@example.com") };
        gate.sign_up_by_form(&simple, &prank, &who()).await.unwrap();
        assert_eq!(s.by_email("left@example.com").await.unwrap().first_name, "Lena");
        // A form whose lists are gone, and one that is gone itself, answer the same.
        s.t.delete_list(&s.single).await.unwrap();
        assert_eq!(Fault::from(gate.public_form(&simple).await.unwrap_err()).code, FaultCode::NotFound);
        assert_eq!(Fault::from(gate.sign_up_by_form(&simple, &sent("x@example.com"), &who()).await.unwrap_err()).code, FaultCode::NotFound);
        assert_eq!(Fault::from(gate.public_form(&FormId::new()).await.unwrap_err()).code, FaultCode::NotFound);
    });
}

#[test]
fn the_page_of_a_contact_tells_what_happened() {
    run(async {
        let s = site().await;
        let ann =
            s.t.create_contact(&ContactDraft { email: "ann@example.com".into(), lists: vec![s.single.clone()], ..ContactDraft::default() })
                .await
                .unwrap();
        assert_eq!(s.t.consents(ann.id).await.unwrap()[0].state, ConsentState::Unknown);
        s.t.record_consent(ann.id, &[None, Some(s.single.clone())], "Asked by phone").await.unwrap();
        assert_eq!(Fault::from(s.t.record_consent(ann.id, &[None], " ").await.unwrap_err()).field.as_deref(), Some("consent"));
        assert!(s.t.record_consent(ann.id, &[Some(s.double.clone())], "x").await.is_err(), "not in that list");
        let proof = &s.t.consents(ann.id).await.unwrap()[1].proof;
        assert_eq!((proof.method, proof.note.as_str(), proof.source.as_str()), (Method::Hand, "Asked by phone", "Owner"));
        // Two people change two fields at once: both stay.
        let city = FieldChange::Attribute("city".into(), "Lisboa".into());
        let last = FieldChange::LastName("Lee".into());
        let (a, b) = tokio::join!(s.t.change_field(ann.id, &city), s.t.change_field(ann.id, &last));
        a.unwrap();
        b.unwrap();
        let now = s.t.contact(ann.id).await.unwrap();
        assert_eq!((now.attributes["city"].as_str(), now.last_name.as_str()), (Some("Lisboa"), "Lee"));
        let wrong = Fault::from(s.t.change_field(ann.id, &FieldChange::Email("nonsense".into())).await.unwrap_err());
        assert_eq!(wrong.field.as_deref(), Some("email"));
        s.t.change_field(ann.id, &FieldChange::Attribute("city".into(), serde_json::Value::Null)).await.unwrap();
        assert!(s.t.contact(ann.id).await.unwrap().attributes.is_empty());
        s.t.set_list(ann.id, &s.double, true, "At the fair").await.unwrap();
        s.t.set_list(ann.id, &s.single, false, "").await.unwrap();
        // A note, changed by its author alone.
        let note = s.t.add_note(ann.id, "Likes tulips").await.unwrap();
        s.t.edit_note(&note, "Likes roses").await.unwrap();
        assert!(s.t.add_note(ann.id, " ").await.is_err());
        assert!(s.t.add_note(ContactId(99), "x").await.is_err());
        let token = s.preferences(ann.id).await;
        let told = s.t.timeline(ann.id, None).await.unwrap();
        let lines: Vec<(EventKind, String, String)> = told.items.iter().map(|e| (e.kind, e.what.clone(), e.detail.clone())).collect();
        assert!(told.items.is_sorted_by(|a, b| a.at >= b.at));
        for (kind, what, detail) in [
            (EventKind::Added, "", ""),
            (EventKind::Joined, "Offers", ""),
            (EventKind::ConsentRecorded, "e-mail in general, Offers", "Asked by phone"),
            (EventKind::Edited, "", "city"),
            (EventKind::Edited, "", "last name"),
            (EventKind::Joined, "Newsletter", ""),
            (EventKind::Left, "Offers", ""),
            (EventKind::Note, "Likes roses", ""),
            (EventKind::Sent, "Letter", "mx.example.com: 250 ok <ann@example.com>"),
        ] {
            assert!(lines.contains(&(kind, what.to_owned(), detail.to_owned())), "{kind:?} {what}: {lines:#?}");
        }
        assert_eq!(told.items.iter().find(|e| e.kind == EventKind::Edited).unwrap().who, "Owner");
        let noted = told.items.iter().find_map(|e| e.note.clone()).unwrap();
        assert!(noted.mine && noted.edited_at.is_some());
        // Pages of it, nothing twice and nothing lost.
        for n in 0..120 {
            s.t.change_field(ann.id, &FieldChange::FirstName(format!("A{n}"))).await.unwrap();
        }
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = s.t.timeline(ann.id, after.as_ref()).await.unwrap();
            all.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(all.len(), told.items.len() + 120);
        assert!(all.is_sorted_by(|a, b| a.at >= b.at));
        assert!(s.t.timeline(ann.id, Some(&nexsent_model::Cursor("x".into()))).await.is_err());
        s.t.delete_note(&note).await.unwrap();
        assert!(s.t.delete_note(&note).await.is_err());

        // The preference centre: what they see, and what they change.
        let gate = s.w.platform.gate();
        let seen = gate.preferences(&token).await.unwrap();
        assert_eq!(seen.email, "a…@example.com");
        let names: Vec<(String, bool)> = seen.lists.iter().map(|l| (l.name.clone(), l.member)).collect();
        assert!(names.contains(&("Our letter".into(), true)) && names.contains(&("Offers".into(), false)), "{names:?}");
        let foreign = s.t.create_list("Secret", "").await.unwrap();
        gate.save_preferences(&token, &[s.single.to_string(), foreign.to_string()], &who()).await.unwrap();
        assert_eq!(s.t.contact(ann.id).await.unwrap().lists, std::slice::from_ref(&s.single), "only among those that are shown");
        let offers = s.t.lists().await.unwrap().into_iter().find(|l| l.id == s.single).unwrap();
        assert_eq!(offers.contacts, 1, "the bitmap follows");
        let mut view = s.t.list(&s.single).await.unwrap();
        view.settings.private = true;
        s.t.save_list_settings(&view).await.unwrap();
        assert!(gate.preferences(&token).await.unwrap().lists.iter().all(|l| l.id != s.single), "a private list is not shown");
        gate.save_preferences(&token, &[], &who()).await.unwrap();
        assert_eq!(s.t.contact(ann.id).await.unwrap().lists, std::slice::from_ref(&s.single), "and so not left by it");
        for _ in 0..2 {
            gate.stop_mail(&token, true, &who()).await.unwrap();
        }
        assert_eq!(s.t.contact(ann.id).await.unwrap().status, ContactStatus::Unsubscribed);
        assert!(gate.preferences(&token).await.unwrap().unsubscribed);
        assert_eq!(s.t.consents(ann.id).await.unwrap()[0].state, ConsentState::Withdrawn);
        gate.stop_mail(&token, false, &who()).await.unwrap();
        assert_eq!(s.t.contact(ann.id).await.unwrap().status, ContactStatus::Active);
        let data = gate.export_person(&token).await.unwrap();
        assert_eq!(data["contact"]["email"], "ann@example.com");
        assert_eq!(data["mails"][0]["campaign_name"], "Letter");
        assert!(data["timeline"].as_array().unwrap().len() > 120 && data["consents"].as_array().unwrap().len() > 2, "{data:#}");
        // Of another address: the link in an old message ends.
        s.t.change_field(ann.id, &FieldChange::Email("ann.lee@example.com".into())).await.unwrap();
        assert_eq!(Fault::from(gate.preferences(&token).await.unwrap_err()).code, FaultCode::NotFound);
    });
}

#[test]
fn after_an_erasure_nothing_is_left() {
    run(async {
        let s = site().await;
        let gate = s.w.platform.gate();
        let raw = RawSystem::new(&s.w.platform);
        const EMAIL: &str = "gone@example.com";
        // By an import, by a form that waits, by hand; edited, noted, mailed.
        let import = nexsent_model::ImportId::new();
        std::fs::write(s.t.import_upload_path(&import).await.unwrap(), format!("email,first name\n{EMAIL},Greta\nstay@example.com,Stan\n")).unwrap();
        s.t.create_import(&import, "people.csv").await.unwrap();
        let mut plan = s.t.import(&import).await.unwrap().plan;
        plan.lists = vec![s.single.clone()];
        plan.consent = "Paper slips of the fair".into();
        s.t.start_import(&import, &plan).await.unwrap();
        let system = s.w.platform.system();
        let run_import = async || {
            for (_, id) in system.open_imports().await.unwrap() {
                let mut running = system.begin_import(&id).await.unwrap().unwrap();
                while system.step_import(&mut running).await.unwrap() == nexsent_platform::ImportProgress::More {}
            }
        };
        run_import().await;
        let gone = s.by_email(EMAIL).await.unwrap();
        // What the import said is the proof, and a line of the page.
        let consents = s.t.consents(gone.id).await.unwrap();
        for c in &consents {
            assert_eq!(
                (c.state, c.proof.method, c.proof.note.as_str()),
                (ConsentState::Given, Method::Import, "Paper slips of the fair"),
                "{consents:?}"
            );
        }
        let told = s.t.timeline(gone.id, None).await.unwrap().items;
        assert!(told.iter().any(|e| e.kind == EventKind::Imported && e.what == "people.csv"), "{told:?}");
        assert!(told.iter().all(|e| e.kind != EventKind::Added));
        s.t.change_field(gone.id, &FieldChange::LastName("Greenfield".into())).await.unwrap();
        s.t.add_note(gone.id, "Greta calls on Mondays").await.unwrap();
        // Changed along with others, which could be undone.
        let one = nexsent_model::bulk::ContactFilter::Ids { ids: vec![gone.id] };
        let action = nexsent_model::bulk::BulkAction::SetAttribute { name: "city".into(), value: "Oslo".into() };
        assert_eq!(s.t.start_bulk(&one, &action).await.unwrap().changed, 1);
        assert!(raw.dump("bulk_undo").await.contains(EMAIL));
        s.sign_up(&sent(EMAIL)).await.unwrap();
        let token = s.preferences(gone.id).await;
        gate.stop_mail(&token, true, &who()).await.unwrap();

        // Asked for, looked at, pressed twice.
        s.forget_limits().await;
        drop(s.link(EMAIL, "/c/").await);
        gate.ask_erasure(&token).await.unwrap();
        let link = s.link(EMAIL, "/e/").await.expect("a mail");
        assert_eq!(gate.erase_page(&link).await.unwrap().state, LinkState::Open);
        assert!(s.by_email(EMAIL).await.is_some(), "a look changes nothing");
        let (a, b) = tokio::join!(gate.erase(&link), gate.erase(&link));
        assert_eq!((a.unwrap().state, b.unwrap().state), (LinkState::Done, LinkState::Done));
        assert_eq!(system.sweep_erasures().await.unwrap(), 1);
        assert_eq!(gate.erase(&link).await.unwrap().state, LinkState::Done);

        // Every table, searched for what they were.
        for table in raw.tables().await.unwrap() {
            let text = raw.dump(&table).await.to_lowercase();
            for word in [EMAIL, "greta", "greenfield"] {
                assert!(!text.contains(word), "{word} is still in {table}: {text}");
            }
        }
        assert!(s.by_email(EMAIL).await.is_none());
        assert!(s.by_email("stay@example.com").await.is_some(), "others stay");
        assert_eq!(Fault::from(gate.preferences(&token).await.unwrap_err()).code, FaultCode::NotFound);
        let log =
            s.t.audit_log(&nexsent_model::team::AuditQuery { action: "contact.erased".into(), ..Default::default() }, None, 10).await.unwrap().items;
        assert_eq!(log.len(), 1);
        assert_eq!(log[0].target, format!("con_{}", gone.id.0));
        // The mail was sent; to whom, nobody can tell any more.
        assert!(raw.dump("ledger").await.contains("erased:"));

        // No file, no hand and no simple form brings them back; their own confirmation does.
        let again = nexsent_model::ImportId::new();
        std::fs::write(s.t.import_upload_path(&again).await.unwrap(), format!("email\n{EMAIL}\nnew@example.com\n")).unwrap();
        s.t.create_import(&again, "again.csv").await.unwrap();
        let plan = s.t.import(&again).await.unwrap().plan;
        s.t.start_import(&again, &plan).await.unwrap();
        run_import().await;
        let report = s.t.import(&again).await.unwrap();
        assert_eq!((report.created, report.rejected), (1, 1));
        let by_hand = s.t.create_contact(&ContactDraft { email: EMAIL.into(), ..ContactDraft::default() }).await;
        assert_eq!(Fault::from(by_hand.unwrap_err()).field.as_deref(), Some("email"));
        let simple = s.t.create_form("Simple", &s.single).await.unwrap();
        gate.sign_up_by_form(&simple, &sent(EMAIL), &who()).await.unwrap();
        assert!(s.by_email(EMAIL).await.is_none());
        s.forget_limits().await;
        s.sign_up(&sent(EMAIL)).await.unwrap();
        let token = s.link(EMAIL, "/c/").await.unwrap();
        gate.confirm_opt_in(&token, &who()).await.unwrap();
        assert_eq!(s.by_email(EMAIL).await.unwrap().status, ContactStatus::Active);
    });
}

#[test]
fn a_list_confirms_only_from_a_domain_that_may_send() {
    run(async {
        let s = site().await;
        let mut view = s.t.list(&s.single).await.unwrap();
        view.settings.double_opt_in = true;
        assert_eq!(Fault::from(s.t.save_list_settings(&view).await.unwrap_err()).field.as_deref(), Some("domain"));
        let other = s.w.workspace("other").await;
        let theirs = other.add_domain("other.test").await.unwrap();
        view.settings.mail = ConfirmMail { domain: Some(theirs), from_local: "a".into(), subject: "b".into(), ..ConfirmMail::default() };
        assert_eq!(Fault::from(s.t.save_list_settings(&view).await.unwrap_err()).field.as_deref(), Some("domain"), "another workspace's domain");
        // Another workspace's lists, forms, contacts and notes are not there.
        assert!(other.list(&s.double).await.is_err() && other.form(&s.form).await.is_err());
        let ann = s.t.create_contact(&ContactDraft { email: "ann@example.com".into(), ..ContactDraft::default() }).await.unwrap();
        let note = s.t.add_note(ann.id, "x").await.unwrap();
        assert!(other.edit_note(&note, "y").await.is_err() && other.delete_note(&note).await.is_err());
        assert!(other.timeline(ann.id, None).await.is_err() && other.consents(ann.id).await.is_err());
        assert!(other.create_form("theirs", &s.double).await.is_err(), "a form leads to one's own lists");
        // The domain drifts: the mail waits, and the form's page says why.
        s.sign_up(&sent("ben@example.com")).await.unwrap();
        s.w.zone.lock().unwrap().clear();
        let domain = s.t.domains().await.unwrap()[0].id.clone();
        s.w.platform.system().check_domain(&domain, &s.w.resolver).await.unwrap();
        let system = s.w.platform.system();
        let letter = system.due_letters(5).await.unwrap().pop().unwrap();
        assert!(system.build_letter(&letter).await.is_err());
        system.postpone_letter(&letter, "later").await.unwrap();
        assert!(system.due_letters(5).await.unwrap().is_empty());
        assert!(s.t.form(&s.form).await.unwrap().problem.unwrap().contains("cannot leave"));
    });
}

#[test]
fn a_thousand_mails_are_found_without_having_been_written_down() {
    run(async {
        let s = site().await;
        let raw = RawSystem::new(&s.w.platform);
        let t = s.t.me().workspace.to_string();
        let ann = s.t.create_contact(&ContactDraft { email: "ann@example.com".into(), ..ContactDraft::default() }).await.unwrap();
        // 1,000 campaigns a minute apart; every second one went to her, every fourth she opened.
        raw.run(&format!(
            "FOR $i IN 0..1000 {{
               LET $at = time::now() - duration::from_mins(1000 - $i);
               CREATE type::record('campaign', 'cmp_' + <string>$i) SET tenant = '{t}', name = 'c' + <string>$i, draft = '{{}}', state = 'finished', version = 1, created_at = $at;
               IF $i % 2 = 0 {{
                 CREATE type::record('ledger', ['{t}', 'cmp_' + <string>$i, {n}]) SET tenant = '{t}', email = 'ann@example.com', state = 'sent', attempts = 1,
                   queued_at = $at, tried_at = $at, opened_at = IF $i % 4 = 0 {{ $at + 1s }} ELSE {{ NONE }}
               }}
             }}",
            n = ann.id.0
        ))
        .await
        .unwrap();
        let began = std::time::Instant::now();
        let (mut mails, mut opens, mut pages, mut after) = (0, 0, 0, None);
        loop {
            let page = s.t.timeline(ann.id, after.as_ref()).await.unwrap();
            mails += page.items.iter().filter(|e| e.kind == EventKind::Sent).count();
            opens += page.items.iter().filter(|e| e.kind == EventKind::Opened).count();
            pages += 1;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let each = began.elapsed() / pages;
        println!("a page of the timeline, 1,000 campaigns looked up: {} ms", each.as_millis());
        assert_eq!((mails, opens), (500, 250));
        assert!(each.as_millis() < 2000, "{each:?} a page");
    });
}
