-- +goose Up

-- What cairn records. The same file makes the tables of SQLite and PostgreSQL.
--
-- made      the act that wrote the row; replaced: the act whose row took its
--           place, null while it stands. Setting it once is the only update.
-- body      the noun as JSON, whole; the columns beside it are what is asked for.
-- KEYTEXT   text that is compared and sorted by its bytes.
-- An unknown text or day is '', an unknown number is null: null is never zero.
-- from_day and to_day are the first and the last day that the dates can mean.

CREATE TABLE acts (
	number BIGINT PRIMARY KEY,
	at KEYTEXT NOT NULL,
	who KEYTEXT NOT NULL,
	what KEYTEXT NOT NULL,
	"on" KEYTEXT NOT NULL,
	why TEXT NOT NULL
);
CREATE INDEX acts_at ON acts (at, number);

CREATE TABLE projects (
	name KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (name, revision)
);

CREATE TABLE sources (
	id KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (id, revision)
);

-- Every name of a source, in small letters, so that any of them finds it.
CREATE TABLE source_names (
	id KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	name KEYTEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (id, revision, name),
	FOREIGN KEY (id, revision) REFERENCES sources (id, revision)
);
CREATE INDEX source_names_name ON source_names (name, id) WHERE replaced IS NULL;

-- n is the receipt's number among those of the same bytes, from 1; a ref of ''
-- is a collection that brought nothing home.
CREATE TABLE receipts (
	ref KEYTEXT NOT NULL,
	n BIGINT NOT NULL,
	at KEYTEXT NOT NULL,
	outcome KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (ref, n)
);

-- taken is the act that first recorded the document; words is what its title,
-- source and address say, in small letters, for searching; layout is its map
-- and its cells. The text stands apart from the body, since it is long.
CREATE TABLE documents (
	id KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	taken BIGINT NOT NULL,
	ref KEYTEXT NOT NULL,
	source KEYTEXT NOT NULL,
	language KEYTEXT NOT NULL,
	published KEYTEXT NOT NULL,
	problem KEYTEXT NOT NULL,
	words TEXT NOT NULL,
	text TEXT NOT NULL,
	layout TEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (id, revision)
);
CREATE INDEX documents_ref ON documents (ref, taken) WHERE replaced IS NULL;
CREATE INDEX documents_taken ON documents (taken, id, problem) WHERE replaced IS NULL;

CREATE TABLE readings (
	id KEYTEXT NOT NULL PRIMARY KEY,
	document KEYTEXT NOT NULL,
	extractor KEYTEXT NOT NULL,
	lexicon KEYTEXT NOT NULL,
	places KEYTEXT NOT NULL,
	policy KEYTEXT NOT NULL,
	claims BIGINT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT
);
CREATE INDEX readings_document ON readings (document, made);

CREATE TABLE claims (
	reading KEYTEXT NOT NULL REFERENCES readings (id),
	n BIGINT NOT NULL,
	document KEYTEXT NOT NULL,
	harm KEYTEXT NOT NULL,
	class KEYTEXT NOT NULL,
	op KEYTEXT NOT NULL,
	low BIGINT,
	high BIGINT,
	range_min BIGINT,
	range_max BIGINT,
	range_open BOOLEAN NOT NULL,
	cumulative BOOLEAN NOT NULL,
	span_start BIGINT NOT NULL,
	span_end BIGINT NOT NULL,
	place_id KEYTEXT NOT NULL,
	place_name KEYTEXT NOT NULL,
	country KEYTEXT NOT NULL,
	admin1 KEYTEXT NOT NULL,
	lat DOUBLE PRECISION,
	lon DOUBLE PRECISION,
	accuracy KEYTEXT NOT NULL,
	stated_from KEYTEXT NOT NULL,
	stated_to KEYTEXT NOT NULL,
	from_day KEYTEXT NOT NULL,
	to_day KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (reading, n)
);
CREATE INDEX claims_campaign ON claims (from_day, reading, n) WHERE cumulative;

-- Where a campaign claim is about: the identifier and names of its place and of
-- every place that holds it, in small letters.
CREATE TABLE claim_places (
	reading KEYTEXT NOT NULL,
	n BIGINT NOT NULL,
	place KEYTEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (reading, n, place),
	FOREIGN KEY (reading, n) REFERENCES claims (reading, n)
);
CREATE INDEX claim_places_place ON claim_places (place, reading, n);

-- Which reading of a document a project goes by.
CREATE TABLE project_readings (
	project KEYTEXT NOT NULL,
	document KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	reading KEYTEXT NOT NULL REFERENCES readings (id),
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, document, revision)
);
CREATE INDEX project_readings_reading ON project_readings (reading, project);

-- number is the number in the code; lengthy is an incident that may have taken
-- more than seven days, or whose days nobody knows; words is for searching.
CREATE TABLE incidents (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	number BIGINT NOT NULL,
	"into" KEYTEXT NOT NULL,
	place_id KEYTEXT NOT NULL,
	place_name KEYTEXT NOT NULL,
	country KEYTEXT NOT NULL,
	admin1 KEYTEXT NOT NULL,
	lat DOUBLE PRECISION,
	lon DOUBLE PRECISION,
	accuracy KEYTEXT NOT NULL,
	stated_from KEYTEXT NOT NULL,
	stated_to KEYTEXT NOT NULL,
	from_day KEYTEXT NOT NULL,
	to_day KEYTEXT NOT NULL,
	lengthy BOOLEAN NOT NULL,
	means KEYTEXT NOT NULL,
	words TEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, revision)
);
CREATE UNIQUE INDEX incidents_code ON incidents (project, code) WHERE replaced IS NULL;
CREATE INDEX incidents_days ON incidents (project, lengthy, from_day, to_day) WHERE replaced IS NULL;
CREATE INDEX incidents_newest ON incidents (project, from_day, code) WHERE replaced IS NULL;
CREATE INDEX incidents_number ON incidents (project, number);

-- position is the claim's place in the incident, from 1.
CREATE TABLE incident_claims (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	position BIGINT NOT NULL,
	reading KEYTEXT NOT NULL,
	document KEYTEXT NOT NULL,
	n BIGINT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, revision, position),
	FOREIGN KEY (project, code, revision) REFERENCES incidents (project, code, revision),
	FOREIGN KEY (reading, n) REFERENCES claims (reading, n)
);
CREATE INDEX incident_claims_document ON incident_claims (document, project, code) WHERE replaced IS NULL;

CREATE TABLE incident_belligerents (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	name KEYTEXT NOT NULL,
	strength KEYTEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, revision, name, strength),
	FOREIGN KEY (project, code, revision) REFERENCES incidents (project, code, revision)
);
CREATE INDEX incident_belligerents_name ON incident_belligerents (project, name, code);

-- Where an incident was: the identifier and names of its place and of every
-- place that holds it, in small letters, so that the total of a governorate
-- takes in its towns.
CREATE TABLE incident_places (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	place KEYTEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, revision, place),
	FOREIGN KEY (project, code, revision) REFERENCES incidents (project, code, revision)
);
CREATE INDEX incident_places_place ON incident_places (project, place, code, revision);

-- The codes that an incident once had.
CREATE TABLE incident_former (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	former KEYTEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, revision, former),
	FOREIGN KEY (project, code, revision) REFERENCES incidents (project, code, revision)
);
CREATE INDEX incident_former_former ON incident_former (project, former) WHERE replaced IS NULL;

-- incident_revision is the revision of the incident that was assessed; figures
-- is the grading and the ranges in one line, so that two can be compared.
-- A signed row is never replaced.
CREATE TABLE assessments (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	incident_revision BIGINT NOT NULL,
	grading KEYTEXT NOT NULL,
	strike_status KEYTEXT NOT NULL,
	policy KEYTEXT NOT NULL,
	signed_by KEYTEXT NOT NULL,
	signed_at KEYTEXT NOT NULL,
	figures KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, revision),
	FOREIGN KEY (project, code, incident_revision) REFERENCES incidents (project, code, revision)
);

CREATE TABLE tallies (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	harm KEYTEXT NOT NULL,
	class KEYTEXT NOT NULL,
	min BIGINT,
	max BIGINT,
	open BOOLEAN NOT NULL,
	known BOOLEAN NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, revision, harm, class),
	FOREIGN KEY (project, code, revision) REFERENCES assessments (project, code, revision)
);

-- Which assessment of an incident stands at each stage: proposed (the newest),
-- signed (the newest signed), published.
CREATE TABLE standings (
	project KEYTEXT NOT NULL,
	code KEYTEXT NOT NULL,
	stage KEYTEXT NOT NULL,
	revision BIGINT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, code, stage, revision),
	FOREIGN KEY (project, code, revision) REFERENCES assessments (project, code, revision)
);
CREATE INDEX standings_stage ON standings (project, stage, code, revision) WHERE replaced IS NULL;

CREATE TABLE judgements (
	id KEYTEXT NOT NULL PRIMARY KEY,
	project KEYTEXT NOT NULL,
	decision KEYTEXT NOT NULL,
	incident KEYTEXT NOT NULL,
	document KEYTEXT NOT NULL,
	who KEYTEXT NOT NULL,
	at KEYTEXT NOT NULL,
	body TEXT NOT NULL,
	made BIGINT NOT NULL,
	replaced BIGINT
);
CREATE INDEX judgements_project ON judgements (project, made, id);
CREATE INDEX judgements_document ON judgements (document, made, id);

-- Every incident that a judgement is about: its own and those beside it.
CREATE TABLE judgement_incidents (
	project KEYTEXT NOT NULL,
	incident KEYTEXT NOT NULL,
	judgement KEYTEXT NOT NULL REFERENCES judgements (id),
	made BIGINT NOT NULL,
	replaced BIGINT,
	PRIMARY KEY (project, incident, judgement)
);
