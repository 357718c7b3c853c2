package read

import (
	"encoding/json"
	"strings"
)

// mostDepth is how deep linked data may be nested.
const mostDepth = 8

// linked returns what the linked data (JSON-LD) of a page says of its article.
// Where it describes several, the one is taken that names this page, or bears
// its headline, or else stands first.
func (e *elements) linked(address string) facts {
	var best map[string]any
	most := 0
	for _, script := range e.scripts {
		script = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(script), "<!--"), "-->")
		var value any
		if json.Unmarshal([]byte(script), &value) != nil {
			continue
		}
		for _, article := range articles(value, 0) {
			if n := e.likeness(article, address); n > most {
				best, most = article, n
			}
		}
	}
	if best == nil {
		return facts{}
	}
	return facts{
		title:     said(best["headline"], "name"),
		byline:    said(best["author"], "name"),
		publisher: said(best["publisher"], "name"),
		language:  said(best["inLanguage"], "name", "alternateName"),
		address:   firstOf(said(best["url"], "@id"), said(best["mainEntityOfPage"], "@id", "url")),
		published: stamp(firstOf(said(best["datePublished"], "@value"), said(best["dateCreated"], "@value"), said(best["uploadDate"], "@value")), false),
	}
}

// likeness says how surely linked data is of this page's own article, at least 1.
func (e *elements) likeness(article map[string]any, address string) int {
	n := 1
	title := firstOf(e.headline, e.metas["og:title"], e.title)
	if headline := said(article["headline"], "name"); headline != "" && title != "" && alike(headline, title) {
		n += 4
	}
	for _, key := range []string{"url", "@id", "mainEntityOfPage"} {
		at := said(article[key], "@id", "url")
		if at != "" && (sameAddress(at, address) || sameAddress(at, e.canonical)) {
			n += 3
			break
		}
	}
	if article["datePublished"] != nil {
		n++
	}
	return n
}

func sameAddress(a, b string) bool {
	clean := func(s string) string {
		s, _, _ = strings.Cut(s, "#")
		s, _, _ = strings.Cut(s, "?")
		s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
		return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
	}
	return b != "" && clean(a) == clean(b)
}

// articles returns the articles in linked data: at its top, in its graph, and as
// the main entity of its page.
func articles(value any, depth int) (found []map[string]any) {
	if depth > mostDepth {
		return nil
	}
	switch v := value.(type) {
	case []any:
		for _, entry := range v {
			found = append(found, articles(entry, depth+1)...)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			found = append(found, v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			found = append(found, articles(v[key], depth+1)...)
		}
	}
	return found
}

func isArticle(kind any) bool {
	switch k := kind.(type) {
	case string:
		k = k[strings.LastIndexAny(k, "/:#")+1:]
		return strings.HasSuffix(k, "Article") || strings.HasSuffix(k, "Posting") || k == "Report" || k == "NewsItem"
	case []any:
		for _, one := range k {
			if isArticle(one) {
				return true
			}
		}
	}
	return false
}

// said returns the words of a value of linked data: a string, the first of keys
// of an object, or those of a list with commas between them.
func said(value any, keys ...string) string {
	switch v := value.(type) {
	case string:
		if strings.HasPrefix(v, "http") && len(keys) > 0 && keys[0] == "name" {
			return ""
		}
		return collapse(v)
	case map[string]any:
		for _, key := range keys {
			if s, ok := v[key].(string); ok && s != "" {
				return collapse(s)
			}
		}
	case []any:
		var all []string
		for _, one := range v {
			if s := said(one, keys...); s != "" {
				all = append(all, s)
			}
		}
		return strings.Join(all, ", ")
	}
	return ""
}
