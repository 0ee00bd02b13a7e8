-- What was done in a remote maintenance is listed by it (D31).
CREATE INDEX audit_entries_maintenance ON audit_entries (organization_id, maintenance_session_id, position)
    WHERE maintenance_session_id IS NOT NULL;
