package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
)

// Evaluate judges the facts with every loaded check. The results are ordered
// by id. A check that does not end before the deadline of ctx, or its own, is
// unknown, and so is what it leaves no time or memory for. The error is that of
// an interrupted context, or that of bundled policies that do not compile, which
// is a fault of the program.
func (e *Engine) Evaluate(ctx context.Context, f *checks.Facts) ([]checks.Result, error) {
	results := make([]checks.Result, len(e.checks))
	var asked []*check
	for i, c := range e.checks {
		if results[i] = c.blocked(f); results[i].Status == "" {
			asked = append(asked, c)
		}
	}
	if err := e.ready(asked); err != nil {
		return nil, err
	}
	input, err := inputDocument(f, union(asked))
	if err != nil {
		return nil, err
	}
	m := watch(e.memory)
	defer m.end()
	r := &run{input: input, memory: m, deadline: e.deadline}
	for _, i := range e.trustedFirst() {
		if err := ctx.Err(); errors.Is(err, context.Canceled) {
			return nil, err
		}
		began := time.Now()
		if results[i].Status == "" {
			r.judge(ctx, e.checks[i], &results[i])
			e.checks[i].qualify(f, &results[i])
		}
		ms := float64(time.Since(began).Microseconds()) / 1000
		results[i].DurationMS = &ms
	}
	if err := ctx.Err(); errors.Is(err, context.Canceled) {
		return nil, err
	}
	return results, nil
}

// trustedFirst is the order in which checks are asked: those of the program
// before those of the operator, which may use up the time and the memory.
func (e *Engine) trustedFirst() []int {
	order := make([]int, len(e.checks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(e.checks[a].origin(), e.checks[b].origin())
	})
	return order
}

// origin is 0 for a check of the program and 1 for one of the operator.
func (c *check) origin() int {
	if bundledID.MatchString(c.meta.ID) {
		return 0
	}
	return 1
}

// result is what is told of the check whatever it finds.
func (c *check) result() checks.Result {
	return checks.Result{
		ID: c.meta.ID, Area: c.meta.Area, Title: c.meta.Title, Severity: c.meta.Severity,
		Description: c.meta.Description, Remediation: c.meta.Remediation, Docs: c.meta.Docs, Source: c.meta.Source,
		Findings: []checks.Finding{},
	}
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
