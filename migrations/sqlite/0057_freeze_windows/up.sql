-- Freeze windows (冻结期): times in which no rollout changes the applications of an organisation.
CREATE TABLE freeze_windows (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    from_at TIMESTAMP NOT NULL,
    until_at TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX freeze_windows_organization ON freeze_windows (organization_id, until_at);
