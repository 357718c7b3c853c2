-- +goose Up

-- The words of the project's own that an assessment is found by.
CREATE TABLE tags (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	tag KEYTEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, revision, tag),
	FOREIGN KEY (project, code, revision) REFERENCES assessments (project, code, revision)
);
CREATE INDEX tags_tag ON tags (project, tag, code);
