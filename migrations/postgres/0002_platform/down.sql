DROP TABLE entitlements;
DROP TABLE files;
DROP TABLE jobs;
DROP TABLE idempotency_keys;
DROP TABLE audit_entries;
