-- Orders: everything that happened to each (D20).
CREATE TABLE order_events (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    at TIMESTAMP NOT NULL,
    -- An open set: each chapter adds its kinds.
    kind TEXT NOT NULL,
    -- NULL for the system.
    user_id TEXT REFERENCES users (id),
    -- For which the person acted.
    organization_id TEXT REFERENCES organizations (id),
    delivery_id TEXT REFERENCES deliveries (id),
    -- Structured facts of the kind as JSON, put into words when read.
    facts TEXT
);
CREATE INDEX order_events_order ON order_events (order_id, at, id);

-- What happened before there was a timeline stands in the partner's and the customer's audit log.
INSERT INTO order_events (id, order_id, at, kind, user_id, organization_id, delivery_id, facts)
SELECT 'step_' || substr(a.id, 7), o.id, a.at, 'ORDERED', a.actor_id, a.acting_organization_id, NULL, NULL
FROM audit_entries a
JOIN orders o ON o.id = a.object_id AND o.customer_id = a.organization_id
WHERE a.action = 'order.created';

INSERT INTO order_events (id, order_id, at, kind, user_id, organization_id, delivery_id, facts)
SELECT 'step_' || substr(a.id, 7), d.order_id, a.at,
    CASE a.action
        WHEN 'delivery.queued' THEN 'DELIVERY_QUEUED'
        WHEN 'delivery.retried' THEN 'DELIVERY_RETRIED'
        WHEN 'delivery.succeeded' THEN 'DELIVERY_SUCCEEDED'
        WHEN 'delivery.cancelled' THEN 'DELIVERY_CANCELLED'
        WHEN 'delivery.partly_sent' THEN 'DELIVERY_PARTLY_SENT'
        ELSE 'DELIVERY_FAILED'
    END,
    a.actor_id, a.acting_organization_id, d.id, NULL
FROM audit_entries a
JOIN deliveries d ON d.id = a.object_id AND d.partner_id = a.organization_id
WHERE a.action IN (
    'delivery.queued', 'delivery.retried', 'delivery.succeeded', 'delivery.cancelled', 'delivery.partly_sent',
    'delivery.failed', 'delivery.given_up'
);

INSERT INTO order_events (id, order_id, at, kind, user_id, organization_id, delivery_id, facts)
SELECT 'step_' || substr(a.id, 7), i.order_id, a.at,
    CASE a.action
        WHEN 'instance.accepted' THEN 'ACCEPTED'
        WHEN 'instance.maintenance_reopened' THEN 'DEV_MAINTENANCE_REOPENED'
        WHEN 'instance.enabled' THEN 'ENABLED'
        WHEN 'instance.disabled' THEN 'DISABLED'
        ELSE 'REMOVED'
    END,
    a.actor_id, a.acting_organization_id, NULL, NULL
FROM audit_entries a
JOIN app_instances i ON i.id = a.object_id AND i.organization_id = a.organization_id
WHERE a.action IN (
    'instance.accepted', 'instance.maintenance_reopened', 'instance.enabled', 'instance.disabled', 'instance.removed'
);
