-- Self-tests (L2): a version is delivered into a test organisation, and a checklist is answered there.

-- A delivery, and the instance that it makes, come from an order or from a self-test. A column that may be empty takes the place of
-- one that may not, which spares building the tables anew.
DROP INDEX deliveries_order;
ALTER TABLE deliveries ADD COLUMN of_order_id TEXT REFERENCES orders (id);
UPDATE deliveries SET of_order_id = order_id;
ALTER TABLE deliveries DROP COLUMN order_id;
ALTER TABLE deliveries RENAME COLUMN of_order_id TO order_id;
CREATE INDEX deliveries_order ON deliveries (order_id, id);
DROP INDEX app_instances_order;
ALTER TABLE app_instances ADD COLUMN of_order_id TEXT REFERENCES orders (id);
UPDATE app_instances SET of_order_id = order_id;
ALTER TABLE app_instances DROP COLUMN order_id;
ALTER TABLE app_instances RENAME COLUMN of_order_id TO order_id;
CREATE INDEX app_instances_order ON app_instances (order_id);

-- Likewise for the purposes of files: evidence is one more.
ALTER TABLE files ADD COLUMN any_purpose TEXT NOT NULL DEFAULT 'PACKAGE'
    CHECK (any_purpose IN ('CONTRACT', 'ACCEPTANCE_CERTIFICATE', 'PACKAGE', 'SELF_TEST_EVIDENCE'));
UPDATE files SET any_purpose = purpose;
ALTER TABLE files DROP COLUMN purpose;
ALTER TABLE files RENAME COLUMN any_purpose TO purpose;

-- Organisations that a partner made for trying its applications, and nothing else: an existing one never becomes one.
CREATE TABLE test_organizations (
    organization_id TEXT NOT NULL PRIMARY KEY REFERENCES organizations (id),
    partner_id TEXT NOT NULL REFERENCES organizations (id),
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX test_organizations_partner ON test_organizations (partner_id, organization_id);

CREATE TABLE self_tests (
    id TEXT NOT NULL PRIMARY KEY,
    partner_id TEXT NOT NULL REFERENCES organizations (id),
    application_id TEXT NOT NULL REFERENCES applications (id),
    version_id TEXT NOT NULL REFERENCES application_versions (id),
    test_organization_id TEXT NOT NULL REFERENCES test_organizations (organization_id),
    -- What brought the version there.
    delivery_id TEXT NOT NULL UNIQUE REFERENCES deliveries (id),
    status TEXT NOT NULL CHECK (status IN ('SENDING', 'TESTING', 'FAILED', 'PASSED')),
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    -- When the last item of the checklist passed.
    passed_at TIMESTAMP,
    version INTEGER NOT NULL
);
CREATE INDEX self_tests_version ON self_tests (version_id, id);
CREATE INDEX self_tests_application ON self_tests (application_id, id);

-- The checklist: one row an item from the beginning, without a tester until it is answered.
CREATE TABLE self_test_items (
    self_test_id TEXT NOT NULL REFERENCES self_tests (id),
    item TEXT NOT NULL,
    position INTEGER NOT NULL,
    passed BOOLEAN,
    note TEXT NOT NULL,
    evidence_id TEXT REFERENCES files (id),
    tested_by TEXT REFERENCES users (id),
    tested_at TIMESTAMP,
    PRIMARY KEY (self_test_id, item)
);
