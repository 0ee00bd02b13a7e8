DROP INDEX jobs_finished;
CREATE INDEX jobs_leased ON jobs (status, leased_until);
