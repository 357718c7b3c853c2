package capture

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// mostSent is the most bytes of a request that a page makes by itself.
const mostSent = 16 << 20

// A relay stands between a browser and the line, on this machine alone. To the
// browser it shows certificates of its own, so that what goes over the line can
// be kept as it is.
type relay struct {
	run      *run
	ctx      context.Context
	listener net.Listener
	server   *http.Server
	key      *ecdsa.PrivateKey
	root     *x509.Certificate

	mu    sync.Mutex
	leafs map[string]*tls.Certificate

	busy atomic.Int64 // exchanges under way
	last atomic.Int64 // when the last one ended, in nanoseconds
}

// newRelay starts a relay, which ends with Close.
func newRelay(ctx context.Context, r *run) (*relay, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "cairn capture"}, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, root, root, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	if root, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	p := &relay{run: r, ctx: ctx, key: key, root: root, leafs: map[string]*tls.Certificate{}}
	if p.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	p.server = &http.Server{Handler: p, ReadHeaderTimeout: 30 * time.Second}
	go p.server.Serve(p.listener)
	return p, nil
}

// Close ends the relay and every exchange under way.
func (p *relay) Close() error { return p.server.Close() }

// fingerprint names the relay's own key to the browser, which trusts no other.
func (p *relay) fingerprint() string {
	sum := sha256.Sum256(p.root.RawSubjectPublicKeyInfo)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// leaf returns a certificate for a host.
func (p *relay) leaf(host string) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known := p.leafs[host]; known != nil {
		return known, nil
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(int64(len(p.leafs) + 2)), Subject: pkix.Name{CommonName: "cairn capture"}, NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, KeyUsage: x509.KeyUsageDigitalSignature}
	if ip := net.ParseIP(host); ip != nil {
		leaf.IPAddresses = []net.IP{ip}
	} else {
		leaf.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, p.root, &p.key.PublicKey, p.key)
	if err != nil {
		return nil, err
	}
	p.leafs[host] = &tls.Certificate{Certificate: [][]byte{der, p.root.Raw}, PrivateKey: p.key}
	return p.leafs[host], nil
}

// ServeHTTP answers the browser: for a plain address at once, for a secure one
// within a tunnel that ends here.
func (p *relay) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	taken, ok := w.(http.Hijacker)
	if !ok {
		return
	}
	conn, text, err := taken.Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	if request.Method != http.MethodConnect {
		p.answer(conn, request)
		return
	}
	if _, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n"); err != nil {
		return
	}
	p.tunnel(conn, text.Reader, request.Host)
}

func (p *relay) tunnel(conn net.Conn, read *bufio.Reader, target string) {
	host, port, err := net.SplitHostPort(target)
	if err != nil {
		return
	}
	leaf, err := p.leaf(host)
	if err != nil {
		return
	}
	secured := tls.Server(buffered{conn, read}, &tls.Config{Certificates: []tls.Certificate{*leaf}, NextProtos: []string{"http/1.1"}})
	if err := secured.HandshakeContext(p.ctx); err != nil {
		return
	}
	defer secured.Close()
	request, err := http.ReadRequest(bufio.NewReader(secured))
	if err != nil {
		return
	}
	request.URL.Scheme, request.URL.Host = "https", host
	if port != "443" {
		request.URL.Host = target
	}
	p.answer(secured, request)
}

// buffered is a connection of which some was read already.
type buffered struct {
	net.Conn
	read *bufio.Reader
}

// Read reads as io.Reader does.
func (b buffered) Read(p []byte) (int, error) { return b.read.Read(p) }

// answer asks for what the browser wants over the line, and hands it on as it
// came.
func (p *relay) answer(conn io.Writer, asked *http.Request) {
	p.busy.Add(1)
	defer func() { p.last.Store(time.Now().UnixNano()); p.busy.Add(-1) }()
	request, err := onward(p.ctx, asked)
	if err == nil && asked.Header.Get("Upgrade") != "" {
		err = errors.New("a capture keeps no open line")
	}
	if err != nil {
		refuse(conn, err)
		return
	}
	e := p.run.exchange(p.ctx, request)
	if e.Err != nil {
		refuse(conn, e.Err)
		return
	}
	io.Copy(conn, io.NewSectionReader(e.Raw, 0, e.Raw.Size())) // what the browser no longer wants is kept all the same
}

func refuse(conn io.Writer, err error) {
	why := err.Error()
	fmt.Fprintf(conn, "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(why), why)
}

// onward is the request of a browser as it goes over the line.
func onward(ctx context.Context, asked *http.Request) (*http.Request, error) {
	at, err := url.Parse(asked.URL.String())
	if err != nil {
		return nil, err
	}
	request := asked.Clone(ctx)
	request.URL, request.RequestURI, request.Close = at, "", true
	for _, name := range []string{"Proxy-Connection", "Proxy-Authorization", "Connection", "Keep-Alive", "Te", "Upgrade"} {
		request.Header.Del(name)
	}
	if asked.Body != nil {
		request.Body = http.MaxBytesReader(nil, asked.Body, mostSent)
	}
	return request, nil
}
