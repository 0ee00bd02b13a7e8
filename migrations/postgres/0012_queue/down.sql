ALTER TABLE app_instances RESET (fillfactor);
ALTER TABLE orders RESET (fillfactor);
ALTER TABLE delivery_items RESET (fillfactor);
ALTER TABLE deliveries RESET (fillfactor);
ALTER TABLE jobs RESET (fillfactor);
DROP INDEX jobs_finished;
CREATE INDEX jobs_leased ON jobs (status, leased_until);
