//! Products (商品): where a listing and each of its revisions stand, and who moves them (L5–L10). What a product says is
//! `product_form`; where a decision is taken: [`ProductStatus::after`], called by `services::product_review`.

use super::locale::Text;
use super::message::Code;
use super::refusal::Refusal;
use super::transition::status;
use super::words::words;

words! {
    /// State of a product.
    ProductStatus {
        /// Being written.
        Draft = "DRAFT",
        /// 审核中: waits for the operator of its category.
        InReview = "IN_REVIEW",
        /// 审核通过: its own channel may sell it; the marketplace once it is put there.
        Approved = "APPROVED",
        /// 已驳回: may be edited and handed in again.
        Rejected = "REJECTED",
        /// 已上架: on the marketplace.
        Listed = "LISTED",
        /// 已隐藏: taken from view by an operator.
        Hidden = "HIDDEN",
        /// 已下架: sold no more; who has it goes on using it.
        Delisted = "DELISTED",
    }
}

words! {
    /// What moves a product.
    ProductStep {
        /// Change the draft.
        Edit = "EDIT",
        /// Hand in for review.
        Submit = "SUBMIT",
        /// The operator approves.
        Approve = "APPROVE",
        /// The operator rejects.
        Reject = "REJECT",
        /// The operator sends it back for revision.
        SendBack = "SEND_BACK",
        /// The partner puts it on the marketplace.
        List = "LIST",
        /// The operator takes it from view.
        Hide = "HIDE",
        /// The operator shows it again.
        Show = "SHOW",
        /// It is taken off the shelves.
        Delist = "DELIST",
    }
}

words! {
    /// State of one revision of a product.
    RevisionStatus {
        /// Being written.
        Draft = "DRAFT",
        /// Waits for the operator.
        InReview = "IN_REVIEW",
        /// Approved: what customers see, until a later one is.
        Approved = "APPROVED",
        /// Rejected; editing makes it a draft again.
        Rejected = "REJECTED",
    }
}

words! {
    /// What an operator decides about a revision.
    ProductDecision {
        /// Customers see it from now on.
        Approve = "APPROVE",
        /// Refused, with a reason.
        Reject = "REJECT",
        /// Good but for what is noted: back to the partner as a draft.
        SendBack = "SEND_BACK",
    }
}

words! {
    /// What a viewer can do with a product.
    ProductAction {
        /// Change the open revision.
        Edit = "EDIT",
        /// Begin a revision of what is approved (L8).
        Revise = "REVISE",
        /// Hand the open revision in for review (L5).
        Submit = "SUBMIT",
        /// Delete the open revision, and the product where it never was handed in.
        Discard = "DISCARD",
        /// Put it on the marketplace (L9).
        List = "LIST",
        /// Apply to take it off the shelves (L10).
        ApplyToDelist = "APPLY_TO_DELIST",
        /// Take that back.
        WithdrawDelisting = "WITHDRAW_DELISTING",
        /// Decide about the open revision (L6).
        Review = "REVIEW",
        /// Answer a task that stands before the marketplace (L9).
        AnswerTask = "ANSWER_TASK",
        /// Decide about the application to delist (L10).
        DecideDelisting = "DECIDE_DELISTING",
        /// Take it from view (L10).
        Hide = "HIDE",
        /// Show it again.
        Show = "SHOW",
        /// Take it off the shelves, with a reason (L10).
        Delist = "DELIST",
    }
}

words! {
    /// The tabs of the product shelves (商品上架).
    ProductTab {
        /// 未上架: not on the marketplace.
        NotListed = "NOT_LISTED",
        /// 审核中: something of it is in review.
        InReview = "IN_REVIEW",
        /// 已上架: on the marketplace, or hidden from it.
        Listed = "LISTED",
        /// 已下架: delisted.
        Delisted = "DELISTED",
    }
}

words! {
    /// What happened to a product.
    ProductEventKind {
        /// The draft was made.
        Created = "CREATED",
        /// A revision was begun.
        RevisionBegun = "REVISION_BEGUN",
        /// A revision was thrown away.
        RevisionDiscarded = "REVISION_DISCARDED",
        /// Handed in.
        Submitted = "SUBMITTED",
        /// The first of two operators approved.
        FirstApproved = "FIRST_APPROVED",
        /// Approved.
        Approved = "APPROVED",
        /// Rejected.
        Rejected = "REJECTED",
        /// Sent back for revision.
        SentBack = "SENT_BACK",
        /// A task before the marketplace was done.
        TaskDone = "TASK_DONE",
        /// A task before the marketplace was not done after all.
        TaskReopened = "TASK_REOPENED",
        /// Put on the marketplace.
        Listed = "LISTED",
        /// Taken from view.
        Hidden = "HIDDEN",
        /// Shown again.
        Shown = "SHOWN",
        /// Its partner applied to delist it.
        DelistingApplied = "DELISTING_APPLIED",
        /// The partner took that back.
        DelistingWithdrawn = "DELISTING_WITHDRAWN",
        /// The operator refused to delist it.
        DelistingRefused = "DELISTING_REFUSED",
        /// Delisted.
        Delisted = "DELISTED",
    }
}

impl ProductStatus {
    /// DRAFT → IN_REVIEW → APPROVED | REJECTED; REJECTED → (edit) DRAFT; APPROVED → LISTED → HIDDEN | DELISTED; DELISTED →
    /// (edit, submit) IN_REVIEW.
    pub const fn after(self, step: ProductStep) -> Option<Self> {
        use ProductStep as S;
        match (self, step) {
            (Self::Draft | Self::Rejected, S::Edit) => Some(Self::Draft),
            (Self::Delisted, S::Edit) => Some(Self::Delisted),
            (Self::Draft | Self::Delisted, S::Submit) => Some(Self::InReview),
            (Self::InReview, S::Approve) => Some(Self::Approved),
            (Self::InReview, S::Reject) => Some(Self::Rejected),
            (Self::InReview, S::SendBack) => Some(Self::Draft),
            (Self::Approved, S::List) => Some(Self::Listed),
            (Self::Listed, S::Hide) => Some(Self::Hidden),
            (Self::Hidden, S::Show) => Some(Self::Listed),
            (Self::Approved | Self::Listed | Self::Hidden, S::Delist) => Some(Self::Delisted),
            (Self::Draft, S::Approve | S::Reject | S::SendBack | S::List | S::Hide | S::Show | S::Delist)
            | (Self::InReview, S::Edit | S::Submit | S::List | S::Hide | S::Show | S::Delist)
            | (Self::Approved, S::Edit | S::Submit | S::Approve | S::Reject | S::SendBack | S::Hide | S::Show)
            | (
                Self::Rejected,
                S::Submit | S::Approve | S::Reject | S::SendBack | S::List | S::Hide | S::Show | S::Delist,
            )
            | (Self::Listed, S::Edit | S::Submit | S::Approve | S::Reject | S::SendBack | S::List | S::Show)
            | (Self::Hidden, S::Edit | S::Submit | S::Approve | S::Reject | S::SendBack | S::List | S::Hide)
            | (Self::Delisted, S::Approve | S::Reject | S::SendBack | S::List | S::Hide | S::Show | S::Delist) => None,
        }
    }

    /// L8: whether something approved is being sold, beside which a revision lives its own life.
    pub const fn is_on_sale(self) -> bool {
        matches!(self, Self::Approved | Self::Listed | Self::Hidden)
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Draft => Text::new("草稿", "Draft"),
            Self::InReview => Text::new("审核中", "In review"),
            Self::Approved => Text::new("审核通过", "Approved"),
            Self::Rejected => Text::new("已驳回", "Rejected"),
            Self::Listed => Text::new("已上架", "Listed"),
            Self::Hidden => Text::new("已隐藏", "Hidden"),
            Self::Delisted => Text::new("已下架", "Delisted"),
        }
    }
}

status!(ProductStatus moved by ProductStep);

impl RevisionStatus {
    /// DRAFT → IN_REVIEW → APPROVED | REJECTED | (sent back) DRAFT; REJECTED → (edit) DRAFT.
    pub const fn after(self, step: ProductStep) -> Option<Self> {
        use ProductStep as S;
        match (self, step) {
            (Self::Draft | Self::Rejected, S::Edit) => Some(Self::Draft),
            (Self::Draft, S::Submit) => Some(Self::InReview),
            (Self::InReview, S::Approve) => Some(Self::Approved),
            (Self::InReview, S::Reject) => Some(Self::Rejected),
            (Self::InReview, S::SendBack) => Some(Self::Draft),
            (Self::Draft, S::Approve | S::Reject | S::SendBack | S::List | S::Hide | S::Show | S::Delist)
            | (Self::InReview, S::Edit | S::Submit | S::List | S::Hide | S::Show | S::Delist)
            | (
                Self::Rejected,
                S::Submit | S::Approve | S::Reject | S::SendBack | S::List | S::Hide | S::Show | S::Delist,
            )
            | (Self::Approved, _) => None,
        }
    }

    /// Whether its partner may change it.
    pub const fn is_editable(self) -> bool {
        self.after(ProductStep::Edit).is_some()
    }

    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Draft => Text::new("草稿", "Draft"),
            Self::InReview => Text::new("审核中", "In review"),
            Self::Approved => Text::new("审核通过", "Approved"),
            Self::Rejected => Text::new("已驳回", "Rejected"),
        }
    }
}

status!(RevisionStatus moved by ProductStep);

impl ProductStep {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Edit => Text::new("编辑", "Edit"),
            Self::Submit => Text::new("提交审核", "Submit for review"),
            Self::Approve => Text::new("审核通过", "Approve"),
            Self::Reject => Text::new("驳回", "Reject"),
            Self::SendBack => Text::new("退回修改", "Send back"),
            Self::List => Text::new("上架应用市场", "Put on the marketplace"),
            Self::Hide => Text::new("隐藏", "Hide"),
            Self::Show => Text::new("恢复展示", "Show again"),
            Self::Delist => Text::new("下架", "Delist"),
        }
    }
}

impl ProductAction {
    /// What people read.
    pub fn text(self) -> Text {
        match self {
            Self::Edit => Text::new("编辑", "Edit"),
            Self::Revise => Text::new("修改商品", "Revise"),
            Self::Submit => Text::new("提交审核", "Submit for review"),
            Self::Discard => Text::new("删除", "Delete"),
            Self::List => Text::new("上架应用市场", "Put on the marketplace"),
            Self::ApplyToDelist => Text::new("申请下架", "Apply to delist"),
            Self::WithdrawDelisting => Text::new("撤回下架申请", "Withdraw the application to delist"),
            Self::Review => Text::new("审核", "Review"),
            Self::AnswerTask => Text::new("填写前置任务", "Answer a task"),
            Self::DecideDelisting => Text::new("处理下架申请", "Decide about delisting"),
            Self::Hide => Text::new("隐藏", "Hide"),
            Self::Show => Text::new("恢复展示", "Show again"),
            Self::Delist => Text::new("下架", "Delist"),
        }
    }
}

impl ProductDecision {
    /// The step that the decision is.
    pub const fn step(self) -> ProductStep {
        match self {
            Self::Approve => ProductStep::Approve,
            Self::Reject => ProductStep::Reject,
            Self::SendBack => ProductStep::SendBack,
        }
    }
}

/// What a product's actions follow from.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub status: ProductStatus,
    /// Of the revision that is written or reviewed, where there is one.
    pub open: Option<RevisionStatus>,
    /// L9: sold on the marketplace, and not through links alone.
    pub for_marketplace: bool,
    /// It was handed in at least once: a record that stays.
    pub was_submitted: bool,
    /// L10: its partner applied to delist it.
    pub delisting_applied: bool,
    /// L9: every task before the marketplace is done.
    pub tasks_done: bool,
}

/// Who looks at a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductViewer {
    /// PA of its partner.
    PartnerAdmin,
    /// PD of its partner: reads.
    Developer,
    /// CO who holds its category.
    Operator,
}

impl Standing {
    /// Whether an action is open, whoever may do it.
    const fn is_open(&self, action: ProductAction) -> bool {
        use ProductAction as A;
        let editable = match self.open {
            Some(open) => open.is_editable(),
            None => false,
        };
        match action {
            A::Edit => editable,
            A::Submit => matches!(self.open, Some(RevisionStatus::Draft)),
            A::Discard => editable && (!self.was_submitted || self.status.is_on_sale()),
            A::Revise => {
                self.open.is_none() && (self.status.is_on_sale() || matches!(self.status, ProductStatus::Delisted))
            }
            A::List => self.for_marketplace && self.tasks_done && self.status.after(ProductStep::List).is_some(),
            A::AnswerTask => self.for_marketplace && matches!(self.status, ProductStatus::Approved),
            A::ApplyToDelist => self.status.after(ProductStep::Delist).is_some() && !self.delisting_applied,
            A::WithdrawDelisting | A::DecideDelisting => self.delisting_applied,
            A::Review => matches!(self.open, Some(RevisionStatus::InReview)),
            A::Hide => self.status.after(ProductStep::Hide).is_some(),
            A::Show => self.status.after(ProductStep::Show).is_some(),
            A::Delist => self.status.after(ProductStep::Delist).is_some(),
        }
    }

    /// Nothing, if this viewer may do it now. The role comes first: who may not do a thing at all is not told when it could be done.
    pub fn require(&self, viewer: ProductViewer, action: ProductAction) -> Result<(), Refusal> {
        if !viewer.may(action) {
            return Err(Refusal::no_permission());
        }
        if action == ProductAction::List
            && self.for_marketplace
            && !self.tasks_done
            && self.status.after(ProductStep::List).is_some()
        {
            return Err(Refusal::rule(Code::PreTasksOpen));
        }
        match self.is_open(action) {
            true => Ok(()),
            false => {
                let refused = Refusal::transition(self.status.as_str(), action.as_str());
                Err(refused.in_words(self.status.text(), action.text()))
            }
        }
    }

    /// What this viewer can do now; screens draw their buttons from it.
    pub fn available_actions(&self, viewer: ProductViewer) -> Vec<ProductAction> {
        let open = |action: &ProductAction| viewer.may(*action) && self.is_open(*action);
        ProductAction::ALL.iter().copied().filter(open).collect()
    }
}

impl ProductViewer {
    /// The role table of the specification: who may do what with a product.
    pub const fn may(self, action: ProductAction) -> bool {
        use ProductAction as A;
        let partner = matches!(
            action,
            A::Edit | A::Revise | A::Submit | A::Discard | A::List | A::ApplyToDelist | A::WithdrawDelisting
        );
        match self {
            Self::PartnerAdmin => partner,
            Self::Developer => false,
            Self::Operator => !partner,
        }
    }
}

#[cfg(test)]
mod tests;
