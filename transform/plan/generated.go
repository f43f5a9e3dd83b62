package plan

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/sam"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Generated are the ids that SAM makes of the template. What an id depends on is
// taken from the defaults of the parameters: references are written for those.
func (t *Template) Generated() *sam.Owners {
	if t.generated == nil {
		t.generated = sam.OwnersOf(t.Reading, t.DefaultOf)
	}
	return t.generated
}

// DefaultOf is the default of a parameter.
func (t *Template) DefaultOf(name string) (string, bool) {
	return t.Params[name].Get("Default").Scalar()
}

// malformed is the first part of the template that SAM could not read.
func malformed(file string, c *cfn.Template) error {
	faults := sam.Malformed(c)
	if len(faults) == 0 {
		return nil
	}
	f := faults[0]
	return &yamldoc.Error{File: file, Line: f.Pos.Line, Column: f.Pos.Column, Key: f.Key(), Message: f.Message}
}
