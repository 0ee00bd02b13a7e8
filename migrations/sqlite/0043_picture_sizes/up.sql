-- Pictures of products (L4): three purposes more, and how many pixels a picture has. A column that admits them takes the place of
-- one that does not, which spares building the table anew.
ALTER TABLE files ADD COLUMN any_purpose TEXT NOT NULL DEFAULT 'PACKAGE' CHECK (any_purpose IN (
    'CONTRACT', 'ACCEPTANCE_CERTIFICATE', 'PACKAGE', 'SELF_TEST_EVIDENCE', 'PRODUCT_ICON', 'PRODUCT_SCREENSHOT', 'PRODUCT_IMAGE'
));
UPDATE files SET any_purpose = purpose;
ALTER TABLE files DROP COLUMN purpose;
ALTER TABLE files RENAME COLUMN any_purpose TO purpose;
ALTER TABLE files ADD COLUMN width INTEGER;
ALTER TABLE files ADD COLUMN height INTEGER;
