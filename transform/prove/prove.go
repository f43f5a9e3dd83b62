package prove

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// Result checks the result before anyone sees it: nothing refers to what is
// gone, a second run would change nothing, and the checks of templates refuse
// nothing of it that they did not refuse before.
func Result(m *plan.Model, out []*plan.Emitted, replan func(*plan.Model) (*plan.Draft, error)) error {
	before := map[string]bool{}
	for _, t := range m.Order {
		for _, d := range dangling(t) {
			before[d.key()] = true
		}
	}
	again, err := readAgain(m, out)
	if err != nil {
		return err
	}
	for _, t := range again.Order {
		for _, d := range dangling(t) {
			if d.file = again.origin[d.file]; !before[d.key()] {
				return Unproved(d.file, d.line, fmt.Sprintf("%s still refers to %s", d.where, d.name))
			}
		}
	}
	if err := again.stable(m, replan); err != nil {
		return err
	}
	return refused(m, out)
}

// Unproved is the error for a result that did not pass.
func Unproved(file string, line int, message string) *plan.Error {
	return &plan.Error{Code: plan.Unproved, File: file, Line: line, Message: message,
		Fix: "this is a fault of the transform; nothing was written. Please report it with the template"}
}

// second is the result read as a release of its own.
type second struct {
	*plan.Model
	origin map[string]string // new name to old
}

func readAgain(m *plan.Model, out []*plan.Emitted) (*second, error) {
	release := plan.Release{Layout: m.Release.Layout, Files: map[string][]byte{}, Present: m.Release.Present}
	options := m.Options
	options.Remove = nil
	again, err := plan.New(release, options)
	if err != nil {
		return nil, err
	}
	l := &second{again, map[string]string{}}
	for _, e := range out {
		release.Files[e.To] = e.Document.Bytes
		t, err := e.Read(e.To)
		if err != nil {
			return nil, err
		}
		again.Templates[e.To] = t
		l.origin[e.To] = e.From
		if e.Template.IsEntry {
			again.Release.Entry, again.Entry = e.To, t
			t.IsEntry, t.Stack = true, "entry"
		}
	}
	again.Release = plan.Release{Layout: release.Layout, Files: release.Files, Entry: again.Release.Entry, Present: release.Present}
	again.Order = []*plan.Template{again.Entry}
	for i := 0; i < len(again.Order); i++ {
		for _, r := range again.Order[i].Resources {
			url := r.TemplateURL()
			if url == nil {
				continue
			}
			if file, ok := again.ChildFile(again.Order[i], url); ok {
				r.Child = again.Templates[file]
				again.Order[i].Nested = append(again.Order[i].Nested, r.Child)
				if r.Child.Stack == "" {
					r.Child.Stack = strings.TrimPrefix(again.Order[i].Stack+"/"+r.ID, "entry/")
					again.Order = append(again.Order, r.Child)
				}
			}
		}
	}
	return l, nil
}

// stable runs the whole plan on the result: nothing may be left to do.
func (again *second) stable(m *plan.Model, replan func(*plan.Model) (*plan.Draft, error)) error {
	d, err := replan(again.Model)
	if err != nil {
		return Unproved(m.Entry.File, 1, "a second run would stop: "+err.Error())
	}
	for _, t := range again.Reached {
		if !t.Edits.Empty() {
			what := "something"
			line := 1
			for _, e := range d.Edited {
				if e.Template == t {
					what, line = fmt.Sprintf("%s %s (%s)", e.Action, t.Path(e.Node), e.Reason), e.Node.Pos.Line
					break
				}
			}
			return Unproved(again.origin[t.File], line, "a second run would change the result again: "+what)
		}
	}
	return nil
}
