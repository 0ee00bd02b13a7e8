-- Refused while a license is there: what was bought is not thrown away by a step back.
CREATE TEMPORARY TABLE opened (nothing TEXT NOT NULL);
INSERT INTO opened SELECT NULL FROM licenses;
DROP TABLE opened;
ALTER TABLE app_instances DROP COLUMN license_id;
DROP INDEX deliveries_license;
ALTER TABLE deliveries DROP COLUMN license_id;
DROP TABLE payment_events;
DROP TABLE product_refunds;
DROP TABLE product_orders;
DROP TABLE licenses;
