-- Deliveries at work side by side must not make each other's transactions run again. A serializable transaction that finds a row by an
-- index has read the whole page of that index, so a row that changes in place (HOT, no index is written) disturbs nobody, and one that
-- moves disturbs everybody nearby. Hence: no index on what a lease changes all the time, and room on the page for the next state of rows
-- that live through several.
DROP INDEX jobs_leased;
CREATE INDEX jobs_finished ON jobs (finished_at);
ALTER TABLE jobs SET (fillfactor = 50);
ALTER TABLE deliveries SET (fillfactor = 50);
ALTER TABLE delivery_items SET (fillfactor = 40);
ALTER TABLE orders SET (fillfactor = 50);
ALTER TABLE app_instances SET (fillfactor = 50);
