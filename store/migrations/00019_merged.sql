-- +goose Up

-- The few incidents that were merged into another, so that the others are counted
-- by an index alone.
CREATE INDEX incidents_merged ON incidents (project, code) WHERE replaced IS NULL AND "into" <> '';
