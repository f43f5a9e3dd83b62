package chinabridge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"
	"github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// Rotation replaces the key of the bridge. The old key works until the new one
// has been seen to work.
type Rotation struct {
	ends   Ends
	at     end
	stored bridge.Stored
	// address is where the bridge is asked: the gateway's own.
	address bridge.Address
	old     *bridge.Key
	new     bridge.Key
	// Say tells each step as it is done.
	Say func(string)
	// Wait is how long to wait before the bridge is tried again, Tries how
	// often it may refuse: a new key takes up to a minute to be known.
	Wait  time.Duration
	Tries int
}

// PlanRotation reads both ends.
func (e Ends) PlanRotation(ctx context.Context) (*Rotation, error) {
	at, err := e.find(ctx)
	if err != nil {
		return nil, err
	}
	stored, err := bridge.Secret(ctx, e.Secrets, e.SecretID)
	switch {
	case err != nil:
		return nil, err
	case stored.URL.Empty() || !stored.Sendable():
		return nil, &Blocked{fmt.Sprintf("the secret %s has no URL and API_KEY to rotate (PF-CHN-009): write them with `panther-preflight china link`", e.SecretID)}
	}
	address, state := bridge.Prove(stored.URL, []bridge.Gateway{at.gateway}, true, e.ChinaRegion)
	if state != checks.URLGateway {
		return nil, &Blocked{fmt.Sprintf("the URL in the secret %s is not %s, and the key is sent nowhere else (PF-CHN-009): write it with `panther-preflight china link`", e.SecretID, at.gateway.Address(e.ChinaRegion))}
	}
	r := &Rotation{ends: e, at: at, stored: stored, address: address, Say: func(string) {}, Wait: 4 * time.Second, Tries: 18}
	for _, k := range at.plan.Keys {
		if k.Value.Equal(stored.Key) {
			r.old = &k
		}
	}
	return r, nil
}

// Changes describe what will be written, without a key.
func (r *Rotation) Changes() []string {
	changes := []string{
		fmt.Sprintf("a new API key is created in %s and put on the usage plan %s", r.ends.ChinaRegion, r.at.plan.Name),
		fmt.Sprintf("API_KEY of the secret %s in %s becomes the new key", r.ends.SecretID, r.ends.ProxyRegion),
	}
	if r.old == nil {
		return append(changes, "no key is disabled: the one in the secret is not on the usage plan")
	}
	return append(changes, fmt.Sprintf("the old key %s is disabled, not deleted, when the bridge answers with the new one", r.old.ID))
}

// Stopped says at which step a rotation stopped. The old key still works.
type Stopped struct {
	Step string
	Err  error
	// Left is what the rotation has left behind.
	Left string
}

func (s *Stopped) Error() string {
	return fmt.Sprintf("stopped: %s: %v; the old key still works; %s", s.Step, s.Err, s.Left)
}

func (s *Stopped) Unwrap() error { return s.Err }

// Run rotates the key.
func (r *Rotation) Run(ctx context.Context) error {
	if err := r.create(ctx); err != nil {
		return err
	}
	value, err := r.stored.With(r.stored.URL, r.new.Value)
	if err == nil {
		err = r.ends.put(ctx, true, value)
	}
	if err != nil {
		return r.unwritten(ctx, err)
	}
	r.Say(fmt.Sprintf("the secret %s has the new key", r.ends.SecretID))
	if err := r.answers(ctx); err != nil {
		return r.back(ctx, "ask over the bridge with the new key", err)
	}
	r.Say("the bridge answers with the new key")
	if r.old == nil {
		return nil
	}
	if err := r.enable(ctx, r.old.ID, false); err != nil {
		return &Stopped{"disable the old key", err, fmt.Sprintf("the secret has the new key, which works; disable %s by hand", r.old.ID)}
	}
	r.Say(fmt.Sprintf("the old key %s is disabled", r.old.ID))
	return nil
}

// create makes the new key and puts it on the usage plan.
func (r *Rotation) create(ctx context.Context) error {
	name := fmt.Sprintf("%s-%s", bridge.GatewayName, time.Now().UTC().Format("20060102-150405"))
	key, err := r.ends.Gateway.CreateApiKey(ctx, &apigateway.CreateApiKeyInput{Name: &name, Enabled: true})
	if err != nil {
		return &Stopped{"create the new key", err, "nothing was changed"}
	}
	r.new = bridge.Key{ID: aws.ToString(key.Id), Name: name, Enabled: true, Value: bridge.Hide(aws.ToString(key.Value))}
	if r.new.Value.Empty() {
		err = errors.New("the answer has no value")
	}
	if err == nil {
		kind := "API_KEY"
		_, err = r.ends.Gateway.CreateUsagePlanKey(ctx, &apigateway.CreateUsagePlanKeyInput{KeyId: &r.new.ID, KeyType: &kind, UsagePlanId: &r.at.plan.ID})
	}
	if err != nil {
		return &Stopped{"put the new key on the usage plan", err, r.shut(ctx)}
	}
	r.Say(fmt.Sprintf("the new key %s is on the usage plan %s", r.new.ID, r.at.plan.Name))
	return nil
}

// patience is how often to try a bridge that does not refuse the key but gives
// no answer that is one: waiting seldom mends that.
const patience = 3

// answers tries the bridge until it answers.
func (r *Rotation) answers(ctx context.Context) error {
	var p checks.BridgeProbe
	for try := range r.Tries {
		if try > 0 {
			select {
			case <-ctx.Done():
				return fmt.Errorf("%s: %w", told(p), ctx.Err())
			case <-time.After(r.Wait):
			}
		}
		if p = r.ends.Probe(ctx, r.address, r.new.Value); p.Answer == checks.ProbeList {
			return nil
		}
		if p.Answer != checks.ProbeForbidden && try+1 >= patience {
			break
		}
	}
	return errors.New(told(p))
}

// told is an answer in words.
func told(p checks.BridgeProbe) string {
	if p.Reason != "" {
		return fmt.Sprintf("the answer is %s: %s", p.Answer, p.Reason)
	}
	return fmt.Sprintf("the answer is %s, status %d", p.Answer, p.Status)
}

// unwritten ends a rotation whose secret was not written: where AWS refused it
// the secret is as it was, else it is put back, for it may have been written.
func (r *Rotation) unwritten(ctx context.Context, cause error) error {
	const step = "update the secret"
	var refused smithy.APIError
	if errors.As(cause, &refused) && refused.ErrorFault() == smithy.FaultClient {
		return &Stopped{step, cause, "the secret is as it was; " + r.shut(ctx)}
	}
	return r.back(ctx, step, cause)
}

// back gives the secret its old value again, also when the run is interrupted.
// The new key is only shut when the secret surely does not hold it.
func (r *Rotation) back(ctx context.Context, step string, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	if err := r.ends.put(ctx, true, r.stored.Text); err != nil {
		return &Stopped{step, cause, fmt.Sprintf("the secret may have the new key %s, and could not be put back (%v); both keys are enabled", r.new.ID, err)}
	}
	return &Stopped{step, cause, "the secret has its old value again; " + r.shut(ctx)}
}

// shut disables the new key, which nobody needs, and says what is left.
func (r *Rotation) shut(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	if err := r.enable(ctx, r.new.ID, false); err != nil {
		return fmt.Sprintf("the new key %s is left enabled (%v)", r.new.ID, err)
	}
	return fmt.Sprintf("the new key %s is left, disabled", r.new.ID)
}

func (r *Rotation) enable(ctx context.Context, key string, enabled bool) error {
	value := fmt.Sprint(enabled)
	_, err := r.ends.Gateway.UpdateApiKey(ctx, &apigateway.UpdateApiKeyInput{
		ApiKey:          &key,
		PatchOperations: []types.PatchOperation{{Op: types.OpReplace, Path: aws.String("/enabled"), Value: &value}},
	})
	return err
}
