package plan

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// arn is the head of an ARN as far as its text tells.
type arn struct{ Partition, Service, Region, Account, Rest string }

// ReadARN reads text that begins with an ARN. Variables of a Sub stay in it.
func ReadARN(text string) (arn, bool) {
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

// Open tells whether a field names nothing in particular, so that it can stand
// for a place in China too.
func Open(field string) bool {
	return field == "" || strings.Contains(field, "*") || strings.Contains(field, "${")
}

// Foreign tells why an ARN of the partition aws cannot exist in China: it
// names a region or an account there.
func (a arn) Foreign() *Cause {
	if a.Partition != "aws" || a.Service == "s3" {
		return nil
	}
	switch {
	case registry.IsChina(a.Region):
		return nil
	case !Open(a.Region):
		return &Cause{Rule: "foreign-arn", Reason: fmt.Sprintf("arn:aws:%s:%s:… is of region %s and cannot exist in AWS China", a.Service, a.Region, a.Region)}
	case !Open(a.Account) && a.Account != "aws":
		return &Cause{Rule: "foreign-arn", Reason: fmt.Sprintf("arn:aws:%s::%s:… is of account %s of another partition and cannot exist in AWS China", a.Service, a.Account, a.Account)}
	}
	return nil
}

// ForeignValue is the cause of the loss of a text that is an ARN which cannot
// exist in China. Text for people is no value.
func ForeignValue(path, text string) *Cause {
	if !strings.HasPrefix(text, "arn:aws:") || strings.HasSuffix(path, "/Description") {
		return nil
	}
	a, ok := ReadARN(text)
	if !ok || strings.ContainsAny(text, " \n") {
		return nil
	}
	if _, known := LayerAccounts[a.Account]; known && a.Service == "lambda" {
		return nil // rewritten to the account that publishes it in China
	}
	return a.Foreign()
}

// ForeignJoin is the same for an ARN that a Fn::Join builds.
func ForeignJoin(delimiter, parts *cfn.Node) *Cause {
	glue, ok := delimiter.Scalar()
	if !ok || len(parts.Items) == 0 {
		return nil
	}
	var b strings.Builder
	for i, c := range parts.Items {
		if i > 0 {
			b.WriteString(glue)
		}
		if value, ok := c.Scalar(); ok {
			b.WriteString(value)
		} else {
			b.WriteString("${x}")
		}
	}
	return ForeignValue("", b.String())
}
