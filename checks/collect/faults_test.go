package collect_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// Every call that a full reading makes is taken away in every way in which
// calls fail, one at a time. Whatever is read with it is a gap.
func TestEveryCallThatFailsIsAGap(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads the account some hundred times")
	}
	whole := fakeaws.Panther()
	if f := read(t, whole, nil); len(f.Gaps) > 0 {
		t.Fatal(f.Gaps)
	}
	reasons := map[fakeaws.Fault]string{
		fakeaws.Throttle: failure.Throttled, fakeaws.Cut: failure.Network, fakeaws.Page: failure.Unparseable,
		fakeaws.Empty: failure.Unparseable, fakeaws.Hollow: failure.Unparseable, fakeaws.Foreign: failure.Unparseable,
	}
	var wait sync.WaitGroup
	slots := make(chan struct{}, 4)
	for _, action := range whole.Calls() {
		for fault, reason := range reasons {
			if action == "s3:GetObject" {
				continue // the head of an object has no body to be cut or replaced
			}
			slots <- struct{}{}
			wait.Go(func() {
				defer func() { <-slots }()
				a := fakeaws.Panther()
				a.Faults = map[string]fakeaws.Fault{action: fault}
				f := read(t, a, func(o *collect.Options) { o.CallTimeout = 20 * time.Second })
				if name := fmt.Sprintf("%s, fault %d", action, fault); !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Reason == reason }) {
					t.Errorf("%s: no gap says %s: %v", name, reason, f.Gaps)
				}
			})
		}
	}
	wait.Wait()
}

// A list that fails on its second page is not a shorter list, whichever it is.
func TestEveryListThatEndsHalfWayIsAGap(t *testing.T) {
	whole := fakeaws.Panther()
	read(t, whole, nil)
	var single []string
	for _, action := range whole.Calls() {
		once := whole.Made(action)
		a := fakeaws.Panther()
		a.Faults = map[string]fakeaws.Fault{action: fakeaws.Half}
		f := read(t, a, nil)
		switch {
		case len(f.Gaps) > 0:
		case once == 1 && a.Made(action) == 1:
			single = append(single, action)
		default:
			t.Errorf("%s: the second page was refused, and nothing is missing", action)
		}
	}
	for _, action := range single {
		_, operation, _ := strings.Cut(action, ":")
		if strings.HasPrefix(operation, "List") || strings.HasPrefix(operation, "Describe") {
			t.Logf("%s is not followed to another page", action)
			if !slices.Contains(onePage, action) {
				t.Errorf("%s is a list that is not followed to its end", action)
			}
		}
	}
}

// onePage are the calls that have no further page, or of which the first tells
// all that is asked for.
var onePage = []string{
	"cloudformation:DescribeType",
	"acm:DescribeCertificate", "organizations:DescribeOrganization", "ec2:DescribeAddresses", "codebuild:ListBuildsForProject",
	"s3:ListBucket", "route53:ListResourceRecordSets", "organizations:DescribePolicy", "kms:DescribeKey", "secretsmanager:DescribeSecret", "cloudtrail:DescribeTrails",
}
