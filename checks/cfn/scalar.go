package cfn

import (
	"math/big"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// scalar is the kind and the text that CloudFormation sees. It reads YAML 1.1:
// yes, no, on and off are booleans, 0123 is octal, and 08, which is no octal
// number, is a floating-point one. Other numbers, dates and times keep the text
// that is written; what is quoted, or has a tag, is a text whatever it says.
func scalar(y *yaml.Node) (Kind, string) {
	const written = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	switch y.Tag {
	case "!!null":
		return Null, ""
	case "!!bool":
		return Bool, strconv.FormatBool(truthy(y.Value))
	case "!!int", "!!float":
		return number(y.Value)
	case "!!str":
		if y.Style&(written|yaml.TaggedStyle) == 0 && y.Line > 0 && isBoolean(y.Value) {
			return Bool, strconv.FormatBool(truthy(y.Value))
		}
	}
	return String, y.Value
}

// isBoolean knows the words of YAML 1.1 in their usual cases. It has y and n
// too, which CloudFormation takes for texts.
func isBoolean(text string) bool {
	switch text {
	case "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF":
		return true
	}
	return false
}

func truthy(text string) bool {
	switch strings.ToLower(text) {
	case "true", "yes", "on":
		return true
	}
	return false
}

// number is the text of a number. Only those that begin with a zero change.
func number(text string) (Kind, string) {
	sign, digits := "", text
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "+") {
		sign, digits = strings.TrimPrefix(text[:1], "+"), text[1:]
	}
	switch {
	case strings.HasPrefix(digits, "0o"): // octal in YAML 1.2, a text in 1.1
		return String, text
	case len(digits) < 2 || digits[0] != '0' || strings.Trim(digits, "0123456789") != "":
		return Number, text
	}
	if n, ok := new(big.Int).SetString(digits, 8); ok {
		return Number, sign + n.String()
	}
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return Number, text
	}
	return Number, sign + double(f)
}

// double writes a floating-point number as Java does, which CloudFormation is
// made with: 8.0, and 1.2345678901E10 from ten millions on.
func double(f float64) string {
	if f < 1e7 {
		return strconv.FormatFloat(f, 'f', 1, 64)
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, 64), "E+")
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	return mantissa + "E" + strings.TrimLeft(exponent, "0")
}
