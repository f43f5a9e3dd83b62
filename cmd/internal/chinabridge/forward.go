package chinabridge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

const createStep = "create the new key"

// create makes the new key. Where the answer is lost, a key is left that is on
// no usage plan and opens nothing.
func (r *Rotation) create(ctx context.Context) phase {
	if err := ctx.Err(); err != nil {
		r.fail(createStep, err)
		return accounting
	}
	call, cancel := whole(ctx)
	defer cancel()
	about := note(r.stored, r.old)
	key, err := r.ends.Gateway.CreateApiKey(call, &apigateway.CreateApiKeyInput{Name: &r.new.Name, Description: &about, Enabled: true})
	if err != nil {
		r.fail(createStep, err)
		return accounting
	}
	r.new.ID, r.new.Enabled, r.new.Value = aws.ToString(key.Id), true, bridge.Hide(aws.ToString(key.Value))
	r.value, err = r.stored.With(r.stored.URL, r.new.Value)
	if err == nil && r.new.Value.Empty() {
		err = errors.New("the answer has no value")
	}
	if err != nil {
		r.fail(createStep, err)
		return shutting
	}
	return attaching
}

func (r *Rotation) attach(ctx context.Context) phase {
	const step = "put the new key on the usage plan"
	err := ctx.Err()
	if err == nil {
		call, cancel := whole(ctx)
		defer cancel()
		_, err = r.ends.Gateway.CreateUsagePlanKey(call, &apigateway.CreateUsagePlanKeyInput{KeyId: &r.new.ID, KeyType: aws.String("API_KEY"), UsagePlanId: &r.plan.ID})
	}
	if err != nil {
		r.fail(step, err)
		return shutting
	}
	r.Say(fmt.Sprintf("the new key %s is on the usage plan %s", r.new.ID, r.plan.Name))
	return checking
}

// check reads the secret again: a question may have stood open for long.
func (r *Rotation) check(ctx context.Context) phase {
	const step = "update the secret"
	now, err := r.read(ctx)
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case err == nil && (now.Version != r.stored.Version || !now.Text.Equal(r.stored.Text)):
		err = errMoved
	}
	if err != nil {
		r.fail(step, err)
		return shutting
	}
	return writing
}

// patience is how often a call is made, and a bridge is asked that gives no
// answer at all: waiting seldom mends that.
const patience = 3

// write sends the new key. Only an answer says that it is not done: without one
// it is sent again, under the same id, which does it once.
func (r *Rotation) write(ctx context.Context) phase {
	version, result, err := r.ends.put(ctx, r.version, r.value)
	r.version = version
	r.maybe = result == lost || r.maybe && result == refused
	if err != nil {
		if r.tries++; result == lost && r.tries < patience {
			r.pause(ctx)
			return writing
		}
		if result == taken {
			err = errMoved
		}
		r.fail("update the secret", err)
	}
	return looking
}

// look reads back which key the secret holds.
func (r *Rotation) look(ctx context.Context) phase {
	now, err := r.read(ctx)
	switch {
	case err != nil:
		r.fail("read the secret back", err)
		return accounting
	case now.Key.Equal(r.new.Value):
		r.failed, r.version, r.maybe, r.wrote = nil, now.Version, false, true
		r.Say(fmt.Sprintf("the secret %s has the new key", r.ends.SecretID))
		return asking
	case r.failed == nil && r.stale(ctx, now.Version):
		return looking
	case r.failed == nil: // it was there, and another run may stand on it
		r.fail("update the secret", errMoved)
		return accounting
	case !r.maybe || now.Version != "" && now.Version == r.version: // refused, or the version is another's
		return shutting
	case !r.fenced && now.Version == r.stored.Version && now.Text.Equal(r.stored.Text):
		return fencing
	}
	return accounting
}

// fence takes the version that a lost write would make for the old value, so
// that it is refused when it arrives.
func (r *Rotation) fence(ctx context.Context) phase {
	_, result, _ := r.ends.put(ctx, r.version, r.stored.Text)
	if r.tries++; result == lost && r.tries < patience {
		r.pause(ctx)
		return fencing
	}
	r.fenced = true
	switch result {
	case written:
		return shutting
	case taken: // by the write that was lost, or by another run
		return looking
	}
	return accounting
}

// ask tries the bridge with the new key until it answers.
func (r *Rotation) ask(ctx context.Context) phase {
	p := r.ends.Probe(ctx, r.address, r.new.Value)
	if p.Answer == checks.ProbeList {
		r.answered = true
		r.Say("the bridge answers with the new key")
		return confirming
	}
	r.tries++
	interrupted := ctx.Err()
	if interrupted == nil && (p.Answer == checks.ProbeForbidden && r.tries < r.Tries || r.tries < min(patience, r.Tries)) {
		r.pause(ctx)
		return asking
	}
	err := errors.New(told(p))
	if interrupted != nil {
		err = fmt.Errorf("%s: %w", told(p), interrupted)
	}
	r.fail("ask over the bridge with the new key", err)
	if !r.works() {
		return accounting // the old value is not better
	}
	return withdrawing
}

func (r *Rotation) pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(r.Wait):
	}
}

// told is an answer in words.
func told(p checks.BridgeProbe) string {
	if p.Reason != "" {
		return fmt.Sprintf("the answer is %s: %s", p.Answer, p.Reason)
	}
	return fmt.Sprintf("the answer is %s, status %d", p.Answer, p.Status)
}

// stale says that the version before a write that is done was read, and that it
// is worth to read again: Secrets Manager may take a moment to show a write.
func (r *Rotation) stale(ctx context.Context, version string) bool {
	if version != r.before || version == "" {
		return false
	}
	if r.tries++; r.tries >= patience {
		return false
	}
	r.pause(ctx)
	return true
}

func (r *Rotation) read(ctx context.Context) (bridge.Stored, error) {
	call, cancel := whole(ctx)
	defer cancel()
	return bridge.Secret(call, r.ends.Secrets, r.ends.SecretID)
}
