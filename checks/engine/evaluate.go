package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/panther-preflight/panther-preflight/checks"
)

// Evaluate judges the facts with every loaded check. The results are ordered
// by id. The error is that of the context, or that of bundled policies that do
// not compile, which is a fault of the program.
func (e *Engine) Evaluate(ctx context.Context, f *checks.Facts) ([]checks.Result, error) {
	results := make([]checks.Result, len(e.checks))
	var asked []*check
	for i, c := range e.checks {
		if results[i] = c.blocked(f); results[i].Status == "" {
			asked = append(asked, c)
		}
	}
	if err := e.ready(ctx, asked); err != nil {
		return nil, err
	}
	input, err := inputDocument(f, union(asked))
	if err != nil {
		return nil, err
	}
	for i, c := range e.checks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		began := time.Now()
		if results[i].Status == "" {
			c.judge(ctx, &results[i], input, e.deadline)
		}
		ms := float64(time.Since(began).Microseconds()) / 1000
		results[i].DurationMS = &ms
	}
	return results, ctx.Err()
}

// result is what is told of the check whatever it finds.
func (c *check) result() checks.Result {
	return checks.Result{
		ID: c.meta.ID, Area: c.meta.Area, Title: c.meta.Title, Severity: c.meta.Severity,
		Remediation: c.meta.Remediation, Docs: c.meta.Docs, Source: c.meta.Source,
		Findings: []checks.Finding{},
	}
}

// judge asks the policy.
func (c *check) judge(ctx context.Context, r *checks.Result, input ast.Value, deadline time.Duration) {
	answer, err := c.ask(ctx, input, deadline)
	if err != nil {
		r.Status, r.Reason = checks.Unknown, "the policy could not be evaluated: "+err.Error()
		return
	}
	if len(answer.skipped) > 0 {
		r.Status, r.Reason = checks.Skipped, strings.Join(answer.skipped, "; ")
		return
	}
	r.Findings = answer.complete(c.meta)
	r.Status, r.Reason = status(r.Findings)
}

// status is where findings become a status: one decided finding fails the
// check, undecided ones alone leave it unknown.
func status(findings []checks.Finding) (checks.Status, string) {
	var undecided []string
	failed := false
	for _, f := range findings {
		if f.Undecided {
			undecided = append(undecided, f.Message)
		} else {
			failed = true
		}
	}
	reason := ""
	if len(undecided) > 0 {
		reason = "could not tell: " + undecided[0]
		if more := len(undecided) - 1; more > 0 {
			reason += fmt.Sprintf(" (and %d more)", more)
		}
	}
	switch {
	case failed:
		return checks.Failed, reason
	case len(undecided) > 0:
		return checks.Unknown, reason
	}
	return checks.Passed, ""
}

func (c *check) ask(ctx context.Context, input ast.Value, deadline time.Duration) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	q, err := c.query()
	if err != nil {
		return nil, err
	}
	set, err := q.Eval(ctx, rego.EvalParsedInput(input))
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil, fmt.Errorf("it took longer than %s", deadline)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.file, err)
	}
	if len(set) != 1 {
		return nil, fmt.Errorf("%s: it gave no answer", c.file)
	}
	return decode(set[0].Bindings["answer"])
}
