-- Applications: what partners build, in immutable versions made of components.
CREATE TABLE applications (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    name TEXT COLLATE "C" NOT NULL,
    summary TEXT COLLATE "C" NOT NULL,
    origin TEXT COLLATE "C" NOT NULL CHECK (origin IN ('OWN', 'PREMIUM', 'DISTRIBUTED')),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX applications_organization ON applications (organization_id, id);

CREATE TABLE application_versions (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    application_id TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    -- Semantic version.
    number TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('UNPUBLISHED', 'PUBLISHED')),
    description TEXT COLLATE "C" NOT NULL,
    component_count INTEGER NOT NULL,
    sample_row_count INTEGER NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    UNIQUE (application_id, number)
);
CREATE INDEX application_versions_application ON application_versions (application_id, created_at);

CREATE TABLE application_components (
    version_id TEXT COLLATE "C" NOT NULL REFERENCES application_versions (id),
    key TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    folder TEXT COLLATE "C",
    -- JSON.
    definition TEXT COLLATE "C" NOT NULL,
    -- JSON array of component keys.
    dependencies TEXT COLLATE "C" NOT NULL,
    -- JSON array of features.
    required_features TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (version_id, key)
);
CREATE INDEX application_components_position ON application_components (version_id, position);

CREATE TABLE application_sample_rows (
    version_id TEXT COLLATE "C" NOT NULL REFERENCES application_versions (id),
    component_key TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    data TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (version_id, component_key, position)
);

CREATE TABLE package_imports (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    file_id TEXT COLLATE "C" NOT NULL REFERENCES files (id),
    format TEXT COLLATE "C" NOT NULL CHECK (format IN ('AUTO', 'NATIVE', 'BASEROW')),
    application_id TEXT COLLATE "C" REFERENCES applications (id),
    version_number TEXT COLLATE "C",
    dry_run BOOLEAN NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')),
    stage TEXT COLLATE "C" NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    report TEXT COLLATE "C",
    problems TEXT COLLATE "C",
    version_id TEXT COLLATE "C" REFERENCES application_versions (id),
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP
);
CREATE INDEX package_imports_organization ON package_imports (organization_id, id);
