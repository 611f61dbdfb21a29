//! Somebody signs up by a form. The answer is the same whether the address is known, suppressed or new.

use chrono::{DateTime, NaiveDate, Utc};
use nexsent_mail::token::{LinkKey, Ticket};
use nexsent_model::{
    Fault, FormId, TenantId,
    consent::{EventKind, Method, Proof},
    forms::{FieldKind, FormDraft, Submission},
    validate,
};
use nexsent_texts::t;

use super::{
    Event, Visitor, events, forms,
    join::{self, Joining, Values},
    list_settings::Known,
    mark,
    opt_in::{self, Wanted},
};
use crate::{
    GateDb, Result,
    contacts::{attributes::Kinds, edit::MAX_VALUE},
    db::q,
};

/// Nobody fills a form in faster.
const SECONDS_AT_LEAST: i64 = 2;
/// A page that was open for longer is shown afresh.
const SECONDS_AT_MOST: i64 = 24 * 3600;

/// What became of a submission, as far as a stranger may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    Done,
    /// Too soon after the form was shown, or too late: it is to be sent again.
    Again,
}

pub(super) fn stamp(links: &LinkKey, form: &FormId, at: DateTime<Utc>) -> String {
    let mut body = [0; 24];
    body[..16].copy_from_slice(&form.bits().to_be_bytes());
    body[16..].copy_from_slice(&at.timestamp().to_be_bytes());
    links.ticket(Ticket::FormShown, &body)
}

/// Whether the form was shown by us, at a moment that fits a person.
fn is_timely(links: &LinkKey, form: &FormId, stamp: &str, now: DateTime<Utc>) -> bool {
    let Some(body) = links.open_ticket::<24>(Ticket::FormShown, stamp) else { return false };
    let (whose, at) = body.split_at(16);
    let Ok(at) = at.try_into().map(i64::from_be_bytes) else { return false };
    whose == form.bits().to_be_bytes() && (SECONDS_AT_LEAST..=SECONDS_AT_MOST).contains(&(now.timestamp() - at))
}

fn value(kind: &FieldKind, key: &str, text: &str) -> std::result::Result<serde_json::Value, Fault> {
    let text = text.trim();
    if text.chars().count() > MAX_VALUE || text.chars().any(|c| c.is_control() && c != '\n' && c != '\r') {
        return Err(Fault::field(key, t!("fault-consent-value", max = MAX_VALUE.to_string())));
    }
    match kind {
        FieldKind::Number(_) => {
            let wrong = || Fault::field(key, t!("fault-consent-number"));
            if let Ok(n) = text.parse::<i64>() {
                return Ok(n.into());
            }
            let n: f64 = text.replace(',', ".").parse().map_err(|_| wrong())?;
            serde_json::Number::from_f64(n).map(Into::into).ok_or_else(wrong)
        }
        FieldKind::Date(_) => text.parse::<NaiveDate>().map(|d| d.to_string().into()).map_err(|_| Fault::field(key, t!("fault-consent-date"))),
        _ => Ok(text.into()),
    }
}

fn check_values(draft: &FormDraft, s: &Submission) -> Result<Values> {
    let mut out = Values::default();
    for field in &draft.fields {
        let key = field.kind.key();
        let text = s.values.get(&key).map(|v| v.trim()).unwrap_or_default();
        if let FieldKind::YesNo(name) = &field.kind {
            if field.required && text.is_empty() {
                return Err(Fault::field(key, t!("fault-consent-tick")).into());
            }
            out.attributes.insert(name.clone(), (!text.is_empty()).into());
            continue;
        }
        if text.is_empty() {
            if field.required {
                return Err(Fault::field(key, t!("fault-consent-needed")).into());
            }
            continue;
        }
        match &field.kind {
            FieldKind::FirstName => out.first_name = validate::name(&key, text, 100)?,
            FieldKind::LastName => out.last_name = validate::name(&key, text, 100)?,
            kind => {
                if let Some(name) = kind.attribute() {
                    out.attributes.insert(name.to_owned(), value(kind, &key, text)?);
                }
            }
        }
    }
    Ok(out)
}

/// A web address that a browser told, as text to be shown.
fn page(text: &str) -> String {
    let web = text.starts_with("https://") || text.starts_with("http://");
    if web { text.chars().filter(|c| !c.is_control()).take(300).collect() } else { String::new() }
}

impl GateDb {
    /// The values as their attributes' types keep them; those of an attribute that is being deleted are left out.
    async fn typed_values(&self, tenant: &str, mut values: Values) -> Result<Values> {
        let kinds = Kinds::load(&self.0.system, tenant).await?;
        for (name, value) in std::mem::take(&mut values.attributes) {
            if kinds.is_removing(&name) {
                continue;
            }
            if let Some(kept) = kinds.convert(&name, value).map_err(|e| Fault::field(format!("a_{name}"), e))? {
                values.attributes.insert(name, kept);
            }
        }
        Ok(values)
    }

    async fn count_form(&self, tenant: &str, form: &FormId, what: &str) -> Result<()> {
        crate::db::retrying(|| async {
            q!(
                self.0.system,
                format!("UPSERT $id SET tenant = $t, {what} = ({what} ?? 0) + 1 RETURN NONE"),
                id = forms::figures_id(tenant, form.as_str()),
                t = tenant.to_owned()
            )
            .map(drop)
        })
        .await
    }

    /// Somebody sent a form in.
    ///
    /// # Errors
    /// A fault on the field that is wrong, or when the form is not there.
    pub async fn sign_up_by_form(&self, id: &FormId, s: &Submission, who: &Visitor) -> Result<Signed> {
        let form = self.load_form(id).await?;
        let t = form.tenant.clone();
        self.count_form(&t, id, "submissions").await?;
        if !s.trap.is_empty() {
            self.count_form(&t, id, "trapped").await?;
            return Ok(Signed::Done);
        }
        let timely = match &s.stamp {
            Some(stamp) => is_timely(&self.0.links, id, stamp, Utc::now()),
            None => form.draft.plain_html,
        };
        if !timely {
            return Ok(Signed::Again);
        }
        let email = validate::email(&s.email).map_err(|e| Fault::field("email", t!("fault-people-address", why = e)))?;
        let values = self.typed_values(&t, check_values(&form.draft, s)?).await?;
        let chosen: Vec<Known> = if form.draft.choose_lists {
            form.lists.iter().filter(|l| s.lists.iter().any(|x| x == l.id.as_str())).cloned().collect()
        } else {
            form.lists.clone()
        };
        if chosen.is_empty() {
            return Err(Fault::field("lists", t!("fault-consent-choose-list")).into());
        }
        if !form.draft.consent.is_empty() && !s.consent {
            return Err(Fault::field("consent", t!("fault-consent-tick-to-go-on")).into());
        }
        let tenant: TenantId = t.parse()?;
        let proof = Proof {
            method: Method::Form,
            at: Some(Utc::now()),
            source: form.draft.name.clone(),
            wording: form.draft.consent.clone(),
            page: page(&s.page),
            address: who.address.clone(),
            agent: who.agent.clone(),
            ..Proof::default()
        };
        let (double, single): (Vec<Known>, Vec<Known>) = chosen.into_iter().partition(|l| l.settings.double_opt_in);
        if !single.is_empty() {
            let joining = Joining {
                tenant: tenant.clone(),
                email: email.clone(),
                values: values.clone(),
                lists: single.iter().map(|l| l.id.to_string()).collect(),
                confirmed: false,
                proof: proof.clone(),
                event: Event::new(EventKind::SignedUp, form.draft.name.clone())
                    .detail(single.iter().map(|l| l.name.clone()).collect::<Vec<_>>().join(", "))
                    .from(who.address.as_deref()),
                opt_in: None,
            };
            if join::join(&self.0, &joining).await?.is_some() {
                self.count_form(&t, id, "joined").await?;
            }
        }
        if !double.is_empty() {
            self.ask_to_confirm(id, &form.workspace, &tenant, &email, &double, &values, &proof).await?;
        }
        Ok(Signed::Done)
    }

    #[expect(clippy::too_many_arguments, reason = "what a sign-up is made of, once")]
    async fn ask_to_confirm(
        &self,
        id: &FormId,
        workspace: &str,
        tenant: &TenantId,
        email: &str,
        lists: &[Known],
        values: &Values,
        proof: &Proof,
    ) -> Result<()> {
        let t = tenant.to_string();
        let stops = join::stopped(&self.0, &t, email).await?;
        // Nothing brings these back, so nothing is asked of them.
        if stops.iter().any(|(_, _, liftable)| !liftable) {
            return Ok(());
        }
        let known = join::by_email(&self.0.system, &t, email).await?;
        let all_there = known.as_ref().is_some_and(|c| lists.iter().all(|l| c.lists.iter().any(|x| x == l.id.as_str())));
        if all_there && stops.is_empty() {
            return Ok(());
        }
        let mark = mark(&self.0, &t, email)?;
        let wanted = Wanted { tenant, email, mark: &mark, form: id.as_str(), lists, values, proof, workspace };
        if opt_in::ask(&self.0, &wanted).await? {
            self.count_form(&t, id, "asked").await?;
            if let Some(contact) = known {
                let line = Event::new(EventKind::ConfirmationSent, lists.iter().map(|l| l.name.clone()).collect::<Vec<_>>().join(", "))
                    .detail(proof.source.clone())
                    .from(proof.address.as_deref());
                q!(self.0.system, events::WRITE, events = events::rows(&t, contact.number(), vec![line]))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_filled_in_by_somebody_who_takes_their_time() {
        let links = LinkKey::new(&[3; 32]);
        let (form, other) = (FormId::new(), FormId::new());
        let now = Utc::now();
        let shown = |seconds: i64| stamp(&links, &form, now - chrono::Duration::seconds(seconds));
        assert!(is_timely(&links, &form, &shown(5), now));
        assert!(!is_timely(&links, &form, &shown(0), now), "a machine");
        assert!(!is_timely(&links, &form, &shown(-60), now), "from the future");
        assert!(!is_timely(&links, &form, &shown(25 * 3600), now), "of yesterday");
        assert!(!is_timely(&links, &other, &shown(5), now), "of another form");
        assert!(!is_timely(&LinkKey::new(&[4; 32]), &form, &shown(5), now), "not ours");
        assert!(!is_timely(&links, &form, "", now));
    }

    #[test]
    fn values_are_what_the_field_says() {
        let v = |kind: &FieldKind, text: &str| value(kind, "a_x", text).ok();
        assert_eq!(v(&FieldKind::Number("x".into()), "12"), Some(12.into()));
        assert_eq!(v(&FieldKind::Number("x".into()), "1,5"), Some(1.5.into()));
        assert_eq!(v(&FieldKind::Number("x".into()), "NaN"), None);
        assert_eq!(v(&FieldKind::Date("x".into()), "2026-02-28"), Some("2026-02-28".into()));
        assert_eq!(v(&FieldKind::Date("x".into()), "2026-02-30"), None);
        assert_eq!(v(&FieldKind::Text("x".into()), "a\u{0}b"), None);
        assert_eq!(page("javascript:alert(1)"), "");
    }
}
