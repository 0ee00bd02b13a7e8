DROP INDEX audit_entries_maintenance;
