package derive

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const requestedRegion = "aws:RequestedRegion"

// places are where the denied calls go: regions that somebody chose, and services
// that answer from a region of their own, whichever is chosen.
type places struct{ regions, services []string }

func (n *Needs) placesOf(c *iam.Condition, hits []denied, w world) (places, error) {
	var p places
	ofService := map[string][]string{}
	for _, h := range hits {
		q, err := n.query(h.request, w)
		if err != nil {
			return places{}, err
		}
		if service, _, _ := strings.Cut(h.request.need.action.Name, ":"); awsdata.IsGlobal(service) {
			ofService[service] = append(ofService[service], c.Actual(q)...)
		} else {
			p.regions = append(p.regions, c.Actual(q)...)
		}
	}
	slices.Sort(p.regions)
	p.regions = slices.Compact(p.regions)
	for service, regions := range ofService {
		// One that is allowed as a region need not be allowed as a service.
		if slices.ContainsFunc(regions, func(r string) bool { return !slices.Contains(p.regions, r) }) {
			p.services = append(p.services, service+":*")
		}
	}
	slices.Sort(p.services)
	return p, nil
}

func aboutRegion(c *iam.Condition) bool {
	return c != nil && strings.EqualFold(c.Key(), requestedRegion)
}

// openPlaces lets a region lock pass the regions that were chosen, and the
// services that have one of their own without their region: others would follow
// into it.
func (n *Needs) openPlaces(t *statementText, c *iam.Condition, hits []denied, w world) bool {
	if !aboutRegion(c) {
		return false
	}
	p, err := n.placesOf(c, hits, w)
	if err != nil || len(p.services) > 0 && !leaveOut(t, p.services) {
		return false
	}
	return len(p.regions) == 0 || changeRegions(t, c, p.regions)
}

// openRegions lets a region lock pass every region that is called.
func (n *Needs) openRegions(t *statementText, c *iam.Condition, hits []denied, w world) bool {
	if !aboutRegion(c) {
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
	return changeRegions(t, c, slices.Compact(regions))
}

// changeRegions adds regions to a list of those that are allowed, and removes
// them from a list of those that are not.
func changeRegions(t *statementText, c *iam.Condition, regions []string) bool {
	var operators map[string]map[string]json.RawMessage
	if len(regions) == 0 || json.Unmarshal(t.Condition, &operators) != nil {
		return false
	}
	for key, values := range operators[c.Operator()] {
		if !strings.EqualFold(key, requestedRegion) {
			continue
		}
		list := append(texts(values), regions...)
		if !c.Negated() {
			list = without(texts(values), regions)
		}
		text, err := encode(list)
		if err != nil || len(list) == 0 {
			return false
		}
		operators[c.Operator()][key] = text
		whole, err := encode(operators)
		t.Condition = whole
		return err == nil
	}
	return false
}

// elsewhere are the regions of a region lock in which it denies none of the
// calls: those to services with a region of their own stay where they are.
func (n *Needs) elsewhere(c *iam.Condition, hits []denied, w world) ([]string, error) {
	if !aboutRegion(c) || !c.Negated() {
		return nil, nil
	}
	p, err := n.placesOf(c, hits, w)
	if err != nil || len(p.services) > 0 {
		return nil, err
	}
	return slices.Clone(c.Values()), nil
}
