package chinabridge

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// Link is what `china link` will write to the secret.
type Link struct {
	// Changes describe it, without the key. None: the secret is right already.
	Changes []string
	stored  bridge.Stored
	value   bridge.Hidden
	key     bridge.Key
}

// PlanLink reads both ends and says what has to be written. keyID chooses the
// key where the usage plans have several.
func (e Ends) PlanLink(ctx context.Context, keyID string) (*Link, error) {
	stored, at, err := e.read(ctx)
	if err != nil {
		return nil, err
	}
	key, plan, err := choose(at, stored, keyID)
	if err != nil {
		return nil, err
	}
	l := &Link{stored: stored, key: key}
	address := at.gateway.Address(e.ChinaRegion).String()
	if l.value, err = stored.With(bridge.Hide(address), key.Value); err != nil {
		return nil, err
	}
	add := func(format string, args ...any) { l.Changes = append(l.Changes, fmt.Sprintf(format, args...)) }
	switch {
	case !stored.Exists:
		add("the secret %s is created in %s", e.SecretID, e.ProxyRegion)
	case stored.Valueless:
		add("the secret %s gets its first value", e.SecretID)
	case !stored.IsJSON:
		add("the value of the secret %s, which is not a JSON object, is replaced", e.SecretID)
	}
	if !stored.URL.Equal(bridge.Hide(address)) {
		add("URL becomes %s", address)
	}
	if !stored.Key.Equal(key.Value) {
		add("API_KEY becomes the key %s of the usage plan %s", key.ID, plan)
	}
	return l, nil
}

// choose takes the named key, else the one that the secret has, else the only
// enabled one. It names its usage plan as well.
func choose(at end, stored bridge.Stored, keyID string) (bridge.Key, string, error) {
	var open []bridge.Key
	var ids []string
	plans := map[string]string{}
	for _, p := range at.plans {
		for _, k := range p.Keys {
			if k.ID == keyID && !k.Enabled {
				return k, "", &Blocked{fmt.Sprintf("the key %s is disabled", k.ID)}
			}
			if !k.Enabled || k.Value.Empty() || plans[k.ID] != "" {
				continue
			}
			if k.ID == keyID || keyID == "" && k.Value.Equal(stored.Key) {
				return k, p.Name, nil
			}
			open, ids, plans[k.ID] = append(open, k), append(ids, k.ID), p.Name
		}
	}
	switch {
	case keyID != "":
		return bridge.Key{}, "", &Blocked{fmt.Sprintf("the usage plan %s has no key %s", at.names(), keyID)}
	case len(open) == 0:
		return bridge.Key{}, "", &Blocked{fmt.Sprintf("the usage plan %s has no enabled key: create one, and attach it to the plan", at.names())}
	case len(open) > 1:
		return bridge.Key{}, "", &Blocked{fmt.Sprintf("the usage plan %s has several enabled keys, %s: choose one with --api-key-id", at.names(), strings.Join(ids, ", "))}
	}
	return open[0], plans[open[0].ID], nil
}

// Write writes what was planned, once, and reads it back. Another run that has
// written the secret meanwhile has taken the version, so that this one is refused.
func (e Ends) Write(ctx context.Context, l *Link) error {
	var result outcome
	var err error
	version := after(l.stored.Version)
	if l.stored.Exists {
		for try := 0; try < patience; try++ {
			if _, result, err = e.put(ctx, version, l.value); result != lost {
				break
			}
		}
	} else {
		result, err = e.create(ctx, version, l.value)
	}
	if result == taken {
		err = errMoved
	}
	call, cancel := whole(ctx)
	defer cancel()
	now, readErr := bridge.Secret(call, e.Secrets, e.SecretID)
	switch {
	case readErr == nil && now.Text.Equal(l.value):
		return e.stillEnabled(call, l.key)
	case result == taken:
		return &Blocked{fmt.Sprintf("the secret %s was not written: %v; look at it with `panther-preflight china status` and run link again", e.SecretID, errMoved)}
	case result == refused:
		return fmt.Errorf("write the secret %s: %s; nothing was written", e.SecretID, because(err, l.value, l.stored.Text, l.key.Value))
	case err == nil:
		err = errMoved
	}
	if readErr != nil {
		err = readErr
	}
	return fmt.Errorf("write the secret %s: %s; what it holds now is for `panther-preflight china status` to tell", e.SecretID, because(err, l.value, l.stored.Text, l.key.Value))
}

// stillEnabled reads the key again: a rotation that has ended meanwhile may have
// disabled it.
func (e Ends) stillEnabled(ctx context.Context, k bridge.Key) error {
	switch s := e.keyState(ctx, k.ID); s {
	case enabled:
		return nil
	case disabled:
		return &Blocked{fmt.Sprintf("the secret %s is written, and its key %s was disabled meanwhile; enable it: %s", e.SecretID, k.ID, e.patch(k.ID, true))}
	}
	return fmt.Errorf("the secret %s is written; whether its key %s is still enabled could not be read: check it with `panther-preflight china status`", e.SecretID, k.ID)
}

func (e Ends) create(ctx context.Context, version string, value bridge.Hidden) (outcome, error) {
	ctx, cancel := whole(ctx)
	defer cancel()
	text, description := value.Reveal(), "Where the Panther backend in AWS China is, and the key that opens it."
	_, err := e.Secrets.CreateSecret(ctx, &secretsmanager.CreateSecretInput{
		Name: &e.SecretID, SecretString: &text, Description: &description, ClientRequestToken: &version,
	})
	return classify(err), err
}
