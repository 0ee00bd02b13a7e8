-- Notifications (P9): a row for each person whom it concerns, in the organisation in which it does; and who wants mails.
CREATE TABLE notifications (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    -- Where screens lead to.
    object_id TEXT NOT NULL,
    -- JSON: names and reasons as they were then; put into words when it is read.
    parameters TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    read_at TIMESTAMP
);
CREATE INDEX notifications_person ON notifications (user_id, organization_id, id);
CREATE INDEX notifications_unread ON notifications (user_id, organization_id, id) WHERE read_at IS NULL;
CREATE INDEX notifications_object ON notifications (object_id, kind);
CREATE INDEX notifications_created ON notifications (created_at);

-- What a person chose; a group without a row is as it is by default.
CREATE TABLE notification_preferences (
    user_id TEXT NOT NULL REFERENCES users (id),
    topic TEXT NOT NULL,
    email BOOLEAN NOT NULL,
    PRIMARY KEY (user_id, topic)
);

-- Who is told: the few who hold more than an employee's role, and those of the platform.
CREATE INDEX memberships_staff ON memberships (organization_id) WHERE roles <> 'CUSTOMER_EMPLOYEE';
CREATE INDEX organizations_platform ON organizations (id) WHERE is_platform;
