PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
DROP TABLE removed_pages;
DROP TABLE replaced_pages;
DROP TABLE application_sample_values;
ALTER TABLE application_sample_rows DROP COLUMN as_is;
ALTER TABLE application_sample_rows DROP COLUMN link_text;
ALTER TABLE application_sample_rows DROP COLUMN search_text;
ALTER TABLE application_sample_rows DROP COLUMN title;
ALTER TABLE delivery_items DROP COLUMN acknowledged;
ALTER TABLE delivery_items DROP COLUMN as_is;
ALTER TABLE delivery_items DROP COLUMN sample_rows;
ALTER TABLE delivery_items DROP COLUMN arrives;
DELETE FROM delivery_items WHERE delivery_id IN (SELECT id FROM deliveries WHERE kind = 'ROLLBACK');
CREATE TABLE deliveries_rebuilt (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    partner_id TEXT NOT NULL REFERENCES organizations (id),
    customer_id TEXT NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL CHECK (kind IN ('APP', 'NEW_PAGES', 'OVERWRITE_PAGES', 'CUSTOM_COMPONENTS')),
    status TEXT NOT NULL CHECK (status IN ('QUEUED', 'PREFLIGHT', 'SENDING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED')),
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
    failures TEXT NOT NULL,
    warnings TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    active_key TEXT UNIQUE,
    version INTEGER NOT NULL
);
INSERT INTO deliveries_rebuilt
SELECT id, order_id, partner_id, customer_id, kind, status, version_id, version_number, instance_id, include_sample_data,
    include_connectors, open_edit_permission, total, done, skipped, failed, failures, warnings, created_by, created_at,
    started_at, finished_at, active_key, version
FROM deliveries WHERE kind <> 'ROLLBACK';
DROP TABLE deliveries;
ALTER TABLE deliveries_rebuilt RENAME TO deliveries;
CREATE INDEX deliveries_order ON deliveries (order_id, id);
COMMIT;
PRAGMA foreign_keys = ON;
