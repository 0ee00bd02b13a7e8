-- Remote maintenance (D31) and re-binding after a delivery (D23, D24), and what a smaller edition suspends (D26).
CREATE TABLE maintenance_sessions (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    order_id TEXT COLLATE "C" NOT NULL REFERENCES orders (id),
    project_id TEXT COLLATE "C" NOT NULL REFERENCES projects (id),
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    customer_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    requested_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    reason TEXT COLLATE "C" NOT NULL,
    hours INTEGER NOT NULL CHECK (hours BETWEEN 1 AND 72),
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('REQUESTED', 'GRANTED', 'ACTIVE', 'ENDED', 'EXPIRED', 'REVOKED', 'DECLINED', 'WITHDRAWN')),
    requested_at TIMESTAMP NOT NULL,
    -- Granted or declined; by nobody where the grant was automatic.
    decided_at TIMESTAMP,
    decided_by TEXT COLLATE "C" REFERENCES users (id),
    automatic BOOLEAN NOT NULL,
    -- Counted from the grant.
    ends_at TIMESTAMP,
    entered_at TIMESTAMP,
    closed_at TIMESTAMP,
    closed_by TEXT COLLATE "C" REFERENCES users (id),
    -- Why it was declined or revoked.
    note TEXT COLLATE "C",
    -- Instance and person while it is open, NULL afterwards: one open session of a person for an instance.
    open_key TEXT COLLATE "C" UNIQUE,
    changed_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX maintenance_sessions_partner ON maintenance_sessions (partner_id, id);
CREATE INDEX maintenance_sessions_partner_status ON maintenance_sessions (partner_id, status, id);
CREATE INDEX maintenance_sessions_partner_changed ON maintenance_sessions (partner_id, changed_at);
CREATE INDEX maintenance_sessions_customer ON maintenance_sessions (customer_id, id);
CREATE INDEX maintenance_sessions_customer_status ON maintenance_sessions (customer_id, status, id);
CREATE INDEX maintenance_sessions_customer_changed ON maintenance_sessions (customer_id, changed_at);
CREATE INDEX maintenance_sessions_instance ON maintenance_sessions (instance_id, id);
CREATE INDEX maintenance_sessions_order ON maintenance_sessions (order_id, id);
CREATE INDEX maintenance_sessions_project ON maintenance_sessions (project_id, status);
CREATE INDEX maintenance_sessions_over ON maintenance_sessions (status, ends_at);

-- A session that a developer entered: it acts for the customer's organisation, in one instance, while the maintenance is active.
-- No foreign key: SQLite could not take such a column away again.
ALTER TABLE sessions ADD COLUMN maintenance_session_id TEXT COLLATE "C";

-- On whose behalf an entry was written; NULL where the actor acted for their own organisation.
ALTER TABLE audit_entries ADD COLUMN maintenance_session_id TEXT COLLATE "C";
ALTER TABLE audit_entries ADD COLUMN maintenance_reason TEXT COLLATE "C";

-- Absent where nobody chose: requests are then granted at once while the instance is in development maintenance.
CREATE TABLE maintenance_settings (
    instance_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES app_instances (id),
    automatic_grant BOOLEAN NOT NULL,
    set_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    set_at TIMESTAMP NOT NULL
);

-- What the customer filled in or did by hand after a delivery. Apart from the components, so that a later delivery clears nothing.
CREATE TABLE instance_bindings (
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    component_key TEXT COLLATE "C" NOT NULL,
    -- Name of a connector's secret; '' where the component as a whole was seen to.
    slot TEXT COLLATE "C" NOT NULL,
    -- Sealed with the installation's key; NULL where there is nothing to keep secret. Never read for people.
    sealed TEXT COLLATE "C",
    set_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    set_at TIMESTAMP NOT NULL,
    PRIMARY KEY (instance_id, component_key, slot)
);

-- Members of the customer's organisation in a role or contact of an instance.
CREATE TABLE instance_members (
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    component_key TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    PRIMARY KEY (instance_id, component_key, user_id)
);
CREATE INDEX instance_members_user ON instance_members (user_id);

-- An instance that was enabled although something was still to be done, and what that was.
CREATE TABLE instance_waivers (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    -- JSON array of the items as they stood.
    items TEXT COLLATE "C" NOT NULL,
    waived_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    waived_at TIMESTAMP NOT NULL
);
CREATE INDEX instance_waivers_instance ON instance_waivers (instance_id, id);

-- D26: components that the organisation's edition no longer covers; gone again once it does.
CREATE TABLE component_suspensions (
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    component_key TEXT COLLATE "C" NOT NULL,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    feature TEXT COLLATE "C" NOT NULL CHECK (feature IN ('PAGES_PER_APP', 'CUSTOM_PAGES', 'HTTP_CONNECTORS', 'DATA_PREPARATIONS', 'CROSS_APP_FORMS', 'PUBLIC_DOMAIN')),
    suspended_at TIMESTAMP NOT NULL,
    PRIMARY KEY (instance_id, component_key)
);
CREATE INDEX component_suspensions_organization ON component_suspensions (organization_id);
