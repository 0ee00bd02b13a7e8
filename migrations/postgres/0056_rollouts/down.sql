-- Refused while there are deliveries of rollouts: they are not thrown away by a step back.
DROP TABLE rollout_subscribers;
DROP TABLE rollout_waves;
DROP TABLE rollouts;
DROP INDEX licenses_product;
ALTER TABLE deliveries DROP CONSTRAINT deliveries_kind_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_kind_check
    CHECK (kind IN ('APP', 'NEW_PAGES', 'OVERWRITE_PAGES', 'CUSTOM_COMPONENTS', 'ROLLBACK'));
