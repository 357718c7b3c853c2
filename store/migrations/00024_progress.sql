-- +goose Up

-- How far what was collected has come, counted up by each act: what is in_review,
-- signed, changed or published, incidents and claims of a project, and documents of
-- every project, those without a problem and those with each kind of one. It follows
-- from the other tables and is held against them when the record is verified.
CREATE TABLE progress (
	project KEYTEXT NOT NULL,
	what KEYTEXT NOT NULL,
	count BIGINT NOT NULL,
	PRIMARY KEY (project, what)
);
