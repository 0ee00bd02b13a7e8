DROP INDEX settlements_acceptance_file;
DROP INDEX projects_contract_file;
DROP TABLE amendments;
