package diagnose

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
	"github.com/panther-preflight/panther-preflight/checks/diagnose/reason"
)

// How far a call in CloudTrail may lie from the event that tells of its failure.
const before, behind = 10 * time.Minute, 2 * time.Minute

// probing are the codes with which a service says that something is not there.
// A call that only reads asks for it, and nothing fails.
var probing = regexp.MustCompile(`(?i)NotFound|NoSuch|NotExist|DoesNotExist|UnknownResource`)

// counts tells calls that can fail a deployment.
func counts(e events.Event) bool { return !e.Call.ReadOnly || !probing.MatchString(e.Call.Code) }

// ofCalls diagnoses CloudTrail records alone: the calls that CloudFormation
// made where there are some, else all that failed.
func ofCalls(calls []events.Event, j judge) *Diagnosis {
	d := &Diagnosis{Path: []Place{}, Cascade: []Place{}, Missing: []string{}, LeftOver: []Place{}, Get: []Need{}, Causes: []*Cause{}, Stack: j.root}
	list := slices.DeleteFunc(slices.Clone(calls), func(e events.Event) bool { return !counts(e) })
	if slices.ContainsFunc(list, func(e events.Event) bool { return e.Call.ForStack }) {
		list = slices.DeleteFunc(list, func(e events.Event) bool { return !e.Call.ForStack })
	}
	var failures []failure
	for _, e := range list {
		failures = append(failures, failure{Event: e})
	}
	inTime(failures)
	d.Causes = append(d.Causes, j.causes(failures)...)
	if len(d.Causes) > 0 {
		d.Cause = d.Causes[0]
		d.Path = []Place{d.Cause.Place}
	}
	d.Get = append(d.Get, Need{"the events of the stack, which say what the call was for", command(j.root, j.region)})
	return d
}

// completed adds what CloudTrail tells of a denial that the event leaves open:
// who was denied what, and by which policy.
func (j judge) completed(f failure, r reason.Reason) reason.Reason {
	if f.Call != nil {
		return withCall(r, f.Event)
	}
	if !r.Denied || r.Action != "" && r.Principal != "" && r.Layer != "" {
		return r
	}
	var best *events.Event
	for i, e := range j.calls {
		if !fits(f, r, e) {
			continue
		}
		if best == nil || distance(f, e) < distance(f, *best) {
			best = &j.calls[i]
		}
	}
	if best == nil {
		return r
	}
	return withCall(r, *best)
}

func fits(f failure, r reason.Reason, e events.Event) bool {
	told := reason.Parse(e.Reason, reason.About{})
	denied := told.Denied || strings.Contains(e.Call.Code, "Denied") || strings.Contains(e.Call.Code, "Unauthorized")
	near := f.Time.IsZero() || !e.Time.Before(f.Time.Add(-before)) && !e.Time.After(f.Time.Add(behind))
	if !denied || !near {
		return false
	}
	if r.Action != "" {
		return strings.EqualFold(reason.IAMAction(e.Call.Action), r.Action)
	}
	parts := strings.Split(f.Type, "::")
	service, _, _ := strings.Cut(e.Call.Action, ":")
	return len(parts) > 1 && strings.EqualFold(parts[1], service)
}

func distance(f failure, e events.Event) time.Duration { return f.Time.Sub(e.Time).Abs() }

// withCall completes a reason by a call: its code is the service's, and its
// message names the policy where the event's does not.
func withCall(r reason.Reason, e events.Event) reason.Reason {
	told := reason.Parse(e.Reason, reason.About{})
	d := r.Denial
	d.Denied = d.Denied || told.Denied
	d.Principal = cmp.Or(told.Principal, d.Principal, e.Call.Principal)
	if d.Denied {
		d.Action = cmp.Or(told.Action, d.Action, reason.IAMAction(e.Call.Action))
	}
	d.Resource = cmp.Or(told.Denial.Resource, d.Resource)
	if told.Layer != "" || told.Explicit {
		d.Layer, d.Explicit, d.Policy, d.Encoded = told.Layer, told.Explicit, told.Policy, false
	}
	r.Denial = d
	r.Code = cmp.Or(e.Call.Code, r.Code)
	r.Denied = r.Denied || deniedCode.MatchString(e.Call.Code)
	if r.Denied && r.Action == "" {
		r.Action = reason.IAMAction(e.Call.Action)
	}
	return r
}

var deniedCode = regexp.MustCompile(`(?i)AccessDenied|UnauthorizedOperation|NotAuthorized`)
