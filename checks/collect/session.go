package collect

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// session is what the collectors of one run share. Every request goes through
// call, and every answer that did not come through gap.
type session struct {
	options Options
	slots   chan struct{}
	calls   atomic.Int64

	callerErr error // why the account is not known

	// What more than one collector reads is read once.
	rolesOnce sync.Once
	roleList  []checks.AccountRole
	rolesErr  error

	summaryOnce sync.Once
	summary     map[string]int32
	summaryErr  error

	mu       sync.Mutex // guards what follows
	facts    *checks.Facts
	listings map[string]func() ([]checks.Existing, error)
}

// in is the configuration for another region.
func (s *session) in(region string) aws.Config {
	cfg := s.options.Config.Copy()
	if region != "" {
		cfg.Region = region
	}
	return cfg
}

// call makes one request. Its error is to be handed to gap, unless it is an
// answer that the collector expects, such as that something does not exist.
func call[O any](ctx context.Context, s *session, action string, request func(context.Context) (O, error)) (O, error) {
	var none O
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if ctx.Err() != nil {
		return none, ctx.Err()
	}
	bounded, cancel := context.WithTimeout(ctx, s.options.CallTimeout)
	defer cancel()
	began := time.Now()
	output, err := request(bounded)
	s.calls.Add(1)
	s.options.Log.Debug("call", "action", action, "took", time.Since(began).Round(time.Millisecond), "answer", answerOf(err))
	return output, err
}

func answerOf(err error) string {
	if err == nil {
		return "ok"
	}
	return failure.Reason(err)
}

// pager is a paginator of the SDK.
type pager[O, F any] interface {
	HasMorePages() bool
	NextPage(context.Context, ...func(*F)) (O, error)
}

// pages follows a paginated list to its end. An error on any page is the error
// of the whole list: a list that ends half-way is not a shorter one.
func pages[O, F any](ctx context.Context, s *session, action string, p pager[O, F], each func(O)) error {
	for p.HasMorePages() {
		page, err := call(ctx, s, action, func(ctx context.Context) (O, error) { return p.NextPage(ctx) })
		if err != nil {
			return err
		}
		each(page)
	}
	return nil
}

// gap records that a fact was not read. An interrupted run leaves none.
func (s *session) gap(fact, action string, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	reason := failure.Reason(err)
	if reason != failure.AccessDenied {
		action = ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.facts.AddGap(fact, reason, action)
}

// part is the path of one record of a fact that is a list.
func part(fact, record string) string { return fact + "[" + record + "]" }

// fill writes facts.
func (s *session) fill(write func(*checks.Facts)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	write(s.facts)
}

// each runs one function for every item at once; the calls inside are bounded
// by the session.
func each[T any](items []T, do func(T)) {
	var wait parallel.Group
	for _, item := range items {
		wait.Go(func() { do(item) })
	}
	wait.Wait()
}

// needs reports whether a check reads the fact.
func (s *session) needs(fact string) bool {
	return Call{Facts: []string{fact}}.wanted(s.options.Needs)
}
