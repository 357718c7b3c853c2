package stamp

import (
	"bytes"
	"context"
	"crypto"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"

	"github.com/digitorus/timestamp"
)

// The most that an answer may be long, of an authority and of a calendar.
const (
	mostToken = 1 << 20
	mostProof = 64 << 10
)

// A Client asks authorities and calendars. Random is for numbers that are asked
// for once.
type Client struct {
	HTTP   *http.Client
	Random io.Reader
}

// Token has the authority at address stamp a digest, and returns its token, in
// DER, which has been checked: it is of this digest and answers this question.
func (c Client) Token(ctx context.Context, address string, digest Digest) ([]byte, error) {
	token, err := c.token(ctx, address, digest)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", address, err)
	}
	return token, nil
}

func (c Client) token(ctx context.Context, address string, digest Digest) ([]byte, error) {
	once := make([]byte, 16)
	if _, err := io.ReadFull(c.Random, once); err != nil {
		return nil, err
	}
	nonce := new(big.Int).SetBytes(once)
	asked, err := (&timestamp.Request{HashAlgorithm: crypto.SHA256, HashedMessage: digest[:], Certificates: true, Nonce: nonce}).Marshal()
	if err != nil {
		return nil, err
	}
	answer, err := c.post(ctx, address, "application/timestamp-query", "application/timestamp-reply", asked, mostToken)
	if err != nil {
		return nil, err
	}
	said, err := timestamp.ParseResponse(answer)
	if err != nil {
		return nil, fmt.Errorf("it refused, or its answer does not hold: %w", err)
	}
	if said.Nonce == nil || said.Nonce.Cmp(nonce) != 0 {
		return nil, errors.New("its answer is to another question")
	}
	t, err := ParseToken(said.RawToken)
	if err == nil && t.Digest != digest {
		err = errors.New("its answer is of another digest")
	}
	return said.RawToken, err
}

// post sends a question and returns the answer, of at most so many bytes.
func (c Client) post(ctx context.Context, address, sends, takes string, body []byte, most int64) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", sends)
	request.Header.Set("Accept", takes)
	return c.do(request, most)
}

func (c Client) do(request *http.Request, most int64) ([]byte, error) {
	answer, err := c.HTTP.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(io.LimitReader(answer.Body, most+1))
	switch {
	case answer.StatusCode == http.StatusNotFound:
		return nil, errNotYet
	case answer.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("it answered %s", answer.Status)
	case int64(len(content)) > most:
		return nil, errors.New("its answer has no end")
	}
	return content, err
}

// errNotYet says that what was asked for is not there.
var errNotYet = errors.New("it answered that nothing is there")
