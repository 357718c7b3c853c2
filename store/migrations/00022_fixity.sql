-- +goose Up

-- Looks through the whole record for what is no longer as it was recorded.
CREATE TABLE fixity_checks (
	n BIGINT NOT NULL,
	faults BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (n)
);
