-- Refused while there are attachments: they are not thrown away by a step back.
DROP TABLE service_message_files;
DROP TABLE service_messages;
DROP TABLE service_requests;
ALTER TABLE files ADD COLUMN any_purpose TEXT NOT NULL DEFAULT 'PACKAGE' CHECK (any_purpose IN (
    'CONTRACT', 'ACCEPTANCE_CERTIFICATE', 'PACKAGE', 'SELF_TEST_EVIDENCE', 'PRODUCT_ICON', 'PRODUCT_SCREENSHOT', 'PRODUCT_IMAGE', 'COOL_APP_ICON',
    'COOL_APP_ENTRY_ICON', 'COOL_APP_THUMBNAIL', 'COOL_APP_CASE'
));
UPDATE files SET any_purpose = purpose;
ALTER TABLE files DROP COLUMN purpose;
ALTER TABLE files RENAME COLUMN any_purpose TO purpose;
