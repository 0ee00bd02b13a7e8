DROP TABLE instance_seats;
DROP TABLE order_seats;
DROP TABLE link_seats;
