package chinabridge

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"
)

// confirm reads the secret before a key is disabled.
func (r *Rotation) confirm(ctx context.Context) phase {
	now, err := r.read(ctx)
	if err == nil && !now.Key.Equal(r.new.Value) {
		if r.stale(ctx, now.Version) {
			return confirming
		}
		err = errMoved
	}
	if err != nil {
		r.fail("read the secret before the old key is disabled", err)
		return accounting
	}
	return retiring
}

// disableNext disables the next key that nothing uses any more.
func (r *Rotation) disableNext(ctx context.Context) phase {
	if r.retired == len(r.retire) {
		return verifying
	}
	k := r.retire[r.retired]
	r.retired++
	if err := r.enable(ctx, k.ID, false); err != nil {
		r.fail(fmt.Sprintf("disable the old key %s", k.ID), err)
		return retiring
	}
	if r.isOld(k) {
		r.Say(fmt.Sprintf("the old key %s is disabled", k.ID))
	} else {
		r.Say(fmt.Sprintf("the key %s of an earlier rotation is disabled", k.ID))
	}
	return retiring
}

// withdraw reads the secret before its old value is written again.
func (r *Rotation) withdraw(ctx context.Context) phase {
	now, err := r.read(ctx)
	if err == nil && r.stale(ctx, now.Version) {
		return withdrawing
	}
	if err != nil || now.Version != r.version || !now.Key.Equal(r.new.Value) {
		return accounting
	}
	r.before, r.version = now.Version, after(now.Version)
	return returning
}

func (r *Rotation) putBack(ctx context.Context) phase {
	version, result, _ := r.ends.put(ctx, r.version, r.stored.Text)
	r.version = version
	if r.tries++; result == lost && r.tries < patience {
		r.pause(ctx)
		return returning
	}
	return returned
}

// lookBack reads whether the old value is there. Only then, and under the id
// that nobody else can write any more, is the new key nobody's.
func (r *Rotation) lookBack(ctx context.Context) phase {
	now, err := r.read(ctx)
	if err == nil && (now.Version == "" || now.Version == r.version) && now.Text.Equal(r.stored.Text) {
		return shutting
	}
	if err == nil && r.stale(ctx, now.Version) {
		return returned
	}
	return accounting
}

// shut disables the new key, which nobody needs.
func (r *Rotation) shut(ctx context.Context) phase {
	_ = r.enable(ctx, r.new.ID, false) // what it left is read
	return verifying
}

// verify reads whether the secret holds a key that was disabled: somebody may
// have written it by hand meanwhile.
func (r *Rotation) verify(ctx context.Context) phase {
	now, err := r.read(ctx)
	if err != nil {
		r.fail("read the secret after the old key was disabled", err)
		return accounting
	}
	if r.wrote && r.stale(ctx, now.Version) {
		return verifying
	}
	for _, k := range append(slices.Clone(r.retire), r.new) {
		if !k.Value.Empty() && k.Value.Equal(now.Key) && slices.Contains(r.disabled, k.ID) {
			r.fail("disable the old key", fmt.Errorf("the key %s was written to the secret again meanwhile", k.ID))
			return reopening
		}
	}
	return accounting
}

// reopen enables the key that the secret holds.
func (r *Rotation) reopen(ctx context.Context) phase {
	now, err := r.read(ctx)
	if err != nil {
		return accounting
	}
	for _, k := range append(slices.Clone(r.retire), r.new) {
		if k.Value.Equal(now.Key) {
			_ = r.enable(ctx, k.ID, true) // what it left is read
		}
	}
	return accounting
}

func (r *Rotation) enable(ctx context.Context, key string, enabled bool) error {
	call, cancel := whole(ctx)
	defer cancel()
	if !enabled {
		r.disabled = append(slices.Clone(r.disabled), key) // also when the answer is lost
	}
	_, err := r.ends.Gateway.UpdateApiKey(call, &apigateway.UpdateApiKeyInput{
		ApiKey:          &key,
		PatchOperations: []types.PatchOperation{{Op: types.OpReplace, Path: aws.String("/enabled"), Value: aws.String(fmt.Sprint(enabled))}},
	})
	return err
}
