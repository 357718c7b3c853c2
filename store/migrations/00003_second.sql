-- +goose Up

-- How a second reader's look at a document went; reading is what was kept of it,
-- '' where nothing was. No project goes by such a reading.
CREATE TABLE second_readings (
	document KEYTEXT NOT NULL,
	extractor KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	outcome KEYTEXT NOT NULL,
	tries BIGINT NOT NULL,
	kept BIGINT NOT NULL,
	dropped BIGINT NOT NULL,
	reading KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (document, extractor, revision)
);
CREATE INDEX second_readings_outcome ON second_readings (extractor, outcome) WHERE replaced IS NULL;
