package template

import (
	"strconv"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// Bounds on what one release may cost, far above any real one. What lies past
// them is unknown, and one fault says so.
const (
	maxText      = 1 << 20   // bytes of one resolved text
	maxParts     = 4096      // pieces of one resolved text
	maxDepth     = 1000      // references that lead to references
	maxItems     = 10_000    // elements that one text is split into
	maxWays      = 256       // values that one may be under undecided conditions
	maxResources = 20_000    // in all stacks together; CloudFormation takes 2500
	maxLiterals  = 20_000    // noted in all stacks together
	maxFaults    = 200       // that are told apart
	maxWork      = 2_000_000 // nodes resolved or walked in all stacks together
)

const tooLarge = "more than is resolved"

// enter counts one step of the work, one level deep. It answers false when
// there is to be no further step; else leave must follow.
func (t *Tree) enter(s *stack, at *cfn.Node) bool {
	if t.depth >= maxDepth {
		t.fault(s, at, "too_deep", "references lead to references more than "+strconv.Itoa(maxDepth)+" times")
		return false
	}
	if t.work >= maxWork {
		t.tooLarge()
		return false
	}
	t.depth++
	t.work++
	return true
}

func (t *Tree) tooLarge() {
	t.fault(t.root, &cfn.Node{Pos: cfn.Pos{Line: 1, Column: 1}}, "too_large", "the templates together stand for more than is resolved")
}

func (t *Tree) leave() { t.depth-- }
