-- Applications: what partners build, in immutable versions made of components.
CREATE TABLE applications (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('OWN', 'PREMIUM', 'DISTRIBUTED')),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX applications_organization ON applications (organization_id, id);

CREATE TABLE application_versions (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    -- Semantic version.
    number TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('UNPUBLISHED', 'PUBLISHED')),
    description TEXT NOT NULL,
    component_count INTEGER NOT NULL,
    sample_row_count INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    UNIQUE (application_id, number)
);
CREATE INDEX application_versions_application ON application_versions (application_id, created_at);

CREATE TABLE application_components (
    version_id TEXT NOT NULL REFERENCES application_versions (id),
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    folder TEXT,
    -- JSON.
    definition TEXT NOT NULL,
    -- JSON array of component keys.
    dependencies TEXT NOT NULL,
    -- JSON array of features.
    required_features TEXT NOT NULL,
    PRIMARY KEY (version_id, key)
);
CREATE INDEX application_components_position ON application_components (version_id, position);

CREATE TABLE application_sample_rows (
    version_id TEXT NOT NULL REFERENCES application_versions (id),
    component_key TEXT NOT NULL,
    position INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (version_id, component_key, position)
);

CREATE TABLE package_imports (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    file_id TEXT NOT NULL REFERENCES files (id),
    format TEXT NOT NULL CHECK (format IN ('AUTO', 'NATIVE', 'BASEROW')),
    application_id TEXT REFERENCES applications (id),
    version_number TEXT,
    dry_run BOOLEAN NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')),
    stage TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    report TEXT,
    problems TEXT,
    version_id TEXT REFERENCES application_versions (id),
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP
);
CREATE INDEX package_imports_organization ON package_imports (organization_id, id);
