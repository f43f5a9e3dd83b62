package chinabridge

import (
	"context"
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// Link is what `china link` will write to the secret.
type Link struct {
	// Changes describe it, without the key. None: the secret is right already.
	Changes []string
	exists  bool
	value   bridge.Hidden
}

// PlanLink reads both ends and says what has to be written. keyID chooses the
// key where the usage plan has several.
func (e Ends) PlanLink(ctx context.Context, keyID string) (*Link, error) {
	at, err := e.find(ctx)
	if err != nil {
		return nil, err
	}
	stored, err := bridge.Secret(ctx, e.Secrets, e.SecretID)
	if err != nil {
		return nil, err
	}
	key, err := choose(at.plan, stored, keyID)
	if err != nil {
		return nil, err
	}
	l := &Link{exists: stored.Exists}
	address := at.gateway.Address(e.ChinaRegion).String()
	if l.value, err = stored.With(bridge.Hide(address), key.Value); err != nil {
		return nil, err
	}
	add := func(format string, args ...any) { l.Changes = append(l.Changes, fmt.Sprintf(format, args...)) }
	switch {
	case !stored.Exists:
		add("the secret %s is created in %s", e.SecretID, e.ProxyRegion)
	case !stored.IsJSON:
		add("the value of the secret %s, which is not a JSON object, is replaced", e.SecretID)
	}
	if !stored.URL.Equal(bridge.Hide(address)) {
		add("URL becomes %s", address)
	}
	if !stored.Key.Equal(key.Value) {
		add("API_KEY becomes the key %s of the usage plan %s", key.ID, at.plan.Name)
	}
	return l, nil
}

// choose takes the named key, else the one that the secret has, else the only
// enabled one.
func choose(plan bridge.Plan, stored bridge.Stored, keyID string) (bridge.Key, error) {
	var enabled []bridge.Key
	var ids []string
	for _, k := range plan.Keys {
		if k.ID == keyID && !k.Enabled {
			return k, &Blocked{fmt.Sprintf("the key %s is disabled", k.ID)}
		}
		if !k.Enabled || k.Value.Empty() {
			continue
		}
		if k.ID == keyID || keyID == "" && k.Value.Equal(stored.Key) {
			return k, nil
		}
		enabled, ids = append(enabled, k), append(ids, k.ID)
	}
	switch {
	case keyID != "":
		return bridge.Key{}, &Blocked{fmt.Sprintf("the usage plan %s has no key %s", plan.Name, keyID)}
	case len(enabled) == 0:
		return bridge.Key{}, &Blocked{fmt.Sprintf("the usage plan %s has no enabled key: create one, and attach it to the plan", plan.Name)}
	case len(enabled) > 1:
		return bridge.Key{}, &Blocked{fmt.Sprintf("the usage plan %s has several enabled keys, %s: choose one with --api-key-id", plan.Name, strings.Join(ids, ", "))}
	}
	return enabled[0], nil
}

// Write writes what was planned.
func (e Ends) Write(ctx context.Context, l *Link) error { return e.put(ctx, l.exists, l.value) }
