-- A reviewer reads everybody's log: what happened to an object, or in a remote maintenance, whoever's log it stands in.
CREATE INDEX audit_entries_any_object ON audit_entries (object_id, position);
CREATE INDEX audit_entries_any_maintenance ON audit_entries (maintenance_session_id, position)
    WHERE maintenance_session_id IS NOT NULL;
