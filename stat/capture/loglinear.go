package capture

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
)

// A Criterion is what models are compared by.
type Criterion string

// The criteria. The zero Criterion is BIC.
const (
	AIC Criterion = "aic" // Akaike 1974
	BIC Criterion = "bic" // Schwarz 1978, with the number observed as sample size
)

// LogLinear estimates by log-linear models of the counts, in which the lists of
// a term depend on each other and the interaction of all lists is taken to be
// none (Fienberg 1972; Cormack 1989). All hierarchical models are compared and
// the best one estimates; the interval is by profile likelihood of the
// multinomial (Cormack 1992; Baillargeon and Rivest 2007).
//
// A model is left out where the table cannot tell the number unseen from it.
// Where it can but cells are empty, the extended maximum likelihood estimate
// stands for the one at infinity (Fienberg and Rinaldo 2012).
type LogLinear struct {
	Model     *Model    // the one model to fit; all are compared where nil
	Criterion Criterion // BIC for ""
	Order     int       // of the interactions compared; as high as can be for 0
	Average   bool      // estimate by the mean over models, weighed by exp(-criterion/2) (Burnham and Anderson 2002), instead of the best
}

// Name is loglinear.
func (LogLinear) Name() string { return "loglinear" }

// Estimate returns the estimate as the point.
func (m LogLinear) Estimate(t Table) Result {
	r := begin(m.Name(), t, 0)
	if n, refused := needsThree(t); refused {
		return r.refuse(n)
	}
	if len(t.Lists) > exactListLimit {
		return r.refuse(Notice{ManyLists, fmt.Sprintf("%d lists are more than the %d that this method takes", len(t.Lists), exactListLimit), "merge lists that come from one maker"})
	}
	models := m.models(&r)
	fits := fitAll(t, models)
	fitted := slices.DeleteFunc(fits, func(f modelFit) bool { return !f.ok })
	if len(fitted) == 0 {
		return r.refuse(Notice{NotIdentifiable, "the number on no list cannot be told from this table under " + which(models), "allow fewer interactions, or merge lists that share nobody"})
	}
	m.rank(t, fitted)
	best := fitted[0]
	r.Diagnostics = &Diagnostics{Model: best.model.String(), Compared: len(models), Models: weights(t, fitted)}
	if left := len(models) - len(fitted); left > 0 {
		kind := Searched
		if 2*left > len(models) {
			kind = NotIdentifiable
		}
		r.warn(Notice{kind, fmt.Sprintf("%d of %d models cannot be fitted to this table, because cells are empty, and were left out", left, len(models)), "merge lists that share nobody and compare"})
	}
	r.Estimate = m.interval(t, fitted)
	if m.Model == nil {
		r.warn(disagreement(t, fitted)...)
	}
	r.warn(rests(t, best)...)
	r.judge(t)
	return r
}

func which(models []Model) string {
	if len(models) == 1 {
		return "the model " + models[0].String()
	}
	return fmt.Sprintf("any of %d models", len(models))
}

// The lists up to which every interaction, and every pair, can be compared.
const (
	everyOrderLists = 5
	everyPairLists  = 6
)

// models are those to compare. Where all would be too many, those with pairs,
// and above that only those with few pairs.
func (m LogLinear) models(r *Result) []Model {
	if m.Model != nil {
		return []Model{*m.Model}
	}
	order := m.Order
	if order == 0 {
		order = r.Lists - 1
	}
	if r.Lists > everyOrderLists && order > 2 {
		order = 2
		r.warn(Notice{Searched, fmt.Sprintf("with %d lists only interactions of two lists were compared", r.Lists), "merge lists to compare higher ones"})
	}
	var models []Model
	if r.Lists <= everyPairLists {
		hierarchies(r.Lists, order, func(m Model) { models = append(models, m) })
		return models
	}
	r.warn(Notice{Searched, fmt.Sprintf("with %d lists only models with up to three pairs were compared", r.Lists), "merge lists, or take the sparse method"})
	var pairs []History
	for _, h := range histories(r.Lists) {
		if h.Lists() == 2 {
			pairs = append(pairs, h)
		}
	}
	models = append(models, NewModel(r.Lists))
	for a := range pairs {
		models = append(models, NewModel(r.Lists, pairs[a]))
		for b := range a {
			models = append(models, NewModel(r.Lists, pairs[a], pairs[b]))
			for c := range b {
				if r.Lists <= 8 {
					models = append(models, NewModel(r.Lists, pairs[a], pairs[b], pairs[c]))
				}
			}
		}
	}
	return models
}

// A modelFit is a model fitted to a table.
type modelFit struct {
	model     Model
	fit       fit
	rows      []int // cells with an expectation above 0
	d         design
	criterion float64
	weight    float64
	ok        bool
}

// unseen is how many the model expects on no list.
func (f modelFit) unseen() float64 { return math.Exp(f.fit.beta[0]) }

// stderr is of the population, by the delta method, for the multinomial.
func (f modelFit) stderr() float64 {
	u := f.unseen()
	return math.Sqrt(u + u*u*f.fit.variance)
}

// fitAll fits each model, in order, on all processors.
func fitAll(t Table, models []Model) []modelFit {
	fits := make([]modelFit, len(models))
	counts, all := t.dense(), histories(len(t.Lists))
	parallel(len(models), func(i int) { fits[i] = fitModel(models[i], all, counts) })
	return fits
}

// fitModel fits one model to the counts of all histories.
func fitModel(m Model, all []History, counts []float64) modelFit {
	d := m.design(all)
	f := modelFit{model: m}
	rows, columns, unseen := support(d, counts)
	if !unseen {
		return f
	}
	if len(rows) < d.rows || len(columns) < d.columns {
		d, counts = d.choose(rows, columns), choose(counts, rows)
	}
	f.rows, f.d, f.fit = rows, d, poisson(d, counts)
	f.ok = f.fit.converged && f.fit.beta[0] < 40
	return f
}

// parallel calls f with 0 to n-1, each once, on all processors.
func parallel(n int, f func(int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < n; i += workers {
				f(i)
			}
		})
	}
	wait.Wait()
}

// rank sets criterion and weight, and sorts the best first.
func (m LogLinear) rank(t Table, fits []modelFit) {
	price := math.Log(float64(t.Observed()))
	if m.Criterion == AIC {
		price = 2
	}
	for i := range fits {
		f := &fits[i]
		f.criterion = -2*f.fit.likelihood + price*float64(1+len(f.model.terms))
	}
	slices.SortStableFunc(fits, func(a, b modelFit) int { return cmp.Compare(a.criterion, b.criterion) })
	sum := 0.0
	for i := range fits {
		fits[i].weight = math.Exp((fits[0].criterion - fits[i].criterion) / 2)
		sum += fits[i].weight
	}
	for i := range fits {
		fits[i].weight /= sum
	}
}

// interval is that of the best model, or of all by their weights. The variance
// of the mean over models is that of Buckland, Burnham and Augustin (1997),
// which holds how far they lie apart.
func (m LogLinear) interval(t Table, fits []modelFit) *Interval {
	n, best := float64(t.Observed()), fits[0]
	if !m.Average {
		low, high := best.profile(t)
		return &Interval{Point: new(n + best.unseen()), Low: low, High: high, Level: Level}
	}
	unseen := averaged(fits)
	stderr := 0.0
	for _, f := range fits {
		if f.weight > 1e-6 {
			stderr += f.weight * math.Hypot(f.stderr(), f.unseen()-unseen)
		}
	}
	low, high := unseenInterval(n, unseen, stderr)
	return &Interval{Point: new(n + unseen), Low: &low, High: &high, Level: Level}
}

// averaged is the number unseen over the models that count for anything.
func averaged(fits []modelFit) float64 {
	unseen, sum := 0.0, 0.0
	for _, f := range fits {
		if f.weight > 1e-6 {
			unseen += f.weight * f.unseen()
			sum += f.weight
		}
	}
	return unseen / sum
}

// weights are the heaviest models.
func weights(t Table, fits []modelFit) []Weight {
	var all []Weight
	for _, f := range fits[:min(10, len(fits))] {
		all = append(all, Weight{f.model.String(), f.weight, new(float64(t.Observed()) + f.unseen())})
	}
	return all
}

// disagreement says where the choice among models that are nearly as good moves
// the population.
func disagreement(t Table, fits []modelFit) []Notice {
	n := float64(t.Observed())
	low, high := n+fits[0].unseen(), n+fits[0].unseen()
	many := 0
	for _, f := range fits {
		if f.criterion > fits[0].criterion+6 {
			break
		}
		low, high, many = min(low, n+f.unseen()), max(high, n+f.unseen()), many+1
	}
	if high-low <= otherModels*(n+fits[0].unseen()) {
		return nil
	}
	return []Notice{{ModelsDisagree, fmt.Sprintf("%d models are about as good as the best, with populations from %.0f to %.0f; their mean by weight is %.0f", many, low, high, n+averaged(fits)), "show the estimate beside those of other methods"}}
}

// rests warns of a cell in which one member more or less moves the number
// unseen by a tenth.
func rests(t Table, best modelFit) []Notice {
	counts, all := t.dense(), histories(len(t.Lists))
	most, at := 0.0, -1
	for i, n := range counts {
		if n == 0 {
			continue
		}
		counts[i]++
		if f := fitModel(best.model, all, counts); f.ok {
			if by := math.Abs(f.unseen()/best.unseen() - 1); by > most {
				most, at = by, i
			}
		}
		counts[i]--
	}
	if most <= mostByOne {
		return nil
	}
	return []Notice{oneCell(t, all[at], most)}
}

// oneCell is the warning that a cell moves the number unseen by this much.
func oneCell(t Table, h History, by float64) Notice {
	return Notice{OneCell, fmt.Sprintf("one member more on %s and no other list would move the number unseen by %.0f %%", names(t, h), 100*by), "read again the members of that cell and their links"}
}
