-- +goose Up

-- What persons said of pairs of entries without seeing what others said. a and b
-- are list/key, the lesser first.
CREATE TABLE labels (
	project KEYTEXT NOT NULL,
	a KEYTEXT NOT NULL,
	b KEYTEXT NOT NULL,
	who KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, a, b, who, revision)
);
