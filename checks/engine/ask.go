package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/panther-preflight/panther-preflight/checks"
)

// run is one evaluation of all checks.
type run struct {
	input    ast.Value
	memory   *memory
	deadline time.Duration
	// over is why no further policy is asked; empty while there is room.
	over string
}

// judge asks the policy of one check.
func (r *run) judge(ctx context.Context, c *check, result *checks.Result) {
	if r.over == "" && ctx.Err() != nil {
		r.over = "the time of the run (--timeout) was over before"
	}
	if r.over != "" {
		result.Status, result.Reason = checks.Unknown, "the policy was not evaluated: "+r.over
		return
	}
	answer, err := r.ask(ctx, c)
	if err != nil {
		result.Status, result.Reason = checks.Unknown, "the policy could not be evaluated: "+err.Error()
		return
	}
	if len(answer.skipped) > 0 {
		result.Status, result.Reason = checks.Skipped, strings.Join(answer.skipped, "; ")
		result.LeftOut = slices.ContainsFunc(answer.skipped, func(reason string) bool { return strings.HasSuffix(reason, checks.OfflineReason) })
		return
	}
	result.Findings = answer.complete(c.meta)
	result.Status, result.Reason = status(result.Findings)
	if len(answer.unread) > 0 {
		if result.Status == checks.Passed {
			result.Status = checks.Unknown
		}
		result.Reason = strings.Join(append(nonEmpty(result.Reason), answer.unread...), "; ")
	}
}

func nonEmpty(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// ask has the policy answer, within its time and memory.
func (r *run) ask(ctx context.Context, c *check) (*answer, error) {
	limit := r.deadline
	if end, ok := ctx.Deadline(); ok {
		limit = min(limit, time.Until(end).Round(time.Second/10))
	}
	ctx, cancel := context.WithTimeout(ctx, r.deadline)
	defer cancel()
	asked := guarded(ctx, r.memory, grace, func(ctx context.Context) (*answer, error) { return c.evaluate(ctx, r.input) })
	switch {
	case errors.Is(asked.err, errMemory):
		if asked.abandoned || !r.memory.recovered() {
			r.over = fmt.Sprintf("%s had taken more than %s and did not give it back", c.meta.ID, r.memory)
		}
		return nil, fmt.Errorf("%s: it took more than %s", c.file, r.memory)
	case errors.Is(asked.err, errTime):
		return nil, fmt.Errorf("%s: it took longer than %s", c.file, limit)
	}
	return asked.value, asked.err
}

// evaluate runs the query of the policy.
func (c *check) evaluate(ctx context.Context, input ast.Value) (*answer, error) {
	q, err := c.query()
	if err != nil {
		return nil, err
	}
	set, err := q.Eval(ctx, rego.EvalParsedInput(input))
	if err != nil {
		return nil, placed(c.file, err)
	}
	if len(set) != 1 {
		return nil, fmt.Errorf("%s: it gave no answer", c.file)
	}
	return decode(set[0].Bindings["answer"])
}

// placed says where in a policy an evaluation broke off, once.
func placed(file string, err error) error {
	var broken *topdown.Error
	if !errors.As(err, &broken) {
		return fmt.Errorf("%s: %w", file, err)
	}
	if at := broken.Location; at != nil && at.File != "" {
		return fmt.Errorf("%s:%d: %s", at.File, at.Row, broken.Message)
	}
	return fmt.Errorf("%s: %s", file, broken.Message)
}
