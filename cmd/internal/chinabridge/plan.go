package chinabridge

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// Rotation replaces the key of the bridge, one call a step: its phase says what
// is true before the next one. docs/china-bridge.md has the table of phases.
type Rotation struct {
	ends   Ends
	plan   bridge.Plan
	stored bridge.Stored // the secret as it was read before
	// address is where the bridge is asked: the gateway's own.
	address bridge.Address
	old     *bridge.Key  // that of the secret; nil where it is on no usage plan
	retire  []bridge.Key // what is disabled at the end: the old key, and those of rotations that did not end
	new     bridge.Key
	value   bridge.Hidden // the secret with the new key

	phase phase
	// version is the one of the secret that this run writes next, or wrote last.
	version string
	// before is the one that it takes the place of.
	before string
	// maybe says that a write of the new key may arrive later.
	maybe bool
	// wrote says that the secret was seen with the new key, fenced that the
	// version of a lost write was asked for.
	wrote, fenced bool
	tries         int
	// retired is how many of the keys to retire were seen to.
	retired int
	// disabled are the ids of the keys that this run has disabled.
	disabled []string
	answered bool
	failed   *Stopped

	// Say tells each step as it is done.
	Say func(string)
	// Wait is how long to wait before the bridge is tried again, Tries how
	// often it may refuse: a new key takes up to a minute to be known.
	Wait  time.Duration
	Tries int
}

// PlanRotation reads both ends; the secret first, so that a key which it holds
// is among those that are read after it.
func (e Ends) PlanRotation(ctx context.Context) (*Rotation, error) {
	stored, at, err := e.read(ctx)
	if err != nil {
		return nil, err
	}
	if stored.URL.Empty() || !stored.Sendable() {
		return nil, &Blocked{fmt.Sprintf("the secret %s has no URL and API_KEY to rotate (PF-CHN-009): write them with `panther-preflight china link`", e.SecretID)}
	}
	address, state := bridge.Prove(stored.URL, []bridge.Gateway{at.gateway}, true, e.ChinaRegion)
	if state != checks.URLGateway {
		return nil, &Blocked{fmt.Sprintf("the URL in the secret %s is not %s, and the key is sent nowhere else (PF-CHN-009): write it with `panther-preflight china link`", e.SecretID, at.gateway.Address(e.ChinaRegion))}
	}
	r := &Rotation{ends: e, stored: stored, address: address, version: after(stored.Version), before: stored.Version, Say: func(string) {}, Wait: 4 * time.Second, Tries: 18}
	r.new.Name = fmt.Sprintf("%s-%s-%s", bridge.GatewayName, time.Now().UTC().Format("20060102-150405"), strings.ToLower(rand.Text()[:6]))
	return r, r.choose(at)
}

// choose finds the usage plan, the old key and what else is to be disabled.
func (r *Rotation) choose(at end) error {
	for _, p := range at.plans {
		for _, k := range p.Keys {
			if k.Value.Equal(r.stored.Key) && (r.old == nil || k.Enabled) {
				r.old, r.plan = &k, p
			}
		}
	}
	switch {
	case r.old != nil:
	case len(at.plans) == 1:
		r.plan = at.plans[0]
	default:
		return &Blocked{fmt.Sprintf("the usage plans %s hold the stage %s, and the key of the secret is on none of them: choose a key with `panther-preflight china link --api-key-id`", at.names(), bridge.Stage)}
	}
	r.retire = left(at.plans, r.stored, r.old)
	return nil
}

// Changes describe what will be written, without a key.
func (r *Rotation) Changes() []string {
	changes := []string{
		fmt.Sprintf("a new API key is created in %s and put on the usage plan %s", r.ends.ChinaRegion, r.plan.Name),
		fmt.Sprintf("API_KEY of the secret %s in %s becomes the new key", r.ends.SecretID, r.ends.ProxyRegion),
	}
	if r.old == nil {
		changes = append(changes, "no key is disabled for it: the one in the secret is not on the usage plan")
	}
	for _, k := range r.retire {
		if r.isOld(k) {
			changes = append(changes, fmt.Sprintf("the old key %s is disabled, not deleted, when the bridge answers with the new one", k.ID))
		} else {
			changes = append(changes, fmt.Sprintf("the key %s, which a rotation of this secret that did not end has left enabled, is disabled as well", k.ID))
		}
	}
	return changes
}

func (r *Rotation) isOld(k bridge.Key) bool { return r.old != nil && k.ID == r.old.ID }

// works says that the old key opened the bridge when it was read.
func (r *Rotation) works() bool { return r.old != nil && r.old.Enabled }
