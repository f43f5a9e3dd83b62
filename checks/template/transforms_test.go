package template

import (
	"slices"
	"testing"
)

// A macro is known by its name, however the section is written.
func TestMacrosAreNotExpanded(t *testing.T) {
	const rest = "\nResources: {R: {Type: T}, I: {'Fn::Transform': {Name: 'AWS::Include'}}}\n"
	for text, want := range map[string][]string{
		"Transform: Mine":                                    {"macro Mine", "Fn::Transform on line 2"},
		"Transform: {Name: Mine, Parameters: {}}":            {"macro Mine", "Fn::Transform on line 2"},
		"Transform: [AWS::LanguageExtensions, {Name: Mine}]": {"macro Mine", "Fn::Transform on line 2"},
		"Fn::Transform: {Name: Mine}":                        {"Fn::Transform on line 1", "Fn::Transform on line 2"},
		"Transform: AWS::Serverless-2016-10-31":              {"Fn::Transform on line 2"},
	} {
		if got := loadText(t, text+rest, Options{}).Facts().Templates[0].Unexpanded; !slices.Equal(got, want) {
			t.Errorf("%s: %q", text, got)
		}
	}
}
