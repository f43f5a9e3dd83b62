package plan

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// Open tells whether a field names nothing in particular, so that it can stand
// for a place in China too.
func Open(field string) bool {
	return field == "" || strings.Contains(field, "*") || strings.Contains(field, "${")
}

// ForeignARN tells why an ARN of the partition aws cannot exist in China: it
// names a region or an account there.
func ForeignARN(a arn.ARN) *Cause {
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
	a, ok := arn.Head(text)
	if !ok || strings.ContainsAny(text, " \n") {
		return nil
	}
	if _, known := LayerAccounts[a.Account]; known && a.Service == "lambda" {
		return nil // rewritten to the account that publishes it in China
	}
	return ForeignARN(a)
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
