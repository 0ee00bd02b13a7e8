-- Seats (L15): how many users were agreed on and bought, and who of the customer holds one of them. Nothing here: no limit.
CREATE TABLE link_seats (
    link_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES distribution_links (id),
    seats INTEGER NOT NULL CHECK (seats > 0)
);
CREATE TABLE order_seats (
    order_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES orders (id),
    seats INTEGER NOT NULL CHECK (seats > 0)
);
CREATE TABLE instance_seats (
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    taken_at TIMESTAMP NOT NULL,
    PRIMARY KEY (instance_id, user_id)
);
CREATE INDEX instance_seats_user ON instance_seats (user_id);
