# cairn. `make run` and `make test` set up what they need on a fresh machine with Go, Node and Debian's packages.
export CGO_ENABLED = 0
SHELL = /bin/bash -o pipefail
DATA ?= ./cairn-data
LISTEN ?= 127.0.0.1:8080
TESTSUM = go run gotest.tools/gotestsum@v1.13.0 --format pkgname --hide-summary skipped

.PHONY: build run test check golden fuzz soak bench release

build: bin/cairn ## the one binary, with its places and fonts in it
bin/cairn: lexicon/dist/places.bin web/dist/fonts.css site/dist/map.js $(shell find . -path ./node_modules -prune -o \( -name '*.go' -o -name '*.tsv' -o -name '*.json' -o -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.sql' \) -print)
	go build -trimpath -o bin/cairn ./cmd/cairn

node_modules: package.json package-lock.json
	npm ci --ignore-scripts && touch node_modules
lexicon/dist/places.bin: node_modules $(wildcard lexicon/build/*.go lexicon/gazetteer*.go) lexicon/fold.go
	go run ./lexicon/build
web/dist/fonts.css: node_modules $(wildcard web/build/*.go)
	go run ./web/build
site/dist/map.js: node_modules $(wildcard site/build/*.go site/assets/*.mjs)
	go run ./site/build

run: build ## the main job: walk the demo (or FROM=file, folder or address), print the totals, serve the pages
	@if [ -n "$(FROM)" ]; then bin/cairn import --data $(DATA) $(FROM); elif [ ! -e $(DATA)/cairn.db ]; then bin/cairn demo --data $(DATA); fi
	bin/cairn total --data $(DATA) --grade all
	bin/cairn serve --data $(DATA) --listen $(LISTEN)

test: build ## every test, on real parts: PostgreSQL and Chromium, which are installed where they are missing
	@./.ci/parts
	CAIRN_TEST_ALL=1 $(TESTSUM) -- -timeout 20m ./...

check: ## the form of the code: gofmt, vet, staticcheck and the linters of tools/lint
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "not in gofmt's form:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	cd tools && go run ./lint -C .. ./...

golden: build ## the scores over the marked reports, written down so that a change moves them knowingly
	go test ./extract -run Golden -args -golden

fuzz: ## each fuzz target for a minute (SECONDS=60)
	@./tools/fuzz $(or $(SECONDS_EACH),60)

soak: build ## the long runs: kills during imports and jobs, 200 people at the desk for two minutes, a thousand judgements undone, a thousand corruptions found
	CAIRN_SOAK=1 go test ./cmd/cairn ./recorder ./dossier ./web -run 'Kill|JudgementsUndone|EveryCorruption|EveryBit|ManyWork' -v -timeout 60m

bench: build ## speed and memory; ONLY=name runs one figure
	go test -run '^$$' -bench 'Figures/$(or $(ONLY),.)' -benchtime 2x ./... | grep -v -e '^PASS' -e '^ok' -e 'no test files'

release: build ## binaries for other machines, with their hashes
	for os in linux darwin windows; do for arch in amd64 arm64; do GOOS=$$os GOARCH=$$arch go build -trimpath -ldflags '-s -w' -o bin/cairn-$$os-$$arch ./cmd/cairn; done; done
	cd bin && sha256sum cairn-*-* > SHA256SUMS
