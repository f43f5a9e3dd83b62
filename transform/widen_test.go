package transform

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/prove"
)

// grantGen writes authorisation documents out of a small world, so that every
// request of that world can be tried.
type grantGen struct{ r *rand.Rand }

func (g grantGen) pick(list ...string) string { return list[g.r.IntN(len(list))] }

var (
	worldActions    = []string{"x:Read", "x:Write", "y:Read"}
	worldResources  = []string{"arn:aws-cn:x:::one", "arn:aws-cn:x:::two"}
	worldPrincipals = []string{"arn:aws-cn:iam::111122223333:role/one", "arn:aws-cn:iam::111122223333:role/two", "arn:aws-cn:iam::999988887777:role/far"}
	worldValues     = []string{"v1", "v2"}
)

// operand is a value that is there, lost, or either by a condition.
func (g grantGen) operand(values []string) string {
	text, lost := "'"+g.pick(values...)+"'", g.pick("!GetAtt Pool.Arn", "!Sub 'a/${Pool}'", "!Ref Pool", "!Join ['', [!Ref Pool, x]]")
	return g.pick(text, text, lost, lost, lost, fmt.Sprintf("!If [C, %s, %s]", lost, text), fmt.Sprintf("!If [C, %s, %s]", text, lost),
		fmt.Sprintf("!If [C, %s, !Ref AWS::NoValue]", lost))
}

func (g grantGen) operands(values []string) string {
	if g.r.IntN(3) == 0 {
		return "'" + g.pick(values...) + "'"
	}
	items := []string{}
	for range 1 + g.r.IntN(3) {
		items = append(items, g.operand(values))
	}
	if len(items) == 1 && !strings.Contains(items[0], "NoValue") && g.r.IntN(2) == 0 {
		return items[0]
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func (g grantGen) condition() string {
	negation := g.pick("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase")
	operator := g.pick("", "", "", "ForAnyValue:", "ForAllValues:") + negation + g.pick("", "", "", "IfExists")
	keys := []string{}
	for _, key := range []string{"x:one", "x:two"} {
		if g.r.IntN(2) == 0 || len(keys) == 0 && key == "x:two" {
			keys = append(keys, fmt.Sprintf("'%s': %s", key, g.operands(worldValues)))
		}
	}
	return fmt.Sprintf("'%s': {%s}", operator, strings.Join(keys, ", "))
}

// statement writes one; kind is identity, resource or trust.
func (g grantGen) statement(kind string) string {
	parts := []string{"Effect: " + g.pick("Allow", "Allow", "Deny"), fmt.Sprintf("%s: '%s'", g.pick("Action", "Action", "NotAction"), g.pick(append(worldActions, "x:*", "*")...))}
	if kind != "trust" {
		parts = append(parts, g.pick("Resource", "Resource", "NotResource")+": "+g.operands(worldResources))
	}
	if kind != "identity" {
		key := "Principal"
		if strings.Contains(parts[0], "Deny") && g.r.IntN(2) == 0 {
			key = "NotPrincipal"
		}
		parts = append(parts, fmt.Sprintf("%s: {AWS: %s}", key, g.operands(worldPrincipals)))
	}
	if g.r.IntN(2) == 0 {
		conditions := []string{g.condition()}
		if more := g.condition(); more[:12] != conditions[0][:12] {
			conditions = append(conditions, more)
		}
		parts = append(parts, "Condition: {"+strings.Join(conditions, ", ")+"}")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (g grantGen) template(kind string) string {
	statements := []string{}
	for range 1 + g.r.IntN(3) {
		statements = append(statements, g.statement(kind))
	}
	document := "{Version: '2012-10-17', Statement: [" + strings.Join(statements, ", ") + "]}"
	typ, properties := "AWS::IAM::ManagedPolicy", "{PolicyDocument: "+document+"}"
	switch kind {
	case "resource":
		typ, properties = "AWS::SQS::QueuePolicy", "{Queues: [q], PolicyDocument: "+document+"}"
	case "trust":
		typ, properties = "AWS::IAM::Role", "{AssumeRolePolicyDocument: "+document+"}"
	}
	return fmt.Sprintf("Conditions:\n  C: !Equals [!Ref AWS::Region, x]\nResources:\n  Pool: {Type: AWS::Cognito::UserPool}\n  Kept: {Type: AWS::SNS::Topic}\n  P:\n    Type: %s\n    Properties: %s\n", typ, properties)
}

// settle decides the functions of a template; a nil value is AWS::NoValue.
func settle(v any, c bool) any {
	switch v := v.(type) {
	case []any:
		out := []any{}
		for _, item := range v {
			if item := settle(item, c); item != nil {
				out = append(out, item)
			}
		}
		return out
	case map[string]any:
		if branches, ok := v["Fn::If"].([]any); ok && len(v) == 1 {
			if c {
				return settle(branches[1], c)
			}
			return settle(branches[2], c)
		}
		if len(v) == 1 && v["Ref"] == "AWS::NoValue" {
			return nil
		}
		out := map[string]any{}
		for key, item := range v {
			if key == "Ref" || strings.HasPrefix(key, "Fn::") {
				return "arn:aws-cn:gone:::pool"
			}
			if item := settle(item, c); item != nil {
				out[key] = item
			}
		}
		return out
	}
	return v
}

// statementsOf are the statements of the document of resource P, none where it
// is gone.
func statementsOf(t *testing.T, text []byte, c bool) []any {
	t.Helper()
	doc, err := yamldoc.Parse("f", text)
	if err != nil {
		t.Fatal(err)
	}
	resources := normal(doc.Root).(map[string]any)["Resources"].(map[string]any)
	r, there := resources["P"].(map[string]any)
	if !there {
		return nil
	}
	for key, document := range r["Properties"].(map[string]any) {
		if strings.HasSuffix(key, "Document") {
			return prove.List(settle(document, c).(map[string]any)["Statement"])
		}
	}
	t.Fatalf("no document in\n%s", text)
	return nil
}

// decided evaluates statements, beside a statement that allows everything where
// open is set: then only what they deny counts.
func decided(t *testing.T, statements []any, kind string, open bool) *iam.Policies {
	t.Helper()
	if open {
		all := map[string]any{"Effect": "Allow", "Action": "*"}
		if kind != "trust" {
			all["Resource"] = "*"
		}
		if kind != "identity" {
			all["Principal"] = "*"
		}
		statements = append(statements[:len(statements):len(statements)], all)
	}
	k := iam.Resource
	if kind == "identity" {
		k = iam.Identity
	}
	p, err := prove.Policies(map[string]any{"Version": "2012-10-17", "Statement": statements}, k)
	if err != nil {
		return nil
	}
	return p
}

func everyRequest(f func(iam.Request)) {
	values := []iam.Value{iam.Is("v1"), iam.Is("v2"), iam.Is("v3")}
	contexts := []map[string]iam.Value{{}}
	for _, v := range values {
		contexts = append(contexts, map[string]iam.Value{"x:one": v}, map[string]iam.Value{"x:two": v})
		for _, w := range values {
			contexts = append(contexts, map[string]iam.Value{"x:one": v, "x:two": w})
		}
	}
	for _, action := range worldActions {
		for _, resource := range append(worldResources, "arn:aws-cn:x:::else") {
			for _, principal := range worldPrincipals {
				for _, context := range contexts {
					f(iam.Request{Action: action, Resource: resource, Principal: principal, RolePath: "/", Context: context, Others: iam.KeyAbsent})
				}
			}
		}
	}
}

// TestNeverWidens repairs random documents and tries every request of their
// world: none may be allowed after and not before, alone or beside a grant of
// everything. It shares with the transform's own proof the evaluator only.
func TestNeverWidens(t *testing.T) {
	rounds := 150
	if testing.Short() {
		rounds = 40
	}
	compared, stopped := 0, map[plan.Code]int{}
	for seed := range uint64(rounds) {
		g := grantGen{rand.New(rand.NewPCG(seed, 11))}
		kind := g.pick("identity", "identity", "resource", "trust")
		text := g.template(kind)
		r, err := Run(plan.Release{Entry: "a.yml", Files: map[string][]byte{"a.yml": []byte(text)}}, plan.Options{Region: "cn-north-1", Bucket: "acme", Ruleset: "none"})
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		if r.Error != nil {
			if stopped[r.Error.Code]++; r.Error.Code != plan.WouldWiden {
				t.Fatalf("seed %d: %v\n%s", seed, r.Error, text)
			}
			continue
		}
		for _, c := range []bool{true, false} {
			for _, open := range []bool{false, true} {
				before, after := decided(t, statementsOf(t, []byte(text), c), kind, open), decided(t, statementsOf(t, r.Templates[0].Body, c), kind, open)
				if before == nil || after == nil {
					continue // a document that AWS would refuse grants nothing
				}
				compared++
				everyRequest(func(q iam.Request) {
					query, err := iam.NewQuery(q)
					if err != nil {
						t.Fatal(err)
					}
					if prove.Allowed(after, query) && !prove.Allowed(before, query) {
						t.Fatalf("seed %d, C %v, open %v: %+v is newly allowed\nBEFORE\n%s\nAFTER\n%s", seed, c, open, q, text, r.Templates[0].Body)
					}
				})
			}
		}
	}
	t.Logf("%d pairs of documents compared; stopped: %v", compared, stopped)
}
