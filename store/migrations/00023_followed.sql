-- +goose Up

-- What a few acts changed of the readings that projects go by.
CREATE INDEX project_readings_made ON project_readings (made);
CREATE INDEX project_readings_replaced ON project_readings (replaced) WHERE replaced IS NOT NULL;
