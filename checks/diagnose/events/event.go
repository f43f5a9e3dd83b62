// Package events reads the events of CloudFormation stacks in every form in
// which people have them: what describe-stack-events and describe-events print
// (whole, filtered with --query, as JSON, YAML, text or table), a copy of the
// console's table, and CloudTrail records. It says what stands in them and
// judges nothing; what a text does not tell stays empty.
package events

import (
	"strings"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/arn"
)

// Event is one event of a stack, as CloudFormation tells it. A filtered event
// may have any field empty.
type Event struct {
	ID         string
	StackID    string
	StackName  string
	LogicalID  string
	PhysicalID string
	Type       string
	Status     string
	Reason     string
	Time       time.Time
	Operation  string
	Hook       Hook
	Validation Validation
	// File is where it was read.
	File string
	// Call is set where CloudTrail tells of a call, not CloudFormation of a resource.
	Call *Call
}

// Hook is what a CloudFormation hook answered.
type Hook struct{ Type, Status, Reason, Mode string }

// Validation is what a check before the deployment answered.
type Validation struct{ Name, Status, Reason, Mode, Path string }

// Call is a call that CloudTrail recorded and that failed.
type Call struct {
	Principal, Action, Resource, Code string
	ReadOnly                          bool
	// ForStack says that CloudFormation made the call.
	ForStack bool
}

// StackType is the type of a stack, nested or not.
const StackType = "AWS::CloudFormation::Stack"

// OfStack reports whether the event is about its own stack as a whole.
func (e Event) OfStack() bool {
	if e.Type != StackType {
		return false
	}
	if e.PhysicalID == "" || e.StackID == "" {
		return e.LogicalID != "" && e.LogicalID == e.StackName
	}
	return e.PhysicalID == e.StackID
}

// Nests reports whether the event is about a stack nested in its own.
func (e Event) Nests() bool { return e.Type == StackType && !e.OfStack() }

// NameOf is the stack name in a stack id, arn:…:stack/NAME/uuid.
func NameOf(id string) string {
	if parts := strings.Split(id, "/"); len(parts) > 1 {
		return parts[1]
	}
	return id
}

// RegionOf is the region in a stack id.
func RegionOf(id string) string {
	a, _ := arn.Parse(id)
	return a.Region
}
