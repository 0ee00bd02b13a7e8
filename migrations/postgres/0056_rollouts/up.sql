-- Rollouts (L17): a new version comes to those who hold a license, in waves, by deliveries of a kind of their own.

ALTER TABLE deliveries DROP CONSTRAINT deliveries_kind_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_kind_check
    CHECK (kind IN ('APP', 'NEW_PAGES', 'OVERWRITE_PAGES', 'CUSTOM_COMPONENTS', 'ROLLBACK', 'UPGRADE'));

-- Rollouts (版本推送) of a new version to those who hold a license of a product.
CREATE TABLE rollouts (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    product_id TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    version_id TEXT COLLATE "C" NOT NULL REFERENCES application_versions (id),
    version_number TEXT COLLATE "C" NOT NULL,
    -- As the product was called when it began.
    product_name TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('RUNNING', 'PAUSED', 'STOPPED', 'FINISHED')),
    -- The next wave begins by itself once nobody of the one before waits or runs, and nobody of it failed.
    automatic BOOLEAN NOT NULL,
    -- Subscribers when it began.
    total INTEGER NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    -- The product while it runs or is paused: one at a time.
    open_key TEXT COLLATE "C" UNIQUE,
    version INTEGER NOT NULL
);
CREATE INDEX rollouts_partner ON rollouts (partner_id, id);
CREATE INDEX rollouts_product ON rollouts (product_id, id);

-- Who gets it when; planned once, when the rollout begins.
CREATE TABLE rollout_waves (
    rollout_id TEXT COLLATE "C" NOT NULL REFERENCES rollouts (id),
    number INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('ALL', 'PERCENT', 'LIST')),
    -- Of all subscribers; of PERCENT alone.
    percent INTEGER,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('PLANNED', 'RUNNING', 'FINISHED', 'STOPPED')),
    total INTEGER NOT NULL,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    PRIMARY KEY (rollout_id, number)
);

CREATE TABLE rollout_subscribers (
    rollout_id TEXT COLLATE "C" NOT NULL REFERENCES rollouts (id),
    license_id TEXT COLLATE "C" NOT NULL REFERENCES licenses (id),
    organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    -- NULL where the waves leave it out.
    wave INTEGER,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN (
        'PLANNED', 'WAITING', 'RUNNING', 'DONE', 'DONE_KEPT', 'FROZEN', 'FAILED', 'SKIPPED', 'STOPPED'
    )),
    -- Why it waits, was left out or failed.
    reason TEXT COLLATE "C",
    from_version TEXT COLLATE "C" NOT NULL,
    -- The end of the freeze windows that keep it waiting.
    frozen_until TIMESTAMP,
    delivery_id TEXT COLLATE "C" REFERENCES deliveries (id),
    -- JSON: what stayed as it is because the customer changed it.
    kept TEXT COLLATE "C" NOT NULL,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    version INTEGER NOT NULL,
    PRIMARY KEY (rollout_id, license_id)
);
CREATE INDEX rollout_subscribers_state ON rollout_subscribers (rollout_id, state, license_id);
CREATE INDEX rollout_subscribers_wave ON rollout_subscribers (rollout_id, wave, state, license_id);
CREATE INDEX rollout_subscribers_organization ON rollout_subscribers (organization_id, state);
CREATE INDEX rollout_subscribers_instance ON rollout_subscribers (instance_id, rollout_id);
CREATE INDEX rollout_subscribers_delivery ON rollout_subscribers (delivery_id);
CREATE INDEX licenses_product ON licenses (product_id, id);
