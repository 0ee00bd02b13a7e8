-- Records in use: their changes, drafts, files and the index of their values; what the customer decides about an application and
-- its pages, which no delivery touches (D16); acceptances as a history (D27).
ALTER TABLE app_records ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE app_records ADD COLUMN updated_at TIMESTAMP;
ALTER TABLE app_records ADD COLUMN updated_by TEXT COLLATE "C";
-- How people recognise the record, as links to it show it.
ALTER TABLE app_records ADD COLUMN title TEXT COLLATE "C" NOT NULL DEFAULT '';
-- Lower case titles of linked records: searched too, by those who may read them.
ALTER TABLE app_records ADD COLUMN link_text TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX app_records_own ON app_records (instance_id, page_key, created_by, id);

-- The values of records as lists are sorted and filtered by them: one row a field, several where a field holds several values.
-- They refer to their records without a constraint: its checks would read the index of records where others write, and serializable
-- transactions that have nothing in common would collide.
CREATE TABLE app_record_values (
    record_id TEXT COLLATE "C" NOT NULL,
    field_key TEXT COLLATE "C" NOT NULL,
    ordinal INTEGER NOT NULL,
    instance_id TEXT COLLATE "C" NOT NULL,
    page_key TEXT COLLATE "C" NOT NULL,
    -- Sorts as people sort: numbers by size, instants by time, texts without regard to case; empty for no value.
    sort_key TEXT COLLATE "C" NOT NULL,
    -- The whole text in lower case where the sort key holds only its beginning.
    whole_text TEXT COLLATE "C",
    PRIMARY KEY (record_id, field_key, ordinal)
);
CREATE INDEX app_record_values_sorted ON app_record_values (instance_id, page_key, field_key, sort_key, record_id);

-- The history of a record: what each change after the first version changed.
CREATE TABLE app_record_changes (
    record_id TEXT COLLATE "C" NOT NULL REFERENCES app_records (id),
    -- The version that the change made.
    version INTEGER NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    changed_at TIMESTAMP NOT NULL,
    -- JSON array of fields with their values before and after.
    fields TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (record_id, version)
);

-- What a person typed and did not submit yet.
CREATE TABLE app_record_drafts (
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    page_key TEXT COLLATE "C" NOT NULL,
    -- The record that is being edited; empty for a new one.
    record_key TEXT COLLATE "C" NOT NULL,
    -- The version of the record that the typing began with; 0 for a new one.
    base_version INTEGER NOT NULL,
    data TEXT COLLATE "C" NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, instance_id, page_key, record_key)
);
CREATE INDEX app_record_drafts_record ON app_record_drafts (instance_id, page_key, record_key);
CREATE INDEX app_record_drafts_updated ON app_record_drafts (updated_at);

-- Files of records, and tables that records are imported from. Whoever may read the record reads its files.
CREATE TABLE record_files (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    page_key TEXT COLLATE "C" NOT NULL,
    -- Empty until a record that holds the file is saved: until then it is the uploader's alone.
    record_id TEXT COLLATE "C" REFERENCES app_records (id),
    purpose TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('RECORD', 'RECORD_IMPORT')),
    name TEXT COLLATE "C" NOT NULL,
    media_type TEXT COLLATE "C" NOT NULL,
    -- Bytes.
    size BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    storage_key TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX record_files_record ON record_files (record_id);
CREATE INDEX record_files_loose ON record_files (created_at) WHERE record_id IS NULL;

-- The bytes of files whose rows are gone, until the storage has deleted them.
CREATE TABLE discarded_files (
    storage_key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    discarded_at TIMESTAMP NOT NULL
);

-- What the customer decides about a page, or about the whole application where the key is empty. Deliveries never write here.
CREATE TABLE instance_page_settings (
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    page_key TEXT COLLATE "C" NOT NULL,
    -- Who may do what, as JSON; empty for what holds where nobody decided.
    permission TEXT COLLATE "C" NOT NULL,
    -- JSON; empty for none.
    process_design TEXT COLLATE "C" NOT NULL,
    updated_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    updated_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (instance_id, page_key)
);

-- That the customer changed a page after it was delivered (D19).
ALTER TABLE instance_components ADD COLUMN changed_at TIMESTAMP;
ALTER TABLE instance_components ADD COLUMN changed_by TEXT COLLATE "C";

-- Every sign-off of an instance with its checklist as it stood (D27).
CREATE TABLE instance_acceptances (
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    -- From 1.
    number INTEGER NOT NULL,
    version_number TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    -- JSON array of items.
    checklist TEXT COLLATE "C" NOT NULL,
    accepted_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    accepted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (instance_id, number)
);

-- What has been seen of an instance since its maintenance began.
CREATE TABLE instance_acceptance_ticks (
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    item TEXT COLLATE "C" NOT NULL,
    ticked_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    ticked_at TIMESTAMP NOT NULL,
    PRIMARY KEY (instance_id, item)
);

-- Sign-offs that were made before there was a history.
INSERT INTO instance_acceptances (instance_id, number, version_number, note, checklist, accepted_by, accepted_at)
SELECT id, 1, accepted_version, acceptance_note, '[]', accepted_by, accepted_at
FROM app_instances WHERE accepted_at IS NOT NULL AND accepted_by IS NOT NULL;

-- Records that were there before the index of their values: a job a page writes it.
INSERT INTO jobs (id, kind, payload, status, dedupe_key, run_at, attempts, lost_leases, max_attempts, created_at)
SELECT
    'job_' || substr('00000000000000000000000000', 1, 26 - length(number)) || number,
    'record.index',
    '{"instanceId":"' || instance_id || '","pageKey":"' || page_key || '"}',
    'QUEUED',
    'index ' || instance_id || ' ' || page_key,
    TIMESTAMP '2026-01-01 00:00:00', 0, 0, 8, TIMESTAMP '2026-01-01 00:00:00'
FROM (
    SELECT instance_id, page_key, CAST(ROW_NUMBER() OVER (ORDER BY instance_id, page_key) AS TEXT) AS number
    FROM (SELECT DISTINCT instance_id, page_key FROM app_records) AS pages
) AS numbered;
