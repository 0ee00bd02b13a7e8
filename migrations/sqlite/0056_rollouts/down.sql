-- Refused while there are deliveries of rollouts: they are not thrown away by a step back.
DROP TABLE rollout_subscribers;
DROP TABLE rollout_waves;
DROP TABLE rollouts;
DROP INDEX licenses_product;
ALTER TABLE deliveries ADD COLUMN any_kind TEXT NOT NULL DEFAULT 'APP' CHECK (any_kind IN ('APP', 'NEW_PAGES', 'OVERWRITE_PAGES', 'CUSTOM_COMPONENTS', 'ROLLBACK'));
UPDATE deliveries SET any_kind = kind;
ALTER TABLE deliveries DROP COLUMN kind;
ALTER TABLE deliveries RENAME COLUMN any_kind TO kind;
