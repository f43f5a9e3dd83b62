package catalogue

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/reason"
	"github.com/panther-preflight/panther-preflight/checks/glob"
)

// Subject is what is compared with the entries: the parsed reason, and what the
// event and its stack say beside it.
type Subject struct {
	reason.Reason
	Type, LogicalID, PhysicalID, StackID string
	// RootStack is the name of the root stack.
	RootStack string
	Region    string
	// Doing is create, update or delete.
	Doing string
}

// When is a pattern. All of its fields that are set must match; of a list, one
// item must.
type When struct {
	Type    []string `yaml:"type"`
	Code    []string `yaml:"code"`
	Handler []string `yaml:"handler"`
	Service []string `yaml:"service"`
	// Status is that of the service's answer, 404 or 5??.
	Status   []string `yaml:"status"`
	Action   []string `yaml:"action"`
	Layer    []string `yaml:"layer"`
	Reporter []string `yaml:"reporter"`
	Doing    []string `yaml:"doing"`
	// Who is deployer, release (a role that the release creates), other or unknown.
	Who       []string `yaml:"who"`
	Parameter []string `yaml:"parameter"`
	Quota     []string `yaml:"quota"`
	// Hook is the type of the hook that refused; Mapping what chose the missing
	// row of a mapping, region or value.
	Hook     []string `yaml:"hook"`
	Mapping  []string `yaml:"mapping"`
	Denied   *bool    `yaml:"denied"`
	Explicit *bool    `yaml:"explicit"`
	Encoded  *bool    `yaml:"encoded"`
	Tags     *bool    `yaml:"tags"`
	Taken    *bool    `yaml:"taken"`
	China    *bool    `yaml:"china"`
	// Elsewhere: the reason names an ARN of another region than the stack's.
	Elsewhere *bool `yaml:"elsewhere"`
	// Itself: what the reason says is missing is of the resource's own type.
	Itself *bool `yaml:"itself"`
	// Unprefixed: the stack's name lacks the prefix that the deployment role may use.
	Unprefixed *bool `yaml:"unprefixed"`
	// Text is a regular expression on the words of the message, without names.
	Text string `yaml:"text"`

	text *regexp.Regexp
}

// compile puts a pattern of words between boundaries: no part of a word matches.
func (w *When) compile() error {
	if w.Text == "" {
		return nil
	}
	var err error
	if w.text, err = regexp.Compile(`(?:^|[^a-z0-9])(?:` + w.Text + `)(?:$|[^a-z0-9])`); err != nil {
		return fmt.Errorf("its text: %w", err)
	}
	return nil
}

func (w When) matches(s Subject) bool {
	lists := []struct {
		wanted []string
		got    string
	}{
		{w.Type, s.Type}, {w.Code, s.Code}, {w.Handler, s.Handler}, {w.Service, s.Service}, {w.Status, s.Status}, {w.Action, s.Action}, {w.Layer, string(s.Layer)},
		{w.Reporter, string(s.Reporter)}, {w.Doing, s.Doing}, {w.Parameter, s.Parameter}, {w.Quota, s.Quota}, {w.Who, s.who()},
		{w.Hook, s.HookType}, {w.Mapping, s.Mapping},
	}
	for _, l := range lists {
		if len(l.wanted) > 0 && !slices.ContainsFunc(l.wanted, func(pattern string) bool { return glob.Fold(pattern, l.got) }) {
			return false
		}
	}
	flags := []struct {
		wanted *bool
		got    bool
	}{
		{w.Denied, s.Denied}, {w.Explicit, s.Explicit}, {w.Encoded, s.Encoded}, {w.Tags, s.Denial.Tags()}, {w.Taken, s.Exists != ""},
		{w.China, strings.HasPrefix(s.Region, "cn-")}, {w.Unprefixed, s.unprefixed()}, {w.Elsewhere, s.elsewhere()}, {w.Itself, s.Itself},
	}
	for _, f := range flags {
		if f.wanted != nil && *f.wanted != f.got {
			return false
		}
	}
	return w.text == nil || w.text.MatchString(s.Words)
}

// Who was denied: the principal that deploys, a role that the release creates,
// somebody else, or nobody that the reason names.
func (s Subject) who() string {
	role := s.Denial.Role()
	switch {
	case strings.Contains(role, "DeploymentRole"), s.Session() == "AWSCloudFormation":
		return "deployer"
	case role != "" && s.RootStack != "" && strings.HasPrefix(role, s.RootStack+"-"), strings.HasPrefix(role, "panther-"), strings.HasPrefix(role, "Panther"):
		return "release"
	case s.Reporter == reason.CustomResource && s.Denied:
		return "release"
	case s.Principal == "":
		return "unknown"
	case strings.HasSuffix(s.Principal, ".amazonaws.com"):
		return "other"
	}
	return "deployer"
}

// unprefixed says that the deployment role was denied a resource that is named
// for the stack, because the name lacks the prefix.
func (s Subject) unprefixed() bool {
	stack := s.RootStack
	return stack != "" && stack != "panther" && !strings.HasPrefix(stack, "panther-") && strings.Contains(s.Denial.Resource, stack)
}

var regionOfARN = regexp.MustCompile(`arn:aws[a-z-]*:[a-z0-9-]+:([a-z]{2}(?:-[a-z]+)+-\d):`)

func (s Subject) elsewhere() bool {
	m := regionOfARN.FindStringSubmatch(s.Message)
	return m != nil && s.Region != "" && m[1] != s.Region
}

// Find is the entry of a reason. Patterns of parsed fields are tried first,
// those of words after them, and general entries last.
func Find(entries []Entry, s Subject) (*Entry, bool) {
	for rank := range 3 {
		for i := range entries {
			for _, w := range entries[i].When {
				if entries[i].rank(w) == rank && w.matches(s) {
					return &entries[i], true
				}
			}
		}
	}
	return nil, false
}

func (e Entry) rank(w When) int {
	switch {
	case e.General:
		return 2
	case w.Text != "":
		return 1
	}
	return 0
}
