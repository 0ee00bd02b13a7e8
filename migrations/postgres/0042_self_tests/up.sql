-- Self-tests (L2): a version is delivered into a test organisation, and a checklist is answered there.

-- A delivery, and the instance that it makes, come from an order or from a self-test.
ALTER TABLE deliveries ALTER COLUMN order_id DROP NOT NULL;
ALTER TABLE app_instances ALTER COLUMN order_id DROP NOT NULL;

ALTER TABLE files DROP CONSTRAINT files_purpose_check;
ALTER TABLE files ADD CONSTRAINT files_purpose_check
    CHECK (purpose IN ('CONTRACT', 'ACCEPTANCE_CERTIFICATE', 'PACKAGE', 'SELF_TEST_EVIDENCE'));

-- Organisations that a partner made for trying its applications, and nothing else: an existing one never becomes one.
CREATE TABLE test_organizations (
    organization_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES organizations (id),
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX test_organizations_partner ON test_organizations (partner_id, organization_id);

CREATE TABLE self_tests (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    application_id TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
    version_id TEXT COLLATE "C" NOT NULL REFERENCES application_versions (id),
    test_organization_id TEXT COLLATE "C" NOT NULL REFERENCES test_organizations (organization_id),
    -- What brought the version there.
    delivery_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES deliveries (id),
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('SENDING', 'TESTING', 'FAILED', 'PASSED')),
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    -- When the last item of the checklist passed.
    passed_at TIMESTAMP,
    version INTEGER NOT NULL
);
CREATE INDEX self_tests_version ON self_tests (version_id, id);
CREATE INDEX self_tests_application ON self_tests (application_id, id);

-- The checklist: one row an item from the beginning, without a tester until it is answered.
CREATE TABLE self_test_items (
    self_test_id TEXT COLLATE "C" NOT NULL REFERENCES self_tests (id),
    item TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    passed BOOLEAN,
    note TEXT COLLATE "C" NOT NULL,
    evidence_id TEXT COLLATE "C" REFERENCES files (id),
    tested_by TEXT COLLATE "C" REFERENCES users (id),
    tested_at TIMESTAMP,
    PRIMARY KEY (self_test_id, item)
);
