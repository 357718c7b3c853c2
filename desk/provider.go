package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/cairn-recorder/cairn"
)

// A Provider says who somebody is, by OpenID Connect: the browser is sent there with
// a question and comes back with a code, which is answered for with a signed token.
// It is asked for its keys when it is first needed, so that a desk begins without it.
// It is for several goroutines.
type Provider struct {
	Issuer, Client, Secret string
	Back                   string           // where browsers come back to
	Now                    func() time.Time // the clock

	mutex sync.Mutex
	found *oidc.Provider
}

// Name is what people know the provider by: the host of its issuer.
func (p *Provider) Name() string {
	u, err := url.Parse(p.Issuer)
	if err != nil || u.Host == "" {
		return p.Issuer
	}
	return u.Hostname()
}

// A Question is what a browser that was sent to a provider is held to when it comes
// back.
type Question struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
	To       string `json:"to,omitempty"` // where it was going
}

// Text returns the question as it is kept.
func (q Question) Text() string {
	text, _ := json.Marshal(q) // holds nothing that has no JSON
	return string(text)
}

// Ask returns where to send a browser, and what its answer is held to.
func (p *Provider) Ask(ctx context.Context, to string) (string, Question, error) {
	q := Question{State: NewSecret(), Nonce: NewSecret(), Verifier: oauth2.GenerateVerifier(), To: to}
	config, err := p.config(ctx)
	if err != nil {
		return "", q, err
	}
	return config.AuthCodeURL(q.State, oidc.Nonce(q.Nonce), oauth2.S256ChallengeOption(q.Verifier)), q, nil
}

// Answer returns by which name the provider knows whoever came back with a code. A
// token that is not of this question, or not of this client, is cairn.Invalid.
func (p *Provider) Answer(ctx context.Context, q Question, code string) (subject string, err error) {
	config, err := p.config(ctx)
	if err != nil {
		return "", err
	}
	refused := func(reason string) error {
		return cairn.Invalid{Field: "provider", Reason: p.Name() + " did not say who you are: " + reason}
	}
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(q.Verifier))
	if err != nil {
		return "", refused("its code is of no use")
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return "", refused("there is no token")
	}
	verified, err := p.found.VerifierContext(ctx, &oidc.Config{ClientID: p.Client, Now: p.Now}).Verify(ctx, raw)
	if err != nil {
		return "", refused("its token does not hold")
	}
	if verified.Nonce != q.Nonce || verified.Subject == "" {
		return "", refused("its token is of another question")
	}
	return verified.Subject, nil
}

// config finds the provider, once.
func (p *Provider) config(ctx context.Context) (*oauth2.Config, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.found == nil {
		found, err := oidc.NewProvider(context.WithoutCancel(ctx), p.Issuer)
		if err != nil {
			return nil, cairn.Invalid{Field: "provider", Reason: fmt.Sprintf("%s cannot be reached now. Sign in another way.", p.Name())}
		}
		p.found = found
	}
	return &oauth2.Config{ClientID: p.Client, ClientSecret: p.Secret, Endpoint: p.found.Endpoint(), RedirectURL: p.Back, Scopes: []string{oidc.ScopeOpenID}}, nil
}
