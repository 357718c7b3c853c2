-- +goose Up

-- Estimates of people that no list names, with the histories that they were
-- computed from.
CREATE TABLE estimates (
	project KEYTEXT NOT NULL,
	id KEYTEXT NOT NULL,
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, id)
);

-- Every run on those histories, n from 1. draws are those of its posteriors, as
-- comma-separated values; '' where it has none.
CREATE TABLE estimate_runs (
	project KEYTEXT NOT NULL,
	estimate KEYTEXT NOT NULL,
	n BIGINT NOT NULL,
	body TEXT NOT NULL,
	draws TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, estimate, n)
);

-- What releases say of estimates that two people signed. draws are those of the
-- run that is put forward.
CREATE TABLE published_estimates (
	project KEYTEXT NOT NULL,
	id KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	digest TEXT NOT NULL,
	body TEXT NOT NULL,
	draws TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, id, revision)
);
