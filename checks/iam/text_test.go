package iam

import (
	"encoding/json"
	"strings"
	"testing"
)

func marshal(tb testing.TB, statement map[string]any) string {
	tb.Helper()
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": statement})
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// texts shows the policies of a failed property.
func texts(p *Policies) string {
	var b strings.Builder
	for _, pl := range p.places(&Query{}) {
		for _, policy := range pl.policies {
			b.WriteString(pl.layer.String() + ": " + string(policy.Document()) + "\n")
		}
	}
	return b.String()
}
