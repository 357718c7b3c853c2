//go:build unix

package storetest

import "syscall"

// credential returns what makes a process a's.
func (a account) credential() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}}
}
