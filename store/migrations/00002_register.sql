-- +goose Up

-- Packs of places that operators brought in. The places themselves stand in the
-- archive under ref; places is how many they are. A pack that was taken out has
-- a last row with no places and a ref of ''.
CREATE TABLE place_packs (
	project KEYTEXT NOT NULL,
	name KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	ref KEYTEXT NOT NULL,
	places BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, name, revision)
);

-- The register of belligerents, shared by all projects.
CREATE TABLE belligerents (
	id KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (id, revision)
);
