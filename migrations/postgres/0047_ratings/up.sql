-- Ratings of products (L12): one of an organisation for each product that it bought, with the partner's answer.

CREATE TABLE product_ratings (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    product_id TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
    text TEXT COLLATE "C" NOT NULL,
    rated_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    rated_at TIMESTAMP NOT NULL,
    answer TEXT COLLATE "C" NOT NULL,
    answered_at TIMESTAMP,
    -- Taken from view by an operator.
    hidden_at TIMESTAMP,
    hidden_by TEXT COLLATE "C" REFERENCES users (id),
    hidden_reason TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (product_id, organization_id)
);
CREATE INDEX product_ratings_product ON product_ratings (product_id, id);

-- How many ratings of a product are shown, and their stars together.
CREATE TABLE product_rating_sums (
    product_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES products (id),
    ratings INTEGER NOT NULL,
    stars INTEGER NOT NULL
);
