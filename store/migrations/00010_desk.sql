-- +goose Up

-- Who works at the desk, and in which role.
CREATE TABLE accounts (
	name KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (name, revision)
);

-- How far the work on an incident has come, and whose it is.
CREATE TABLE reviews (
	project KEYTEXT NOT NULL,
	incident KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	state KEYTEXT NOT NULL,
	assignee KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, incident, revision)
);
CREATE INDEX reviews_state ON reviews (project, state, incident) WHERE replaced IS NULL;

-- What persons say to one another about an incident.
CREATE TABLE comments (
	project KEYTEXT NOT NULL,
	incident KEYTEXT NOT NULL,
	id KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, id)
);
CREATE INDEX comments_incident ON comments (project, incident, made);

-- What persons did with the documents that came in.
CREATE TABLE answered (
	project KEYTEXT NOT NULL,
	document KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	answer KEYTEXT NOT NULL,
	judgement KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, document, revision)
);
CREATE INDEX answered_judgement ON answered (judgement);
CREATE INDEX answered_document ON answered (project, document) WHERE replaced IS NULL;

-- What lies on the desk and is no part of the record: sessions, one-time links,
-- proofs of who somebody is, drafts. It is written over and thrown away, by no
-- act.
CREATE TABLE slips (
	kind KEYTEXT NOT NULL,
	key KEYTEXT NOT NULL,
	owner KEYTEXT NOT NULL,
	project KEYTEXT NOT NULL,
	ends KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (kind, key)
);
CREATE INDEX slips_owner ON slips (kind, owner, key);
