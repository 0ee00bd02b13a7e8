-- Group chats, and the cool apps that are installed into them (L23).

CREATE TABLE groups (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('WHOLE_ORGANIZATION', 'ORDINARY')),
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX groups_organization ON groups (organization_id, id);
CREATE INDEX groups_kind ON groups (organization_id, kind, id);

-- Of ordinary groups; to a group of the whole organisation everybody belongs.
CREATE TABLE group_members (
    group_id TEXT NOT NULL REFERENCES groups (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (group_id, user_id)
);
CREATE INDEX group_members_user ON group_members (user_id, group_id);

CREATE TABLE cool_app_installations (
    id TEXT NOT NULL PRIMARY KEY,
    cool_app_id TEXT NOT NULL REFERENCES cool_apps (id),
    group_id TEXT NOT NULL REFERENCES groups (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    status TEXT NOT NULL CHECK (status IN ('NOT_ENABLED', 'ENABLED', 'UNINSTALLED')),
    installed_by TEXT NOT NULL REFERENCES users (id),
    installed_at TIMESTAMP NOT NULL,
    enabled_by TEXT REFERENCES users (id),
    enabled_at TIMESTAMP,
    uninstalled_by TEXT REFERENCES users (id),
    uninstalled_at TIMESTAMP,
    version INTEGER NOT NULL
);
-- A group has an app once.
CREATE UNIQUE INDEX cool_app_installations_once ON cool_app_installations (group_id, cool_app_id) WHERE status <> 'UNINSTALLED';
CREATE INDEX cool_app_installations_group ON cool_app_installations (group_id, id);
CREATE INDEX cool_app_installations_app ON cool_app_installations (cool_app_id, status);

-- What an enabled installation brings into its group; goes with it.
CREATE TABLE cool_app_entries (
    installation_id TEXT NOT NULL REFERENCES cool_app_installations (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    icon_id TEXT NOT NULL REFERENCES files (id),
    open_mode TEXT NOT NULL CHECK (open_mode IN ('PC_SIDEBAR', 'MOBILE_HALF_SHEET')),
    PRIMARY KEY (installation_id, position)
);

CREATE TABLE cool_app_robots (
    installation_id TEXT NOT NULL PRIMARY KEY REFERENCES cool_app_installations (id),
    name TEXT NOT NULL,
    icon_id TEXT NOT NULL REFERENCES files (id)
);
