package events

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// lookedUp reads the record that `aws cloudtrail lookup-events` prints as text.
func lookedUp(file string, n *yaml.Node) ([]Event, error) {
	doc, err := yamldoc.Parse(file, []byte(n.Value))
	if err != nil {
		return nil, fail(file, n, "CloudTrailEvent", "this is no CloudTrail record: "+err.Error())
	}
	return trail(file, doc.Root)
}

// trail reads one CloudTrail record. One of a call that succeeded is no event.
func trail(file string, n *yaml.Node) ([]Event, error) {
	text := func(n *yaml.Node, path ...string) string {
		for _, key := range path {
			if n == nil {
				return ""
			}
			n = child(n, key)
		}
		if n == nil || n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			return ""
		}
		return n.Value
	}
	code := text(n, "errorCode")
	if code == "" {
		return nil, nil
	}
	at, err := instant(text(n, "eventTime"))
	if err != nil {
		return nil, fail(file, n, "eventTime", err.Error())
	}
	service := strings.TrimSuffix(text(n, "eventSource"), ".amazonaws.com")
	call := &Call{
		Principal: text(n, "userIdentity", "arn"), Action: service + ":" + withoutVersion(text(n, "eventName")), Code: code,
		ReadOnly: text(n, "readOnly") == "true",
		ForStack: text(n, "userIdentity", "invokedBy") == cloudFormation || text(n, "sourceIPAddress") == cloudFormation || text(n, "userAgent") == cloudFormation,
	}
	if call.Principal == "" {
		call.Principal = text(n, "userIdentity", "principalId")
	}
	e := Event{
		ID: text(n, "eventID"), LogicalID: call.Action, Status: "API_CALL_FAILED", Time: at, Call: call,
		Reason: text(n, "errorMessage"), StackName: text(n, "requestParameters", "stackName"),
	}
	if e.Reason == "" {
		e.Reason = code
	}
	return []Event{e}, nil
}

const cloudFormation = "cloudformation.amazonaws.com"

// withoutVersion takes away the version that Lambda and CloudFront write after
// the name of an action, CreateFunction20150331.
func withoutVersion(action string) string { return apiVersion.ReplaceAllString(action, "") }

var apiVersion = regexp.MustCompile(`\d{4}_?\d{2}_?\d{2}(?:v\d+)?$`)
