DROP TABLE product_events;
DROP TABLE product_tasks;
DROP TABLE product_revisions;
DROP TABLE products;
DROP TABLE payee_accounts;
DROP TABLE pre_tasks;
DROP TABLE category_operators;
DROP TABLE categories;
