package awsdata

import (
	"fmt"
	"strings"
)

// Rule is a set of actions that creating a resource takes when all of When
// holds.
type Rule struct {
	When    []When
	Actions []string
}

// When is a condition on the resource.
type When struct {
	Kind  Kind
	Path  []string // of the property
	Value string
}

// Kind is what a rule looks at.
type Kind uint8

// The kinds of condition.
const (
	IfSet Kind = iota
	IfAbsent
	IfEqual
	IfStackTags // the stack gives tags to what it creates
	IfFirstUse  // the account may lack a service-linked role
)

type overlay struct {
	rules  []Rule
	apart  []string
	update []string
}

func parseOverlay(text string) (map[string]overlay, error) {
	out := map[string]overlay{}
	current := ""
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case !strings.HasPrefix(line, "  "):
			if _, twice := out[line]; twice {
				return nil, fmt.Errorf("overlay.txt:%d: %s stands twice", number, line)
			}
			current = line
			out[current] = overlay{rules: []Rule{}}
		case current == "":
			return nil, fmt.Errorf("overlay.txt:%d: actions before the first type", number)
		default:
			o := out[current]
			o.add(strings.TrimSpace(line))
			out[current] = o
		}
	}
	return out, nil
}

func (o *overlay) add(line string) {
	if rest, is := strings.CutPrefix(line, "- "); is {
		o.apart = strings.Fields(rest)
		return
	}
	head, rest, conditional := strings.Cut(line, ": ")
	switch {
	case !conditional:
		o.rules = append(o.rules, Rule{Actions: strings.Fields(line)})
	case head == "@update":
		o.update = strings.Fields(rest)
	default:
		r := Rule{Actions: strings.Fields(rest)}
		for _, word := range strings.Fields(head) {
			r.When = append(r.When, parseWhen(word))
		}
		o.rules = append(o.rules, r)
	}
}

func parseWhen(word string) When {
	switch word {
	case "@stackTags":
		return When{Kind: IfStackTags}
	case "@firstUse":
		return When{Kind: IfFirstUse}
	}
	if path, is := strings.CutPrefix(word, "!"); is {
		return When{Kind: IfAbsent, Path: strings.Split(path, ".")}
	}
	if path, value, is := strings.Cut(word, "="); is {
		return When{Kind: IfEqual, Path: strings.Split(path, "."), Value: value}
	}
	return When{Kind: IfSet, Path: strings.Split(word, ".")}
}
