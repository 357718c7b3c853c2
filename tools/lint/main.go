// Command lint runs the linters that vet and staticcheck lack: errors compared
// or wrapped wrongly, and errors swallowed as nil.
package main

import (
	"os"

	"github.com/gostaticanalysis/nilerr"
	"github.com/polyfloyd/go-errorlint/errorlint"
	"golang.org/x/tools/go/analysis/multichecker"
)

func main() {
	if len(os.Args) > 2 && os.Args[1] == "-C" {
		if err := os.Chdir(os.Args[2]); err != nil {
			panic(err)
		}
		os.Args = append(os.Args[:1], os.Args[3:]...)
	}
	multichecker.Main(nilerr.Analyzer, errorlint.NewAnalyzer())
}
