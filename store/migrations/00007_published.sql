-- +goose Up

-- What was made public. A public form stands in a release where it was made no
-- later than the release and was not replaced by then. listing is what tables,
-- maps and totals need of it; body is the rest. digest is the hash of both.
CREATE TABLE releases (
	project KEYTEXT NOT NULL,
	number BIGINT NOT NULL,
	day KEYTEXT NOT NULL,
	digest KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, number)
);

CREATE TABLE published (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	assessment BIGINT NOT NULL,
	digest KEYTEXT NOT NULL,
	listing TEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, revision)
);
CREATE INDEX published_made ON published (project, made);

-- What persons suppressed: an incident by its code, a source by its name, a
-- document or a sentence of it by its key.
CREATE TABLE withheld (
	project KEYTEXT NOT NULL,
	kind KEYTEXT NOT NULL,
	key KEYTEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, kind, key, made)
);
