DROP TABLE product_rating_sums;
DROP TABLE product_ratings;
