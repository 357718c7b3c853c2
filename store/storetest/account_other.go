//go:build !unix

package storetest

import "syscall"

// credential returns nothing: only where there is a root does the server need
// another account.
func (a account) credential() *syscall.SysProcAttr { return nil }
