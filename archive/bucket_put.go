package archive

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/minio/minio-go/v7"
)

// partSize is the largest file that is put in one request, and the size of the
// parts of a larger one.
const partSize = 16 << 20

// put writes a file; fs.ErrExist where there is one.
func (b *bucket) put(f file) error {
	if f.size < 0 || f.size > partSize {
		if has(b, f.name) {
			return fs.ErrExist // before all of it is sent for nothing
		}
		return b.sendParts(f.name, f.content)
	}
	content, err := io.ReadAll(f.content)
	if err != nil {
		return err
	}
	if err := b.send(f.name, content); err != nil || b.strict.Load() {
		return err
	}
	if err := b.send(f.name, content); !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("the store overwrites what it has, as it does not know If-None-Match; evidence is not safe there (%w)", errors.Join(err, errors.ErrUnsupported))
	}
	b.strict.Store(true)
	return nil
}

// onlyNew are the options of what is put where nothing is. Stores that lock what
// they keep ask for its MD5.
func onlyNew() minio.PutObjectOptions {
	options := minio.PutObjectOptions{ContentType: "application/octet-stream", SendContentMd5: true}
	options.SetMatchETagExcept("*")
	return options
}

func (b *bucket) send(name string, content []byte) error {
	_, err := b.client.PutObject(context.Background(), b.name, b.prefix+name, bytes.NewReader(content), int64(len(content)), onlyNew())
	return told(err)
}

// sendParts sends a large file in parts, of which one is in memory at a time. The
// client has a way of its own for that, which forgets the condition.
func (b *bucket) sendParts(name string, content io.Reader) (err error) {
	ctx, core, key := context.Background(), minio.Core{Client: b.client}, b.prefix+name
	upload, err := core.NewMultipartUpload(ctx, b.name, key, minio.PutObjectOptions{ContentType: onlyNew().ContentType})
	if err != nil {
		return told(err)
	}
	defer func() {
		if err != nil {
			_ = core.AbortMultipartUpload(ctx, b.name, key, upload) // what is left of it has no name, and costs space
		}
	}()
	var parts []minio.CompletePart
	buffer := make([]byte, partSize)
	for last := false; !last; {
		n, err := io.ReadFull(content, buffer)
		last = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return err
		}
		if n == 0 && len(parts) > 0 {
			break
		}
		sum := md5.Sum(buffer[:n])
		part, err := core.PutObjectPart(ctx, b.name, key, upload, len(parts)+1, bytes.NewReader(buffer[:n]), int64(n), minio.PutObjectPartOptions{
			Md5Base64: base64.StdEncoding.EncodeToString(sum[:]), Sha256Hex: hashOf(buffer[:n]), DisableContentSha256: true})
		if err != nil {
			return told(err)
		}
		parts = append(parts, minio.CompletePart{PartNumber: part.PartNumber, ETag: part.ETag})
	}
	_, err = core.CompleteMultipartUpload(ctx, b.name, key, upload, parts, onlyNew())
	return told(err)
}
