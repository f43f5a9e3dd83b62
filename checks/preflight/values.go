package preflight

import (
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// values are the parameter values that the templates are resolved with. One
// that keeps its previous value has it where the deployed stack was read.
func values(given []parameters.Given, previous map[string]string) map[string]template.ParameterValue {
	all := map[string]template.ParameterValue{}
	for _, g := range given {
		v := template.ParameterValue{Text: g.Value, Previous: g.UsePrevious, Secret: parameters.NamesSecret(g.Name)}
		if before, known := previous[g.Name]; g.UsePrevious && known {
			v.Text, v.Known = before, true
		}
		all[g.Name] = v
	}
	return all
}

// Declared are the parameters of a template in the words of package parameters.
func Declared(ps []template.Parameter) []parameters.Declared {
	all := make([]parameters.Declared, len(ps))
	for i, p := range ps {
		all[i] = parameters.Declared{
			Name: p.Name, Type: p.Type, NoEcho: p.NoEcho, Default: p.Default, Pattern: p.AllowedPattern,
			Allowed: p.AllowedValues, MinValue: p.MinValue, MaxValue: p.MaxValue,
			MinLength: p.MinLength, MaxLength: p.MaxLength, Description: p.ConstraintDescription, About: p.Description,
			File: p.At.File, Line: p.At.Line, Column: p.At.Column,
		}
	}
	return all
}
