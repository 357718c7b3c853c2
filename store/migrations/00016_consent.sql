-- +goose Up

-- Persons of lists as victims of incidents.
CREATE TABLE victims (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	person KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, person, revision)
);

-- The secret of a project by which persons are named in public.
CREATE TABLE secrets (
	project KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	secret TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, revision)
);

-- What people ask about persons of the record, and how they were answered.
CREATE TABLE requests (
	project KEYTEXT NOT NULL,
	id KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	state KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, id, revision)
);
