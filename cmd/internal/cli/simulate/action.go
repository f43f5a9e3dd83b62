package simulate

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/iam/cases"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// complete adds what the action tells of a request: the region that a service
// of one endpoint answers from, and what "*" stands for.
func complete(a *session.Session, s *cases.Single) error {
	tables, err := awsdata.Open()
	if err != nil {
		return err
	}
	if err := isAction(tables, s.Action); err != nil {
		return session.Usage(fmt.Errorf("--action: %w", err))
	}
	partition := "aws"
	if parts := strings.SplitN(s.Principal, ":", 3); len(parts) == 3 {
		partition = parts[1]
	}
	service, _, _ := strings.Cut(strings.ToLower(s.Action), ":")
	s.OwnRegion = awsdata.GlobalRegion(service, partition)
	if s.Resource != "*" {
		return nil
	}
	action, err := tables.Action(s.Action)
	if err != nil || action == nil || len(action.Types) == 0 {
		return err
	}
	s.AnyResource = true
	if formats := action.Formats(partition); len(formats) == 1 {
		s.Resource = formats[0]
	}
	fmt.Fprintf(a.Err, "panther-preflight: %s works on a resource: * stands for any (%s)\n", action.Name, s.Resource)
	return nil
}

// isAction refuses what no service has as an action.
func isAction(tables *awsdata.Tables, name string) error {
	if !strings.Contains(name, ":") || strings.ContainsAny(name, "*?") {
		return nil // what is wrong with it the request says
	}
	exists, err := tables.Exists(name, nil)
	if err != nil || exists {
		return err
	}
	near, err := tables.Nearest(name)
	if err != nil {
		return err
	}
	if near == "" {
		return fmt.Errorf("%s is not an IAM action", name)
	}
	return fmt.Errorf("%s is not an IAM action; the nearest is %s", name, near)
}

// checkedAnswer is the answer to a case, or why its action is none: nothing is
// allowed that does not exist.
func checkedAnswer(tables *awsdata.Tables, file string, c *cases.Case) cases.Answer {
	a := c.Answer()
	if c.Err != nil {
		return a
	}
	if err := isAction(tables, c.Query.Request().Action); err != nil {
		a.Error = fmt.Sprintf("%s:%d: request.action: %s", file, c.Line, err)
		if !a.Decision.Denied() {
			a.Decision, a.BlockedBy = iam.Unknown, nil
		}
	}
	return a
}
