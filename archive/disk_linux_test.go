package archive

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

// onDisk runs this test again as a process that has a small file system of its
// own, so that the disk can truly be full or read-only.
func onDisk(t *testing.T, body func(disk string)) {
	if disk := os.Getenv("CAIRN_TEST_DISK"); disk != "" {
		if err := syscall.Mount("none", disk, "tmpfs", 0, "size=256k"); err != nil {
			fmt.Println("no mount here:", err)
			os.Exit(7)
		}
		body(disk)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), "CAIRN_TEST_DISK="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 7 || err != nil && exit == nil {
		t.Skipf("a disk of one's own cannot be had here: %v %s", err, out)
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestAFullDiskLosesNothing(t *testing.T) {
	onDisk(t, func(disk string) {
		a := open(t, disk)
		var kept []cairn.Ref
		var err error
		for i := 0; err == nil && i < 1000; i++ {
			var ref cairn.Ref
			ref, err = a.Put(receiptAt(i), bytes.Repeat([]byte{byte(i)}, 9000))
			if err == nil {
				kept = append(kept, ref)
			}
		}
		if !errors.Is(err, cairn.ErrFull) || len(kept) == 0 {
			t.Errorf("after %d puts: %v, want no space left", len(kept), err)
		}
		for _, ref := range kept {
			if _, err := a.Get(ref); err != nil {
				t.Error(err)
			}
		}
		if found := faults(t, a); len(found) > 0 {
			t.Error(found)
		}
		if left, _ := filepath.Glob(filepath.Join(disk, "sha256", "*", ".*")); len(left) > 0 {
			t.Errorf("a failed put left %v", left)
		}
	})
}

func TestAReadOnlyFolderCanBeReadAndNotWritten(t *testing.T) {
	onDisk(t, func(disk string) {
		ref := put(t, open(t, disk), receiptAt(0), "seven people")
		if err := syscall.Mount("none", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
		a := open(t, disk)
		if _, err := a.Put(receiptAt(1), []byte("five people")); !errors.Is(err, cairn.ErrReadOnly) {
			t.Errorf("Put = %v, want cannot be written", err)
		}
		if _, err := a.Get(ref); err != nil {
			t.Error(err)
		}
		if _, err := Open(filepath.Join(disk, "new"), Keys{}); !errors.Is(err, cairn.ErrReadOnly) {
			t.Errorf("Open of a new folder = %v, want cannot be written", err)
		}
	})
}

func TestKilledAtRandomMoments(t *testing.T) {
	if dir := os.Getenv("CAIRN_TEST_KILL"); dir != "" {
		a := open(t, dir)
		for i := 0; ; i++ {
			if ref, err := a.Put(receiptAt(0), fmt.Appendf(nil, "report %d", i)); err == nil {
				fmt.Println("kept", ref)
			}
		}
	}
	dir := t.TempDir()
	for i := range 3 {
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), "CAIRN_TEST_KILL="+dir)
		var out bytes.Buffer
		cmd.Stdout = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(60+37*i) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		a := open(t, dir)
		if found := faults(t, a); len(found) > 0 {
			t.Fatalf("after kill %d: %v", i, found)
		}
		whole := out.String()[:strings.LastIndexByte(out.String(), '\n')+1]
		for line := range strings.Lines(whole) {
			ref := cairn.Ref(strings.TrimSpace(strings.TrimPrefix(line, "kept ")))
			if _, err := a.Get(ref); err != nil {
				t.Errorf("told that it was kept: %v", err)
			}
		}
		a.Close()
	}
}
