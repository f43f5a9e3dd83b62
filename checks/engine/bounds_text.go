package engine

import (
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

func boundJoined(operands []*ast.Term) error {
	delimiter, n := len(textOf(operands, 0)), 0
	return children(operands[1], func(part *ast.Term) error {
		s, _ := part.Value.(ast.String)
		n += delimiter + len(s)
		return made(n)
	})
}

func boundPieces(operands []*ast.Term) error {
	return counted(strings.Count(textOf(operands, 0), textOf(operands, 1)))
}

// boundReplaced is for what takes a text, what to replace in it, and by what.
func boundReplaced(operands []*ast.Term) error {
	text, old, by := textOf(operands, 0), textOf(operands, 1), textOf(operands, 2)
	occurrences := strings.Count(text, old)
	if err := product(occurrences, len(by)); err != nil {
		return err
	}
	return made(len(text) + occurrences*len(by))
}

// boundReplacements is for what takes an object of replacements and a text.
func boundReplacements(operands []*ast.Term) error {
	if _, err := weigh(maxDocument, operands[0]); err != nil {
		return err
	}
	longest := 0
	if all, ok := operands[0].Value.(ast.Object); ok {
		all.Foreach(func(_, by *ast.Term) {
			s, _ := by.Value.(ast.String)
			longest = max(longest, len(s))
		})
	}
	return product(len(textOf(operands, 1)), longest)
}

// boundExpression is for what takes an expression and a text.
func boundExpression(operands []*ast.Term) error {
	return matching(textOf(operands, 0), textOf(operands, 1))
}

// boundRewritten is for what takes a text, an expression and its replacement.
func boundRewritten(operands []*ast.Term) error {
	text := textOf(operands, 0)
	if err := matching(textOf(operands, 1), text); err != nil {
		return err
	}
	return product(len(text), len(textOf(operands, 2)))
}

func matching(expression, text string) error {
	if len(expression) > maxExpression {
		return fmt.Errorf("a regular expression of %d bytes is longer than %d", len(expression), maxExpression)
	}
	return product(len(expression), len(text))
}

// boundMatches counts a match at every character, with all groups.
func boundMatches(operands []*ast.Term) error {
	groups := strings.Count(textOf(operands, 0), "(")
	return counted((groups + 1) * len(textOf(operands, 1)))
}

func boundGlob(operands []*ast.Term) error {
	glob := textOf(operands, 0)
	switch {
	case len(glob) > maxGlob:
		return fmt.Errorf("a glob of %d bytes is longer than %d", len(glob), maxGlob)
	case strings.Count(glob, "{") > maxAlternatives:
		return fmt.Errorf("a glob has more than %d groups of alternatives", maxAlternatives)
	}
	return product(len(glob), len(textOf(operands, 2)))
}

// boundFormat adds up what a format can make: its widths, and the arguments, each
// once, or all of them at every verb where the format names them by position.
func boundFormat(operands []*ast.Term) error {
	format := textOf(operands, 0)
	weight, err := weigh(maxText, operands[1:]...)
	if err != nil {
		return err
	}
	times := 1
	if strings.Contains(format, "[") {
		times += strings.Count(format, "%")
	}
	if err := product(weight, times); err != nil {
		return err
	}
	return made(len(format) + widths(format))
}

// widths is the sum of the widths and precisions of a format. One that an
// argument gives, `%*d`, counts as the longest that there is.
func widths(format string) int {
	sum, number := 0, 0
	inVerb := false
	for _, r := range format {
		switch {
		case r == '%':
			inVerb, number = !inVerb, 0
		case !inVerb:
		case r == '*':
			sum += maxText
		case r >= '0' && r <= '9':
			number = min(10*number+int(r-'0'), maxText)
		default:
			sum, number = sum+number, 0
			inVerb = strings.ContainsRune("+-# .[]", r)
		}
		if sum > maxText {
			return sum
		}
	}
	return sum
}
