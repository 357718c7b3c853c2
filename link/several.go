package link

import "slices"

// others adds the incidents that documents report beside their main one: each
// further account that meets a main account of another document is of that
// incident, and each that meets none is one of its own, shared with the further
// accounts of other documents that it meets.
func (s *stream) others(out []Placing, incidents *numbering) {
	byDay := s.accountsByDay()
	given := map[spotted]string{}
	for i := range s.docs {
		for k := 1; k < len(s.accounts[i]); k++ {
			if !s.accounts[i][k].alleges() {
				continue
			}
			code := ""
			for _, o := range s.meeting(spotted{i, k}, byDay) {
				if o.account == 0 {
					code = out[o.document].Incidents[0]
					break
				}
				if code = given[o]; code != "" {
					break
				}
			}
			if code == "" {
				code = incidents.new()
			}
			given[spotted{i, k}] = code
			if !slices.Contains(out[i].Incidents, code) {
				out[i].Incidents = append(out[i].Incidents, code)
			}
		}
	}
}

// spotted is an account of a document of a stream.
type spotted struct{ document, account int }

// accountsByDay finds the accounts of a stream by each day that they may be of;
// those without days, or of long periods, are left out, since they prove no
// meeting.
func (s *stream) accountsByDay() map[int64][]spotted {
	found := map[int64][]spotted{}
	for i := range s.accounts {
		for k, a := range s.accounts[i] {
			for _, day := range a.days() {
				found[day] = append(found[day], spotted{i, k})
			}
		}
	}
	return found
}

const mostDays = 3

func (a account) days() []int64 {
	n := a.when.Days()
	if n == 0 || n > mostDays || a.where == nil {
		return nil
	}
	var days []int64
	for d := range n {
		days = append(days, a.when.From.First().Unix()/secondsPerDay+int64(d))
	}
	return days
}

// meeting returns the accounts of other documents that are of the incident that
// one is of, main accounts first.
func (s *stream) meeting(at spotted, byDay map[int64][]spotted) []spotted {
	var main, further []spotted
	a := s.accounts[at.document][at.account]
	for _, day := range a.days() {
		for _, o := range byDay[day] {
			if o.document == at.document {
				continue
			}
			if v := compare(a, s.accounts[o.document][o.account]); v.apart || v.score < joinsFrom {
				continue
			}
			if o.account == 0 {
				main = append(main, o)
			} else {
				further = append(further, o)
			}
		}
	}
	return append(main, further...)
}
