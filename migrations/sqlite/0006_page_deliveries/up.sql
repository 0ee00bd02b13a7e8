-- Sending pages and components after the application (D16, D17), and taking an overwrite back.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;

-- SQLite changes a CHECK only with its whole table.
CREATE TABLE deliveries_rebuilt (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    partner_id TEXT NOT NULL REFERENCES organizations (id),
    customer_id TEXT NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL CHECK (kind IN ('APP', 'NEW_PAGES', 'OVERWRITE_PAGES', 'CUSTOM_COMPONENTS', 'ROLLBACK')),
    status TEXT NOT NULL CHECK (status IN ('QUEUED', 'PREFLIGHT', 'SENDING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED')),
    -- The snapshot that is sent (D18); of a rollback, that of the delivery which it takes back.
    version_id TEXT NOT NULL REFERENCES application_versions (id),
    version_number TEXT NOT NULL,
    instance_id TEXT REFERENCES app_instances (id),
    include_sample_data BOOLEAN NOT NULL,
    include_connectors BOOLEAN NOT NULL,
    open_edit_permission BOOLEAN NOT NULL,
    total INTEGER NOT NULL,
    done INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    -- JSON arrays of structured reasons, put into words when read.
    failures TEXT NOT NULL,
    warnings TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    -- The order's id while unfinished, NULL afterwards: one delivery at a time (D18).
    active_key TEXT UNIQUE,
    version INTEGER NOT NULL,
    -- For which organisation the person acted: the partner, or the customer that takes an overwrite back.
    created_by_organization_id TEXT NOT NULL REFERENCES organizations (id),
    -- Of new pages: the folder that is made for them.
    folder TEXT,
    -- Of a rollback: the overwrite that it takes back.
    rolls_back_id TEXT REFERENCES deliveries (id),
    -- Of an overwrite: the rollback that took it back.
    rolled_back_by_id TEXT REFERENCES deliveries (id)
);
INSERT INTO deliveries_rebuilt
SELECT id, order_id, partner_id, customer_id, kind, status, version_id, version_number, instance_id, include_sample_data,
    include_connectors, open_edit_permission, total, done, skipped, failed, failures, warnings, created_by, created_at,
    started_at, finished_at, active_key, version, partner_id, NULL, NULL, NULL
FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE deliveries_rebuilt RENAME TO deliveries;
CREATE INDEX deliveries_order ON deliveries (order_id, id);

-- How an item arrives, as the checks promised it: NULL before they passed and for what stays behind.
ALTER TABLE delivery_items ADD COLUMN arrives TEXT;
ALTER TABLE delivery_items ADD COLUMN sample_rows INTEGER NOT NULL DEFAULT 0;
-- Whether the database may copy it, or the server takes secrets, code and members out first (D23, D24).
ALTER TABLE delivery_items ADD COLUMN as_is BOOLEAN NOT NULL DEFAULT FALSE;
-- Of an overwrite: the fingerprint of the page that was acknowledged.
ALTER TABLE delivery_items ADD COLUMN acknowledged TEXT;
-- What was under way is checked once more, so that its items learn how they arrive.
UPDATE deliveries SET status = 'PREFLIGHT' WHERE status = 'SENDING';

-- How the rows that travel are found as records (D22), made once at import.
ALTER TABLE application_sample_rows ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE application_sample_rows ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
ALTER TABLE application_sample_rows ADD COLUMN link_text TEXT NOT NULL DEFAULT '';
-- Whether the database may copy the row as a record: not where it links to others, whose ids are those of each delivery, and not
-- where it was imported before its values were kept.
ALTER TABLE application_sample_rows ADD COLUMN as_is BOOLEAN NOT NULL DEFAULT FALSE;

-- The values of rows that are copied as they are, as lists of records are sorted and filtered by them. Without a constraint, as those
-- of records: its checks would make imports collide that have nothing in common.
CREATE TABLE application_sample_values (
    version_id TEXT NOT NULL,
    component_key TEXT NOT NULL,
    position INTEGER NOT NULL,
    field_key TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    sort_key TEXT NOT NULL,
    whole_text TEXT,
    PRIMARY KEY (version_id, component_key, position, field_key, ordinal)
);

-- Pages as they were before an overwrite replaced them, written together with their replacement.
CREATE TABLE replaced_pages (
    delivery_id TEXT NOT NULL REFERENCES deliveries (id),
    key TEXT NOT NULL,
    instance_id TEXT NOT NULL REFERENCES app_instances (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    folder TEXT,
    definition TEXT NOT NULL,
    required_features TEXT NOT NULL,
    state TEXT NOT NULL,
    -- The delivery that had brought it.
    brought_by_id TEXT NOT NULL REFERENCES deliveries (id),
    -- That the customer had changed it (D19).
    changed_at TIMESTAMP,
    changed_by TEXT,
    -- The rollback that put it back.
    restored_by_id TEXT REFERENCES deliveries (id),
    PRIMARY KEY (delivery_id, key)
);

-- Pages that the customer removed: never sent again as if nothing had happened (D16).
CREATE TABLE removed_pages (
    instance_id TEXT NOT NULL REFERENCES app_instances (id),
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    -- The delivery that had brought it.
    delivery_id TEXT NOT NULL REFERENCES deliveries (id),
    removed_by TEXT NOT NULL REFERENCES users (id),
    removed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (instance_id, key)
);

COMMIT;
PRAGMA foreign_keys = ON;
