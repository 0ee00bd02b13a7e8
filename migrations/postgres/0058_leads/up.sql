-- Leads (商机, L24): who is interested in a product, with what they agreed to pass on, and what became of it.
CREATE TABLE leads (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    product_id TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    product_name TEXT COLLATE "C" NOT NULL,
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    customer_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    source TEXT COLLATE "C" NOT NULL CHECK (source IN ('CONSULTATION', 'TRIAL', 'ASK_ADMINS', 'PROMOTION')),
    -- Of the promotion link through which the person came.
    channel_code TEXT COLLATE "C",
    -- What was passed on, as it was then.
    organization_name TEXT COLLATE "C" NOT NULL,
    person_name TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    -- Empty where it was not given.
    phone TEXT COLLATE "C" NOT NULL,
    message TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('NEW', 'CONTACTED', 'WON', 'LOST')),
    lost_reason TEXT COLLATE "C" NOT NULL,
    -- The pre-sales contact who looks after it.
    assigned_to TEXT COLLATE "C" REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    contacted_at TIMESTAMP,
    closed_at TIMESTAMP,
    -- Of person, product and source while the lead is open: who asks again adds to it.
    open_key TEXT COLLATE "C" UNIQUE,
    version INTEGER NOT NULL
);
CREATE INDEX leads_partner ON leads (partner_id, id);
CREATE INDEX leads_partner_status ON leads (partner_id, status, id);
CREATE INDEX leads_partner_product ON leads (partner_id, product_id, id);
CREATE INDEX leads_partner_source ON leads (partner_id, source, id);
CREATE INDEX leads_partner_person ON leads (partner_id, assigned_to, id);
CREATE INDEX leads_customer ON leads (customer_id, id);
CREATE INDEX leads_customer_person ON leads (customer_id, user_id, id);
-- The daily cap.
CREATE INDEX leads_product_day ON leads (product_id, created_at);
-- How much a contact has to do.
CREATE INDEX leads_open ON leads (assigned_to) WHERE open_key IS NOT NULL;

-- What happened to a lead; rows are added and never changed.
CREATE TABLE lead_events (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    lead_id TEXT COLLATE "C" NOT NULL REFERENCES leads (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('CREATED', 'ASKED_AGAIN', 'ASSIGNED', 'CONTACTED', 'WON', 'LOST')),
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    -- A message, a note or a reason; empty without one.
    note TEXT COLLATE "C" NOT NULL,
    -- To whom it was given.
    assigned_to TEXT COLLATE "C" REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX lead_events_lead ON lead_events (lead_id, id);
