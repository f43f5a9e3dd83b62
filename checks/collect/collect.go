// Package collect reads the live facts of an AWS account. It makes reading
// calls only, and judges nothing: what a call answers becomes a fact, and a
// call that was not answered becomes a gap, never an empty fact.
//
// A collector is one file a service. It says which facts it fills and which
// IAM actions it needs for each, so that only what the selected checks read is
// called, and so that the permissions can be printed without a call.
package collect

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/answer"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// Options are what a collection reads with.
type Options struct {
	// Config is the target account's and region's; Organization, when it is
	// not nil, is for the calls to Organizations.
	Config       aws.Config
	Organization *aws.Config
	// S3 changes the clients of S3, such as their way to write a bucket.
	S3 []func(*s3.Options)
	// Needs are the dotted paths of the facts to collect.
	Needs []string
	// Scope is what to look for beside the names of the release.
	Scope Scope
	// Concurrency bounds the calls under way at once; zero is 16.
	Concurrency int
	// CallTimeout bounds one call with its retries; zero is 20 s.
	CallTimeout time.Duration
	Log         *slog.Logger
}

// Scope says what may be of an earlier deployment, and what limits and
// projects matter. It comes from the data of the policies: no name stands here.
type Scope struct {
	// Names are globs by CloudFormation type, `AWS::S3::Bucket`.
	Names map[string][]string
	// Free are the types whose names may be taken twice.
	Free map[string]bool
	// Tags mark a stack as the product's.
	Tags []checks.Tag
	// Quotas are the limits to read.
	Quotas []QuotaScope
	// Projects are the build projects that a release runs.
	Projects []string
	// Subdomains are put before the domain that DomainParameter gives: `api.`.
	DomainParameter string
	Subdomains      []string
	// EntryURL is where a release is published, with {region} and {version}.
	EntryURL string
	// Publishers are the buckets that releases are published in.
	Publishers []string
	// VendorBuckets are globs of the vendor's buckets in any region, <region>.
	VendorBuckets []string
}

// QuotaScope is one limit and the CloudFormation type that uses it up.
type QuotaScope struct {
	Service string
	Code    string
	Type    string
	// Default is the documented limit of an account that asked for no other.
	Default int
	// Property, when it is not empty, takes the quota by its value; otherwise
	// each resource takes one.
	Property string
}

// Collection is one reading of one account.
type Collection struct {
	options Options
	session *session
	facts   *checks.Facts
}

// New prepares a collection that fills facts.
func New(o Options, facts *checks.Facts) *Collection {
	if o.Concurrency <= 0 {
		o.Concurrency = 16
	}
	if o.CallTimeout <= 0 {
		o.CallTimeout = 20 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Config = answer.Guard(o.Config)
	o.Config.HTTPClient = guarded(o.Config.HTTPClient)
	if o.Organization != nil {
		other := answer.Guard(*o.Organization)
		other.HTTPClient = guarded(other.HTTPClient)
		o.Organization = &other
	}
	return &Collection{options: o, facts: facts, session: &session{
		options: o, facts: facts, slots: make(chan struct{}, o.Concurrency),
	}}
}

// ReadStacks reads what the release is resolved with: who calls, and the stacks.
// The error is only ever that of the context.
func (c *Collection) ReadStacks(ctx context.Context) error {
	return c.run(ctx, func(k collector) bool { return k.early })
}

// ReadRest reads the rest, with the release and the parameters in the facts.
func (c *Collection) ReadRest(ctx context.Context) error {
	err := c.run(ctx, func(k collector) bool { return !k.early })
	c.markUnasked()
	c.facts.SortGaps()
	return err
}

// markUnasked says which facts were left out because nothing reads them, so
// that a recording of this run does not pass for a whole one.
func (c *Collection) markUnasked() {
	marked := map[string]bool{}
	for _, k := range collectors() {
		for _, one := range k.calls {
			for _, fact := range one.Facts {
				left := !k.early && !c.session.needs(fact)
				if left && !marked[fact] {
					marked[fact] = true
					c.facts.SetAbsent(fact, "was not collected, as no selected check reads it")
				}
			}
		}
	}
}

// Calls is how many requests were answered or given up so far.
func (c *Collection) Calls() int { return int(c.session.calls.Load()) }

func (c *Collection) run(ctx context.Context, pick func(collector) bool) error {
	var wait parallel.Group
	for _, k := range collectors() {
		if !pick(k) || !k.early && !k.wanted(c.options.Needs) {
			continue
		}
		wait.Go(func() { k.run(ctx, c.session) })
	}
	wait.Wait()
	// A deadline leaves gaps; only an interruption ends the run.
	if ctx.Err() == context.Canceled {
		return ctx.Err()
	}
	return nil
}

// collector fills facts with the calls of one service.
type collector struct {
	calls []Call
	// early collectors run in every live run, before the release is resolved.
	early bool
	run   func(context.Context, *session)
}

// Call is one IAM action and the facts that cannot be read without it.
type Call struct {
	Action string
	Facts  []string
	// China says that it is made in the China partition only.
	China bool
}

func (k collector) wanted(needs []string) bool {
	return slices.ContainsFunc(k.calls, func(c Call) bool { return c.wanted(needs) })
}

func (c Call) wanted(needs []string) bool {
	for _, need := range needs {
		for _, fact := range c.Facts {
			if checks.Overlap(need, fact) {
				return true
			}
		}
	}
	return false
}

// Actions are the IAM actions that reading the needed facts takes in a
// partition, sorted.
func Actions(needs []string, partition string) []string {
	var actions []string
	for _, k := range collectors() {
		for _, c := range k.calls {
			if (k.early || c.wanted(needs)) && (!c.China || partition == "aws-cn") {
				actions = append(actions, c.Action)
			}
		}
	}
	slices.Sort(actions)
	return slices.Compact(actions)
}
