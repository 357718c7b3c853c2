package capture

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"
	"golang.org/x/net/proxy"
)

// Direct is the way out that goes through nobody.
const Direct = "direct"

const dialTime = 20 * time.Second

// A Line is the way out: direct, or through a SOCKS or HTTP proxy, to which it
// then leaves finding names too. It has no other way: what the proxy refuses is
// refused.
type Line struct {
	via     *url.URL // nil is direct
	private bool     // private addresses may be gone to
	roots   *tls.Config
	guard   *ssrf.Guardian
	lookup  func(ctx context.Context, host string) ([]netip.Addr, error)
}

// ErrPrivate says that an address is private, and that nobody allowed it.
var ErrPrivate = errors.New("leads to a private address, where cairn does not go unless it is told to")

// NewLine returns the line via direct, socks5://host:port or http://host:port.
// Where private, it goes to private and loopback addresses too, and else to those
// of networks that are allowed.
func NewLine(via string, private bool, allowed ...netip.Prefix) (*Line, error) {
	var four, six []netip.Prefix
	for _, p := range allowed {
		if p.Addr().Is4() {
			four = append(four, p)
		} else {
			six = append(six, p)
		}
	}
	guard := ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(four...), ssrf.WithAllowedV6Prefixes(six...))
	l := &Line{private: private, guard: guard, roots: &tls.Config{},
		lookup: func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}}
	if via == "" || via == Direct {
		return l, nil
	}
	u, err := url.Parse(via)
	if err != nil || u.Host == "" || u.Port() == "" || u.Scheme != "socks5" && u.Scheme != "socks5h" && u.Scheme != "http" {
		return nil, fmt.Errorf("the way out %q is none: want direct, socks5://host:port or http://host:port", via)
	}
	l.via = u
	return l, nil
}

// String writes the way out, without a password.
func (l *Line) String() string {
	if l.via == nil {
		return Direct
	}
	return l.via.Redacted()
}

// Dial opens a connection to host:port by the way out, as net.Dialer does.
func (l *Line) Dial(ctx context.Context, _, address string) (net.Conn, error) {
	w, err := l.dial(ctx, address)
	if err != nil {
		return nil, err
	}
	return w.Conn, nil
}

// A way is a connection, and how it came about.
type way struct {
	net.Conn
	peer     string
	resolved []string
}

// dial opens a connection to host:port by the way out.
func (l *Line) dial(ctx context.Context, address string) (way, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return way{}, err
	}
	if l.via != nil {
		if err := l.named(host, port); err != nil {
			return way{}, err
		}
		conn, err := l.through(ctx, address)
		return way{Conn: conn}, err
	}
	found, err := l.resolve(ctx, host)
	if err != nil {
		return way{}, err
	}
	w := way{}
	for _, ip := range found {
		w.resolved = append(w.resolved, ip.String())
	}
	dialer := &net.Dialer{Timeout: dialTime}
	if !l.private {
		dialer.Control = l.guard.Safe
	}
	for _, ip := range found { // the very addresses that were found: the name is not asked again
		w.Conn, err = dialer.DialContext(ctx, "tcp", net.JoinHostPort(ip.String(), port))
		if err == nil {
			w.peer = ip.String()
			return w, nil
		}
		if errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedNetwork) {
			return w, ErrPrivate
		}
	}
	return w, err
}

func (l *Line) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip.Unmap()}, nil
	}
	found, err := l.lookup(ctx, host)
	if err == nil && len(found) == 0 {
		err = &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	for i := range found {
		found[i] = found[i].Unmap()
	}
	return found, err
}

// named refuses names and addresses that are private by themselves, since behind
// a proxy nobody sees what a name leads to.
func (l *Line) named(host, port string) error {
	if l.private {
		return nil
	}
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	if ip, err := netip.ParseAddr(name); err == nil {
		network := "tcp4"
		if ip = ip.Unmap(); ip.Is6() {
			network = "tcp6"
		}
		if l.guard.Safe(network, net.JoinHostPort(ip.String(), port), nil) != nil {
			return ErrPrivate
		}
		return nil
	}
	for _, ending := range []string{"localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa"} {
		if name == strings.TrimPrefix(ending, ".") || strings.HasPrefix(ending, ".") && strings.HasSuffix(name, ending) {
			return ErrPrivate
		}
	}
	if !strings.Contains(name, ".") || strings.Trim(name[strings.LastIndexByte(name, '.')+1:], "0123456789abcdefx") == "" {
		return ErrPrivate // a name of this network, or a number written oddly
	}
	return nil
}

// through opens a connection by the proxy.
func (l *Line) through(ctx context.Context, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	plain := &net.Dialer{}
	if l.via.Scheme != "http" {
		dialer, err := proxy.FromURL(l.via, plain)
		if err != nil {
			return nil, err
		}
		conn, err := dialer.(proxy.ContextDialer).DialContext(ctx, "tcp", address)
		if err != nil {
			return nil, fmt.Errorf("through %s: %w", l, err)
		}
		return conn, nil
	}
	conn, err := plain.DialContext(ctx, "tcp", l.via.Host)
	if err != nil {
		return nil, fmt.Errorf("through %s: %w", l, err)
	}
	if err := l.connect(ctx, conn, address); err != nil {
		conn.Close()
		return nil, fmt.Errorf("through %s: %w", l, err)
	}
	return conn, nil
}

// connect asks an HTTP proxy for a tunnel.
func (l *Line) connect(ctx context.Context, conn net.Conn, address string) error {
	if until, ok := ctx.Deadline(); ok {
		conn.SetDeadline(until)
		defer conn.SetDeadline(time.Time{})
	}
	request := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{}}
	if user := l.via.User; user != nil {
		password, _ := user.Password()
		with := &http.Request{Header: http.Header{}}
		with.SetBasicAuth(user.Username(), password)
		request.Header.Set("Proxy-Authorization", with.Header.Get("Authorization"))
	}
	if err := request.Write(conn); err != nil {
		return err
	}
	answer, err := http.ReadResponse(bufio.NewReaderSize(conn, 1), request)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return errors.New("it answers " + answer.Status)
	}
	return nil
}

// secure begins TLS on a connection.
func (l *Line) secure(ctx context.Context, w way, host string) (*tls.Conn, *TLS, error) {
	config := l.roots.Clone()
	config.ServerName, config.NextProtos = host, []string{"http/1.1"}
	conn := tls.Client(w.Conn, config)
	err := conn.HandshakeContext(ctx)
	state := conn.ConnectionState()
	shown := &TLS{Version: tls.VersionName(state.Version), Cipher: tls.CipherSuiteName(state.CipherSuite)}
	for _, certificate := range state.PeerCertificates {
		shown.Certificates = append(shown.Certificates, certificate.Raw)
	}
	var wrong *tls.CertificateVerificationError
	if errors.As(err, &wrong) {
		for _, certificate := range wrong.UnverifiedCertificates {
			shown.Certificates = append(shown.Certificates, certificate.Raw)
		}
	}
	return conn, shown, err
}
