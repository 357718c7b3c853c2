module github.com/cairn-recorder/cairn

go 1.26
