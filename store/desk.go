package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/cairn-recorder/cairn"
)

// PutAccount records a in the place of the account of its name.
func (tx *Tx) PutAccount(ctx context.Context, a cairn.Account) error {
	text, err := named(a.Name, "account", a)
	if err != nil {
		return err
	}
	return wrap("account "+a.Name, tx.revise(ctx, `accounts`, `name = $1`, []any{a.Name}, text, func(revision int) (table, []any) {
		return table{"accounts", "name, revision, body"}, []any{a.Name, revision, text}
	}))
}

// PutReview records how far the work on an incident has come.
func (tx *Tx) PutReview(ctx context.Context, r cairn.Review) error {
	text, err := named(r.Incident, "incident", r)
	if err != nil {
		return err
	}
	return wrap("review of "+r.Incident, tx.revise(ctx, `reviews`, `project = $1 AND incident = $2`, []any{r.Project, r.Incident}, text, func(revision int) (table, []any) {
		return table{"reviews", "project, incident, revision, state, assignee, body"},
			[]any{r.Project, r.Incident, revision, string(r.State), r.Assignee, text}
	}))
}

// PutAnswered records what a person did with a document that came in.
func (tx *Tx) PutAnswered(ctx context.Context, a cairn.Answered) error {
	text, err := named(a.Document, "document", a)
	if err != nil {
		return err
	}
	return wrap("answer on "+a.Document, tx.revise(ctx, `answered`, `project = $1 AND document = $2`, []any{a.Project, a.Document}, text, func(revision int) (table, []any) {
		return table{"answered", "project, document, revision, answer, judgement, body"}, []any{a.Project, a.Document, revision, string(a.Answer), a.Judgement, text}
	}))
}

// DropAnswered puts a document back into the inbox.
func (tx *Tx) DropAnswered(ctx context.Context, project, document string) error {
	return wrap("answer on "+document, tx.exec(ctx, `UPDATE answered SET replaced = $1 WHERE project = $2 AND document = $3 AND replaced IS NULL`, tx.act.Number, project, document))
}

// revise puts the next revision of a noun, unless it stands so already. which is
// a condition on the table by the parameters args.
func (tx *Tx) revise(ctx context.Context, into, which string, args []any, text string, row func(revision int) (table, []any)) error {
	former, err := tx.former(ctx, `SELECT revision, CASE WHEN replaced IS NULL THEN body ELSE '' END FROM `+into+` WHERE `+which+` ORDER BY revision DESC LIMIT 1`, args...)
	if err != nil || former.body == text {
		return err
	}
	if former.revision > 0 {
		err = tx.exec(ctx, `UPDATE `+into+` SET replaced = $`+number(len(args)+1)+` WHERE `+which+` AND replaced IS NULL`, append(args, tx.act.Number)...)
	}
	if err != nil {
		return err
	}
	t, values := row(former.revision + 1)
	return tx.insert(ctx, t, values)
}

// PutComment records what a person says about an incident.
func (tx *Tx) PutComment(ctx context.Context, c cairn.Comment) error {
	text, err := named(c.ID, "comment", c)
	if err == nil {
		err = tx.insert(ctx, table{"comments", "project, incident, id, body"}, []any{c.Project, c.Incident, c.ID, text})
	}
	return wrap("comment "+c.ID, err)
}

// Accounts returns every account, by name, those that ended too.
func (v View) Accounts(ctx context.Context) ([]cairn.Account, error) {
	found, err := all(ctx, v, `SELECT body FROM accounts WHERE replaced IS NULL ORDER BY name`, nil, body[cairn.Account])
	return found, wrap("accounts", err)
}

// Account returns the account of a name.
func (v View) Account(ctx context.Context, name string) (cairn.Account, error) {
	a, err := first(ctx, v, `SELECT body FROM accounts WHERE name = $1 AND replaced IS NULL`, []any{name}, body[cairn.Account])
	return a, wrap("account "+name, err)
}

// Review returns how far the work on an incident has come; that of an incident
// that nobody has taken up is in the state cairn.Collected.
func (v View) Review(ctx context.Context, project, incident string) (cairn.Review, error) {
	r, err := first(ctx, v, `SELECT body FROM reviews WHERE project = $1 AND incident = $2 AND replaced IS NULL`, []any{project, incident}, body[cairn.Review])
	if errors.Is(err, cairn.ErrNotFound) {
		return cairn.Review{Project: project, Incident: incident, State: cairn.Collected}, nil
	}
	return r, wrap("review of "+incident, err)
}

// Reviews returns the reviews of a project in one state, or of one assignee where
// that is given, by incident: those past after, at most limit of them unless it
// is 0.
func (v View) Reviews(ctx context.Context, project string, state cairn.ReviewState, assignee, after string, limit int) ([]cairn.Review, error) {
	var c conditions
	c.add(`project = ? AND replaced IS NULL`, project)
	if state != "" {
		c.add(`state = ?`, string(state))
	}
	if assignee != "" {
		c.add(`assignee = ?`, assignee)
	}
	if after != "" {
		c.add(`incident > ?`, after)
	}
	found, err := all(ctx, v, `SELECT body FROM reviews WHERE `+c.String()+` ORDER BY incident`+c.bind(` LIMIT ?`, upTo(limit)), c.args, body[cairn.Review])
	return found, wrap("reviews", err)
}

// Comments returns what persons said about an incident, the first first.
func (v View) Comments(ctx context.Context, project, incident string) ([]cairn.Comment, error) {
	found, err := all(ctx, v, `SELECT body FROM comments WHERE project = $1 AND incident = $2 AND replaced IS NULL ORDER BY made, id`, []any{project, incident}, body[cairn.Comment])
	return found, wrap("comments on "+incident, err)
}

// CommentsAfter returns the last comments of a project that were made after an
// act, the newest first, at most limit of them.
func (v View) CommentsAfter(ctx context.Context, project string, act, limit int) ([]cairn.Comment, error) {
	found, err := all(ctx, v, `SELECT body FROM comments WHERE project = $1 AND made > $2 AND replaced IS NULL ORDER BY made DESC, id DESC LIMIT $3`, []any{project, act, upTo(limit)}, body[cairn.Comment])
	return found, wrap("comments", err)
}

// AnsweredBy returns what was done with a document by a judgement;
// cairn.ErrNotFound where that answered none.
func (v View) AnsweredBy(ctx context.Context, judgement string) (cairn.Answered, error) {
	a, err := first(ctx, v, `SELECT body FROM answered WHERE judgement = $1 AND replaced IS NULL`, []any{judgement}, body[cairn.Answered])
	return a, wrap("answer of "+judgement, err)
}

// AnsweredOf returns what a person did with a document; cairn.ErrNotFound where
// it waits.
func (v View) AnsweredOf(ctx context.Context, project, document string) (cairn.Answered, error) {
	a, err := first(ctx, v, `SELECT body FROM answered WHERE project = $1 AND document = $2 AND replaced IS NULL`, []any{project, document}, body[cairn.Answered])
	return a, wrap("answer on "+document, err)
}

// ClaimsAnswered returns how many claims were read in the documents of a project
// that a person has answered for, by language.
func (v View) ClaimsAnswered(ctx context.Context, project string) (map[string]int, error) {
	found := map[string]int{}
	err := v.each(ctx, `SELECT d.language, sum(r.claims) FROM answered a JOIN documents d ON d.id = a.document AND d.replaced IS NULL
		JOIN project_readings p ON p.project = a.project AND p.document = a.document AND p.replaced IS NULL JOIN readings r ON r.id = p.reading
		WHERE a.project = $1 AND a.replaced IS NULL GROUP BY d.language`, []any{project}, func(rows *sql.Rows) error {
		var language string
		var n int
		err := rows.Scan(&language, &n)
		found[language] = n
		return err
	})
	return found, wrap("claims answered for", err)
}
