-- Sending pages and components after the application (D16, D17), and taking an overwrite back.
ALTER TABLE deliveries DROP CONSTRAINT deliveries_kind_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_kind_check
    CHECK (kind IN ('APP', 'NEW_PAGES', 'OVERWRITE_PAGES', 'CUSTOM_COMPONENTS', 'ROLLBACK'));
-- For which organisation the person acted: the partner, or the customer that takes an overwrite back.
ALTER TABLE deliveries ADD COLUMN created_by_organization_id TEXT COLLATE "C" REFERENCES organizations (id);
UPDATE deliveries SET created_by_organization_id = partner_id;
ALTER TABLE deliveries ALTER COLUMN created_by_organization_id SET NOT NULL;
-- Of new pages: the folder that is made for them.
ALTER TABLE deliveries ADD COLUMN folder TEXT COLLATE "C";
-- Of a rollback: the overwrite that it takes back.
ALTER TABLE deliveries ADD COLUMN rolls_back_id TEXT COLLATE "C" REFERENCES deliveries (id);
-- Of an overwrite: the rollback that took it back.
ALTER TABLE deliveries ADD COLUMN rolled_back_by_id TEXT COLLATE "C" REFERENCES deliveries (id);

-- How an item arrives, as the checks promised it: NULL before they passed and for what stays behind.
ALTER TABLE delivery_items ADD COLUMN arrives TEXT COLLATE "C";
ALTER TABLE delivery_items ADD COLUMN sample_rows INTEGER NOT NULL DEFAULT 0;
-- Whether the database may copy it, or the server takes secrets, code and members out first (D23, D24).
ALTER TABLE delivery_items ADD COLUMN as_is BOOLEAN NOT NULL DEFAULT FALSE;
-- Of an overwrite: the fingerprint of the page that was acknowledged.
ALTER TABLE delivery_items ADD COLUMN acknowledged TEXT COLLATE "C";
-- What was under way is checked once more, so that its items learn how they arrive.
UPDATE deliveries SET status = 'PREFLIGHT' WHERE status = 'SENDING';

-- How the rows that travel are found as records (D22), made once at import.
ALTER TABLE application_sample_rows ADD COLUMN title TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE application_sample_rows ADD COLUMN search_text TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE application_sample_rows ADD COLUMN link_text TEXT COLLATE "C" NOT NULL DEFAULT '';
-- Whether the database may copy the row as a record: not where it links to others, whose ids are those of each delivery, and not
-- where it was imported before its values were kept.
ALTER TABLE application_sample_rows ADD COLUMN as_is BOOLEAN NOT NULL DEFAULT FALSE;

-- The values of rows that are copied as they are, as lists of records are sorted and filtered by them. Without a constraint, as those
-- of records: its checks would make imports collide that have nothing in common.
CREATE TABLE application_sample_values (
    version_id TEXT COLLATE "C" NOT NULL,
    component_key TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    field_key TEXT COLLATE "C" NOT NULL,
    ordinal INTEGER NOT NULL,
    sort_key TEXT COLLATE "C" NOT NULL,
    whole_text TEXT COLLATE "C",
    PRIMARY KEY (version_id, component_key, position, field_key, ordinal)
);

-- Pages as they were before an overwrite replaced them, written together with their replacement.
CREATE TABLE replaced_pages (
    delivery_id TEXT COLLATE "C" NOT NULL REFERENCES deliveries (id),
    key TEXT COLLATE "C" NOT NULL,
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    folder TEXT COLLATE "C",
    definition TEXT COLLATE "C" NOT NULL,
    required_features TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    -- The delivery that had brought it.
    brought_by_id TEXT COLLATE "C" NOT NULL REFERENCES deliveries (id),
    -- That the customer had changed it (D19).
    changed_at TIMESTAMP,
    changed_by TEXT COLLATE "C",
    -- The rollback that put it back.
    restored_by_id TEXT COLLATE "C" REFERENCES deliveries (id),
    PRIMARY KEY (delivery_id, key)
);

-- Pages that the customer removed: never sent again as if nothing had happened (D16).
CREATE TABLE removed_pages (
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    key TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    -- The delivery that had brought it.
    delivery_id TEXT COLLATE "C" NOT NULL REFERENCES deliveries (id),
    removed_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    removed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (instance_id, key)
);
