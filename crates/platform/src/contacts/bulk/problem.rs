//! Why an action could not go on.

use nexsent_model::Fault;
use nexsent_texts::t;

use crate::contacts::edit;

/// Kept of an action that failed by our own mistake.
pub(crate) const OURS: &str = "ours";

/// Why an action could not go on, by the word that is kept of it: whoever looks reads it in their own language.
pub(crate) fn problem(kept: &str) -> Option<String> {
    Some(match kept {
        "list" => t!("fault-people-list-deleted"),
        "survivor" => t!("fault-people-survivor-gone"),
        "others" => t!("fault-people-others-gone"),
        "attributes" => t!("fault-people-merged-attributes", max = edit::MAX_ATTRIBUTES),
        OURS => t!("fault-people-action-failed"),
        _ => return None,
    })
}

/// What ends an action that cannot go on; its field is the word that is kept.
pub(crate) fn cannot_go_on(why: &str) -> Fault {
    Fault::field(why, problem(why).unwrap_or_default())
}
