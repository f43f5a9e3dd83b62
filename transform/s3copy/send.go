package s3copy

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// send moves a local object in parts, each as soon as it has been digested:
// the link does not wait for the disk to be read to the end. What is sent is
// what was digested, because the service compares.
func (c *Copier) send(ctx context.Context, o Object, t *tally) (Object, error) {
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(partsAtOnce)
	var target Target
	created := make(chan struct{})
	group.Go(parallel.Caught(func() (err error) {
		defer close(created)
		target, err = c.To.Create(inner, o)
		return err
	}))
	digested := o
	group.Go(parallel.Caught(func() (err error) {
		digested, err = c.digest(inner, o, func(p Part) error {
			group.Go(parallel.Caught(func() error {
				if <-created; target == nil {
					return nil // why not is told above
				}
				return c.part(inner, target, o, p, nil, t)
			}))
			return inner.Err()
		})
		return err
	}))
	err := group.Wait()
	switch {
	case target == nil:
		return o, err
	case err != nil:
		return o, c.abort(ctx, target, err)
	}
	return target.Commit(ctx, digested)
}
