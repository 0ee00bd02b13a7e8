-- The order centre: orders by what people sort and narrow them by, and the words by which lists are searched.
DROP INDEX orders_partner;
DROP INDEX orders_customer;
CREATE INDEX orders_partner_created ON orders (partner_id, created_at, id);
CREATE INDEX orders_partner_customer ON orders (partner_id, customer_name, id);
CREATE INDEX orders_partner_application ON orders (partner_id, application_name, id);
CREATE INDEX orders_partner_app_status ON orders (partner_id, app_status, created_at, id);
CREATE INDEX orders_partner_page_status ON orders (partner_id, page_status, created_at, id);
CREATE INDEX orders_customer_created ON orders (customer_id, created_at, id);
CREATE INDEX orders_customer_application ON orders (customer_id, application_name, id);
CREATE INDEX orders_project_created ON orders (project_id, created_at, id);
-- Reviewers read the orders of every partner.
CREATE INDEX orders_created ON orders (created_at, id);
CREATE INDEX orders_customer_name ON orders (customer_name, id);
CREATE INDEX orders_application_name ON orders (application_name, id);
CREATE INDEX orders_app_status ON orders (app_status, created_at, id);
CREATE INDEX orders_page_status ON orders (page_status, created_at, id);

-- Pairs of characters of what people search, each with whoever may find the object by it; see store/search.rs.
CREATE TABLE search_tokens (
    -- An open set: each list that is searched adds its noun.
    noun TEXT COLLATE "C" NOT NULL,
    -- An organisation, or '*' for those who see every object.
    scope TEXT COLLATE "C" NOT NULL,
    token TEXT COLLATE "C" NOT NULL,
    object_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (noun, scope, token, object_id)
);
CREATE INDEX search_tokens_object ON search_tokens (object_id);

WITH RECURSIVE
texts (noun, scope, id, words) AS (
    SELECT 'ORDER', partner_id, id, search_text FROM orders
    UNION
    SELECT 'ORDER', customer_id, id, search_text FROM orders
    UNION
    SELECT 'ORDER', '*', id, search_text FROM orders
    UNION
    SELECT 'PROJECT', organization_id, id, name_key || chr(10) || lower(customer_name) || chr(10) || customer_corp_id FROM projects
    UNION
    SELECT 'PROJECT', '*', id, name_key || chr(10) || lower(customer_name) || chr(10) || customer_corp_id FROM projects
),
positions (n) AS (
    SELECT 1
    UNION ALL
    SELECT n + 1 FROM positions WHERE n < (SELECT coalesce(max(length(words)), 0) FROM texts)
)
INSERT INTO search_tokens (noun, scope, token, object_id)
SELECT DISTINCT
    noun,
    scope,
    -- A pair never reaches over the end of a line.
    CASE WHEN substr(words, n + 1, 1) = chr(10) THEN substr(words, n, 1) ELSE substr(words, n, 2) END,
    id
FROM texts
JOIN positions ON n <= length(words)
WHERE substr(words, n, 1) <> chr(10);
