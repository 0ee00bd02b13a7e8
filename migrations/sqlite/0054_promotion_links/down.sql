DROP TABLE promotion_sign_ins;
DROP TABLE promotion_visitors;
DROP TABLE promotion_visits;
DROP TABLE promotion_links;
