package derive

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
)

// TestAComparedUpgrade asks for what a replacement takes, for certain where it
// is, and for no deletion of what is retained.
func TestAComparedUpgrade(t *testing.T) {
	r := released(t, anUpgrade(), upgraded)
	change := func(subject, typ, action, fate string, certain bool) checks.Change {
		_, id, _ := strings.Cut(subject, "#")
		return checks.Change{Subject: subject, LogicalID: id, Type: typ, Action: action, Certain: certain, Fate: fate, FateCertain: true, OldName: strings.ToLower(id) + "-1"}
	}
	r.Changes = []checks.Change{
		change("Core#Old", "AWS::SQS::Queue", checks.ChangeReplaced, "deleted", true),
		change("Core#New", "AWS::SQS::Queue", checks.ChangeCreated, "", true),
		change("Core#Other", "AWS::SNS::Topic", checks.ChangeReplaced, "deleted", false),
		change("More#Topic", "AWS::SNS::Topic", checks.ChangeReplaced, "retained", true),
		change("Core#Gone", "AWS::SQS::Queue", checks.ChangeDeleted, "deleted", true),
		change("Core#Custom", "Custom::Thing", checks.ChangeDeleted, "deleted", true),
	}
	n, err := Derive(r)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]struct{ calls, lacks []string }{
		"Old":    {[]string{"sqs:CreateQueue arn:aws:sqs:us-east-1:*:old", "sqs:DeleteQueue arn:aws:sqs:us-east-1:*:old-1"}, []string{"sqs:SetQueueAttributes"}},
		"New":    {[]string{"sqs:CreateQueue arn:aws:sqs:us-east-1:*:new"}, []string{"sqs:DeleteQueue", "sqs:SetQueueAttributes"}},
		"Other":  {[]string{"?sns:CreateTopic arn:aws:sns:us-east-1:*:other", "?sns:DeleteTopic arn:aws:sns:us-east-1:*:other-1"}, nil},
		"Topic":  {[]string{"sns:CreateTopic arn:aws:sns:us-east-1:*:topic"}, []string{"sns:DeleteTopic"}},
		"Gone":   {[]string{"sqs:DeleteQueue arn:aws:sqs:us-east-1:*:gone-1"}, nil},
		"Custom": {nil, []string{""}},
	} {
		have := n.calls(id)
		for _, call := range want.calls {
			if !slices.Contains(have, call) {
				t.Errorf("%s: no %s in\n  %s", id, call, strings.Join(have, "\n  "))
			}
		}
		for _, part := range want.lacks {
			for _, call := range have {
				if strings.Contains(call, part) {
					t.Errorf("%s asks for %s", id, call)
				}
			}
		}
	}
}
