package catalogue

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/reason"
)

// Worded is the advice of an entry for what the reason tells: who was denied
// what, by which policy, which name is taken.
func (e *Entry) Worded(s Subject) string {
	text := strings.NewReplacer(
		"{who}", s.Whom(), "{action}", or(s.Action, "the action"), "{on}", before(" on ", s.Denial.Resource),
		"{that}", before(" ", s.Denial.Resource),
		"{policy}", before(" ", s.Policy), "{name}", or(s.Exists, "what the reason names"), "{holder}", before(", which stack "+stackName(s.InStack), closing(s.InStack)),
		"{stack}", or(s.RootStack, "NAME"), "{region}", or(s.Region, "the region"), "{type}", or(s.Type, "the resource"), "{id}", or(s.LogicalID, "the resource"),
		"{role}", s.given(), "{physical}", before(" ", s.PhysicalID), "{log}", s.log(), "{hook}", or(s.HookType, "the hook"), "{parameter}", or(s.Parameter, "the value"),
	).Replace(e.Advice)
	return capitals(text)
}

// capitals begins every sentence with a capital, whatever was filled in.
func capitals(text string) string {
	return sentenceStart.ReplaceAllStringFunc(text, func(the string) string { return the[:len(the)-4] + "The " })
}

var sentenceStart = regexp.MustCompile(`(?:^|\. )the `)

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func before(words, text string) string {
	if text == "" {
		return ""
	}
	return words + text
}

func closing(stack string) string {
	if stack == "" {
		return ""
	}
	return " has"
}

func stackName(id string) string {
	if parts := strings.Split(id, "/"); len(parts) > 1 {
		return parts[1]
	}
	return id
}

// Whom names who was denied, in a sentence.
func (s Subject) Whom() string {
	switch role := s.Denial.Role(); {
	case role != "":
		return "the role " + role
	case s.Principal != "":
		return s.Principal
	case s.Reporter == reason.CustomResource:
		return "the role of the custom resource's function"
	}
	return "the principal that deploys"
}

// given is the role of a resource, which the principal that deploys is not.
func (s Subject) given() string {
	if role := s.Denial.Role(); role != "" {
		return "the role " + role
	}
	return "the role that " + or(s.LogicalID, "the resource") + " is given"
}

// log says where what a function wrote is found.
func (s Subject) log() string {
	if s.Reporter == reason.CustomResource || strings.HasPrefix(s.Type, "Custom::") {
		return "the CloudWatch log group /aws/lambda/… of the function behind " + or(s.LogicalID, "the custom resource")
	}
	return "its log"
}
