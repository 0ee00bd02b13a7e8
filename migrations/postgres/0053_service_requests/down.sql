-- Refused while there are attachments: they are not thrown away by a step back.
DROP TABLE service_message_files;
DROP TABLE service_messages;
DROP TABLE service_requests;
ALTER TABLE files DROP CONSTRAINT files_purpose_check;
ALTER TABLE files ADD CONSTRAINT files_purpose_check CHECK (purpose IN (
    'CONTRACT', 'ACCEPTANCE_CERTIFICATE', 'PACKAGE', 'SELF_TEST_EVIDENCE', 'PRODUCT_ICON', 'PRODUCT_SCREENSHOT', 'PRODUCT_IMAGE', 'COOL_APP_ICON',
    'COOL_APP_ENTRY_ICON', 'COOL_APP_THUMBNAIL', 'COOL_APP_CASE'
));
