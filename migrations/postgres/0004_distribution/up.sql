-- Distribution (track B): permission, projects with their contract, links, orders, settlement.
CREATE TABLE distribution_permissions (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('SUBMITTED', 'GRANTED', 'REJECTED', 'REVOKED')),
    scenario TEXT COLLATE "C" NOT NULL,
    -- JSON array of texts.
    delivery_references TEXT COLLATE "C" NOT NULL,
    contact_name TEXT COLLATE "C" NOT NULL,
    contact_mobile TEXT COLLATE "C" NOT NULL,
    agreement_version TEXT COLLATE "C" NOT NULL,
    submitted_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    submitted_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    reason TEXT COLLATE "C",
    -- 'CURRENT' for the one that counts, NULL for history: one current per organisation.
    current_marker TEXT COLLATE "C",
    version INTEGER NOT NULL,
    UNIQUE (organization_id, current_marker)
);
CREATE INDEX distribution_permissions_status_due ON distribution_permissions (status, due_at, id);
CREATE INDEX distribution_permissions_status ON distribution_permissions (status, id);

CREATE TABLE agreement_acceptances (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    agreement_kind TEXT COLLATE "C" NOT NULL CHECK (agreement_kind IN ('DISTRIBUTION')),
    agreement_version TEXT COLLATE "C" NOT NULL,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    -- What was agreed to: a permission or a delivery.
    object_id TEXT COLLATE "C" NOT NULL,
    accepted_at TIMESTAMP NOT NULL
);
CREATE INDEX agreement_acceptances_object ON agreement_acceptances (object_id);

CREATE TABLE projects (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    name TEXT COLLATE "C" NOT NULL,
    -- Trimmed, lower case: unique per partner.
    name_key TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('DRAFT', 'IN_REVIEW', 'ACTIVE', 'REJECTED', 'WITHDRAWN', 'CLOSED')),
    contract_amount_minor BIGINT,
    contract_currency TEXT COLLATE "C" NOT NULL,
    contract_file_id TEXT COLLATE "C" REFERENCES files (id),
    contract_file_kind TEXT COLLATE "C" CHECK (contract_file_kind IN ('CONTRACT', 'QUOTATION')),
    part_of_larger_contract BOOLEAN NOT NULL,
    description TEXT COLLATE "C" NOT NULL,
    start_on DATE,
    end_on DATE,
    delivery_scope TEXT COLLATE "C" NOT NULL,
    owner_name TEXT COLLATE "C" NOT NULL,
    customer_name TEXT COLLATE "C" NOT NULL,
    -- Trimmed and case-folded; need not exist yet.
    customer_corp_id TEXT COLLATE "C" NOT NULL,
    customer_industry TEXT COLLATE "C" NOT NULL,
    customer_size TEXT COLLATE "C" CHECK (customer_size IN ('UP_TO_20', 'UP_TO_100', 'UP_TO_500', 'UP_TO_1000', 'OVER_1000')),
    customer_contact_name TEXT COLLATE "C" NOT NULL,
    customer_contact_mobile TEXT COLLATE "C" NOT NULL,
    creator_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    submitted_at TIMESTAMP,
    due_at TIMESTAMP,
    decided_at TIMESTAMP,
    -- A reason that has a text of its own in both languages.
    decision_code TEXT COLLATE "C" CHECK (decision_code IN ('AMOUNT_MISMATCH')),
    decision_reason TEXT COLLATE "C",
    closed_at TIMESTAMP,
    version INTEGER NOT NULL,
    UNIQUE (organization_id, name_key)
);
CREATE INDEX projects_organization ON projects (organization_id, id);
CREATE INDEX projects_organization_status ON projects (organization_id, status, id);
CREATE INDEX projects_status_due ON projects (status, due_at, id);
CREATE INDEX projects_status ON projects (status, id);

CREATE TABLE project_events (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    project_id TEXT COLLATE "C" NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    at TIMESTAMP NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" REFERENCES users (id),
    note TEXT COLLATE "C"
);
CREATE INDEX project_events_project ON project_events (project_id, id);

CREATE TABLE project_amount_checks (
    project_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    verdict TEXT COLLATE "C" NOT NULL CHECK (verdict IN ('MATCH', 'MISMATCH', 'UNREADABLE', 'PENDING')),
    -- JSON array of {text, minor, currency}.
    found TEXT COLLATE "C" NOT NULL,
    checked_at TIMESTAMP
);

CREATE TABLE settlements (
    project_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES projects (id),
    actual_end_on DATE NOT NULL,
    delivered_amount_minor BIGINT NOT NULL,
    delivered_currency TEXT COLLATE "C" NOT NULL,
    acceptance_file_id TEXT COLLATE "C" REFERENCES files (id),
    customer_acceptor TEXT COLLATE "C" NOT NULL,
    open_issues TEXT COLLATE "C" NOT NULL,
    satisfaction INTEGER NOT NULL CHECK (satisfaction BETWEEN 1 AND 5),
    remark TEXT COLLATE "C" NOT NULL,
    settled_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    settled_at TIMESTAMP NOT NULL
);

CREATE TABLE distribution_links (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    project_id TEXT COLLATE "C" NOT NULL REFERENCES projects (id),
    application_id TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
    token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    expires_at TIMESTAMP,
    revoked_at TIMESTAMP,
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX distribution_links_project ON distribution_links (project_id, id);

-- D12: the partner sees the attempt, never the other organisation.
CREATE TABLE purchase_mismatches (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    project_id TEXT COLLATE "C" NOT NULL REFERENCES projects (id),
    link_id TEXT COLLATE "C" NOT NULL REFERENCES distribution_links (id),
    masked_corp_id TEXT COLLATE "C" NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX purchase_mismatches_project ON purchase_mismatches (project_id, id);

CREATE TABLE orders (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    number TEXT COLLATE "C" NOT NULL UNIQUE,
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    customer_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    project_id TEXT COLLATE "C" NOT NULL REFERENCES projects (id),
    application_id TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
    link_id TEXT COLLATE "C" NOT NULL REFERENCES distribution_links (id),
    application_name TEXT COLLATE "C" NOT NULL,
    customer_name TEXT COLLATE "C" NOT NULL,
    -- Lower case customer and application name and number: what the order centre searches.
    search_text TEXT COLLATE "C" NOT NULL,
    ordered_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    app_status TEXT COLLATE "C" NOT NULL CHECK (app_status IN ('NOT_SENT', 'SENDING', 'SUCCEEDED', 'FAILED', 'PARTIAL')),
    page_status TEXT COLLATE "C" NOT NULL CHECK (page_status IN ('NOT_SENT', 'SENDING', 'SUCCEEDED', 'FAILED', 'PARTIAL')),
    full_edit_permission BOOLEAN NOT NULL,
    instance_id TEXT COLLATE "C",
    version INTEGER NOT NULL
);
CREATE INDEX orders_partner ON orders (partner_id, id);
CREATE INDEX orders_customer ON orders (customer_id, id);
CREATE INDEX orders_project ON orders (project_id, id);
CREATE INDEX orders_link ON orders (link_id, id);
