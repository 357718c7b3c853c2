-- +goose Up

-- What documents say, put into other languages by persons and programs.
CREATE TABLE translations (
	document KEYTEXT NOT NULL,
	n BIGINT NOT NULL,
	language KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (document, n)
);
