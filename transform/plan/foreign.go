package plan

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// Open tells whether a field names nothing in particular, so that it can stand
// for a place in China too.
func Open(field string) bool {
	return field == "" || strings.Contains(field, "*") || strings.Contains(field, "${")
}

// ForeignARN tells why an ARN of the partition aws cannot exist in China: it
// names a region or an account there, or what China does not have. What its
// fields hold is the business of the table of ARNs.
func ForeignARN(a arn.ARN) *Cause {
	if a.Partition != "aws" || hasTwin(a) {
		return nil
	}
	if why, missing := china.MissingTarget(a); missing {
		return &Cause{Rule: "missing-target", Reason: why}
	}
	g := china.GrammarOf(a)
	switch {
	case registry.IsChina(a.Region):
		return nil
	case !Open(a.Region) && g.Region != china.OwnRegion:
		return &Cause{Rule: "foreign-arn", Reason: fmt.Sprintf("arn:aws:%s:%s:… is of region %s and cannot exist in AWS China", a.Service, a.Region, a.Region)}
	case !Open(a.Account) && g.Account == "" && a.Account != "aws":
		return &Cause{Rule: "foreign-arn", Reason: fmt.Sprintf("arn:aws:%s::%s:… is of account %s of another partition and cannot exist in AWS China", a.Service, a.Account, a.Account)}
	}
	return foreignInside(a)
}

// foreignInside judges the ARN that an integration URI names.
func foreignInside(a arn.ARN) *Cause {
	_, inside, found := strings.Cut(a.Resource, "arn:aws:")
	if !found || china.GrammarOf(a).Account != china.Service {
		return nil
	}
	if b, ok := arn.Head("arn:aws:" + inside); ok {
		return ForeignARN(b)
	}
	return nil
}

// hasTwin tells whether AWS has in China what an ARN names: it is rewritten.
func hasTwin(a arn.ARN) bool {
	_, ok := TwinOfARN(a)
	return ok
}

// TwinOfARN is the twin of the account in an ARN: that of a layer, of a
// serverless application, or of a service of AWS that acts by itself.
func TwinOfARN(a arn.ARN) (china.Twin, bool) {
	switch {
	case a.Service == "lambda" && strings.HasPrefix(a.Resource, "layer:"):
		return china.TwinOf(china.Layer, a.Account, LayerName(a))
	case a.Service == "serverlessrepo" && strings.HasPrefix(a.Resource, "applications/"):
		return china.TwinOf(china.Application, a.Account, strings.TrimPrefix(a.Resource, "applications/"))
	case a.Service == "iam" && a.Resource == "root":
		return china.TwinOf(china.Account, a.Account, "")
	}
	return china.Twin{}, false
}

// LayerName is the name of the layer that an ARN is of.
func LayerName(a arn.ARN) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(a.Resource, "layer:"), ":")
	return name
}

// ForeignValue is the cause of the loss of a text that is an ARN which cannot
// exist in China. Text for people is no value.
func ForeignValue(path, text string) *Cause {
	if !strings.HasPrefix(text, "arn:") || strings.HasSuffix(path, "/Description") {
		return nil
	}
	a, ok := arn.Head(text)
	if !ok || strings.ContainsAny(text, " \n") {
		return nil
	}
	if a.Partition == "${AWS::Partition}" || a.Partition == "aws-cn" {
		if why, missing := china.MissingTarget(a); missing {
			return &Cause{Rule: "missing-target", Reason: why}
		}
		return nil
	}
	return ForeignARN(a)
}

// ForeignJoin is the same for an ARN that a Fn::Join builds.
func ForeignJoin(join *cfn.Node) *Cause { return ForeignValue("", spelt(join)) }
