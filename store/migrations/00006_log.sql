-- +goose Up

-- The log: for each act its leaf, every hash of the tree over the leaves, and the
-- signed checkpoints. lines is a line for each row that the act made, ended or
-- cut, with its salted hash; salts is what the salts follow from. These rows are
-- of no act themselves: the tree and its checkpoints hold them.
CREATE TABLE leaves (
	act BIGINT NOT NULL PRIMARY KEY,
	lines TEXT NOT NULL,
	salts TEXT NOT NULL
);

CREATE TABLE hashes (
	n BIGINT NOT NULL PRIMARY KEY,
	hash KEYTEXT NOT NULL
);

CREATE TABLE checkpoints (
	size BIGINT NOT NULL PRIMARY KEY,
	note TEXT NOT NULL
);

-- What happened to the evidence of a document after it came: who looked at it,
-- copied it, took it over or took it out. n counts from 1.
CREATE TABLE custody (
	document KEYTEXT NOT NULL,
	n BIGINT NOT NULL,
	what KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (document, n)
);

-- Rows whose content was taken out, each the tombstone of a line of the log: the
-- act, kind, table, key and hash of the line, with the authority and the reason.
CREATE TABLE cuts (
	act BIGINT NOT NULL,
	kind KEYTEXT NOT NULL,
	of KEYTEXT NOT NULL,
	key KEYTEXT NOT NULL,
	hash KEYTEXT NOT NULL,
	authority KEYTEXT NOT NULL,
	why TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (act, kind, of, key)
);
