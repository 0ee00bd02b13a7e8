DROP INDEX app_records_title;
