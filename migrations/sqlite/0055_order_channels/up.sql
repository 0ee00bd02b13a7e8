-- L19: the channel code of the promotion link that an order came through; with the product it tells the link.
ALTER TABLE product_orders ADD COLUMN isv_operation_code TEXT;
CREATE INDEX product_orders_channel ON product_orders (product_id, isv_operation_code, created_at) WHERE isv_operation_code IS NOT NULL;
