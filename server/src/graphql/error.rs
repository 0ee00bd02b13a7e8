//! Refusals as types of the schema. Every mutation answers one union: its success, or one of these. A fault is no result
//! but a GraphQL error with the code INTERNAL.

use async_graphql::{Interface, SimpleObject};

use crate::domain::distribution_barrier::DistributionBarrier;
use crate::domain::locale::Locale;
use crate::domain::message::Code;
use crate::domain::refusal::{Refusal, RefusalKind};

/// An expected refusal. `message` is in the caller's language; `nextStep` says what to do.
#[derive(Interface)]
#[expect(clippy::duplicated_attributes, reason = "each field of the interface has its type")]
#[graphql(
    field(name = "code", ty = "&Code", desc = "Stable; programs decide by it."),
    field(name = "message", ty = "&String", desc = "What happened, in the caller's language."),
    field(
        name = "next_step",
        ty = "&String",
        desc = "What to do now, in the caller's language."
    ),
    field(
        name = "path",
        ty = "&Vec<String>",
        desc = "The input field that it is about; empty for the whole."
    )
)]
pub enum UserError {
    ValidationFailed(ValidationFailed),
    TransitionRefused(TransitionRefused),
    RuleRefused(RuleRefused),
    Stale(Stale),
    PermissionDenied(PermissionDenied),
    NotFound(NotFound),
}

/// One thing that is wrong with one field.
#[derive(SimpleObject)]
pub struct Issue {
    /// Stable.
    pub code: Code,
    /// In the caller's language.
    pub message: String,
    /// The input field.
    pub path: Vec<String>,
}

/// One or more fields are wrong; every problem at once.
#[derive(SimpleObject)]
pub struct ValidationFailed {
    pub code: Code,
    pub message: String,
    pub next_step: String,
    pub path: Vec<String>,
    /// Every problem, in the order of the form.
    pub issues: Vec<Issue>,
}

/// The object's state does not allow the action.
#[derive(SimpleObject)]
pub struct TransitionRefused {
    pub code: Code,
    pub message: String,
    pub next_step: String,
    pub path: Vec<String>,
    /// The status that the object is in.
    pub from_status: String,
    /// The action that was refused.
    pub action: String,
}

/// A rule of the product refuses; `details` lists the reasons where there are several.
#[derive(SimpleObject)]
pub struct RuleRefused {
    pub code: Code,
    pub message: String,
    pub next_step: String,
    pub path: Vec<String>,
    /// Every reason, in the caller's language.
    pub details: Vec<String>,
    /// Why an application cannot be distributed (D8).
    pub barrier: Option<DistributionBarrier>,
}

/// Somebody else changed the object in between: read it again.
#[derive(SimpleObject)]
pub struct Stale {
    pub code: Code,
    pub message: String,
    pub next_step: String,
    pub path: Vec<String>,
}

/// The role does not allow it; nothing was created.
#[derive(SimpleObject)]
pub struct PermissionDenied {
    pub code: Code,
    pub message: String,
    pub next_step: String,
    pub path: Vec<String>,
}

/// Does not exist, or belongs to somebody else: the answer is the same.
#[derive(SimpleObject)]
pub struct NotFound {
    pub code: Code,
    pub message: String,
    pub next_step: String,
    pub path: Vec<String>,
}

impl UserError {
    /// The refusal in words of that language.
    pub fn new(refusal: &Refusal, locale: Locale) -> Self {
        let code = refusal.code();
        let message = refusal.message(locale);
        let next_step = refusal.next_step(locale);
        let path = refusal.path().to_vec();
        match refusal.kind() {
            RefusalKind::Validation => {
                let issue = |issue: &crate::domain::refusal::Issue| Issue {
                    code: issue.code(),
                    message: issue.message(locale),
                    path: issue.path.clone(),
                };
                let issues = refusal.issues().iter().map(issue).collect();
                Self::ValidationFailed(ValidationFailed {
                    code,
                    message,
                    next_step,
                    path,
                    issues,
                })
            }
            RefusalKind::Transition => {
                let (from_status, action) = refusal
                    .refused_transition()
                    .map(|t| (t.from_status.to_string(), t.action.to_string()))
                    .unwrap_or_default();
                Self::TransitionRefused(TransitionRefused {
                    code,
                    message,
                    next_step,
                    path,
                    from_status,
                    action,
                })
            }
            RefusalKind::Rule => {
                let (details, barrier) = (refusal.details(locale), refusal.barrier());
                Self::RuleRefused(RuleRefused {
                    code,
                    message,
                    next_step,
                    path,
                    details,
                    barrier,
                })
            }
            RefusalKind::Stale => Self::Stale(Stale {
                code,
                message,
                next_step,
                path,
            }),
            RefusalKind::Permission => Self::PermissionDenied(PermissionDenied {
                code,
                message,
                next_step,
                path,
            }),
            RefusalKind::NotFound => Self::NotFound(NotFound {
                code,
                message,
                next_step,
                path,
            }),
        }
    }
}

/// Declares the result union of a mutation: its success type, or one of the refusals.
macro_rules! result_union {
    ($(#[doc = $doc:literal])* $name:ident = $success:ident) => {
        $(#[doc = $doc])*
        #[derive(async_graphql::Union)]
        #[allow(clippy::large_enum_variant, reason = "made once and sent")]
        pub enum $name {
            $success($success),
            ValidationFailed($crate::graphql::error::ValidationFailed),
            TransitionRefused($crate::graphql::error::TransitionRefused),
            RuleRefused($crate::graphql::error::RuleRefused),
            Stale($crate::graphql::error::Stale),
            PermissionDenied($crate::graphql::error::PermissionDenied),
            NotFound($crate::graphql::error::NotFound),
        }

        impl From<$crate::graphql::error::UserError> for $name {
            fn from(error: $crate::graphql::error::UserError) -> Self {
                use $crate::graphql::error::UserError as E;
                match error {
                    E::ValidationFailed(it) => Self::ValidationFailed(it),
                    E::TransitionRefused(it) => Self::TransitionRefused(it),
                    E::RuleRefused(it) => Self::RuleRefused(it),
                    E::Stale(it) => Self::Stale(it),
                    E::PermissionDenied(it) => Self::PermissionDenied(it),
                    E::NotFound(it) => Self::NotFound(it),
                }
            }
        }
    };
}
pub(crate) use result_union;

/// Turns the end of a use case into the mutation's union: success wrapped by `wrap`, a refusal in the caller's language,
/// a fault as an error.
pub fn outcome<T, R: From<UserError>>(
    ctx: &async_graphql::Context<'_>,
    ended: crate::store::Result<T>,
    wrap: impl FnOnce(T) -> R,
) -> async_graphql::Result<R> {
    match ended {
        Ok(value) => Ok(wrap(value)),
        Err(crate::store::Error::Refused(refusal)) => {
            use super::context::Ask;
            tracing::info!(request_id = %ctx.meta().request_id, %refusal, "refused");
            Ok(R::from(UserError::new(&refusal, ctx.locale())))
        }
        Err(crate::store::Error::Fault(error)) => Err(super::fault::fault(error)),
    }
}
