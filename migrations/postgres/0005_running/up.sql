-- Running: deliveries item by item, and the instances, pages and records that they make in the customer's organisation.
CREATE TABLE app_instances (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    order_id TEXT COLLATE "C" NOT NULL REFERENCES orders (id),
    version_number TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    summary TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('DEV_MAINTENANCE', 'READY', 'ENABLED', 'DISABLED', 'REMOVED')),
    -- False while its first delivery is still writing: nobody sees a half-sent application.
    arrived BOOLEAN NOT NULL,
    full_edit_permission BOOLEAN NOT NULL,
    workbench_group TEXT COLLATE "C" NOT NULL,
    visible_to_all BOOLEAN NOT NULL,
    accepted_at TIMESTAMP,
    accepted_by TEXT COLLATE "C" REFERENCES users (id),
    acceptance_note TEXT COLLATE "C" NOT NULL,
    accepted_version TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX app_instances_organization ON app_instances (organization_id, id);
CREATE INDEX app_instances_order ON app_instances (order_id);

CREATE TABLE instance_audiences (
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    -- A department or a user.
    target_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (instance_id, target_id)
);
CREATE INDEX instance_audiences_target ON instance_audiences (target_id);

CREATE TABLE deliveries (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    order_id TEXT COLLATE "C" NOT NULL REFERENCES orders (id),
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    customer_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('APP', 'NEW_PAGES', 'OVERWRITE_PAGES', 'CUSTOM_COMPONENTS')),
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('QUEUED', 'PREFLIGHT', 'SENDING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED')),
    -- The snapshot that is sent (D18).
    version_id TEXT COLLATE "C" NOT NULL REFERENCES application_versions (id),
    version_number TEXT COLLATE "C" NOT NULL,
    instance_id TEXT COLLATE "C" REFERENCES app_instances (id),
    include_sample_data BOOLEAN NOT NULL,
    include_connectors BOOLEAN NOT NULL,
    open_edit_permission BOOLEAN NOT NULL,
    total INTEGER NOT NULL,
    done INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    -- JSON arrays of structured reasons, put into words when read.
    failures TEXT COLLATE "C" NOT NULL,
    warnings TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    -- The order's id while unfinished, NULL afterwards: one delivery at a time (D18).
    active_key TEXT COLLATE "C" UNIQUE,
    version INTEGER NOT NULL
);
CREATE INDEX deliveries_order ON deliveries (order_id, id);

CREATE TABLE delivery_items (
    delivery_id TEXT COLLATE "C" NOT NULL REFERENCES deliveries (id),
    component_key TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('QUEUED', 'DONE', 'SKIPPED', 'FAILED')),
    -- Structured reason as JSON.
    reason TEXT COLLATE "C",
    PRIMARY KEY (delivery_id, component_key)
);
CREATE INDEX delivery_items_position ON delivery_items (delivery_id, position);

CREATE TABLE instance_components (
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    key TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    folder TEXT COLLATE "C",
    definition TEXT COLLATE "C" NOT NULL,
    -- JSON array of features: what the instance holds of the organisation's quotas.
    required_features TEXT COLLATE "C" NOT NULL,
    -- ACTIVE, or how it arrived: INACTIVE assistants, NOT_RUN preparations, DISABLED automations, NO_MEMBERS, TO_FILL_IN connectors.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('ACTIVE', 'INACTIVE', 'NOT_RUN', 'DISABLED', 'NO_MEMBERS', 'TO_FILL_IN')),
    delivery_id TEXT COLLATE "C" NOT NULL REFERENCES deliveries (id),
    PRIMARY KEY (instance_id, key)
);

CREATE TABLE app_records (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    page_key TEXT COLLATE "C" NOT NULL,
    data TEXT COLLATE "C" NOT NULL,
    -- Lower case text of the values: what the list searches.
    search_text TEXT COLLATE "C" NOT NULL,
    -- D22: came with a delivery as sample data.
    sample BOOLEAN NOT NULL,
    created_by TEXT COLLATE "C" REFERENCES users (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX app_records_page ON app_records (instance_id, page_key, id);
CREATE INDEX app_records_sample ON app_records (instance_id, sample);
