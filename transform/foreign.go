package transform

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// arn is the head of an ARN as far as its text tells.
type arn struct{ partition, service, region, account, rest string }

// readARN reads text that begins with an ARN. Variables of a Sub stay in it.
func readARN(text string) (arn, bool) {
	if !strings.HasPrefix(text, "arn:") {
		return arn{}, false
	}
	fields := splitOutsideVariables(text[len("arn:"):], 5)
	if len(fields) < 2 {
		return arn{}, false
	}
	for len(fields) < 5 {
		fields = append(fields, "")
	}
	return arn{fields[0], fields[1], fields[2], fields[3], fields[4]}, true
}

// splitOutsideVariables cuts at colons, but not at those of ${AWS::Region}.
func splitOutsideVariables(text string, n int) []string {
	var fields []string
	depth, start := 0, 0
	for i := 0; i < len(text) && len(fields) < n-1; i++ {
		switch {
		case strings.HasPrefix(text[i:], "${"):
			depth++
		case text[i] == '}' && depth > 0:
			depth--
		case text[i] == ':' && depth == 0:
			fields = append(fields, text[start:i])
			start = i + 1
		}
	}
	return append(fields, text[start:])
}

// open tells whether a field names nothing in particular, so that it can stand
// for a place in China too.
func open(field string) bool {
	return field == "" || strings.Contains(field, "*") || strings.Contains(field, "${")
}

// foreign tells why an ARN of the partition aws cannot exist in China: it
// names a region or an account there.
func (a arn) foreign() *cause {
	if a.partition != "aws" || a.service == "s3" {
		return nil
	}
	switch {
	case registry.IsChina(a.region):
		return nil
	case !open(a.region):
		return &cause{rule: "foreign-arn", reason: fmt.Sprintf("arn:aws:%s:%s:… is of region %s and cannot exist in AWS China", a.service, a.region, a.region)}
	case !open(a.account) && a.account != "aws":
		return &cause{rule: "foreign-arn", reason: fmt.Sprintf("arn:aws:%s::%s:… is of account %s of another partition and cannot exist in AWS China", a.service, a.account, a.account)}
	}
	return nil
}

// foreignValue is the cause of the loss of a text that is an ARN which cannot
// exist in China. Text for people is no value.
func foreignValue(path, text string) *cause {
	if !strings.HasPrefix(text, "arn:aws:") || strings.HasSuffix(path, "/Description") {
		return nil
	}
	a, ok := readARN(text)
	if !ok || strings.ContainsAny(text, " \n") {
		return nil
	}
	if _, known := layerAccounts[a.account]; known && a.service == "lambda" {
		return nil // rewritten to the account that publishes it in China
	}
	return a.foreign()
}

// foreignJoin is the same for an ARN that a Fn::Join builds.
func foreignJoin(delimiter, parts *yaml.Node) *cause {
	glue, ok := literal(delimiter)
	if !ok || len(parts.Content) == 0 {
		return nil
	}
	var b strings.Builder
	for i, c := range parts.Content {
		if i > 0 {
			b.WriteString(glue)
		}
		if value, ok := literal(c); ok {
			b.WriteString(value)
		} else {
			b.WriteString("${x}")
		}
	}
	return foreignValue("", b.String())
}
