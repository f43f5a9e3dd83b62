package derive

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const requestedRegion = "aws:RequestedRegion"

// addRegion adds the regions of the requests to the list of a condition that
// denies every region that is not in it.
func (n *Needs) addRegion(t *statementText, c *iam.Condition, hits []denied, w world) bool {
	if c == nil || !c.Negated() || !strings.EqualFold(c.Key(), requestedRegion) {
		return false
	}
	var regions []string
	for _, h := range hits {
		q, err := n.query(h.request, w)
		if err != nil {
			return false
		}
		regions = append(regions, c.Actual(q)...)
	}
	slices.Sort(regions)
	var operators map[string]map[string]json.RawMessage
	if len(regions) == 0 || json.Unmarshal(t.Condition, &operators) != nil {
		return false
	}
	for key, values := range operators[c.Operator()] {
		if !strings.EqualFold(key, requestedRegion) {
			continue
		}
		text, err := encode(append(texts(values), slices.Compact(regions)...))
		if err != nil {
			return false
		}
		operators[c.Operator()][key] = text
		whole, err := encode(operators)
		t.Condition = whole
		return err == nil
	}
	return false
}
