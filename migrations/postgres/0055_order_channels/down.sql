DROP INDEX product_orders_channel;
ALTER TABLE product_orders DROP COLUMN isv_operation_code;
