-- People: organisations (tenants), persons, their roles and their signed-in sessions.
CREATE TABLE organizations (
    id TEXT NOT NULL PRIMARY KEY,
    corp_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    is_customer BOOLEAN NOT NULL,
    is_partner BOOLEAN NOT NULL,
    is_platform BOOLEAN NOT NULL,
    edition TEXT NOT NULL CHECK (edition IN ('FREE', 'LITE', 'PROFESSIONAL', 'EXCLUSIVE')),
    partner_tier TEXT NOT NULL CHECK (partner_tier IN ('NONE', 'PARTNER', 'ADVANCED')),
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    -- Lower case; people sign in with it.
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- PHC string, argon2id.
    password_hash TEXT NOT NULL,
    locale TEXT CHECK (locale IN ('zh-CN', 'en')),
    last_organization_id TEXT REFERENCES organizations (id),
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE memberships (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    -- Role names joined by a comma.
    roles TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (organization_id, user_id)
);
CREATE INDEX memberships_user ON memberships (user_id);

CREATE TABLE departments (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX departments_organization ON departments (organization_id, name);

CREATE TABLE department_members (
    department_id TEXT NOT NULL REFERENCES departments (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (department_id, user_id)
);
CREATE INDEX department_members_user ON department_members (user_id);

-- One sign-in; also the family of its refresh tokens.
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE refresh_tokens (
    -- SHA-256 of the token, hex. The token itself is nowhere.
    token_hash TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    issued_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
