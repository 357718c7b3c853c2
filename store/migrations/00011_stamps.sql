-- +goose Up

-- What others attest of signed checkpoints of the log: that they were there at a
-- time. A stamp that nobody answered for yet stands in the queue.
CREATE TABLE stamps (
	acts BIGINT NOT NULL,
	sender KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	state KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (acts, sender, revision)
);
