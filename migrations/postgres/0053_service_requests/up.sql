-- Service requests (L25): what a customer asks the partner about an application, the thread of messages, and how long answers took.

-- Attachments are one more purpose of files.
ALTER TABLE files DROP CONSTRAINT files_purpose_check;
ALTER TABLE files ADD CONSTRAINT files_purpose_check CHECK (purpose IN (
    'CONTRACT', 'ACCEPTANCE_CERTIFICATE', 'PACKAGE', 'SELF_TEST_EVIDENCE', 'PRODUCT_ICON', 'PRODUCT_SCREENSHOT', 'PRODUCT_IMAGE', 'COOL_APP_ICON',
    'COOL_APP_ENTRY_ICON', 'COOL_APP_THUMBNAIL', 'COOL_APP_CASE',
    'SERVICE_ATTACHMENT'
));

CREATE TABLE service_requests (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    instance_id TEXT COLLATE "C" NOT NULL REFERENCES app_instances (id),
    -- Of which the instance is a copy; NULL where none of its components is left to tell.
    application_id TEXT COLLATE "C" REFERENCES applications (id),
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    customer_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('QUESTION', 'FAULT', 'CHANGE')),
    title TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('OPEN', 'ANSWERED', 'CLOSED')),
    opened_by TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    opened_at TIMESTAMP NOT NULL,
    -- The last message: lists are ordered by it.
    changed_at TIMESTAMP NOT NULL,
    -- Since when the partner's answer is waited for; NULL while it is not.
    waiting_since TIMESTAMP,
    first_response_at TIMESTAMP,
    -- Seconds from the opening; kept, so that an overview adds up what an index holds.
    first_response_seconds BIGINT,
    closed_at TIMESTAMP,
    closed_by TEXT COLLATE "C" REFERENCES users (id),
    closing_seconds BIGINT,
    version INTEGER NOT NULL
);
CREATE INDEX service_requests_partner ON service_requests (partner_id, changed_at, id);
CREATE INDEX service_requests_partner_status ON service_requests (partner_id, status, changed_at, id);
CREATE INDEX service_requests_partner_application ON service_requests (partner_id, application_id, changed_at, id);
CREATE INDEX service_requests_partner_waiting ON service_requests (partner_id, waiting_since, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX service_requests_partner_answered ON service_requests (partner_id, first_response_at, first_response_seconds);
CREATE INDEX service_requests_partner_closed ON service_requests (partner_id, closed_at, closing_seconds);
CREATE INDEX service_requests_customer ON service_requests (customer_id, changed_at, id);
CREATE INDEX service_requests_customer_status ON service_requests (customer_id, status, changed_at, id);
CREATE INDEX service_requests_opener ON service_requests (customer_id, opened_by, changed_at, id);
CREATE INDEX service_requests_instance ON service_requests (instance_id, changed_at, id);

-- The thread of a request; messages are added and never changed.
CREATE TABLE service_messages (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    request_id TEXT COLLATE "C" NOT NULL REFERENCES service_requests (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('OPENED', 'ANSWERED', 'REPLIED', 'REOPENED', 'CLOSED')),
    side TEXT COLLATE "C" NOT NULL CHECK (side IN ('PARTNER', 'CUSTOMER')),
    author_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    -- Empty where a request was closed without a word.
    text TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX service_messages_request ON service_messages (request_id, id);

-- Files of messages: a file belongs to one message, and whoever sees the request downloads it.
CREATE TABLE service_message_files (
    message_id TEXT COLLATE "C" NOT NULL REFERENCES service_messages (id),
    position INTEGER NOT NULL,
    request_id TEXT COLLATE "C" NOT NULL REFERENCES service_requests (id),
    file_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES files (id),
    PRIMARY KEY (message_id, position)
);
