-- Leases are renewed all the time and running jobs are few: they are found by their status. What is forgotten after a while is found by
-- when it ended.
DROP INDEX jobs_leased;
CREATE INDEX jobs_finished ON jobs (finished_at);
