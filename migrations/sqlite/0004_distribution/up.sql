-- Distribution (track B): permission, projects with their contract, links, orders, settlement.
CREATE TABLE distribution_permissions (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    status TEXT NOT NULL CHECK (status IN ('SUBMITTED', 'GRANTED', 'REJECTED', 'REVOKED')),
    scenario TEXT NOT NULL,
    -- JSON array of texts.
    delivery_references TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    contact_mobile TEXT NOT NULL,
    agreement_version TEXT NOT NULL,
    submitted_by TEXT NOT NULL REFERENCES users (id),
    submitted_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    reason TEXT,
    -- 'CURRENT' for the one that counts, NULL for history: one current per organisation.
    current_marker TEXT,
    version INTEGER NOT NULL,
    UNIQUE (organization_id, current_marker)
);
CREATE INDEX distribution_permissions_status_due ON distribution_permissions (status, due_at, id);
CREATE INDEX distribution_permissions_status ON distribution_permissions (status, id);

CREATE TABLE agreement_acceptances (
    id TEXT NOT NULL PRIMARY KEY,
    agreement_kind TEXT NOT NULL CHECK (agreement_kind IN ('DISTRIBUTION')),
    agreement_version TEXT NOT NULL,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    -- What was agreed to: a permission or a delivery.
    object_id TEXT NOT NULL,
    accepted_at TIMESTAMP NOT NULL
);
CREATE INDEX agreement_acceptances_object ON agreement_acceptances (object_id);

CREATE TABLE projects (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    -- Trimmed, lower case: unique per partner.
    name_key TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('DRAFT', 'IN_REVIEW', 'ACTIVE', 'REJECTED', 'WITHDRAWN', 'CLOSED')),
    contract_amount_minor BIGINT,
    contract_currency TEXT NOT NULL,
    contract_file_id TEXT REFERENCES files (id),
    contract_file_kind TEXT CHECK (contract_file_kind IN ('CONTRACT', 'QUOTATION')),
    part_of_larger_contract BOOLEAN NOT NULL,
    description TEXT NOT NULL,
    start_on DATE,
    end_on DATE,
    delivery_scope TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    -- Trimmed and case-folded; need not exist yet.
    customer_corp_id TEXT NOT NULL,
    customer_industry TEXT NOT NULL,
    customer_size TEXT CHECK (customer_size IN ('UP_TO_20', 'UP_TO_100', 'UP_TO_500', 'UP_TO_1000', 'OVER_1000')),
    customer_contact_name TEXT NOT NULL,
    customer_contact_mobile TEXT NOT NULL,
    creator_id TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    submitted_at TIMESTAMP,
    due_at TIMESTAMP,
    decided_at TIMESTAMP,
    -- A reason that has a text of its own in both languages.
    decision_code TEXT CHECK (decision_code IN ('AMOUNT_MISMATCH')),
    decision_reason TEXT,
    closed_at TIMESTAMP,
    version INTEGER NOT NULL,
    UNIQUE (organization_id, name_key)
);
CREATE INDEX projects_organization ON projects (organization_id, id);
CREATE INDEX projects_organization_status ON projects (organization_id, status, id);
CREATE INDEX projects_status_due ON projects (status, due_at, id);
CREATE INDEX projects_status ON projects (status, id);

CREATE TABLE project_events (
    id TEXT NOT NULL PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    at TIMESTAMP NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT REFERENCES users (id),
    note TEXT
);
CREATE INDEX project_events_project ON project_events (project_id, id);

CREATE TABLE project_amount_checks (
    project_id TEXT NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    verdict TEXT NOT NULL CHECK (verdict IN ('MATCH', 'MISMATCH', 'UNREADABLE', 'PENDING')),
    -- JSON array of {text, minor, currency}.
    found TEXT NOT NULL,
    checked_at TIMESTAMP
);

CREATE TABLE settlements (
    project_id TEXT NOT NULL PRIMARY KEY REFERENCES projects (id),
    actual_end_on DATE NOT NULL,
    delivered_amount_minor BIGINT NOT NULL,
    delivered_currency TEXT NOT NULL,
    acceptance_file_id TEXT REFERENCES files (id),
    customer_acceptor TEXT NOT NULL,
    open_issues TEXT NOT NULL,
    satisfaction INTEGER NOT NULL CHECK (satisfaction BETWEEN 1 AND 5),
    remark TEXT NOT NULL,
    settled_by TEXT NOT NULL REFERENCES users (id),
    settled_at TIMESTAMP NOT NULL
);

CREATE TABLE distribution_links (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    application_id TEXT NOT NULL REFERENCES applications (id),
    token_hash TEXT NOT NULL UNIQUE,
    expires_at TIMESTAMP,
    revoked_at TIMESTAMP,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX distribution_links_project ON distribution_links (project_id, id);

-- D12: the partner sees the attempt, never the other organisation.
CREATE TABLE purchase_mismatches (
    id TEXT NOT NULL PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id),
    link_id TEXT NOT NULL REFERENCES distribution_links (id),
    masked_corp_id TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX purchase_mismatches_project ON purchase_mismatches (project_id, id);

CREATE TABLE orders (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    partner_id TEXT NOT NULL REFERENCES organizations (id),
    customer_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    application_id TEXT NOT NULL REFERENCES applications (id),
    link_id TEXT NOT NULL REFERENCES distribution_links (id),
    application_name TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    -- Lower case customer and application name and number: what the order centre searches.
    search_text TEXT NOT NULL,
    ordered_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    app_status TEXT NOT NULL CHECK (app_status IN ('NOT_SENT', 'SENDING', 'SUCCEEDED', 'FAILED', 'PARTIAL')),
    page_status TEXT NOT NULL CHECK (page_status IN ('NOT_SENT', 'SENDING', 'SUCCEEDED', 'FAILED', 'PARTIAL')),
    full_edit_permission BOOLEAN NOT NULL,
    instance_id TEXT,
    version INTEGER NOT NULL
);
CREATE INDEX orders_partner ON orders (partner_id, id);
CREATE INDEX orders_customer ON orders (customer_id, id);
CREATE INDEX orders_project ON orders (project_id, id);
CREATE INDEX orders_link ON orders (link_id, id);
