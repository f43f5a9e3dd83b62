package engine

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// maxDigits is how many digits a number may have, written out without its
// exponent: more than 2^4096 has.
const maxDigits = 1300

// maxProduct is how many digits all factors of one product have.
const maxProduct = 16 << 10

// digits is how many digits a number has, written out.
func digits(n ast.Number) int {
	mantissa, exponent := string(n), 0
	if i := strings.IndexAny(mantissa, "eE"); i >= 0 {
		e, err := strconv.Atoi(mantissa[i+1:])
		if err != nil {
			return maxDigits + 1
		}
		mantissa, exponent = mantissa[:i], max(e, -e)
	}
	return len(mantissa) + exponent
}

func boundNumbers(operands []*ast.Term) error {
	for _, o := range operands {
		if n, ok := o.Value.(ast.Number); ok && digits(n) > maxDigits {
			return fmt.Errorf("a number has more than %d digits", maxDigits)
		}
	}
	return nil
}

func boundSummands(operands []*ast.Term) error {
	return children(operands[0], func(summand *ast.Term) error {
		return boundNumbers([]*ast.Term{summand})
	})
}

// boundDigits is for what multiplies all numbers of a collection.
func boundDigits(operands []*ast.Term) error {
	all := 0
	return children(operands[0], func(factor *ast.Term) error {
		if n, ok := factor.Value.(ast.Number); ok {
			all += digits(n)
		}
		if all > maxProduct {
			return fmt.Errorf("its factors have more than %d digits", maxProduct)
		}
		return nil
	})
}

// integer is one argument that is a whole number of a bearable length.
func integer(operands []*ast.Term, i int) (*big.Int, bool) {
	if i >= len(operands) {
		return nil, false
	}
	n, ok := operands[i].Value.(ast.Number)
	if !ok || digits(n) > maxDigits {
		return nil, false
	}
	r, ok := new(big.Rat).SetString(string(n))
	if !ok || !r.IsInt() {
		return nil, false
	}
	return r.Num(), true
}
