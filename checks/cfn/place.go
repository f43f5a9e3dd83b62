package cfn

// Place is a part of a template in which some functions may be used.
type Place uint8

// Elsewhere are Metadata, Globals, Hooks and Transform, where functions are not
// judged.
const (
	Elsewhere  Place = 0
	InResource Place = 1 << iota
	InOutput
	InCondition
	InRule
	InParameter
	InMapping
	atRoot // the mapping of the sections
)

const inValues = InResource | InOutput

func (p Place) String() string {
	return map[Place]string{InResource: "Resources", InOutput: "Outputs", InCondition: "Conditions", InRule: "Rules",
		InParameter: "Parameters", InMapping: "Mappings"}[p]
}

// section is what the reading knows of a section before it looks inside.
type section struct {
	place Place
	// literal counts the levels of mappings, from the section's own on, that
	// are never function calls: sections and the bodies in them.
	literal int
}

// sections are all that a template may have.
var sections = map[string]section{
	"AWSTemplateFormatVersion": {Elsewhere, 0},
	"Description":              {Elsewhere, 0},
	"Metadata":                 {Elsewhere, 1},
	"Parameters":               {InParameter, 2},
	"Rules":                    {InRule, 2},
	"Mappings":                 {InMapping, 1},
	"Conditions":               {InCondition, 1},
	"Transform":                {Elsewhere, 0},
	"Globals":                  {Elsewhere, 2},
	"Resources":                {InResource, 2},
	"Outputs":                  {InOutput, 2},
	"Hooks":                    {Elsewhere, 2},
}

// IsSection tells whether a template may have the section.
func IsSection(name string) bool { _, ok := sections[name]; return ok }

// Keys that the entries of a section may have.
var (
	resourceKeys = []string{"Type", "Properties", "Condition", "DependsOn", "Metadata", "CreationPolicy", "UpdatePolicy",
		"DeletionPolicy", "UpdateReplacePolicy", "Version", "Connectors", "IgnoreGlobals"} // the last two are SAM's
	parameterKeys = []string{"Type", "Default", "Description", "NoEcho", "AllowedValues", "AllowedPattern",
		"ConstraintDescription", "MinLength", "MaxLength", "MinValue", "MaxValue"}
	outputKeys = []string{"Value", "Description", "Export", "Condition"}
	ruleKeys   = []string{"RuleCondition", "Assertions"}
)

// SectionNames, ResourceAttributes and the others are copies of the lists, for
// naming the nearest one.
func SectionNames() []string {
	out := make([]string, 0, len(sections))
	for name := range sections {
		out = append(out, name)
	}
	return out
}

// ResourceAttributes are the keys that a resource may have.
func ResourceAttributes() []string { return append([]string{}, resourceKeys...) }

// policies are the values of DeletionPolicy and UpdateReplacePolicy.
var policies = map[string][]string{
	"DeletionPolicy":      {"Delete", "Retain", "RetainExceptOnCreate", "Snapshot"},
	"UpdateReplacePolicy": {"Delete", "Retain", "Snapshot"},
}
