package publish

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// A Victim is a person of lists who is of an incident, with how much of them may
// be seen.
type Victim struct {
	cairn.Victim
	Display cairn.Display // empty where nothing may be
	Agreed  bool          // their own record says so
	Keys    []string      // of their entries, see [PersonKey]
}

// PersonKey names an entry of a list in public: the HMAC (FIPS 198-1) over its
// list and key under the secret of the project, in 16 hexadecimal digits. Without
// the secret nobody can tell from it what the list calls the person, by trying
// either.
func PersonKey(secret, entry string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(entry))
	return hex.EncodeToString(mac.Sum(nil))[:16]
}

// victims returns those of whom something is shown, by family, and how many others
// there are.
func (m Material) victims() (shown []cairn.PublicVictim, unshown int) {
	groups, size := map[string]int{}, map[string]int{}
	for _, v := range m.Victims {
		if visible(v) {
			size[v.Group]++
		}
	}
	var singles []cairn.PublicVictim
	for _, v := range m.Victims {
		if !visible(v) {
			if v.Display == cairn.OnlyCounted {
				unshown++
			}
			continue
		}
		p := cairn.PublicVictim{Key: v.Keys[0], Also: v.Keys[1:], Display: cairn.FullName, Agreed: v.Agreed, Names: v.Names, Sex: v.Sex, Age: v.Age, Harm: v.Harm}
		if len(v.Names) > 0 {
			p.Initials = initials(v.Names[0])
		}
		if v.Group == "" || size[v.Group] < 2 {
			singles = append(singles, p.Down(v.Display))
			continue
		}
		if groups[v.Group] == 0 {
			groups[v.Group] = len(groups) + 1
		}
		p.Group = groups[v.Group]
		shown = append(shown, p.Down(v.Display))
	}
	byGroup(shown)
	return append(shown, singles...), unshown
}

func visible(v Victim) bool {
	return v.Display != "" && v.Display != cairn.OnlyCounted && !v.Alive && len(v.Keys) > 0
}

// byGroup puts persons of one family together, families in the order of the first.
func byGroup(all []cairn.PublicVictim) {
	for i := 1; i < len(all); i++ {
		for k := i; k > 0 && all[k].Group < all[k-1].Group; k-- {
			all[k], all[k-1] = all[k-1], all[k]
		}
	}
}

// initials returns the first letter of the first and the last word of a name.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	var all []string
	for i, w := range words {
		if i > 0 && i < len(words)-1 {
			continue
		}
		w = strings.TrimPrefix(w, "ال") // the article is no initial
		r, _ := utf8.DecodeRuneInString(w)
		all = append(all, string(unicode.ToUpper(r))+".")
	}
	return strings.Join(all, " ")
}

// EntryNames are the names that a list of victims gives one person, as it writes
// and as it was understood.
func EntryNames(e cairn.Entry) []string {
	var all []string
	for _, values := range []map[string]string{e.Values, e.Written} {
		for _, parts := range [][]string{{"name"}, {"given_name", "family_name"}, {"given_name", "father_name", "family_name"}, {"given_name", "father_name"}} {
			var words []string
			for _, field := range parts {
				if values[field] != "" {
					words = append(words, values[field])
				}
			}
			if name := strings.Join(words, " "); name != "" && !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}
