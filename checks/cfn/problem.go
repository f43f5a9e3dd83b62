package cfn

import "strings"

// ProblemKind groups problems by what is wrong.
type ProblemKind string

// What the reading notes for checks to judge.
const (
	UnknownTag       ProblemKind = "unknown_tag"        // Name is the tag
	UnknownFunction  ProblemKind = "unknown_function"   // Name is the function
	FunctionArgument ProblemKind = "function_argument"  // a wrong number or kind of arguments; Name is the function
	FunctionPlace    ProblemKind = "function_place"     // a function where it may not be used
	FunctionNotAlone ProblemKind = "function_not_alone" // a function beside other keys
	MissingTransform ProblemKind = "missing_transform"  // a function or type without the transform that it requires
	NullValue        ProblemKind = "null_value"
	Alias            ProblemKind = "alias"
	MergeKey         ProblemKind = "merge_key"
	DuplicateKey     ProblemKind = "duplicate_key" // CloudFormation takes the last value; Node is the one that does not count
	NonTextKey       ProblemKind = "non_text_key"
	JSONComment      ProblemKind = "json_comment"
	LogicalID        ProblemKind = "logical_id"
	UnknownSection   ProblemKind = "unknown_section"
	UnknownAttribute ProblemKind = "unknown_attribute" // of a resource, parameter, output or rule
	AttributeValue   ProblemKind = "attribute_value"   // a value that an attribute cannot have
	MissingKey       ProblemKind = "missing_key"
	WrongKind        ProblemKind = "wrong_kind"      // a list where a mapping is expected
	MappingKey       ProblemKind = "mapping_key"     // a key with characters that keys of mappings do not have
	SameName         ProblemKind = "same_name"       // a parameter and a resource of one name; Other is the first
	SnapshotPolicy   ProblemKind = "snapshot_policy" // Name is the resource type, which may have no snapshots
)

// Problem is something that CloudFormation refuses, or that a person should
// know (DuplicateKey). Where an unknown macro works on the whole template the
// problems are those of the text before the macro.
type Problem struct {
	Kind  ProblemKind
	Path  []string // Resources, Topic, Properties, DisplayName
	Pos   Pos
	Other Pos    // of a duplicate key: where it stands first
	Name  string // the tag, function, key, id or value at fault
	Node  *Node
	// Fault is what is wrong with the argument of a function.
	Fault *Fault
	// Takes is what would be right: the values of an attribute, the kinds of a
	// value, the transform that is required.
	Takes []string
	Found string // the kind of the value at fault, where kinds are the matter
	// Message is that of a Fatal problem, as the error that refuses the file. The
	// words for all others are the policy's.
	Message string
	// Fatal problems make a reading incomplete: the value at fault could mean
	// anything. Who needs all of the template must refuse it.
	Fatal bool
}

// Key is the path with dots.
func (p Problem) Key() string { return strings.Join(p.Path, ".") }

// maxProblems of one kind are kept, so that a hostile file costs no memory.
const maxProblems = 500

// problems collects, up to maxProblems of each kind.
type problems struct {
	list   []Problem
	counts map[ProblemKind]int
}

func (p *problems) add(problem Problem) {
	if p.counts == nil {
		p.counts = map[ProblemKind]int{}
	}
	if p.counts[problem.Kind]++; p.counts[problem.Kind] <= maxProblems {
		p.list = append(p.list, problem)
	}
}
