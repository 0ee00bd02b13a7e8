DROP TABLE package_imports;
DROP TABLE application_sample_rows;
DROP TABLE application_components;
DROP TABLE application_versions;
DROP TABLE applications;
