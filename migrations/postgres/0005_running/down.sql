DROP TABLE app_records;
DROP TABLE instance_components;
DROP TABLE delivery_items;
DROP TABLE deliveries;
DROP TABLE instance_audiences;
DROP TABLE app_instances;
