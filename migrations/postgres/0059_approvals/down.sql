DROP VIEW approvals;
DROP INDEX cool_apps_decided;
DROP INDEX cool_apps_partner_decided;
DROP INDEX product_revisions_decided;
DROP INDEX product_revisions_category_decided;
DROP INDEX product_revisions_partner_decided;
DROP INDEX amendments_decided;
DROP INDEX amendments_partner_decided;
DROP INDEX projects_decided;
DROP INDEX projects_organization_decided;
DROP INDEX distribution_permissions_decided;
DROP INDEX distribution_permissions_partner_decided;
DROP INDEX cool_apps_approval_started;
DROP INDEX products_approval_started;
DROP INDEX product_revisions_approval_started;
DROP INDEX amendments_approval_started;
DROP INDEX projects_approval_started;
DROP INDEX distribution_permissions_approval_started;
DROP INDEX cool_apps_approval_queue;
DROP INDEX products_approval_category;
DROP INDEX products_approval_queue;
DROP INDEX product_revisions_approval_category;
DROP INDEX product_revisions_approval_queue;
DROP INDEX amendments_approval_queue;
DROP INDEX projects_approval_queue;
DROP INDEX distribution_permissions_approval_queue;
ALTER TABLE cool_apps
    ALTER COLUMN id TYPE TEXT,
    ALTER COLUMN organization_id TYPE TEXT,
    ALTER COLUMN name TYPE TEXT,
    ALTER COLUMN submitted_by TYPE TEXT,
    ALTER COLUMN decided_by TYPE TEXT;
CREATE INDEX projects_organization_decided ON projects (organization_id, decided_at);
DROP TABLE delisting_decisions;
ALTER TABLE distribution_permissions DROP COLUMN decided_by;
