-- Refused while there are pictures of products: they are not thrown away by a step back.
ALTER TABLE files ADD COLUMN any_purpose TEXT NOT NULL DEFAULT 'PACKAGE'
    CHECK (any_purpose IN ('CONTRACT', 'ACCEPTANCE_CERTIFICATE', 'PACKAGE', 'SELF_TEST_EVIDENCE'));
UPDATE files SET any_purpose = purpose;
ALTER TABLE files DROP COLUMN purpose;
ALTER TABLE files RENAME COLUMN any_purpose TO purpose;
ALTER TABLE files DROP COLUMN height;
ALTER TABLE files DROP COLUMN width;
