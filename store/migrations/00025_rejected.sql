-- +goose Up

-- The reports that persons rejected, of which no toll of a period counts either.
CREATE INDEX answered_rejected ON answered (project, document) WHERE answer = 'rejected';
