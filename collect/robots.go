package collect

import (
	"net/http"
	"net/url"

	"github.com/temoto/robotstxt"
)

// What a receipt says of robots.txt.
const (
	allowed    = "allowed"
	disallowed = "disallowed"
	unknown    = "unknown" // it could not be had, so that nothing is forbidden
)

const (
	robotsName     = "cairn"   // as a robots.txt names us
	mostRobots     = 512 << 10 // bytes of it that are read
	mostRobotsHops = 5
)

// rules are those of one origin; nil are unknown.
type rules *robotstxt.RobotsData

// allowed says what the robots.txt of the host of at makes of it. It is fetched
// once in a run for each origin.
func (f *fetch) allowed(at *url.URL) string {
	origin := at.Scheme + "://" + at.Host
	known, ok := f.robots[origin]
	if !ok {
		known = f.rules(origin)
		f.robots[origin] = known
	}
	switch {
	case known == nil:
		return unknown
	case (*robotstxt.RobotsData)(known).TestAgent(at.RequestURI(), robotsName):
		return allowed
	}
	return disallowed
}

// rules fetches the rules of origin. A client error means that it has none; a
// fault of the server or the way leaves them unknown.
func (f *fetch) rules(origin string) rules {
	at, err := url.Parse(origin + "/robots.txt")
	if err != nil {
		return nil
	}
	for range mostRobotsHops + 1 {
		response, err := f.ask(at, "text/plain")
		if err != nil {
			return nil
		}
		next, err := response.Location()
		if response.StatusCode/100 == 3 && err == nil {
			response.Body.Close()
			at = next
			continue
		}
		return f.readRules(response)
	}
	return nil
}

func (f *fetch) readRules(response *http.Response) rules {
	defer response.Body.Close()
	if response.StatusCode/100 != 2 && response.StatusCode/100 != 4 {
		return nil
	}
	text, err := f.body(response)
	if err != nil && len(text) == 0 {
		return nil
	}
	parsed, err := robotstxt.FromStatusAndBytes(response.StatusCode, text[:min(len(text), mostRobots)])
	if err != nil {
		return nil
	}
	return parsed
}
