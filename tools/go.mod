module github.com/cairn-recorder/cairn/tools

go 1.26.0

require (
	github.com/gostaticanalysis/nilerr v0.1.1
	github.com/polyfloyd/go-errorlint v1.8.0
	golang.org/x/tools v0.52.0
)

require (
	github.com/gostaticanalysis/comment v1.4.1 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
)
