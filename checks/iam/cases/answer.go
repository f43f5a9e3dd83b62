package cases

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// Answer is one line of the answer.
type Answer struct {
	Name      string       `json:"name"`
	Decision  iam.Decision `json:"decision"`
	BlockedBy *BlockedBy   `json:"blocked_by"`
	DependsOn []string     `json:"depends_on"`
	Passing   []Passing    `json:"passing,omitempty"`
	Error     string       `json:"error,omitempty"`
}

// BlockedBy is the place that denies, or that an unknown answer turns on.
type BlockedBy struct {
	Layer     iam.Kind `json:"layer"`
	Level     *int     `json:"level,omitempty"`
	Policy    string   `json:"policy"`
	Sid       string   `json:"sid"`
	Statement *int     `json:"statement,omitempty"`
	Operator  string   `json:"operator"`
	Key       string   `json:"key"`
}

// Passing is a value of an unknown key that the request passes with.
type Passing struct {
	Key     string   `json:"key"`
	Absent  bool     `json:"absent,omitempty"`
	Values  []string `json:"values,omitempty"`
	Pattern string   `json:"pattern,omitempty"`
}

// Answer decides the case.
func (c *Case) Answer() Answer {
	a := Answer{Name: c.Name, DependsOn: []string{}}
	if c.Err != nil {
		a.Error = c.Err.Error()
		return a
	}
	e := c.Policies.Explain(c.Query)
	a.Decision = e.Decision
	if e.Decision == iam.Allowed {
		return a
	}
	a.BlockedBy = blockedBy(e)
	a.DependsOn = append(a.DependsOn, e.DependsOn...)
	for _, p := range e.Passing {
		a.Passing = append(a.Passing, Passing{
			Key: p.Key, Absent: p.Value.State == iam.KeyAbsent, Values: p.Value.Values, Pattern: p.Pattern,
		})
	}
	return a
}

func blockedBy(e iam.Explanation) *BlockedBy {
	b := &BlockedBy{Layer: e.Cause.Layer}
	if e.Cause.Level >= 0 {
		b.Level = &e.Cause.Level
	}
	if s := e.Statement; s != nil {
		index := s.Index()
		b.Policy, b.Sid, b.Statement = s.Policy().Name(), s.Sid(), &index
	}
	if e.Condition != nil {
		b.Operator, b.Key = e.Condition.Operator(), e.Condition.Key()
	}
	return b
}

// Write writes answers, one JSON object a line.
func Write(to io.Writer, answers []Answer) error {
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	for i := range answers {
		if err := enc.Encode(&answers[i]); err != nil {
			return fmt.Errorf("write the answer to %q: %w", answers[i].Name, err)
		}
	}
	return nil
}
