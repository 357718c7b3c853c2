package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/s3utils"

	"github.com/cairn-recorder/cairn"
)

const (
	bucketScheme    = "s3://"
	defaultEndpoint = "https://s3.amazonaws.com"
	mostTries       = 4
)

func isBucket(where string) bool { return strings.HasPrefix(where, bucketScheme) }

// IsFolder reports whether where is a folder, and not a bucket.
func IsFolder(where string) bool { return !isBucket(where) }

// An address is where a bucket is: s3://BUCKET/PREFIX?endpoint=…&region=….
type address struct {
	bucket, prefix, endpoint, region string
	secure                           bool
}

func parseAddress(where string) (address, error) {
	bad := func(reason string) (address, error) {
		return address{}, cairn.Invalid{Field: "archive", Reason: reason}
	}
	u, err := url.Parse(where)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return bad("want s3://BUCKET/PREFIX?endpoint=https://HOST&region=NAME, with no key in it")
	}
	if err := s3utils.CheckValidBucketNameStrict(u.Host); err != nil {
		return bad(err.Error())
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return bad("what follows the ? cannot be read: " + err.Error())
	}
	for name := range query {
		if name != "endpoint" && name != "region" {
			return bad("knows endpoint and region, not " + name)
		}
	}
	endpoint := query.Get("endpoint")
	if endpoint == "" {
		endpoint = defaultEndpoint
	}
	if !strings.Contains(endpoint, "://") {
		endpoint = "https://" + endpoint
	}
	server, err := url.Parse(endpoint)
	if err != nil || server.Host == "" || server.Scheme != "http" && server.Scheme != "https" || strings.Trim(server.Path, "/") != "" || server.User != nil {
		return bad("the endpoint is an address such as https://HOST:PORT")
	}
	a := address{bucket: u.Host, prefix: strings.Trim(path.Clean("/"+u.Path), "/"), endpoint: server.Host, region: query.Get("region"), secure: server.Scheme == "https"}
	if a.prefix != "" {
		a.prefix += "/"
	}
	return a, nil
}

func openBucket(where string, keys Keys) (*Archive, error) {
	at, err := parseAddress(where)
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", where, err)
	}
	client, err := minio.New(at.endpoint, &minio.Options{
		Creds: credentials.NewStaticV4(keys.Access, keys.Secret, keys.Session), Secure: at.secure, Region: at.region, MaxRetries: mostTries,
	})
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", where, cairn.Invalid{Field: "archive", Reason: err.Error()})
	}
	b := &bucket{client: client, name: at.bucket, prefix: at.prefix}
	a := &Archive{at: where, title: strings.TrimSuffix(bucketScheme+at.bucket+"/"+at.prefix, "/"), place: b, remover: b, close: func() error { return nil }}
	if err = b.there(keys); err == nil {
		err = a.unlock(keys)
	}
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", where, fault(err))
	}
	return a, nil
}

// there checks that the bucket is there and that the keys are let in.
func (b *bucket) there(keys Keys) error {
	found, err := b.client.BucketExists(context.Background(), b.name)
	err = told(err)
	switch {
	case err == nil && !found:
		return cairn.Hint{Err: fmt.Errorf("there is no bucket %s: %w", b.name, fs.ErrNotExist), Hint: "make the bucket first, with whatever your store has for that"}
	case errors.Is(err, fs.ErrPermission):
		hint := "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY hold keys that the store does not let into this bucket"
		if keys.Access == "" {
			hint = "say who you are in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
		}
		return cairn.Hint{Err: unreachable{errors.New("it does not let these keys in")}, Hint: hint}
	}
	return err
}
