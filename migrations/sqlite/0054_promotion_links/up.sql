-- Promotion links (推广码, L18–L20) and what is counted of their visits. What came of them is told by the orders themselves.

CREATE TABLE promotion_links (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    name TEXT NOT NULL,
    -- Orders carry it, so it stays as it was made.
    channel_code TEXT NOT NULL,
    -- SHA-256, hex.
    token_hash TEXT NOT NULL UNIQUE,
    valid_from TIMESTAMP,
    -- Nothing is no end.
    valid_to TIMESTAMP,
    disabled BOOLEAN NOT NULL,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (product_id, channel_code)
);
CREATE INDEX promotion_links_partner ON promotion_links (organization_id, id);
CREATE INDEX promotion_links_product ON promotion_links (product_id, id);

-- A row for each link and day in Shanghai on which its page was opened.
CREATE TABLE promotion_visits (
    link_id TEXT NOT NULL REFERENCES promotion_links (id),
    day DATE NOT NULL,
    opens INTEGER NOT NULL,
    -- Those who were never there before.
    visitors INTEGER NOT NULL,
    PRIMARY KEY (link_id, day)
);

-- Who was there before: a hash that only this link makes of a browser's random number, so that nobody is followed from link to link.
CREATE TABLE promotion_visitors (
    link_id TEXT NOT NULL REFERENCES promotion_links (id),
    visitor_hash TEXT NOT NULL,
    PRIMARY KEY (link_id, visitor_hash)
);

-- Members of customers who opened the page signed in, each once.
CREATE TABLE promotion_sign_ins (
    link_id TEXT NOT NULL REFERENCES promotion_links (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    day DATE NOT NULL,
    PRIMARY KEY (link_id, user_id)
);
CREATE INDEX promotion_sign_ins_day ON promotion_sign_ins (link_id, day);
