//! The audit log in words. What is kept, searched and exported are codes, the same in every language; here they are said to people.

use nexsent_model::accounts::Role;
use nexsent_texts::t;

/// An area of actions: what stands before the dot.
pub(super) fn area(code: &str) -> String {
    match code {
        "account" => t!("settings-audit-area-account"),
        "attribute" => t!("settings-audit-area-attribute"),
        "bulk" => t!("settings-audit-area-bulk"),
        "campaign" => t!("settings-audit-area-campaign"),
        "contact" => t!("settings-audit-area-contact"),
        "contacts" => t!("settings-audit-area-contacts"),
        "domain" => t!("settings-audit-area-domain"),
        "duplicates" => t!("settings-audit-area-duplicates"),
        "export" => t!("settings-audit-area-export"),
        "form" => t!("settings-audit-area-form"),
        "import" => t!("settings-audit-area-import"),
        "invite" => t!("settings-audit-area-invite"),
        "list" => t!("settings-audit-area-list"),
        "member" => t!("settings-audit-area-member"),
        "segment" => t!("settings-audit-area-segment"),
        "session" => t!("settings-audit-area-session"),
        "suppression" => t!("settings-audit-area-suppression"),
        "team" => t!("settings-audit-area-team"),
        "workspace" => t!("settings-audit-area-workspace"),
        other => other.to_owned(),
    }
}

/// What a code stands for, as a sentence; nothing for one that is not known any more.
pub(super) fn sentence(action: &str) -> Option<String> {
    Some(match action {
        "account.password" => t!("settings-audit-account-password"),
        "account.password_reset" => t!("settings-audit-account-password-reset"),
        "account.recovery_codes" => t!("settings-audit-account-recovery-codes"),
        "account.two_factor_off" => t!("settings-audit-account-two-factor-off"),
        "account.two_factor_on" => t!("settings-audit-account-two-factor-on"),
        "attribute.create" => t!("settings-audit-attribute-create"),
        "attribute.delete" => t!("settings-audit-attribute-delete"),
        "attribute.kind" => t!("settings-audit-attribute-kind"),
        "bulk.cancel" => t!("settings-audit-bulk-cancel"),
        "bulk.undo" => t!("settings-audit-bulk-undo"),
        "campaign.change" => t!("settings-audit-campaign-change"),
        "campaign.create" => t!("settings-audit-campaign-create"),
        "campaign.delete" => t!("settings-audit-campaign-delete"),
        "campaign.state" => t!("settings-audit-campaign-state"),
        "campaign.test" => t!("settings-audit-campaign-test"),
        "contact.change" => t!("settings-audit-contact-change"),
        "contact.create" => t!("settings-audit-contact-create"),
        "contact.erased" => t!("settings-audit-contact-erased"),
        "contacts.attribute_clear" => t!("settings-audit-contacts-attribute-clear"),
        "contacts.attribute_set" => t!("settings-audit-contacts-attribute-set"),
        "contacts.delete" => t!("settings-audit-contacts-delete"),
        "contacts.list_add" => t!("settings-audit-contacts-list-add"),
        "contacts.list_remove" => t!("settings-audit-contacts-list-remove"),
        "contacts.merge" => t!("settings-audit-contacts-merge"),
        "contacts.suppress" => t!("settings-audit-contacts-suppress"),
        "domain.add" => t!("settings-audit-domain-add"),
        "domain.remove" => t!("settings-audit-domain-remove"),
        "duplicates.apart" => t!("settings-audit-duplicates-apart"),
        "duplicates.search" => t!("settings-audit-duplicates-search"),
        "export.audit" => t!("settings-audit-export-audit"),
        "export.campaigns" => t!("settings-audit-export-campaigns"),
        "export.contacts" => t!("settings-audit-export-contacts"),
        "export.lists" => t!("settings-audit-export-lists"),
        "export.recipients" => t!("settings-audit-export-recipients"),
        "export.rejected" => t!("settings-audit-export-rejected"),
        "export.segments" => t!("settings-audit-export-segments"),
        "export.suppressions" => t!("settings-audit-export-suppressions"),
        "form.create" => t!("settings-audit-form-create"),
        "form.delete" => t!("settings-audit-form-delete"),
        "import.cancel" => t!("settings-audit-import-cancel"),
        "import.start" => t!("settings-audit-import-start"),
        "invite.accept" => t!("settings-audit-invite-accept"),
        "invite.revoke" => t!("settings-audit-invite-revoke"),
        "invite.send" => t!("settings-audit-invite-send"),
        "list.create" => t!("settings-audit-list-create"),
        "list.delete" => t!("settings-audit-list-delete"),
        "list.double_opt_in" => t!("settings-audit-list-double-opt-in"),
        "list.rename" => t!("settings-audit-list-rename"),
        "member.leave" => t!("settings-audit-member-leave"),
        "member.remove" => t!("settings-audit-member-remove"),
        "member.role" => t!("settings-audit-member-role"),
        "segment.change" => t!("settings-audit-segment-change"),
        "segment.create" => t!("settings-audit-segment-create"),
        "segment.delete" => t!("settings-audit-segment-delete"),
        "session.end" => t!("settings-audit-session-end"),
        "session.end_all" => t!("settings-audit-session-end-all"),
        "session.end_others" => t!("settings-audit-session-end-others"),
        "suppression.add" => t!("settings-audit-suppression-add"),
        "suppression.remove" => t!("settings-audit-suppression-remove"),
        "team.delete" => t!("settings-audit-team-delete"),
        "team.save" => t!("settings-audit-team-save"),
        "workspace.create" => t!("settings-audit-workspace-create"),
        "workspace.delete" => t!("settings-audit-workspace-delete"),
        "workspace.logo" => t!("settings-audit-workspace-logo"),
        "workspace.owner" => t!("settings-audit-workspace-owner"),
        "workspace.restore" => t!("settings-audit-workspace-restore"),
        "workspace.settings" => t!("settings-audit-workspace-settings"),
        "workspace.tracking_domain" => t!("settings-audit-workspace-tracking-domain"),
        _ => return None,
    })
}

/// Who did it: an address, unless it was nobody who has one here.
pub(super) fn actor(kept: String) -> String {
    if kept == "the contact" { t!("settings-audit-by-contact") } else { kept }
}

/// What was before or is after: roles have names in every language, the rest is as it was written.
pub(super) fn value(action: &str, kept: String) -> String {
    let of_a_member = ["member.", "invite."].iter().any(|area| action.starts_with(area));
    match kept.parse::<Role>() {
        Ok(role) if of_a_member => role.in_sentence(),
        _ => kept,
    }
}

#[cfg(test)]
mod tests {
    use nexsent_model::team::AUDIT_AREAS;

    use super::*;

    #[test]
    fn in_english_codes_are_called_what_they_are() {
        for code in AUDIT_AREAS {
            assert_eq!(area(code), code);
        }
        assert_eq!(value("member.role", "marketer".to_owned()), "marketer");
        assert_eq!(actor("the contact".to_owned()), "the contact");
    }
}
