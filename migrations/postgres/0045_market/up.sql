-- The marketplace (L11): what is listed, and the index by which it is searched; see domain::market. What organisations say of themselves.

ALTER TABLE organizations ADD COLUMN industry TEXT COLLATE "C";
ALTER TABLE organizations ADD COLUMN size TEXT COLLATE "C";

-- The place of every product that ever was listed: its number grows with the time of listing; installs are counted on.
CREATE TABLE market_places (
    product_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES products (id),
    number BIGINT NOT NULL UNIQUE,
    listed_at TIMESTAMP NOT NULL,
    installs INTEGER NOT NULL
);

-- What is on the marketplace now, as lists show it.
CREATE TABLE market_entries (
    number BIGINT NOT NULL PRIMARY KEY,
    product_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES products (id),
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    application_id TEXT COLLATE "C" NOT NULL REFERENCES applications (id),
    revision_id TEXT COLLATE "C" NOT NULL REFERENCES product_revisions (id),
    category_id TEXT COLLATE "C" NOT NULL REFERENCES categories (id),
    charge_form TEXT COLLATE "C" NOT NULL CHECK (charge_form IN ('FREE', 'PAID')),
    name TEXT COLLATE "C" NOT NULL,
    normalised_name TEXT COLLATE "C" NOT NULL,
    icon_id TEXT COLLATE "C",
    summary TEXT COLLATE "C" NOT NULL,
    -- JSON: texts.
    tags TEXT COLLATE "C" NOT NULL,
    -- JSON: industries and sizes; empty is everybody.
    audience TEXT COLLATE "C" NOT NULL,
    partner_name TEXT COLLATE "C" NOT NULL,
    listed_at TIMESTAMP NOT NULL,
    installs INTEGER NOT NULL,
    -- Without marks.
    description TEXT COLLATE "C" NOT NULL
);

-- In which entries a token stands: of each field, in blocks of 4,096 numbers.
CREATE TABLE market_postings (
    token TEXT COLLATE "C" NOT NULL,
    field SMALLINT NOT NULL,
    block INTEGER NOT NULL,
    numbers BYTEA NOT NULL,
    PRIMARY KEY (token, field, block)
);

-- Four bytes for each number of a block: its traits (kind 0) or how often it was installed (kind 1).
CREATE TABLE market_cells (
    kind SMALLINT NOT NULL,
    block INTEGER NOT NULL,
    cells BYTEA NOT NULL,
    PRIMARY KEY (kind, block)
);

-- By which number the traits know a category.
CREATE TABLE market_categories (
    category_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES categories (id),
    code INTEGER NOT NULL UNIQUE
);

-- Tags by how many entries have them, in the form in which they are compared.
CREATE TABLE market_tags (
    tag TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    entries INTEGER NOT NULL
);
CREATE INDEX market_tags_entries ON market_tags (entries, tag);

-- Read whole and often: packing it would cost every search more than it spares.
ALTER TABLE market_cells ALTER COLUMN cells SET STORAGE EXTERNAL;

-- What is listed already comes in by a job each.
INSERT INTO jobs (id, kind, payload, status, dedupe_key, run_at, attempts, lost_leases, max_attempts, created_at)
SELECT
    'job_' || substr('45000000000000000000000000', 1, 26 - length(number)) || number,
    'market.index',
    '{"productId":"' || id || '"}',
    'QUEUED',
    'market ' || id,
    TIMESTAMP '2026-01-01 00:00:00', 0, 0, 8, TIMESTAMP '2026-01-01 00:00:00'
FROM (
    SELECT id, CAST(ROW_NUMBER() OVER (ORDER BY listed_at, id) AS TEXT) AS number
    FROM products WHERE status = 'LISTED'
) AS numbered;
