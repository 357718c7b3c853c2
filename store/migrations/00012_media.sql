-- +goose Up

-- What pictures and films look like, so that those that look alike are found.
CREATE TABLE likenesses (
	ref KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (ref, revision)
);

-- What persons decided of pictures and films.
CREATE TABLE media_flags (
	ref KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	graphic BOOLEAN NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (ref, revision)
);
