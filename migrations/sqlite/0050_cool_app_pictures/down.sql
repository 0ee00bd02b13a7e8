-- Refused while there are pictures of cool apps: they are not thrown away by a step back.
ALTER TABLE files ADD COLUMN any_purpose TEXT NOT NULL DEFAULT 'PACKAGE' CHECK (any_purpose IN (
    'CONTRACT', 'ACCEPTANCE_CERTIFICATE', 'PACKAGE', 'SELF_TEST_EVIDENCE', 'PRODUCT_ICON', 'PRODUCT_SCREENSHOT', 'PRODUCT_IMAGE'
));
UPDATE files SET any_purpose = purpose;
ALTER TABLE files DROP COLUMN purpose;
ALTER TABLE files RENAME COLUMN any_purpose TO purpose;
