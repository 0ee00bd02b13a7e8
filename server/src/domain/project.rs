//! Projects (项目): one contract with one customer (D2–D6). States and the actions that move them; what a form must hold
//! stands in `project_form`. Where an approval is decided: [`ProjectStatus::after`], called by `services::project::review`.

use super::locale::{Locale, Text};
use super::message::Code;
use super::refusal::Refusal;
use super::transition::{Status, status};
use super::words::words;

words! {
    /// State of a project.
    ProjectStatus {
        /// Being written; only its creator may change it.
        Draft = "DRAFT",
        /// 立项审批中: waits for the internal reviewer.
        InReview = "IN_REVIEW",
        /// 审批通过: links may be made and sold.
        Active = "ACTIVE",
        /// 已驳回: final; may be copied as new.
        Rejected = "REJECTED",
        /// 已撤销: final; may be copied as new.
        Withdrawn = "WITHDRAWN",
        /// 已结项: settled; final.
        Closed = "CLOSED",
    }
}

words! {
    /// What can be done with a project.
    ProjectAction {
        /// Change the fields of a draft.
        Edit = "EDIT",
        /// Start the approval.
        Submit = "SUBMIT",
        /// Take it back while it is in review (D3).
        Withdraw = "WITHDRAW",
        /// Delete a draft.
        Discard = "DISCARD",
        /// Copy a rejected or withdrawn project as new (D3).
        Copy = "COPY",
        /// The reviewer approves (D4).
        Approve = "APPROVE",
        /// The reviewer rejects (D4).
        Reject = "REJECT",
        /// Get a distribution link (D7).
        CreateLink = "CREATE_LINK",
        /// Propose a change of amount, end date or description.
        ProposeAmendment = "PROPOSE_AMENDMENT",
        /// Settle, which closes it (D32).
        Settle = "SETTLE",
        /// See the detail (D5).
        ViewDetail = "VIEW_DETAIL",
        /// Become its creator, because the creator has left the organisation (D5).
        TakeOwnership = "TAKE_OWNERSHIP",
    }
}

words! {
    /// What an internal reviewer decides about a project.
    ReviewDecision {
        /// The project becomes active.
        Approve = "APPROVE",
        /// Refused with a reason.
        Reject = "REJECT",
    }
}

impl ReviewDecision {
    /// The action that the decision is.
    pub const fn action(self) -> ProjectAction {
        match self {
            Self::Approve => ProjectAction::Approve,
            Self::Reject => ProjectAction::Reject,
        }
    }
}

words! {
    /// A reason for a decision that has a text of its own in both languages; its name is the refusal's code.
    ProjectDecisionCode {
        /// D2: the declared amount is not the amount in the contract file.
        AmountMismatch = "AMOUNT_MISMATCH",
    }
}

words! {
    /// Kind of the contract document.
    ContractFileKind {
        /// A signed contract.
        Contract = "CONTRACT",
        /// 报价单: a quotation; needs a description.
        Quotation = "QUOTATION",
    }
}

words! {
    /// Size of an organisation in people.
    OrganizationSize {
        /// 1 to 20.
        UpTo20 = "UP_TO_20",
        /// 21 to 100.
        UpTo100 = "UP_TO_100",
        /// 101 to 500.
        UpTo500 = "UP_TO_500",
        /// 501 to 1,000.
        UpTo1000 = "UP_TO_1000",
        /// More than 1,000.
        Over1000 = "OVER_1000",
    }
}

words! {
    /// What happened to a project.
    ProjectEventKind {
        /// The draft was made.
        Created = "CREATED",
        /// Submitted for approval.
        Submitted = "SUBMITTED",
        /// Taken back by its creator.
        Withdrawn = "WITHDRAWN",
        /// Approved.
        Approved = "APPROVED",
        /// Rejected.
        Rejected = "REJECTED",
        /// A distribution link was made.
        LinkCreated = "LINK_CREATED",
        /// A distribution link was revoked.
        LinkRevoked = "LINK_REVOKED",
        /// The customer bought.
        Ordered = "ORDERED",
        /// Somebody of another organisation tried to buy (D12).
        PurchaseMismatch = "PURCHASE_MISMATCH",
        /// An application arrived at the customer.
        Delivered = "DELIVERED",
        /// Settled.
        Settled = "SETTLED",
        /// Another admin took ownership (D5).
        OwnershipTaken = "OWNERSHIP_TAKEN",
        /// A change of amount, end date or description was proposed.
        AmendmentProposed = "AMENDMENT_PROPOSED",
        /// It was approved: its values are the project's.
        AmendmentApproved = "AMENDMENT_APPROVED",
        /// It was rejected.
        AmendmentRejected = "AMENDMENT_REJECTED",
        /// It was taken back.
        AmendmentWithdrawn = "AMENDMENT_WITHDRAWN",
    }
}

impl ProjectAction {
    /// D1: open only while the partner's distribution permission is granted.
    pub const fn needs_permission(self) -> bool {
        match self {
            Self::Edit
            | Self::Submit
            | Self::Copy
            | Self::Approve
            | Self::CreateLink
            | Self::ProposeAmendment
            | Self::Settle => true,
            Self::Withdraw | Self::Discard | Self::Reject | Self::ViewDetail | Self::TakeOwnership => false,
        }
    }
}

impl ProjectStatus {
    /// DRAFT → IN_REVIEW → ACTIVE | REJECTED | WITHDRAWN; ACTIVE → CLOSED. Actions that do not move a project answer
    /// its own status where they are open.
    pub const fn after(self, action: ProjectAction) -> Option<Self> {
        use ProjectAction as A;
        match (self, action) {
            (_, A::ViewDetail | A::TakeOwnership) => Some(self),
            (Self::Draft, A::Edit | A::Discard) => Some(self),
            (Self::Draft, A::Submit) => Some(Self::InReview),
            (Self::InReview, A::Withdraw) => Some(Self::Withdrawn),
            (Self::InReview, A::Approve) => Some(Self::Active),
            (Self::InReview, A::Reject) => Some(Self::Rejected),
            (Self::Rejected | Self::Withdrawn, A::Copy) => Some(self),
            (Self::Active, A::CreateLink | A::ProposeAmendment) => Some(self),
            (Self::Active, A::Settle) => Some(Self::Closed),
            (
                Self::Draft,
                A::Withdraw | A::Copy | A::Approve | A::Reject | A::CreateLink | A::ProposeAmendment | A::Settle,
            )
            | (
                Self::InReview,
                A::Edit | A::Submit | A::Discard | A::Copy | A::CreateLink | A::ProposeAmendment | A::Settle,
            )
            | (Self::Active, A::Edit | A::Submit | A::Withdraw | A::Discard | A::Copy | A::Approve | A::Reject)
            | (
                Self::Rejected | Self::Withdrawn,
                A::Edit
                | A::Submit
                | A::Withdraw
                | A::Discard
                | A::Approve
                | A::Reject
                | A::CreateLink
                | A::ProposeAmendment
                | A::Settle,
            )
            | (
                Self::Closed,
                A::Edit
                | A::Submit
                | A::Withdraw
                | A::Discard
                | A::Copy
                | A::Approve
                | A::Reject
                | A::CreateLink
                | A::ProposeAmendment
                | A::Settle,
            ) => None,
        }
    }
}

status!(ProjectStatus moved by ProjectAction);

/// Who looks at a project: each sees other actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectViewer {
    /// PC: the partner admin who created it.
    Creator,
    /// PA: another admin of the same partner.
    PartnerAdmin,
    /// PA: another admin, of a project whose creator is no member of the partner any more (D5).
    Successor,
    /// IR.
    Reviewer,
}

impl ProjectViewer {
    /// The role table of the specification: who may do what with a project.
    pub const fn may(self, action: ProjectAction) -> bool {
        use ProjectAction as A;
        match (self, action) {
            (Self::Creator, A::Approve | A::Reject | A::TakeOwnership) => false,
            (Self::Creator, _) => true,
            (Self::PartnerAdmin | Self::Successor, A::CreateLink) => true,
            (Self::Successor, A::TakeOwnership) => true,
            (Self::PartnerAdmin | Self::Successor, _) => false,
            (Self::Reviewer, A::Approve | A::Reject | A::ViewDetail) => true,
            (Self::Reviewer, _) => false,
        }
    }

    /// The same viewer once it is known whether the project's creator still belongs to the partner.
    pub const fn with_creator(self, is_member: bool) -> Self {
        match self {
            Self::PartnerAdmin if !is_member => Self::Successor,
            other => other,
        }
    }

    /// The status after the action, if this viewer may do it and the status admits it. The role comes first: who may not
    /// do a thing at all is not told when it could be done.
    pub fn act(self, action: ProjectAction, status: ProjectStatus) -> Result<ProjectStatus, Refusal> {
        if !self.may(action) {
            return Err(Refusal::no_permission());
        }
        status.apply(action)
    }

    /// What this viewer can do with a project in that status; screens draw their buttons from it.
    pub fn available_actions(self, status: ProjectStatus) -> Vec<ProjectAction> {
        let open = |action: &ProjectAction| self.may(*action) && status.after(*action).is_some();
        ProjectAction::ALL.iter().copied().filter(open).collect()
    }
}

impl ProjectStatus {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Draft => Text::new("草稿", "Draft"),
            Self::InReview => Text::new("立项审批中", "In review"),
            Self::Active => Text::new("审批通过", "Approved"),
            Self::Rejected => Text::new("已驳回", "Rejected"),
            Self::Withdrawn => Text::new("已撤销", "Withdrawn"),
            Self::Closed => Text::new("已结项", "Closed"),
        }
    }
}

impl ProjectAction {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Edit => Text::new("编辑", "Edit"),
            Self::Submit => Text::new("提交", "Submit"),
            Self::Withdraw => Text::new("撤销", "Withdraw"),
            Self::Discard => Text::new("删除", "Delete"),
            Self::Copy => Text::new("复制为新项目", "Copy as new"),
            Self::Approve => Text::new("审批通过", "Approve"),
            Self::Reject => Text::new("驳回", "Reject"),
            Self::CreateLink => Text::new("获取分发链接", "Get a distribution link"),
            Self::ProposeAmendment => Text::new("提出变更", "Propose an amendment"),
            Self::Settle => Text::new("结项", "Settle"),
            Self::ViewDetail => Text::new("查看详情", "View detail"),
            Self::TakeOwnership => Text::new("接管项目", "Take ownership"),
        }
    }
}

impl ProjectDecisionCode {
    /// The sentence that the specification gives to the reason.
    pub fn text(self, locale: Locale) -> &'static str {
        match self {
            Self::AmountMismatch => Code::AmountMismatch.text(locale),
        }
    }
}

/// D5: why the detail is greyed for this viewer, and what they can do about it.
pub fn detail_barrier(viewer: Option<ProjectViewer>, creator: &str) -> Text {
    if viewer == Some(ProjectViewer::Successor) {
        return Text::new(
            format!("项目创建人（{creator}）已离开组织；接管项目后即可查看详情"),
            format!("The project's creator ({creator}) has left the organisation; take ownership to see the detail"),
        );
    }
    Text::new(
        format!("仅项目创建人（{creator}）和平台审核人员可以查看详情"),
        format!("Only the project's creator ({creator}) and the platform's reviewers may see the detail"),
    )
}

#[cfg(test)]
mod tests;
