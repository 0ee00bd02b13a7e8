-- Products, their revisions and reviews (L3–L10), the categories that route them, and the tasks before the marketplace.

CREATE TABLE categories (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name_zh TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    -- Two different operators approve.
    four_eyes BOOLEAN NOT NULL,
    -- Takes no new products.
    retired BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE category_operators (
    category_id TEXT COLLATE "C" NOT NULL REFERENCES categories (id),
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    PRIMARY KEY (category_id, user_id)
);
CREATE INDEX category_operators_user ON category_operators (user_id, category_id);

CREATE TABLE pre_tasks (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name_zh TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    retired BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE payee_accounts (
    organization_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES organizations (id),
    holder TEXT COLLATE "C" NOT NULL,
    bank TEXT COLLATE "C" NOT NULL,
    number_sealed TEXT COLLATE "C" NOT NULL,
    number_end TEXT COLLATE "C" NOT NULL,
    updated_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    updated_at TIMESTAMP NOT NULL
);

CREATE TABLE products (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    application_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES applications (id),
    status TEXT COLLATE "C" NOT NULL
        CHECK (status IN ('DRAFT', 'IN_REVIEW', 'APPROVED', 'REJECTED', 'LISTED', 'HIDDEN', 'DELISTED')),
    -- The tab of the shelves; follows from the status and the open revision.
    tab TEXT COLLATE "C" NOT NULL CHECK (tab IN ('NOT_LISTED', 'IN_REVIEW', 'LISTED', 'DELISTED')),
    -- Of what is approved, else of what is being written.
    name TEXT COLLATE "C" NOT NULL,
    category_id TEXT COLLATE "C" REFERENCES categories (id),
    charge_form TEXT COLLATE "C" CHECK (charge_form IN ('FREE', 'PAID')),
    promotion_mode TEXT COLLATE "C" CHECK (promotion_mode IN ('MARKETPLACE', 'OWN_CHANNEL')),
    approved_revision_id TEXT COLLATE "C",
    open_revision_id TEXT COLLATE "C",
    -- What was handed in first: what it costs at all stays.
    first_revision_id TEXT COLLATE "C",
    listed_at TIMESTAMP,
    -- Why an operator hid or delisted it.
    status_reason TEXT COLLATE "C",
    delisting_applied_by TEXT COLLATE "C" REFERENCES users (id),
    delisting_applied_at TIMESTAMP,
    delisting_reason TEXT COLLATE "C",
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX products_partner ON products (organization_id, id);
CREATE INDEX products_partner_tab ON products (organization_id, tab, id);
CREATE INDEX products_category ON products (category_id, id);
CREATE INDEX products_delisting ON products (delisting_applied_at, id) WHERE delisting_applied_at IS NOT NULL;

CREATE TABLE product_revisions (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    product_id TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    number INTEGER NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('DRAFT', 'IN_REVIEW', 'APPROVED', 'REJECTED')),
    -- The wizard's three steps as JSON, see domain::product_content.
    content TEXT COLLATE "C" NOT NULL,
    category_id TEXT COLLATE "C" REFERENCES categories (id),
    -- The version that was published when it was handed in.
    application_version_id TEXT COLLATE "C" REFERENCES application_versions (id),
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    submitted_by TEXT COLLATE "C" REFERENCES users (id),
    submitted_at TIMESTAMP,
    due_at TIMESTAMP,
    -- Four eyes: who approved first.
    first_approved_by TEXT COLLATE "C" REFERENCES users (id),
    decided_by TEXT COLLATE "C" REFERENCES users (id),
    decided_at TIMESTAMP,
    decision TEXT COLLATE "C" CHECK (decision IN ('APPROVE', 'REJECT', 'SEND_BACK')),
    reason TEXT COLLATE "C",
    -- Reasons beside fields, as JSON: [{"path": …, "reason": …}].
    field_reasons TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (product_id, number)
);
CREATE INDEX product_revisions_queue ON product_revisions (status, due_at, id);
-- What came back from its review: few, and looked for on every start page.
CREATE INDEX product_revisions_returned ON product_revisions (organization_id, id) WHERE decision IN ('REJECT', 'SEND_BACK');
CREATE INDEX product_revisions_category ON product_revisions (category_id, status, due_at, id);

CREATE TABLE product_tasks (
    product_id TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    task_id TEXT COLLATE "C" NOT NULL REFERENCES pre_tasks (id),
    note TEXT COLLATE "C" NOT NULL,
    done_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    done_at TIMESTAMP NOT NULL,
    PRIMARY KEY (product_id, task_id)
);

CREATE TABLE product_events (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    product_id TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    at TIMESTAMP NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" REFERENCES users (id),
    note TEXT COLLATE "C"
);
CREATE INDEX product_events_product ON product_events (product_id, id);

-- The working calendar by which reviews are due: days that are not what their weekday says.
CREATE TABLE calendar_days (
    day DATE NOT NULL PRIMARY KEY,
    -- Worked though it falls on a weekend, or free though it falls on a weekday.
    working BOOLEAN NOT NULL,
    name TEXT COLLATE "C" NOT NULL
);
