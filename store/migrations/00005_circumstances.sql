-- +goose Up

-- What happened around incidents and is no harm. place is the key of its place in
-- small letters, '' for everywhere.
CREATE TABLE circumstances (
	project KEYTEXT NOT NULL,
	id KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	kind KEYTEXT NOT NULL,
	place KEYTEXT NOT NULL,
	from_day KEYTEXT NOT NULL,
	to_day KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, id, revision)
);
