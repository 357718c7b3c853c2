package second

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// A message is one turn of the chat.
type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// A question is what is posted.
type question struct {
	Model       string            `json:"model"`
	Messages    []message         `json:"messages"`
	Temperature float64           `json:"temperature"`
	Seed        int               `json:"seed"`
	Format      map[string]string `json:"response_format"`
	Stream      bool              `json:"stream"`
}

// A reply is what comes back, as far as it is looked at.
type reply struct {
	Choices []struct {
		Message message `json:"message"`
		Finish  string  `json:"finish_reason"`
	} `json:"choices"`
}

// ask asks until an answer comes or the tries are used up, and returns the text
// of the answer. Where none came, the outcome says what did.
func (r *Reader) ask(ctx context.Context, d cairn.Document, how *cairn.SecondReading) (string, error) {
	body, err := json.Marshal(question{Model: r.settings.Model, Seed: 1, Format: map[string]string{"type": "json_object"},
		Messages: []message{{"system", prompt}, {"user", d.Text}}})
	if err != nil {
		return "", err
	}
	for wait := time.Second; ; wait *= 4 {
		how.Tries++
		answer, again := r.once(ctx, body, how)
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		if !again || how.Tries >= r.settings.Tries {
			return answer, nil
		}
		if err := r.settings.Pause(ctx, wait); err != nil {
			return "", err
		}
		how.Outcome, how.Reason = "", ""
	}
}

// once asks once. It reports whether asking again may bring something else.
func (r *Reader) once(ctx context.Context, body []byte, how *cairn.SecondReading) (answer string, again bool) {
	ctx, stop := context.WithTimeout(ctx, r.settings.Timeout)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.address, bytes.NewReader(body))
	if err != nil {
		how.Outcome, how.Reason = cairn.SecondUnreachable, "the address cannot be asked"
		return "", false
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "cairn/"+cairn.Version)
	if r.settings.Key != "" {
		request.Header.Set("Authorization", "Bearer "+r.settings.Key)
	}
	response, err := r.client.Do(request)
	if err != nil {
		return "", r.failed(err, how)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(io.LimitReader(response.Body, r.settings.MostAnswer+1))
	switch {
	case err != nil:
		return "", r.failed(err, how)
	case response.StatusCode != http.StatusOK:
		how.Outcome, how.Reason = cairn.SecondRefused, fmt.Sprintf("the server answered with status %d", response.StatusCode)
		return "", response.StatusCode == http.StatusTooManyRequests || response.StatusCode >= 500
	case int64(len(content)) > r.settings.MostAnswer:
		how.Outcome, how.Reason = cairn.SecondTooLong, fmt.Sprintf("the answer has more than %d bytes", r.settings.MostAnswer)
		return "", false
	}
	return text(content, how), false
}

// failed notes why nothing came. What can pass is worth another try.
func (r *Reader) failed(err error, how *cairn.SecondReading) (again bool) {
	var slow net.Error
	switch {
	case errors.Is(err, errElsewhere):
		how.Outcome, how.Reason = cairn.SecondUnreachable, errElsewhere.Error()
		return false
	case errors.As(err, &slow) && slow.Timeout(), errors.Is(err, context.DeadlineExceeded):
		how.Outcome, how.Reason = cairn.SecondTimedOut, "no answer within "+r.settings.Timeout.String()
	default:
		how.Outcome, how.Reason = cairn.SecondUnreachable, "the server was not reached, or broke off"
	}
	return true
}

// text returns what the model said, as far as it is an answer at all.
func text(content []byte, how *cairn.SecondReading) string {
	var r reply
	if err := json.Unmarshal(content, &r); err != nil {
		how.Outcome, how.Reason = cairn.SecondMalformed, "what the server sent is no reply of a chat"
		return ""
	}
	if len(r.Choices) == 0 || strings.TrimSpace(r.Choices[0].Message.Content) == "" {
		how.Outcome, how.Reason = cairn.SecondEmpty, "the model said nothing"
		return ""
	}
	if r.Choices[0].Finish == "length" {
		how.Outcome, how.Reason = cairn.SecondTooLong, "the model was cut off in the middle of its answer"
		return ""
	}
	return r.Choices[0].Message.Content
}
