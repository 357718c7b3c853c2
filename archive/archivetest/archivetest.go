// Package archivetest gives tests an empty bucket of an S3-compatible store: in
// the process of the test, or of a real server, versitygw, over a folder of the
// test. Both listen on loopback and end with the test.
package archivetest

import (
	"bytes"
	"context"
	"fmt"
	"go/build"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

const name = "evidence"

// A Bucket is an empty bucket: its address with a prefix in it, and its keys.
type Bucket struct {
	Where, Access, Secret string
	client                *minio.Client
}

// Each runs test once on each store at hand, as a subtest.
func Each(t *testing.T, test func(t *testing.T, b Bucket)) {
	t.Helper()
	t.Run("gofakes3", func(t *testing.T) { test(t, Fake(t)) })
	t.Run("versitygw", func(t *testing.T) { test(t, Versity(t)) })
}

// Fake returns a bucket that is kept in memory.
func Fake(t testing.TB) Bucket {
	t.Helper()
	server := httptest.NewUnstartedServer(gofakes3.New(s3mem.New(), gofakes3.WithLogger(gofakes3.DiscardLog())).Server())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Start()
	t.Cleanup(server.Close)
	return bucketAt(t, server.URL, "key", "secret of the tests")
}

// Versity returns a bucket of a server of its own; where none is installed the
// test is skipped, or fails when CAIRN_TEST_ALL is 1.
func Versity(t testing.TB) Bucket {
	t.Helper()
	program, err := exec.LookPath("versitygw")
	if err != nil {
		program = filepath.Join(build.Default.GOPATH, "bin", "versitygw")
	}
	if _, err := os.Stat(program); err != nil {
		absent := "no versitygw to test on: .ci/parts installs it"
		if os.Getenv("CAIRN_TEST_ALL") == "1" {
			t.Fatal(absent)
		}
		t.Skip(absent)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := listener.Addr().String()
	listener.Close()
	server := exec.Command(program, "--access", "key", "--secret", "secret of the tests", "--port", at, "--quiet", "posix", t.TempDir())
	server.Stdout, server.Stderr = io.Discard, io.Discard
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	return bucketAt(t, "http://"+at, "key", "secret of the tests")
}

func bucketAt(t testing.TB, server, access, secret string) Bucket {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	client, err := minio.New(u.Host, &minio.Options{Creds: credentials.NewStaticV4(access, secret, ""), Region: "us-east-1", MaxRetries: 1})
	if err != nil {
		t.Fatal(err)
	}
	for tries := 0; ; tries++ {
		if err = client.MakeBucket(context.Background(), name, minio.MakeBucketOptions{}); err == nil {
			break
		}
		if tries == 200 {
			t.Fatalf("no bucket at %s: %v", server, err)
		}
		time.Sleep(25 * time.Millisecond)
	}
	where := fmt.Sprintf("s3://%s/valley?endpoint=%s&region=us-east-1", name, url.QueryEscape(server))
	return Bucket{where, access, secret, client}
}

// Write puts content under a name whatever was there, as somebody with the keys
// and no cairn might.
func (b Bucket) Write(t testing.TB, at string, content []byte) {
	t.Helper()
	_, err := b.client.PutObject(context.Background(), name, "valley/"+at, bytes.NewReader(content), int64(len(content)), minio.PutObjectOptions{})
	if err != nil {
		t.Fatal(err)
	}
}

// Remove takes a name out.
func (b Bucket) Remove(t testing.TB, at string) {
	t.Helper()
	if err := b.client.RemoveObject(context.Background(), name, "valley/"+at, minio.RemoveObjectOptions{}); err != nil {
		t.Fatal(err)
	}
}

// Read returns what is kept under a name.
func (b Bucket) Read(t testing.TB, at string) []byte {
	t.Helper()
	o, err := b.client.GetObject(context.Background(), name, "valley/"+at, minio.GetObjectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	content, err := io.ReadAll(o)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// Names returns the names of everything that is kept, in their order.
func (b Bucket) Names(t testing.TB) []string {
	t.Helper()
	var names []string
	for o := range b.client.ListObjects(context.Background(), name, minio.ListObjectsOptions{Prefix: "valley/", Recursive: true}) {
		if o.Err != nil {
			t.Fatal(o.Err)
		}
		names = append(names, o.Key[len("valley/"):])
	}
	return names
}
