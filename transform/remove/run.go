package remove

import (
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// run is the stage at work on one release.
type run struct {
	*plan.Model
	*plan.Draft
	exports   []export
	exported  int // losses of what others may import
	contracts map[string]contract
	removed   []plan.Removal
	state
}

// state is what a run finds out about the templates as they are; it begins anew
// when one of them is read again.
type state struct {
	events  map[*plan.Resource]map[string]*plan.Cause // events of a serverless resource that are lost
	globals map[*plan.Template]map[string]*plan.Cause // Kind/Property of SAM Globals that are lost
	losses  map[*plan.Template]int                    // how often something in it was lost
	looks   map[*plan.Resource]look
	parts   map[*plan.Template]*parts // that go from serverless resources
}

// look is when a resource was judged last, see stamp, and whether that found
// something to edit.
type look struct {
	stamp   int
	touched bool
}

func newState() state {
	return state{
		events: map[*plan.Resource]map[string]*plan.Cause{}, globals: map[*plan.Template]map[string]*plan.Cause{},
		losses: map[*plan.Template]int{}, looks: map[*plan.Resource]look{},
		parts: map[*plan.Template]*parts{},
	}
}

// Removals is what the stage has decided.
type Removals struct {
	Removed []plan.Removal
	run     *run
}

// Lost tells whether a value of a template denotes nothing any more.
func (r *Removals) Lost(t *plan.Template, n *cfn.Node) bool {
	w := &refChecker{p: r.run, t: t}
	return n.Kind == cfn.Call && w.call(n, "", required, true).lost != nil
}

// Run decides what goes from a release and what that takes along, and plans the
// edits.
func Run(m *plan.Model, d *plan.Draft) (*Removals, error) {
	p := &run{Model: m, Draft: d, contracts: map[string]contract{}, state: newState()}
	err := p.all()
	return &Removals{p.removed, p}, err
}

func (p *run) all() error {
	for again := true; again; {
		if err := p.seeds(); err != nil {
			return err
		}
		if err := p.fixpoint(); err != nil {
			return err
		}
		var err error
		if again, err = p.expandLoops(); err != nil {
			return err
		}
	}
	p.Reach()
	p.decide()
	p.macros()
	p.siblings()
	return nil
}

// reparsed reads a template anew after edits that came before the others.
func (p *run) reparsed(t *plan.Template) error {
	out, err := t.Apply()
	if err != nil {
		return fmt.Errorf("expand %s: %w", t.File, err)
	}
	return p.Remodel(t, out.Document, out.Tree)
}
