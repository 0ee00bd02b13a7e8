-- Refused while there are pictures of cool apps: they are not thrown away by a step back.
ALTER TABLE files DROP CONSTRAINT files_purpose_check;
ALTER TABLE files ADD CONSTRAINT files_purpose_check CHECK (purpose IN (
    'CONTRACT', 'ACCEPTANCE_CERTIFICATE', 'PACKAGE', 'SELF_TEST_EVIDENCE', 'PRODUCT_ICON', 'PRODUCT_SCREENSHOT', 'PRODUCT_IMAGE'
));
