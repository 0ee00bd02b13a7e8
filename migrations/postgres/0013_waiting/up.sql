-- What waits for a person is found by its state, however much lies behind it.
CREATE INDEX app_instances_organization_status ON app_instances (organization_id, status, id);
CREATE INDEX projects_organization_decided ON projects (organization_id, decided_at);
