package cfn

import (
	"slices"
	"strings"
)

// Function is one intrinsic function of CloudFormation.
type Function struct {
	Name      string // "Ref", "Fn::Sub"
	Arguments Arguments
	In        Place // where it may be used
	// Extension says that it requires the transform AWS::LanguageExtensions.
	Extension bool
}

// Arguments are the forms that a function's argument may have. A function
// whose argument may be the result of another one has Computed.
type Arguments struct {
	Text        bool
	Least, Most int      // items of a list; Most is 0 when it may be no list
	Extended    int      // the most items under AWS::LanguageExtensions
	First       bool     // the first item is a text, not a function
	Keys        []string // of a mapping: those it must have
	Optional    []string // and those it may have beside
	Computed    bool
	Any         bool // whatever is written
}

// functions is the one table; a short tag is "!" and the name without "Fn::".
// Fn::ForEach is no call but an entry among others: see LoopOf.
var functions = index([]Function{
	{Name: "Ref", Arguments: Arguments{Text: true}, In: inValues | InCondition | InRule},
	{Name: "Condition", Arguments: Arguments{Text: true}, In: InCondition | InRule},
	{Name: "Fn::Base64", Arguments: Arguments{Text: true, Computed: true}, In: inValues},
	{Name: "Fn::Cidr", Arguments: Arguments{Least: 2, Most: 3}, In: inValues},
	{Name: "Fn::FindInMap", Arguments: Arguments{Least: 3, Most: 3, Extended: 4}, In: inValues | InCondition | InRule},
	{Name: "Fn::GetAtt", Arguments: Arguments{Text: true, Least: 2, Most: 2}, In: inValues},
	{Name: "Fn::GetAZs", Arguments: Arguments{Text: true, Computed: true}, In: inValues | InCondition},
	{Name: "Fn::GetStackOutput", Arguments: Arguments{Keys: []string{"StackName", "OutputName"}, Optional: []string{"Region", "RoleArn"}}, In: inValues},
	{Name: "Fn::If", Arguments: Arguments{Least: 3, Most: 3, First: true}, In: inValues | InCondition},
	{Name: "Fn::ImportValue", Arguments: Arguments{Text: true, Computed: true}, In: inValues},
	{Name: "Fn::Join", Arguments: Arguments{Least: 2, Most: 2, First: true}, In: inValues | InCondition | InRule},
	{Name: "Fn::Select", Arguments: Arguments{Least: 2, Most: 2}, In: inValues | InCondition | InRule},
	{Name: "Fn::Split", Arguments: Arguments{Least: 2, Most: 2, First: true}, In: inValues | InCondition | InRule},
	{Name: "Fn::Sub", Arguments: Arguments{Text: true, Least: 2, Most: 2, First: true}, In: inValues | InCondition | InRule},
	{Name: "Fn::Transform", Arguments: Arguments{Least: 1, Most: 100, Keys: []string{"Name"}, Optional: []string{"Parameters"}}, In: inValues | InCondition | InRule | InMapping | InParameter},

	{Name: "Fn::Length", Arguments: Arguments{Any: true}, In: inValues | InCondition, Extension: true},
	{Name: "Fn::ToJsonString", Arguments: Arguments{Any: true}, In: inValues | InCondition, Extension: true},

	{Name: "Fn::And", Arguments: Arguments{Least: 2, Most: 10}, In: InCondition | InRule},
	{Name: "Fn::Or", Arguments: Arguments{Least: 2, Most: 10}, In: InCondition | InRule},
	{Name: "Fn::Not", Arguments: Arguments{Least: 1, Most: 1}, In: InCondition | InRule},
	{Name: "Fn::Equals", Arguments: Arguments{Least: 2, Most: 2}, In: InCondition | InRule},

	{Name: "Fn::Contains", Arguments: Arguments{Least: 2, Most: 2}, In: InRule},
	{Name: "Fn::EachMemberEquals", Arguments: Arguments{Least: 2, Most: 2}, In: InRule},
	{Name: "Fn::EachMemberIn", Arguments: Arguments{Least: 2, Most: 2}, In: InRule},
	{Name: "Fn::RefAll", Arguments: Arguments{Text: true}, In: InRule},
	{Name: "Fn::ValueOf", Arguments: Arguments{Least: 2, Most: 2}, In: InRule},
	{Name: "Fn::ValueOfAll", Arguments: Arguments{Least: 2, Most: 2}, In: InRule},
})

func index(list []Function) map[string]Function {
	out := make(map[string]Function, len(list))
	for _, f := range list {
		out[f.Name] = f
	}
	return out
}

// FunctionOf is what is known of a function by its long name.
func FunctionOf(name string) (Function, bool) { f, ok := functions[name]; return f, ok }

// FunctionNames are the long names of all functions, for naming the nearest.
func FunctionNames() []string {
	out := make([]string, 0, len(functions))
	for name := range functions {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// tagged is the function that a short tag calls.
func tagged(tag string) (string, bool) {
	name := strings.TrimPrefix(tag, "!")
	if name != "Ref" && name != "Condition" {
		name = "Fn::" + name
	}
	_, known := functions[name]
	return name, known
}

// isLong tells a call in long form from a mapping. Fn::ForEach is an entry that
// joins its neighbours; Condition is a function only where conditions are.
func isLong(key string, in Place) bool {
	switch {
	case key == "Ref":
		return true
	case key == "Condition":
		return in == InCondition || in == InRule
	}
	return strings.HasPrefix(key, "Fn::") && !strings.HasPrefix(key, loopKey)
}
