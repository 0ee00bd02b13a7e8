-- Cool apps (L21, L22): one row from the application to the market. What is written or reviewed and what the market shows stand
-- beside each other.

CREATE TABLE cool_apps (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    -- COOLAPP- and twelve characters that nobody guesses.
    code TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL
        CHECK (status IN ('DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'UPDATE_SUBMITTED', 'DELISTED')),
    -- Of what is approved, else of what is being written.
    name TEXT NOT NULL,
    -- The form as JSON, see domain::cool_app_content: as it was typed, and as the market shows it.
    content TEXT NOT NULL,
    approved_content TEXT,
    -- Name and introduction of what is approved, in lower case, line by line.
    search_text TEXT NOT NULL,
    -- While the market shows it: since when.
    market_at TIMESTAMP,
    submitted_by TEXT REFERENCES users (id),
    submitted_at TIMESTAMP,
    due_at TIMESTAMP,
    decided_by TEXT REFERENCES users (id),
    decided_at TIMESTAMP,
    decision TEXT CHECK (decision IN ('APPROVE', 'REJECT')),
    reason TEXT,
    -- Reasons beside fields, as JSON: [{"path": …, "reason": …}].
    field_reasons TEXT NOT NULL,
    delisted_by TEXT REFERENCES users (id),
    delisted_at TIMESTAMP,
    delisting_reason TEXT,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX cool_apps_partner ON cool_apps (organization_id, id);
CREATE INDEX cool_apps_partner_status ON cool_apps (organization_id, status, id);
CREATE INDEX cool_apps_status ON cool_apps (status, id);
CREATE INDEX cool_apps_product ON cool_apps (product_id);
CREATE INDEX cool_apps_queue ON cool_apps (due_at, id) WHERE status IN ('SUBMITTED', 'UPDATE_SUBMITTED');
CREATE INDEX cool_apps_market ON cool_apps (market_at, id) WHERE market_at IS NOT NULL;

-- What the market is filtered by: an industry or a role that an app is for.
CREATE TABLE cool_app_traits (
    word TEXT NOT NULL,
    cool_app_id TEXT NOT NULL REFERENCES cool_apps (id),
    PRIMARY KEY (word, cool_app_id)
);
CREATE INDEX cool_app_traits_app ON cool_app_traits (cool_app_id);
