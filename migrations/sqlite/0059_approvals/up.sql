-- Approvals (审批, P11): one view over every review of both tracks, and what it needs that was not kept or found quickly so far.
-- Whoever changes a column that the view reads drops the view first and makes it again last.

-- Who decided stood in the audit log alone.
ALTER TABLE distribution_permissions ADD COLUMN decided_by TEXT REFERENCES users (id);
UPDATE distribution_permissions SET decided_by = (
    SELECT entry.actor_id FROM audit_entries AS entry
    WHERE entry.organization_id = distribution_permissions.organization_id
        AND entry.object_id = distribution_permissions.id
        AND entry.action IN ('permission.granted', 'permission.rejected', 'permission.revoked')
    ORDER BY entry.position DESC LIMIT 1
) WHERE decided_at IS NOT NULL;

-- L10: applications to delist on which an operator decided. While one waits it stands in its product.
CREATE TABLE delisting_decisions (
    id TEXT NOT NULL PRIMARY KEY,
    product_id TEXT NOT NULL REFERENCES products (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    -- Of the operator who decided.
    category_id TEXT NOT NULL REFERENCES categories (id),
    applied_by TEXT NOT NULL REFERENCES users (id),
    applied_at TIMESTAMP NOT NULL,
    approved BOOLEAN NOT NULL,
    decided_by TEXT NOT NULL REFERENCES users (id),
    decided_at TIMESTAMP NOT NULL
);
CREATE INDEX delisting_decisions_product ON delisting_decisions (product_id, id);

-- Those so far: a product's application and the next thing that happened to it, if that was a decision.
INSERT INTO delisting_decisions
    (id, product_id, organization_id, category_id, applied_by, applied_at, approved, decided_by, decided_at)
SELECT
    replace(applied.id, 'productevent_', 'delisting_'), product.id, product.organization_id, product.category_id,
    applied.user_id, applied.at, ended.kind = 'DELISTED', ended.user_id, ended.at
FROM product_events AS applied
JOIN products AS product ON product.id = applied.product_id
JOIN product_events AS ended ON ended.id = (
    SELECT min(later.id) FROM product_events AS later
    WHERE later.product_id = applied.product_id AND later.id > applied.id
        AND later.kind IN ('DELISTING_WITHDRAWN', 'DELISTING_REFUSED', 'DELISTED')
)
WHERE applied.kind = 'DELISTING_APPLIED' AND ended.kind IN ('DELISTING_REFUSED', 'DELISTED')
    AND applied.user_id IS NOT NULL AND ended.user_id IS NOT NULL AND product.category_id IS NOT NULL;

-- Each review once, as it stands now. Every part is one table as it is, without conditions of its own: so both databases take the parts
-- in order by their indexes, and a page reads of each as many rows as it shows and no more. What is no review has no `state`. `queue_at`
-- is the place among those that wait: when it is due, or when it was handed in where nothing says so; by CASE throughout, since SQLite
-- takes parts in order only where a column is of the same kind in all of them.
CREATE VIEW approvals AS
SELECT
    it.id, 'PERMISSION' AS kind, it.id AS subject_id, it.organization_id,
    -- Operators of which category decide.
    CAST(NULL AS TEXT) AS category_id,
    -- Who alone of the partner sees it.
    CAST(NULL AS TEXT) AS owner_id,
    -- The partner's alone for the time being.
    FALSE AS withheld,
    (SELECT partner.name FROM organizations AS partner WHERE partner.id = it.organization_id) AS title,
    CASE it.status WHEN 'SUBMITTED' THEN 'WAITING' WHEN 'GRANTED' THEN 'APPROVED' ELSE 'REJECTED' END AS state,
    it.submitted_by, it.submitted_at, it.due_at,
    CASE WHEN it.status = 'SUBMITTED' THEN it.due_at END AS queue_at,
    -- Four eyes: whose decision it waits for no more.
    CAST(NULL AS TEXT) AS first_approved_by,
    it.decided_by, it.decided_at
FROM distribution_permissions AS it
UNION ALL
SELECT
    it.id, 'PROJECT', it.id, it.organization_id, CAST(NULL AS TEXT), CAST(NULL AS TEXT), FALSE, it.name,
    CASE
        WHEN it.status = 'IN_REVIEW' THEN 'WAITING'
        WHEN it.status IN ('ACTIVE', 'CLOSED') THEN 'APPROVED'
        WHEN it.status = 'REJECTED' THEN 'REJECTED'
    END,
    (SELECT step.user_id FROM project_events AS step WHERE step.project_id = it.id AND step.kind = 'SUBMITTED' ORDER BY step.id LIMIT 1),
    it.submitted_at, it.due_at,
    CASE WHEN it.status = 'IN_REVIEW' THEN it.due_at END,
    CAST(NULL AS TEXT),
    (SELECT step.user_id FROM project_events AS step
        WHERE step.project_id = it.id AND step.kind IN ('APPROVED', 'REJECTED') ORDER BY step.id LIMIT 1),
    it.decided_at
FROM projects AS it
UNION ALL
SELECT
    it.id, 'AMENDMENT', it.project_id, it.organization_id, CAST(NULL AS TEXT),
    (SELECT project.creator_id FROM projects AS project WHERE project.id = it.project_id),
    FALSE,
    (SELECT project.name FROM projects AS project WHERE project.id = it.project_id),
    CASE
        WHEN it.status = 'IN_REVIEW' THEN 'WAITING'
        WHEN it.status = 'APPROVED' THEN 'APPROVED'
        WHEN it.status = 'REJECTED' THEN 'REJECTED'
    END,
    it.proposed_by, it.proposed_at, it.due_at,
    CASE WHEN it.status = 'IN_REVIEW' THEN it.due_at END,
    CAST(NULL AS TEXT),
    (SELECT step.user_id FROM project_events AS step
        WHERE step.project_id = it.project_id AND step.at = it.decided_at
            AND step.kind IN ('AMENDMENT_APPROVED', 'AMENDMENT_REJECTED') ORDER BY step.id LIMIT 1),
    it.decided_at
FROM amendments AS it
UNION ALL
SELECT
    it.id, 'PRODUCT', it.product_id, it.organization_id, it.category_id, CAST(NULL AS TEXT),
    -- What came back and is being written again may lie in another category by now.
    it.status = 'DRAFT' AND it.updated_at <> it.decided_at,
    (SELECT product.name FROM products AS product WHERE product.id = it.product_id),
    CASE
        WHEN it.status = 'IN_REVIEW' THEN 'WAITING'
        WHEN it.decision = 'APPROVE' THEN 'APPROVED'
        WHEN it.decision IN ('REJECT', 'SEND_BACK') THEN 'REJECTED'
    END,
    it.submitted_by, it.submitted_at, it.due_at,
    CASE WHEN it.status = 'IN_REVIEW' THEN it.due_at END,
    it.first_approved_by, it.decided_by, it.decided_at
FROM product_revisions AS it
UNION ALL
SELECT
    it.id, 'DELISTING', it.id, it.organization_id, it.category_id, CAST(NULL AS TEXT), FALSE, it.name,
    CASE WHEN it.delisting_applied_at IS NOT NULL THEN 'WAITING' END,
    it.delisting_applied_by, it.delisting_applied_at, CAST(NULL AS TIMESTAMP),
    CASE WHEN it.delisting_applied_at IS NOT NULL THEN it.delisting_applied_at END,
    CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TIMESTAMP)
FROM products AS it
UNION ALL
SELECT
    it.id, 'DELISTING', it.product_id, it.organization_id, it.category_id, CAST(NULL AS TEXT), FALSE,
    (SELECT product.name FROM products AS product WHERE product.id = it.product_id),
    CASE WHEN it.approved THEN 'APPROVED' ELSE 'REJECTED' END,
    it.applied_by, it.applied_at, CAST(NULL AS TIMESTAMP),
    NULL,
    CAST(NULL AS TEXT), it.decided_by, it.decided_at
FROM delisting_decisions AS it
UNION ALL
SELECT
    it.id, 'COOL_APP', it.id, it.organization_id, CAST(NULL AS TEXT), CAST(NULL AS TEXT), FALSE, it.name,
    CASE
        WHEN it.status IN ('SUBMITTED', 'UPDATE_SUBMITTED') THEN 'WAITING'
        WHEN it.decision = 'APPROVE' THEN 'APPROVED'
        WHEN it.decision = 'REJECT' THEN 'REJECTED'
    END,
    it.submitted_by, it.submitted_at, it.due_at,
    CASE WHEN it.status IN ('SUBMITTED', 'UPDATE_SUBMITTED') THEN it.due_at END,
    CAST(NULL AS TEXT), it.decided_by, it.decided_at
FROM cool_apps AS it;

-- What waits, by its place.
CREATE INDEX distribution_permissions_approval_queue ON distribution_permissions ((CASE WHEN status = 'SUBMITTED' THEN due_at END), id)
    WHERE (CASE WHEN status = 'SUBMITTED' THEN due_at END) IS NOT NULL;
CREATE INDEX projects_approval_queue ON projects ((CASE WHEN status = 'IN_REVIEW' THEN due_at END), id)
    WHERE (CASE WHEN status = 'IN_REVIEW' THEN due_at END) IS NOT NULL;
CREATE INDEX amendments_approval_queue ON amendments ((CASE WHEN status = 'IN_REVIEW' THEN due_at END), id)
    WHERE (CASE WHEN status = 'IN_REVIEW' THEN due_at END) IS NOT NULL;
CREATE INDEX product_revisions_approval_queue ON product_revisions ((CASE WHEN status = 'IN_REVIEW' THEN due_at END), id)
    WHERE (CASE WHEN status = 'IN_REVIEW' THEN due_at END) IS NOT NULL;
CREATE INDEX product_revisions_approval_category ON product_revisions (category_id, (CASE WHEN status = 'IN_REVIEW' THEN due_at END), id)
    WHERE (CASE WHEN status = 'IN_REVIEW' THEN due_at END) IS NOT NULL;
CREATE INDEX products_approval_queue ON products ((CASE WHEN delisting_applied_at IS NOT NULL THEN delisting_applied_at END), id)
    WHERE (CASE WHEN delisting_applied_at IS NOT NULL THEN delisting_applied_at END) IS NOT NULL;
CREATE INDEX products_approval_category ON products (category_id, (CASE WHEN delisting_applied_at IS NOT NULL THEN delisting_applied_at END), id)
    WHERE (CASE WHEN delisting_applied_at IS NOT NULL THEN delisting_applied_at END) IS NOT NULL;
CREATE INDEX cool_apps_approval_queue ON cool_apps ((CASE WHEN status IN ('SUBMITTED', 'UPDATE_SUBMITTED') THEN due_at END), id)
    WHERE (CASE WHEN status IN ('SUBMITTED', 'UPDATE_SUBMITTED') THEN due_at END) IS NOT NULL;

-- What a partner started, by time.
CREATE INDEX distribution_permissions_approval_started ON distribution_permissions (organization_id, submitted_at, id);
CREATE INDEX projects_approval_started ON projects (organization_id, submitted_at, id) WHERE submitted_at IS NOT NULL;
CREATE INDEX amendments_approval_started ON amendments (organization_id, proposed_at, id);
CREATE INDEX product_revisions_approval_started ON product_revisions (organization_id, submitted_at, id) WHERE submitted_at IS NOT NULL;
CREATE INDEX products_approval_started ON products (organization_id, delisting_applied_at, id) WHERE delisting_applied_at IS NOT NULL;
CREATE INDEX delisting_decisions_approval_started ON delisting_decisions (organization_id, applied_at, id);
CREATE INDEX cool_apps_approval_started ON cool_apps (organization_id, submitted_at, id) WHERE submitted_at IS NOT NULL;

-- What was decided, by time: of a partner, of a category and of all.
DROP INDEX projects_organization_decided;
CREATE INDEX distribution_permissions_partner_decided ON distribution_permissions (organization_id, decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX distribution_permissions_decided ON distribution_permissions (decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX projects_organization_decided ON projects (organization_id, decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX projects_decided ON projects (decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX amendments_partner_decided ON amendments (organization_id, decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX amendments_decided ON amendments (decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX product_revisions_partner_decided ON product_revisions (organization_id, decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX product_revisions_category_decided ON product_revisions (category_id, decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX product_revisions_decided ON product_revisions (decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX delisting_decisions_partner_decided ON delisting_decisions (organization_id, decided_at, id);
CREATE INDEX delisting_decisions_category_decided ON delisting_decisions (category_id, decided_at, id);
CREATE INDEX delisting_decisions_decided ON delisting_decisions (decided_at, id);
CREATE INDEX cool_apps_partner_decided ON cool_apps (organization_id, decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX cool_apps_decided ON cool_apps (decided_at, id) WHERE decided_at IS NOT NULL;
