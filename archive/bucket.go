package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/minio/minio-go/v7"
)

// A bucket keeps files in an S3-compatible store, each put on condition that
// nothing has its name yet.
type bucket struct {
	client *minio.Client
	name   string
	prefix string      // before every name, with its slash; may be empty
	strict atomic.Bool // the store was seen to hold to that condition
}

func (b *bucket) open(name string) (*reading, error) {
	body, info, err := b.get(name, 0, -1)
	if err != nil {
		return nil, err
	}
	r := &remote{b: b, name: name, body: body, size: info.Size}
	return &reading{r, r, func() (io.ReaderAt, int64, error) { return newBlocks(b, name, info.Size), info.Size, nil }}, nil
}

// get asks for n bytes of a file from an offset; for all that follow where n is
// negative.
func (b *bucket) get(name string, from, n int64) (io.ReadCloser, minio.ObjectInfo, error) {
	var options minio.GetObjectOptions
	if from > 0 || n >= 0 {
		last := int64(0)
		if n >= 0 {
			last = from + n - 1
		}
		if err := options.SetRange(from, last); err != nil {
			return nil, minio.ObjectInfo{}, err
		}
	}
	body, info, _, err := minio.Core{Client: b.client}.GetObject(context.Background(), b.name, b.prefix+name, options)
	return body, info, told(err)
}

func (b *bucket) list(prefix string) ([]entry, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var entries []entry
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix + prefix}) {
		if o.Err != nil {
			return nil, told(o.Err)
		}
		isDir := strings.HasSuffix(o.Key, "/")
		entries = append(entries, entry{path.Base(o.Key), !isDir, isDir})
	}
	return entries, nil
}

func (b *bucket) remove(name string) error {
	err := b.client.RemoveObject(context.Background(), b.name, b.prefix+name, minio.RemoveObjectOptions{})
	if err = told(err); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (b *bucket) keep(files []file, sound func(file) error) error {
	for _, f := range files {
		err := b.put(f)
		if errors.Is(err, fs.ErrExist) {
			err = sound(f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// told names a failure of the store as one of a file system would be.
func told(err error) error {
	if err == nil {
		return nil
	}
	answer := minio.ToErrorResponse(err)
	switch {
	case answer.StatusCode == http.StatusNotFound, answer.Code == minio.NoSuchKey, answer.Code == minio.NoSuchBucket:
		return fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	case answer.StatusCode == http.StatusPreconditionFailed, answer.Code == minio.PreconditionFailed:
		return fmt.Errorf("%w: %w", fs.ErrExist, err)
	case answer.StatusCode == http.StatusForbidden, answer.Code == minio.AccessDenied:
		return fmt.Errorf("%w: %w", fs.ErrPermission, err)
	case answer.StatusCode == http.StatusInsufficientStorage, answer.Code == "QuotaExceeded", answer.Code == "XMinioStorageFull":
		return fmt.Errorf("%w: %w", syscall.ENOSPC, err)
	}
	return unreachable{err}
}
