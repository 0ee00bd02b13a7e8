-- What a partner sold over time, and how many distribution links each of its applications has (L4).
CREATE INDEX licenses_partner_opened ON licenses (partner_id, created_at);
CREATE INDEX product_orders_partner_placed ON product_orders (partner_id, created_at);
CREATE INDEX product_orders_partner_paid ON product_orders (partner_id, paid_at) WHERE paid_at IS NOT NULL;
CREATE INDEX distribution_links_application ON distribution_links (application_id);
