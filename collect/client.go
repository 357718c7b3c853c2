package collect

import (
	"net/http"
	"time"

	"github.com/cairn-recorder/cairn/capture"
)

// Client returns a client that goes by the way out that options name, and by no
// other, as everything that is collected does. It follows no redirect.
func Client(options Options) (*http.Client, error) {
	options = options.filled()
	out, err := capture.NewLine(options.Via, options.AllowPrivate, options.Allowed...)
	if err != nil {
		return nil, err
	}
	return &http.Client{
		Timeout: options.Timeout,
		Transport: &http.Transport{DialContext: out.Dial, TLSHandshakeTimeout: min(options.Timeout, 20*time.Second),
			MaxResponseHeaderBytes: mostHeaderBytes, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}
