package engine

import (
	"errors"
	"fmt"
	"math/big"
	"net/netip"

	"github.com/open-policy-agent/opa/v1/ast"
)

// bound refuses arguments by which one call would take more than a policy may.
// What a built-in refuses anyway, such as a number where it takes a text, a bound
// lets through.
type bound func(operands []*ast.Term) error

const (
	// maxText is the longest text that a call makes: twice that of a template.
	maxText = 16 << 20
	// maxDocument is the longest text that is parsed: its values take fifty times as much.
	maxDocument = 4 << 20
	// maxElements is how many values a call makes.
	maxElements = 1 << 20
	// maxSmall is for what takes the square of its arguments.
	maxSmall = 256 << 10
	// maxNumeral is the longest text that becomes a number or a version.
	maxNumeral = 1024
	// maxExpression is the longest regular expression; some in templates list every region.
	maxExpression = 4096
	// maxGlob is the longest glob.
	maxGlob = 1024
	// maxAlternatives is how many groups {a,b} a glob may have.
	maxAlternatives = 4
	// maxNetworkBits is how many bits of a network's addresses may be left open.
	maxNetworkBits = 16
	// maxShift is how many bits a number is shifted by.
	maxShift = 4096
)

// bounds are the bounds by the names that the list of built-ins gives.
var bounds = map[string]bound{
	"digits":       boundDigits,
	"document":     func(o []*ast.Term) error { return longest(maxDocument, o) },
	"elements":     boundElements,
	"expression":   boundExpression,
	"flattened":    boundFlattened,
	"format":       boundFormat,
	"glob":         boundGlob,
	"joined":       boundJoined,
	"matches":      boundMatches,
	"network":      boundNetwork,
	"numbers":      boundNumbers,
	"numeral":      func(o []*ast.Term) error { return longest(maxNumeral, o) },
	"pieces":       boundPieces,
	"product":      func(o []*ast.Term) error { return product(len(textOf(o, 0)), len(textOf(o, 1))) },
	"range":        boundRange,
	"replaced":     boundReplaced,
	"replacements": boundReplacements,
	"rewritten":    boundRewritten,
	"shift":        boundShift,
	"size":         func(o []*ast.Term) error { _, err := weigh(4*maxText, o...); return err },
	"small":        func(o []*ast.Term) error { _, err := weigh(maxSmall, o...); return err },
	"summands":     boundSummands,
	"text":         func(o []*ast.Term) error { return longest(maxText, o) },
	"zone":         boundZone,
}

// longest refuses a text among the arguments that is longer than a limit.
func longest(limit int, operands []*ast.Term) error {
	for i := range operands {
		if n := len(textOf(operands, i)); n > limit {
			return fmt.Errorf("a text of %d bytes is longer than %d", n, limit)
		}
	}
	return nil
}

// product refuses what would make or compare the product of two lengths.
func product(a, b int) error {
	if (a + 1) > 4*maxText/(b+1) {
		return fmt.Errorf("%d times %d bytes is more than %d", a, b, 4*maxText)
	}
	return nil
}

func made(n int) error {
	if n > maxText {
		return fmt.Errorf("it would make a text of more than %d bytes", maxText)
	}
	return nil
}

func counted(n int) error {
	if n > maxElements {
		return fmt.Errorf("it would make %d values, more than %d", n, maxElements)
	}
	return nil
}

func boundElements(operands []*ast.Term) error {
	n := 0
	for _, o := range operands {
		n += elements(o)
	}
	return counted(n)
}

func boundFlattened(operands []*ast.Term) error {
	n := 0
	return children(operands[0], func(child *ast.Term) error {
		n += elements(child)
		return counted(n)
	})
}

func boundNetwork(operands []*ast.Term) error {
	network, err := netip.ParsePrefix(textOf(operands, 0))
	if err == nil && network.Addr().BitLen()-network.Bits() > maxNetworkBits {
		return fmt.Errorf("%s has more than %d addresses", network, 1<<maxNetworkBits)
	}
	return nil
}

func boundShift(operands []*ast.Term) error {
	if n, ok := integer(operands, 1); ok && n.CmpAbs(big.NewInt(maxShift)) > 0 {
		return fmt.Errorf("a shift is by at most %d bits", maxShift)
	}
	return nil
}

// boundRange is for ranges of numbers, with a step or without.
func boundRange(operands []*ast.Term) error {
	from, isFrom := integer(operands, 0)
	to, isTo := integer(operands, 1)
	if !isFrom || !isTo {
		return boundNumbers(operands)
	}
	if !from.IsInt64() || !to.IsInt64() {
		return errors.New("a range is of numbers below 2^63")
	}
	n := new(big.Int).Sub(to, from)
	if step, ok := integer(operands, 2); ok && step.Sign() > 0 {
		n.Quo(n, step)
	}
	if n.CmpAbs(big.NewInt(maxElements)) >= 0 {
		return fmt.Errorf("a range has at most %d numbers", maxElements)
	}
	return nil
}

// boundZone keeps to the one time zone that is the same on every machine.
func boundZone(operands []*ast.Term) error {
	if _, err := weigh(maxSmall, operands...); err != nil {
		return err
	}
	for _, o := range operands {
		array, ok := o.Value.(*ast.Array)
		if !ok || array.Len() < 2 {
			continue
		}
		if zone, _ := array.Elem(1).Value.(ast.String); zone != "" && zone != "UTC" {
			return fmt.Errorf("the time zone %q is not UTC; others differ between machines", string(zone))
		}
	}
	return nil
}
