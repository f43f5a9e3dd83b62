package plan

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/china"
)

var integration = regexp.MustCompile(`arn:(?:aws|aws-cn|\$\{AWS::Partition\}):states:::[A-Za-z0-9:.-]+`)

// MissingIntegration tells why a state machine that is written as a text cannot
// be made in China: one of its states calls what does not exist there.
func MissingIntegration(n *cfn.Node) string {
	for _, text := range integration.FindAllString(spelt(n), -1) {
		if a, ok := arn.Head(text); ok {
			if why, missing := china.MissingTarget(a); missing {
				return why
			}
		}
	}
	return ""
}

// spelt is the text of n as far as the template spells it out.
func spelt(n *cfn.Node) string {
	if text, ok := Flatten(n); ok {
		return text
	}
	if n.IsCall("Fn::Sub") {
		return speltSub(n)
	}
	glue, parts, ok := JoinOf(n)
	if !ok {
		return "${x}"
	}
	texts := make([]string, len(parts.Items))
	for i, part := range parts.Items {
		texts[i] = spelt(part)
	}
	return strings.Join(texts, spelt(glue))
}

func speltSub(n *cfn.Node) string {
	text, variables, ok := n.Sub()
	if !ok {
		return "${x}"
	}
	var b strings.Builder
	for _, p := range cfn.SubParts(text.Text) {
		v := variables.Get(p.Name)
		switch {
		case p.Name == "":
			b.WriteString(p.Text)
		case v != nil:
			b.WriteString(spelt(v))
		default:
			b.WriteString("${" + p.Name + "}")
		}
	}
	return b.String()
}
