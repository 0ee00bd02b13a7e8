-- Platform: audit chain, idempotency keys, the durable queue, stored files, what an edition is entitled to.
CREATE TABLE audit_entries (
    -- Order of writing; gaps are normal.
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    at TIMESTAMP NOT NULL,
    actor_id TEXT COLLATE "C" REFERENCES users (id),
    acting_organization_id TEXT COLLATE "C" REFERENCES organizations (id),
    action TEXT COLLATE "C" NOT NULL,
    object_id TEXT COLLATE "C" NOT NULL,
    object_label TEXT COLLATE "C" NOT NULL,
    before_state TEXT COLLATE "C",
    after_state TEXT COLLATE "C",
    request_id TEXT COLLATE "C" NOT NULL,
    -- Set by the sealing step: place in the organisation's chain, from 1 without gaps.
    chain_number BIGINT,
    -- SHA-256 over the entry and the hash of the entry before it, hex.
    chain_hash TEXT COLLATE "C"
);
CREATE UNIQUE INDEX audit_entries_chain ON audit_entries (organization_id, chain_number);
CREATE INDEX audit_entries_organization ON audit_entries (organization_id, position);
CREATE INDEX audit_entries_object ON audit_entries (organization_id, object_id, position);
CREATE INDEX audit_entries_unsealed ON audit_entries (position) WHERE chain_number IS NULL;

CREATE TABLE idempotency_keys (
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    key TEXT COLLATE "C" NOT NULL,
    -- SHA-256 over operation and input, hex.
    input_hash TEXT COLLATE "C" NOT NULL,
    result_id TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organization_id, user_id, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

CREATE TABLE jobs (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    payload TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'DONE', 'DEAD')),
    -- At most one unfinished job with the same key.
    dedupe_key TEXT COLLATE "C" UNIQUE,
    run_at TIMESTAMP NOT NULL,
    -- Begun since it last got somewhere; those that a dying worker lost are counted apart.
    attempts INTEGER NOT NULL,
    lost_leases INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    -- Who holds the lease; a new value with every lease, so that a worker that lost it can tell.
    lease TEXT COLLATE "C",
    leased_until TIMESTAMP,
    last_error TEXT COLLATE "C",
    created_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP
);
CREATE INDEX jobs_due ON jobs (status, run_at);
CREATE INDEX jobs_leased ON jobs (status, leased_until);

CREATE TABLE files (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    purpose TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('CONTRACT', 'ACCEPTANCE_CERTIFICATE', 'PACKAGE')),
    name TEXT COLLATE "C" NOT NULL,
    media_type TEXT COLLATE "C" NOT NULL,
    -- Bytes.
    size BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    storage_key TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX files_organization ON files (organization_id, id);

-- D25; edited by a superadmin.
CREATE TABLE entitlements (
    edition TEXT COLLATE "C" NOT NULL CHECK (edition IN ('FREE', 'LITE', 'PROFESSIONAL', 'EXCLUSIVE')),
    feature TEXT COLLATE "C" NOT NULL CHECK (feature IN ('PAGES_PER_APP', 'CUSTOM_PAGES', 'HTTP_CONNECTORS', 'DATA_PREPARATIONS', 'CROSS_APP_FORMS', 'PUBLIC_DOMAIN')),
    -- NULL is unlimited, 0 is not included.
    limit_count INTEGER,
    PRIMARY KEY (edition, feature)
);
INSERT INTO entitlements (edition, feature, limit_count) VALUES
    ('FREE', 'PAGES_PER_APP', 25), ('LITE', 'PAGES_PER_APP', 500), ('PROFESSIONAL', 'PAGES_PER_APP', 500), ('EXCLUSIVE', 'PAGES_PER_APP', 500),
    ('FREE', 'CUSTOM_PAGES', 0), ('LITE', 'CUSTOM_PAGES', 0), ('PROFESSIONAL', 'CUSTOM_PAGES', NULL), ('EXCLUSIVE', 'CUSTOM_PAGES', NULL),
    ('FREE', 'HTTP_CONNECTORS', 1), ('LITE', 'HTTP_CONNECTORS', 1), ('PROFESSIONAL', 'HTTP_CONNECTORS', NULL), ('EXCLUSIVE', 'HTTP_CONNECTORS', NULL),
    ('FREE', 'DATA_PREPARATIONS', 1), ('LITE', 'DATA_PREPARATIONS', 1), ('PROFESSIONAL', 'DATA_PREPARATIONS', 20), ('EXCLUSIVE', 'DATA_PREPARATIONS', 40),
    ('FREE', 'CROSS_APP_FORMS', 0), ('LITE', 'CROSS_APP_FORMS', 50), ('PROFESSIONAL', 'CROSS_APP_FORMS', 100), ('EXCLUSIVE', 'CROSS_APP_FORMS', 100),
    ('FREE', 'PUBLIC_DOMAIN', 0), ('LITE', 'PUBLIC_DOMAIN', NULL), ('PROFESSIONAL', 'PUBLIC_DOMAIN', NULL), ('EXCLUSIVE', 'PUBLIC_DOMAIN', NULL);
