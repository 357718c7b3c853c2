-- +goose Up

-- Lists of victims as they are kept, with their releases.
CREATE TABLE lists (
	project KEYTEXT NOT NULL,
	id KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, id, revision)
);

-- What lists say of persons. number is the order of arrival in the project.
CREATE TABLE entries (
	project KEYTEXT NOT NULL,
	list KEYTEXT NOT NULL,
	key KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	number BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, list, key, revision)
);
CREATE INDEX entries_number ON entries (project, number);

-- Entries that may be one person, as the linkage weighed them. a and b are
-- list/key.
CREATE TABLE matches (
	project KEYTEXT NOT NULL,
	a KEYTEXT NOT NULL,
	b KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	joined BIGINT NOT NULL,
	probability DOUBLE PRECISION NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, a, b, revision)
);
