DELETE FROM jobs WHERE kind = 'market.index';
DROP TABLE market_tags;
DROP TABLE market_categories;
DROP TABLE market_cells;
DROP TABLE market_postings;
DROP TABLE market_entries;
DROP TABLE market_places;
ALTER TABLE organizations DROP COLUMN size;
ALTER TABLE organizations DROP COLUMN industry;
