package parameters

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
)

// Declared is one parameter as the entry template declares it. Pointers are
// nil where the template has no such key.
type Declared struct {
	Name, Type string
	NoEcho     bool
	Default    *string
	Pattern    *string
	Allowed    []string
	MinValue   *string
	MaxValue   *string
	MinLength  *string
	MaxLength  *string
	// Description is the ConstraintDescription, About the Description.
	Description  string
	About        string
	File         string
	Line, Column int
}

// Join makes the facts about parameters. Previous holds the values of the
// deployed stack where they were read; a NoEcho one is never among them.
func Join(declared []Declared, given []Given, previous map[string]string) ([]checks.Parameter, []checks.Declaration) {
	byName := map[string]Given{}
	for _, g := range given {
		byName[g.Name] = g
	}
	var facts []checks.Parameter
	var declarations []checks.Declaration
	known := map[string]bool{}
	for _, d := range declared {
		known[d.Name] = true
		g, isGiven := byName[d.Name]
		e := effective(d, g, isGiven, previous)
		facts = append(facts, e.fact(d.Name, isGiven, g, hidden(d)))
		declarations = append(declarations, declaration(d, e))
	}
	for _, g := range given {
		if known[g.Name] {
			continue
		}
		e := value{text: g.Value, origin: checks.OriginGiven, known: true}
		if g.UsePrevious {
			e = value{origin: checks.OriginPrevious}
		}
		meant, mistyped := nearest(g.Name, declared)
		// The value of a mistyped secret is as secret as that of the right one.
		fact := e.fact(g.Name, true, g, secretName.MatchString(g.Name) || mistyped && hidden(meant))
		fact.Nearest = meant.Name
		facts = append(facts, fact)
	}
	return facts, declarations
}

// value is an effective value, which may have to stay hidden.
type value struct {
	text   string
	origin string
	known  bool
}

func effective(d Declared, g Given, isGiven bool, previous map[string]string) value {
	switch {
	case isGiven && g.UsePrevious:
		before, ok := previous[d.Name]
		return value{text: before, origin: checks.OriginPrevious, known: ok}
	case isGiven:
		return value{text: g.Value, origin: checks.OriginGiven, known: true}
	case d.Default != nil:
		return value{text: *d.Default, origin: checks.OriginDefault, known: true}
	}
	return value{origin: checks.OriginNone}
}

func (v value) fact(name string, given bool, g Given, hide bool) checks.Parameter {
	p := checks.Parameter{
		Name: name, Given: given, Origin: v.origin, Known: v.known && !hide, Hidden: hide,
		Empty: v.known && v.text == "",
	}
	if p.Known {
		p.Value = v.text
	}
	if given {
		p.File, p.Line, p.Column = g.File, g.Line, g.Column
	}
	return p
}

// secretName is what a parameter is called that holds a secret although its
// template forgot NoEcho. An ARN or an id of a secret is not one.
var secretName = regexp.MustCompile(`(?i)(password|passwd|secret|token|api_?key|app_?key|private_?key|credential)`)

var pointsAtSecret = regexp.MustCompile(`(?i)(arn|id|name|enabled)$`)

func hidden(d Declared) bool { return d.NoEcho || NamesSecret(d.Name) }

// NamesSecret tells whether a parameter of that name holds a secret, whatever
// its template says.
func NamesSecret(name string) bool {
	return secretName.MatchString(name) && !pointsAtSecret.MatchString(name)
}

func declaration(d Declared, v value) checks.Declaration {
	out := checks.Declaration{
		Name: d.Name, Type: d.Type, NoEcho: d.NoEcho, HasDefault: d.Default != nil,
		File: d.File, Line: d.Line, Column: d.Column, Constraints: constraints(d, v),
	}
	if d.Default != nil && !hidden(d) {
		out.Default = *d.Default
	}
	return out
}

// nearest is the declared name that the operator most likely meant.
func nearest(name string, declared []Declared) (Declared, bool) {
	best, bestDistance := Declared{}, len(name)/3+1
	for _, d := range declared {
		if strings.EqualFold(d.Name, name) {
			return d, true
		}
		if n := spelling.Distance(name, d.Name); n < bestDistance {
			best, bestDistance = d, n
		}
	}
	return best, best.Name != ""
}
