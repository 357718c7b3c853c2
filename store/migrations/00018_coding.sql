-- +goose Up

-- What persons read in a document without seeing what others read in it.
CREATE TABLE codings (
	project KEYTEXT NOT NULL,
	document KEYTEXT NOT NULL,
	coder KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	state KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, document, coder, revision)
);
CREATE INDEX codings_coder ON codings (project, coder, state) WHERE replaced IS NULL;
