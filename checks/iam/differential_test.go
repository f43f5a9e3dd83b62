package iam

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// peerFolder has a script that answers cases with another evaluator. To have it
// compared, run npm install there.
var peerFolder = filepath.Join("testdata", "differential")

func peer(tb testing.TB, mode string, input []byte) string {
	tb.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		tb.Skip("node is not installed: nothing to compare with")
	}
	if _, err := os.Stat(filepath.Join(peerFolder, "node_modules", "@cloud-copilot", "iam-simulate")); err != nil {
		tb.Skip("run npm install in " + peerFolder + " to compare with another evaluator")
	}
	cmd := exec.Command(node, "peer.mjs", mode)
	cmd.Dir, cmd.Stdin = peerFolder, bytes.NewReader(input)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		tb.Fatalf("run the other evaluator: %v\n%s", err, errs.String())
	}
	return strings.TrimSpace(string(out))
}

// peerCase is a case that both evaluators can answer: all is known, nothing is
// a pattern.
type peerCase struct {
	Identity []json.RawMessage   `json:"identityPolicies"`
	SCPs     [][]json.RawMessage `json:"scps"`
	RCPs     [][]json.RawMessage `json:"rcps"`
	Boundary []json.RawMessage   `json:"permissionBoundaries,omitempty"`
	Request  struct {
		Action    string         `json:"action"`
		Resource  string         `json:"resource"`
		Principal string         `json:"principal"`
		Context   map[string]any `json:"context"`
	} `json:"request"`
}

func (g generator) peerCase() (peerCase, *Policies, Request) {
	p, r := g.policies(), g.request()
	p.Administrator, p.Session = false, nil
	if g.IntN(2) == 0 {
		all, _ := Parse("all", Identity, []byte(allowAll))
		p.Identity = append(p.Identity, all)
	}
	r.Resource, r.ResourceIsPattern = pick(g, "arn:aws:s3:::panther-core", "arn:aws:s3:::panther-web-logs", "arn:aws:sqs:eu-west-1:111122223333:q"), false
	r.Context = map[string]Value{}
	c := peerCase{SCPs: [][]json.RawMessage{}}
	c.Request.Context = map[string]any{}
	for _, key := range keyNames {
		if g.IntN(3) == 0 {
			continue
		}
		v := g.value(key)
		r.Context[key] = v
		c.Request.Context[key] = v.Values[0]
		if key == "aws:TagKeys" {
			c.Request.Context[key] = v.Values
		}
	}
	c.Request.Action, c.Request.Resource, c.Request.Principal = r.Action, r.Resource, r.Principal
	c.Identity, c.Boundary = documents(p.Identity), documents(p.Boundary)
	for _, level := range p.SCPs {
		c.SCPs = append(c.SCPs, documents(level))
	}
	for _, level := range p.RCPs {
		c.RCPs = append(c.RCPs, documents(level))
	}
	return c, p, r
}

func documents(policies []*Policy) []json.RawMessage {
	var out []json.RawMessage
	for _, p := range policies {
		out = append(out, json.RawMessage(p.Document()))
	}
	return out
}

// TestAgainstAnotherEvaluator compares random requests. The known differences
// are settled from the AWS documentation in docs/iam-evaluation.md.
func TestAgainstAnotherEvaluator(t *testing.T) {
	g := newGenerator(6)
	var input bytes.Buffer
	var ours []Decision
	var lines []string
	for range rounds {
		c, p, r := g.peerCase()
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		input.Write(append(line, '\n'))
		lines = append(lines, string(line))
		ours = append(ours, p.Decide(query(t, r)).Decision)
	}
	theirs := strings.Split(peer(t, "decide", input.Bytes()), "\n")
	if len(theirs) != len(ours) {
		t.Fatalf("%d answers to %d cases", len(theirs), len(ours))
	}
	settled := map[string]int{}
	for i, want := range theirs {
		if ours[i].String() == want {
			continue
		}
		class := settledDifference(lines[i])
		if class == "" {
			t.Errorf("ours %v, theirs %s\n%s", ours[i], want, lines[i])
		}
		settled[class]++
	}
	t.Logf("%d compared; settled differences: %v", len(ours), settled)
}

// settledDifference names the class of difference that a case may belong to.
func settledDifference(line string) string {
	switch {
	case strings.Contains(line, "${aws:PrincipalTag/team") && !strings.Contains(line, `"aws:PrincipalTag/team":"`):
		return "variable without value"
	case strings.Contains(line, "NotIpAddress") && strings.Contains(line, `"aws:SourceIp":"2001:`):
		return "address of the other family"
	}
	return ""
}
