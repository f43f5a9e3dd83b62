// Package reason reads the text with which CloudFormation says why a resource
// failed into what it is made of: who answered, with which code, who was denied
// what and by which policy, and the words that are left. It names no cause;
// checks/diagnose/catalogue does.
package reason

import "strings"

// Reporter says who gave the reason, where it was not the service itself.
type Reporter string

// The reporters.
const (
	Handler        Reporter = "handler"
	CustomResource Reporter = "custom resource"
	Hook           Reporter = "hook"
	WaitCondition  Reporter = "wait condition"
)

// Reason is a parsed reason. A field is empty where the text does not tell it.
type Reason struct {
	Text string // as it stands
	// Message is the innermost text, without what wrapped it.
	Message  string
	Reporter Reporter
	// Handler is CloudFormation's own code, HandlerErrorCode.
	Handler   string
	Service   string
	Status    string
	Code      string // the service's error code
	Operation string
	HookType  string
	Denial
	// Exists is the name that is taken; InStack the stack that has it.
	Exists, InStack string
	// Itself says that what is missing is of the resource's own type: it is gone
	// again, and is nothing that the resource refers to.
	Itself bool
	// Parameter is the value that a constraint refused.
	Parameter string
	// Quota is the quota that is reached, as IAM names it.
	Quota string
	// Mapping says what chose the row that a mapping lacks: region or value.
	Mapping string
	// Words are those of the message, in small letters: names, ids and quoted
	// values are blanked out, so that no rule can match a resource's name.
	Words string
}

// About is what the event says of the resource beside the reason.
type About struct{ Type, LogicalID, PhysicalID, StackName string }

// Parse reads a reason.
func Parse(text string, about About) Reason {
	r := Reason{Text: text, Message: strings.Join(strings.Fields(text), " ")}
	r.unwrap()
	if r.Reporter == "" && custom(about.Type) {
		r.Reporter = CustomResource
	}
	r.denied()
	r.taken(about.Type)
	r.Itself = itself(r.Message, about.Type)
	if m := constraint.FindStringSubmatch(r.Message); m != nil {
		r.Parameter = m[1]
	}
	if m := quota.FindStringSubmatch(r.Message); m != nil {
		r.Quota = m[1]
	}
	if m := mapping.FindStringSubmatch(r.Message); m != nil {
		r.Mapping = "value"
		if m[1] != "" {
			r.Mapping = "region"
		}
	}
	r.Words = words(r.Message, about)
	return r
}

func custom(resourceType string) bool {
	return strings.HasPrefix(resourceType, "Custom::") || resourceType == "AWS::CloudFormation::CustomResource"
}
