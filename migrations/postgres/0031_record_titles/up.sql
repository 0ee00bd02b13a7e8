-- A table that is imported names the records that it links to by their titles.
CREATE INDEX app_records_title ON app_records (instance_id, page_key, title);
