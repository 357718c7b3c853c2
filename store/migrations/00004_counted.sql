-- +goose Up

-- What totals add up: each figure of each incident at each stage, with all that a
-- total chooses and groups by. It follows from incidents and standings, and is
-- made in the act that changes them. first is the day, month or year on which
-- the incident began; recorder the other recorder whose incident it is; parties
-- are parted by the character 31.
CREATE TABLE counted (
	project KEYTEXT NOT NULL,
	stage KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	harm KEYTEXT NOT NULL,
	class KEYTEXT NOT NULL,
	grading KEYTEXT NOT NULL,
	recorder KEYTEXT NOT NULL,
	first KEYTEXT NOT NULL,
	from_day KEYTEXT NOT NULL,
	to_day KEYTEXT NOT NULL,
	place KEYTEXT NOT NULL,
	admin1 KEYTEXT NOT NULL,
	country KEYTEXT NOT NULL,
	means KEYTEXT NOT NULL,
	parties KEYTEXT NOT NULL,
	min BIGINT,
	max BIGINT,
	open BOOLEAN NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, stage, code, harm, class, made)
);
CREATE INDEX counted_made ON counted (made);
CREATE INDEX counted_replaced ON counted (replaced) WHERE replaced IS NOT NULL;
