package recorder

import (
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
func onDisk(t *testing.T, size string, body func(disk string)) {
	if disk := os.Getenv("CAIRN_TEST_DISK"); disk != "" {
		if err := syscall.Mount("none", disk, "tmpfs", 0, "size="+size); err != nil {
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

func TestAFullDiskKeepsWhatWasTaken(t *testing.T) {
	onDisk(t, "6m", func(disk string) {
		path := file(t, "reports.jsonl", many(900))
		r := at(t, filepath.Join(disk, "cairn.db"), disk)
		sum, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{})
		var hint cairn.Hint
		if !errors.Is(err, cairn.ErrFull) || !errors.As(err, &hint) || sum.Taken == 900 {
			t.Fatalf("the import is %+v, %v, want a full disk, with a hint", sum, err)
		}
		if err := syscall.Mount("none", disk, "tmpfs", syscall.MS_REMOUNT, "size=200m"); err != nil {
			t.Fatal(err)
		}
		rest, err := r.Import(ctx, []string{path}, cairn.Given{}, Progress{})
		if err != nil || rest.Taken+rest.Again != 900 {
			t.Fatalf("with room again the import is %+v, %v after %+v", rest, err, sum)
		}
		whole := local(t)
		if _, err := whole.Import(ctx, []string{path}, cairn.Given{}, Progress{}); err != nil {
			t.Fatal(err)
		}
		if everything(t, r) != everything(t, whole) {
			t.Error("the record is not that of an undisturbed import")
		}
	})
}

func TestAReadOnlyDiskIsSaid(t *testing.T) {
	onDisk(t, "6m", func(disk string) {
		if err := syscall.Mount("none", disk, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
		_, err := Open(ctx, Settings{Data: filepath.Join(disk, "data"), Now: func() time.Time { return noon }})
		var hint cairn.Hint
		if !errors.Is(err, cairn.ErrReadOnly) || !errors.As(err, &hint) {
			t.Errorf("opening it is %v, want read-only, with a hint", err)
		}
	})
}

// TestAKilledImportGoesOn kills importing processes at several moments; the same
// import afterwards ends with the record of an undisturbed one.
func TestAKilledImportGoesOn(t *testing.T) {
	if folder := os.Getenv("CAIRN_TEST_IMPORT"); folder != "" {
		r := at(t, filepath.Join(folder, "cairn.db"), folder)
		fmt.Println("begun")
		if _, err := r.Import(ctx, []string{filepath.Join(folder, "..", "reports.jsonl")}, cairn.Given{}, Progress{}); err != nil {
			t.Fatal(err)
		}
		return
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "reports.jsonl"), []byte(many(600)), 0o600); err != nil {
		t.Fatal(err)
	}
	undisturbed := imported(t, filepath.Join(dir, "whole"), 0)
	for _, after := range []time.Duration{50 * time.Millisecond, 200 * time.Millisecond, 500 * time.Millisecond} {
		folder := filepath.Join(dir, after.String())
		imported(t, folder, after)
		imported(t, folder, after)
		if got := imported(t, folder, 0); got != undisturbed {
			t.Errorf("killed after %s, the record is not that of an undisturbed import", after)
		}
	}
}

// imported runs the import as a process of its own, killed after a while unless
// that is 0, and returns the record.
func imported(t *testing.T, folder string, after time.Duration) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), "CAIRN_TEST_IMPORT="+folder)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		time.Sleep(after)
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()
		return ""
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	r := at(t, filepath.Join(folder, "cairn.db"), folder)
	if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("fault: %s", f) }); err != nil {
		t.Error(err)
	}
	return everything(t, r)
}
