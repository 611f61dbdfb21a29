//! Pages that strangers reach by a link: a form, a confirmation, the preference centre, an erasure. Rendered on the server alone: they need
//! no script, and their policy allows none.

pub mod pages;
