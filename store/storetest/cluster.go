package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// A cluster is a running server: its address, and what holds it up where this
// process started it, which must be kept for as long as the server is needed.
type cluster struct {
	address string
	stdin   io.Closer
}

// server returns the PostgreSQL server for this process, which it starts on the
// first call where none is named.
var server = sync.OnceValues(func() (cluster, error) {
	if address := os.Getenv("CAIRN_TEST_POSTGRES"); address != "" {
		return cluster{address: address}, nil
	}
	programs, err := installed()
	if err != nil {
		return cluster{}, err
	}
	folder, err := os.MkdirTemp("", "cairn-pg-")
	if err != nil {
		return cluster{}, err
	}
	c, err := start(programs, folder)
	if err != nil {
		err = errors.Join(err, os.RemoveAll(folder))
	}
	return c, err
})

// installed returns the folder of the newest server programs, of version 15 or
// later.
func installed() (string, error) {
	folders, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	newest, best := "", 14
	for _, folder := range folders {
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
		if _, missing := os.Stat(filepath.Join(folder, "initdb")); err == nil && missing == nil && version > best {
			newest, best = folder, version
		}
	}
	if newest == "" {
		return "", errors.New("CAIRN_TEST_POSTGRES is not set and the server programs of PostgreSQL 15 or newer are not installed")
	}
	return newest, nil
}

// start makes a cluster in folder and serves it on a socket there.
func start(programs, folder string) (cluster, error) {
	as, err := owner(folder)
	if err != nil {
		return cluster{}, err
	}
	if err := initialise(programs, folder, as); err != nil {
		return cluster{}, err
	}
	serve := command(as, "sh", "-c", keeper, "sh", filepath.Join(programs, "postgres"), folder)
	serve.Dir = folder
	stdin, err := serve.StdinPipe()
	if err != nil {
		return cluster{}, err
	}
	if err := serve.Start(); err != nil {
		return cluster{}, err
	}
	address := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/postgres", RawQuery: url.Values{"host": {folder}}.Encode()}
	return cluster{address.String(), stdin}, answers(address.String(), folder)
}

// keeper runs the server until its standard input ends, which it does when this
// process does, however that comes about; then it takes everything away.
const keeper = `"$1" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
	-c full_page_writes=off -c max_connections=200 >"$2/log" 2>&1 &
cat >/dev/null; kill -INT $!; wait $!; cd /; rm -rf "$2"`

// initialise makes the cluster. Its language is English where the programs can,
// in which text does not sort by its bytes, so that tests notice an order that
// hangs on the database.
func initialise(programs, folder string, as *account) error {
	args := []string{"-D", filepath.Join(folder, "data"), "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"}
	english := append([]string{"--locale-provider=icu", "--icu-locale=en"}, args...)
	var said []byte
	for _, form := range [][]string{english, args} {
		initdb := command(as, filepath.Join(programs, "initdb"), form...)
		initdb.Dir = folder
		var err error
		if said, err = initdb.CombinedOutput(); err == nil {
			return nil
		}
	}
	return fmt.Errorf("initdb: %s", said)
}

func answers(address, folder string) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			said, _ := os.ReadFile(filepath.Join(folder, "log"))
			return fmt.Errorf("the server in %s does not answer: %w: %s", folder, err, said)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// An account is whom the server runs as; nil is whoever runs the test.
type account struct{ uid, gid int }

// owner gives folder to the user postgres where root runs the test, since the
// server refuses to be root's.
func owner(folder string) (*account, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("the server does not run as root: %w", err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return &account{uid, gid}, os.Chown(folder, uid, gid)
}

func command(as *account, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	if as != nil {
		c.SysProcAttr = as.credential()
	}
	return c
}
