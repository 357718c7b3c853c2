package confine

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var ctx = context.Background()

// apart is a room without a network, where this system has one.
func apart(t *testing.T) Room {
	t.Helper()
	r := Find(ctx)
	if !r.apart || r.shell == "" {
		t.Skipf("this system has no closer room than %s", r)
	}
	return r
}

func TestAProgramHasNoNetwork(t *testing.T) {
	r := apart(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	call := fmt.Sprintf("exec 3<>/dev/tcp/127.0.0.1/%d", listener.Addr().(*net.TCPAddr).Port)
	if _, err := (Room{}).Run(ctx, Bounds{}, "", "bash", "-c", call); err != nil {
		t.Skipf("bash does not call: %v", err)
	}
	if _, err := r.Run(ctx, Bounds{}, "", "bash", "-c", call); err == nil {
		t.Error("a confined program called out")
	}
}

func TestAProgramIsBounded(t *testing.T) {
	r, folder := apart(t), t.TempDir()
	t.Setenv("CAIRN_SECRET", "a word that no program is to see")
	for _, test := range []struct {
		name   string
		bounds Bounds
		script string
	}{
		{"memory", Bounds{Memory: 256 << 20}, `x=$(head -c 600000000 /dev/zero | tr '\0' x); echo ${#x}`},
		{"disk", Bounds{Written: 1 << 20}, `head -c 8000000 /dev/zero >big`},
		{"time", Bounds{Time: time.Second}, `while :; do :; done`},
		{"time, by the clock", Bounds{Time: time.Second}, `sleep 60`},
		{"children", Bounds{Time: time.Second}, `sleep 60 & sleep 60`},
	} {
		t.Run(test.name, func(t *testing.T) {
			begun := time.Now()
			out, err := r.Run(ctx, test.bounds, folder, "sh", "-c", test.script)
			if err == nil {
				t.Errorf("it ended well: %.80s", out)
			}
			if time.Since(begun) > 20*time.Second {
				t.Errorf("it took %s", time.Since(begun))
			}
		})
	}
	if info, err := os.Stat(filepath.Join(folder, "big")); err == nil && info.Size() > 1<<20 {
		t.Errorf("it wrote %d bytes", info.Size())
	}
	out, err := r.Run(ctx, Bounds{}, folder, "env")
	if err != nil || strings.Contains(string(out), "CAIRN_SECRET") {
		t.Errorf("it sees %s, %v", out, err)
	}
	if out, err = r.Run(ctx, Bounds{Time: time.Minute, Memory: 1 << 30, Written: 1 << 20}, folder, "sh", "-c", `pwd; echo "$1"`, "sh", `a "b" $c`); err != nil || !strings.HasSuffix(string(out), "a \"b\" $c\n") {
		t.Errorf("what it is told comes as %q, %v", out, err)
	}
}

func TestAProgramThatFailsSaysWhy(t *testing.T) {
	_, err := Find(ctx).Run(ctx, Bounds{}, "", "sh", "-c", "echo no such page >&2; exit 3")
	if err == nil || !strings.Contains(err.Error(), "no such page") {
		t.Errorf("the error is %v", err)
	}
	if _, err = Find(ctx).Run(ctx, Bounds{Time: time.Second}, "", "sleep", "60"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error of a program that is too slow is %v", err)
	}
}
