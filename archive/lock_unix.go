//go:build unix

package archive

import (
	"os"
	"syscall"
)

// lockAlone reports whether nobody else is at work in the archive. The kernel
// gives the lock back when a process is killed.
func lockAlone(folder *os.File) bool {
	return syscall.Flock(int(folder.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

func lockShared(folder *os.File) error {
	for {
		if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_SH); err != syscall.EINTR {
			return err
		}
	}
}
