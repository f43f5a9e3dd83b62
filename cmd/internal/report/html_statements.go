package report

import (
	"slices"
	"strconv"

	"github.com/panther-preflight/panther-preflight/checks"
)

// htmlStatement is one statement of a policy with how many actions it denies, in
// one state.
type htmlStatement struct {
	Statement, State, First string
	Count                   int
}

// statementsOf counts the denials of a policy by statement and state.
func statementsOf(denials []denial) []htmlStatement {
	var all []htmlStatement
	for _, d := range denials {
		i := slices.IndexFunc(all, func(s htmlStatement) bool { return s.Statement == d.Statement && s.State == d.State })
		if i < 0 {
			i, all = len(all), append(all, htmlStatement{Statement: d.Statement, State: d.State, First: d.Action})
		}
		all[i].Count++
	}
	return all
}

// name is the Sid, or the number of the statement from one.
func (s htmlStatement) name() string {
	if n, err := strconv.Atoi(s.Statement); err == nil {
		return "statement " + strconv.Itoa(n+1)
	}
	if s.Statement == "" {
		return "no Allow"
	}
	return s.Statement
}

func (s htmlStatement) words() string {
	what := s.First
	if s.Count > 1 {
		what += " and " + checks.Number(s.Count-1) + " more"
	}
	switch {
	case s.State == string(checks.Waived):
		return "denies " + what + ", waived"
	case s.State == string(checks.Unknown):
		return "may deny " + what
	case s.Statement == "":
		return "of " + what
	}
	return "denies " + what
}
