-- +goose Up

-- Sources that are looked at again and again.
CREATE TABLE lookouts (
	project KEYTEXT NOT NULL,
	name KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, name, revision)
);

-- How each stands after its last look.
CREATE TABLE lookout_states (
	project KEYTEXT NOT NULL,
	name KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, name, revision)
);

-- What each has found; mark tells a thing from other versions of it. The lookout
-- '' is that of addresses that were captured by hand.
CREATE TABLE lookout_seen (
	project KEYTEXT NOT NULL,
	name KEYTEXT NOT NULL,
	mark KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	at KEYTEXT NOT NULL,
	outcome KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, name, mark, revision)
);
