-- Licenses (授权) and what opens, renews and raises them: orders of products, their payments, and the deliveries that follow.

CREATE TABLE licenses (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    partner_id TEXT NOT NULL REFERENCES organizations (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    application_id TEXT NOT NULL REFERENCES applications (id),
    -- Names as both sides knew them when it was opened last.
    product_name TEXT NOT NULL,
    organization_name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('TRIAL', 'FREE', 'ACTIVE', 'EXPIRED', 'REFUNDED')),
    item_code TEXT,
    plan_name TEXT NOT NULL,
    -- Nothing is no limit.
    seats INTEGER,
    from_at TIMESTAMP NOT NULL,
    -- Nothing is no end.
    until_at TIMESTAMP,
    -- JSON: the stretches that were paid for, one after the other.
    terms TEXT NOT NULL,
    -- When its one trial began.
    tried_at TIMESTAMP,
    -- Days before the end of which the customer was reminded last.
    reminded_days INTEGER,
    instance_id TEXT REFERENCES app_instances (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (organization_id, product_id)
);
CREATE INDEX licenses_organization ON licenses (organization_id, id);
CREATE INDEX licenses_partner ON licenses (partner_id, id);
CREATE INDEX licenses_trials ON licenses (product_id, tried_at);

CREATE TABLE product_orders (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    partner_id TEXT NOT NULL REFERENCES organizations (id),
    customer_id TEXT NOT NULL REFERENCES organizations (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    revision_id TEXT NOT NULL REFERENCES product_revisions (id),
    -- Once it opened something.
    license_id TEXT REFERENCES licenses (id),
    product_name TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    charge_type TEXT NOT NULL CHECK (charge_type IN ('TRIAL', 'FREE', 'PAID')),
    order_type TEXT NOT NULL CHECK (order_type IN ('BUY', 'RENEW', 'UPGRADE', 'RENEW_UPGRADE', 'RENEW_DEGRADE')),
    status TEXT NOT NULL CHECK (status IN ('AWAITING_PAYMENT', 'PAID', 'REFUNDING', 'REFUNDED', 'CLOSED')),
    item_code TEXT,
    plan_name TEXT NOT NULL,
    seats INTEGER,
    months INTEGER,
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    currency TEXT NOT NULL,
    -- JSON: what the amount pays for, from when until when, and the license before it, which a refund puts back.
    service TEXT NOT NULL,
    ordered_by TEXT NOT NULL REFERENCES users (id),
    -- The partner ordered for the customer.
    by_partner BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    pay_until TIMESTAMP,
    paid_at TIMESTAMP,
    payment_provider TEXT CHECK (payment_provider IN ('OFFLINE', 'GATEWAY')),
    payment_reference TEXT NOT NULL,
    close_reason TEXT CHECK (close_reason IN ('CUSTOMER', 'PARTNER', 'NOT_PAID_IN_TIME')),
    closed_at TIMESTAMP,
    -- Customer and product while it waits for its payment: one at a time.
    open_key TEXT UNIQUE,
    -- What both sides find it by.
    search_text TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX product_orders_partner ON product_orders (partner_id, id);
CREATE INDEX product_orders_customer ON product_orders (customer_id, id);
CREATE INDEX product_orders_partner_status ON product_orders (partner_id, status, id);
CREATE INDEX product_orders_customer_status ON product_orders (customer_id, status, id);
CREATE INDEX product_orders_license ON product_orders (license_id, id);

-- What of an order goes back.
CREATE TABLE product_refunds (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES product_orders (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    refund_by TEXT NOT NULL CHECK (refund_by IN ('BUYER', 'PARTNER')),
    reason TEXT NOT NULL,
    -- Nothing for what a gateway gave back by itself.
    asked_by TEXT REFERENCES users (id),
    asked_at TIMESTAMP NOT NULL,
    refunded_at TIMESTAMP,
    reference TEXT NOT NULL
);

-- What a gateway told of payments, each once, whenever it comes.
CREATE TABLE payment_events (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES product_orders (id),
    kind TEXT NOT NULL CHECK (kind IN ('PAYMENT_SUCCEEDED', 'PAYMENT_FAILED', 'REFUND_SUCCEEDED', 'REFUND_FAILED')),
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    reference TEXT NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    received_at TIMESTAMP NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('WAITING', 'APPLIED', 'IGNORED', 'TO_RETURN'))
);
CREATE INDEX payment_events_order ON payment_events (order_id, occurred_at);

ALTER TABLE deliveries ADD COLUMN license_id TEXT REFERENCES licenses (id);
CREATE INDEX deliveries_license ON deliveries (license_id, id);
ALTER TABLE app_instances ADD COLUMN license_id TEXT REFERENCES licenses (id);
