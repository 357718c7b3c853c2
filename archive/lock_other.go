//go:build !unix

package archive

import "os"

// lockAlone is false where folders cannot be locked: what a killed process left
// behind then stays, and Verify passes it over.
func lockAlone(*os.File) bool { return false }

func lockShared(*os.File) error { return nil }
