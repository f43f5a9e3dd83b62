package transform

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// gen makes random releases: stacks that nest one another, resources of types
// that China has and lacks, and references of every form between them.
type gen struct {
	r     *rand.Rand
	names []string
	param []string
	outs  []string // Stack.Outputs.Name
	conds []string
	depth int
}

func (g *gen) pick(list []string) string { return list[g.r.IntN(len(list))] }

var randomTypes = []string{"AWS::SNS::Topic", "AWS::SSM::Parameter", "AWS::Cognito::UserPool", "AWS::Lambda::Function", "AWS::IAM::Role", "Custom::Thing",
	"AWS::Serverless::Function", "AWS::GlobalAccelerator::Accelerator", "AWS::SQS::QueuePolicy", "AWS::EC2::SecurityGroup", "AWS::Tomorrow::Thing",
	"AWS::CloudWatch::Alarm", "AWS::ApiGateway::Method", "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Deployment"}

var randomKeys = []string{"Name", "Value", "Type", "Description", "Tags", "Environment", "Policies", "PolicyDocument", "SourceArn", "Role", "Code", "Dimensions",
	"SecurityGroupIngress", "KmsKeyId", "RestApiId", "Layers", "FilterPolicy", "PermissionsBoundary", "AuthorizerId", "TopicName"}

func (g *gen) value(indent string) string {
	g.depth++
	defer func() { g.depth-- }()
	n := g.r.IntN(17)
	if g.depth > 4 {
		n = g.r.IntN(7)
	}
	switch n {
	case 0:
		return " plain-" + fmt.Sprint(g.r.IntN(9))
	case 1, 2:
		return " !Ref " + g.pick(append(g.names, g.param...))
	case 3:
		return " !GetAtt " + g.pick(append(g.names, g.outs...)) + ".Arn"
	case 4:
		return fmt.Sprintf(" !Sub 'x ${%s} y'", g.pick(append(g.names, append(g.outs, g.param...)...)))
	case 5:
		return " arn:aws:kms:us-west-2:349240696275:key/1"
	case 6:
		return " 'quoted # text'"
	case 7:
		return fmt.Sprintf(" !Join [%s, [a,%s, b]]", g.pick([]string{"','", "'-'"}), g.flow())
	case 8:
		return fmt.Sprintf(" !Select [%d, [%s,%s]]", g.r.IntN(2), g.flow(), g.flow())
	case 9, 10:
		return fmt.Sprintf(" !If\n%s  - %s\n%s  -%s\n%s  -%s", indent, g.pick(g.conds), indent, g.value(indent+"    "), indent, g.value(indent+"    "))
	case 11:
		return fmt.Sprintf(" {Name: n, Value:%s}", g.flow())
	case 12:
		return g.document(indent)
	case 13, 14:
		return g.list(indent)
	}
	return g.object(indent)
}

func (g *gen) flow() string {
	for {
		depth := g.depth
		g.depth = 9
		v := g.value("")
		g.depth = depth
		if !strings.Contains(v, "\n") {
			return v
		}
	}
}

func (g *gen) list(indent string) string {
	var b strings.Builder
	for range 1 + g.r.IntN(3) {
		fmt.Fprintf(&b, "\n%s  -%s", indent, g.value(indent+"    "))
		if g.r.IntN(5) == 0 {
			b.WriteString(" # note")
		}
	}
	return b.String()
}

func (g *gen) object(indent string) string {
	var b strings.Builder
	seen := map[string]bool{}
	for range 1 + g.r.IntN(3) {
		key := g.pick(randomKeys)
		if seen[key] {
			continue
		}
		seen[key] = true
		if g.r.IntN(6) == 0 {
			fmt.Fprintf(&b, "\n\n%s  # about %s", indent, key)
		}
		fmt.Fprintf(&b, "\n%s  %s:%s", indent, key, g.value(indent+"  "))
	}
	return b.String()
}

func (g *gen) document(indent string) string {
	return fmt.Sprintf("\n%[1]s  Statement:\n%[1]s    - Effect: %[2]s\n%[1]s      Action: a:B\n%[1]s      %[3]s:%[4]s\n%[1]s      Condition: {%[5]s: {aws:SourceArn:%[6]s}}",
		indent, g.pick([]string{"Allow", "Deny"}), g.pick([]string{"Resource", "NotResource"}), g.flow(),
		g.pick([]string{"ArnEquals", "ArnNotEquals", "StringLikeIfExists"}), g.flow())
}

// template writes one template; children are the files that it may nest.
func (g *gen) template(prefix string, children []string) string {
	var b strings.Builder
	g.names, g.outs, g.conds = nil, nil, []string{"C0", "C1"}
	for i := range 3 + g.r.IntN(6) {
		g.names = append(g.names, fmt.Sprintf("%sR%d", prefix, i))
	}
	g.param = []string{"P0", "P1"}
	b.WriteString("Parameters:\n  P0: {Type: String}\n  P1: {Type: String, Default: d}\nConditions:\n  C0: !Equals [a, b]\n  C1: !Not [!Condition C0]\n")
	for i, child := range children {
		if child != "" {
			g.outs = append(g.outs, fmt.Sprintf("S%d.Outputs.O0", i))
		}
	}
	b.WriteString("Resources:\n")
	for i, child := range children {
		fmt.Fprintf(&b, "  S%d:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: %s\n      Parameters:\n        P0:%s\n", i, child, g.flow())
	}
	for _, name := range g.names {
		fmt.Fprintf(&b, "  %s:\n    Type: %s\n", name, g.pick(randomTypes))
		if g.r.IntN(3) == 0 {
			fmt.Fprintf(&b, "    DependsOn: [%s, %s]\n", g.pick(g.names), g.pick(g.names))
		}
		if g.r.IntN(4) == 0 {
			fmt.Fprintf(&b, "    Condition: %s\n", g.pick(g.conds))
		}
		fmt.Fprintf(&b, "    Properties:%s\n", g.object("    "))
	}
	fmt.Fprintf(&b, "  Last:\n    Type: AWS::SNS::Topic\nOutputs:\n  O0:\n    Value:%s\n", g.flow())
	return b.String()
}

func TestRandomReleases(t *testing.T) {
	rounds := 300 // each is read by the checks too, before and after
	if testing.Short() {
		rounds = 100
	}
	codes := map[plan.Code]int{}
	removed, changed := 0, 0
	for seed := range uint64(rounds) {
		g := &gen{r: rand.New(rand.NewPCG(seed, 7))}
		files := map[string][]byte{"leaf.yml": []byte(g.template("L", nil))}
		files["mid.yml"] = []byte(g.template("M", []string{"leaf.yml", "leaf.yml"}))
		files["root.yml"] = []byte(g.template("T", []string{"mid.yml", "leaf.yml"}))
		options := plan.Options{Region: []string{"cn-north-1", "cn-northwest-1"}[seed%2], Bucket: "acme", Ruleset: "none"}
		for _, id := range g.names {
			if g.r.IntN(5) == 0 {
				options.Remove = append(options.Remove, "entry#"+id)
			}
		}
		r, err := Run(plan.Release{Entry: "root.yml", Files: files}, options)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, files["root.yml"])
		}
		if r.Error != nil {
			codes[r.Error.Code]++
			if r.Error.Code == plan.Unproved && !ofNoSchema(r.Error) {
				t.Fatalf("seed %d, remove %v: %v\nROOT\n%s\nMID\n%s\nLEAF\n%s", seed, options.Remove, r.Error, files["root.yml"], files["mid.yml"], files["leaf.yml"])
			}
			continue
		}
		removed += len(r.Removed)
		changed += len(r.Changes)
		for _, w := range r.Warnings {
			if w.Rule == "reprinted" {
				codes["reprinted"]++
			}
		}
	}
	t.Logf("%d releases: %d resources removed in %d changes; stopped: %v", rounds, removed, changed, codes)
}

// ofNoSchema tells whether a result was refused for values that no type takes:
// random ones are of any kind, and a condition may have kept them apart.
func ofNoSchema(e *plan.Error) bool { return strings.Contains(e.Message, "does not conform") }

func FuzzRun(f *testing.F) {
	f.Add([]byte("Resources:\n  A:\n    Type: AWS::Cognito::UserPool\n  B:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Ref A\n"))
	f.Add([]byte(`{"Resources":{"A":{"Type":"AWS::Cognito::UserPool"},"B":{"Type":"AWS::SSM::Parameter","Properties":{"Type":"String","Value":{"Fn::If":["C",{"Ref":"A"},"x"]}}}}}`))
	f.Add([]byte("Resources:\n  B:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument: {Statement: {Effect: Allow, Action: '*', Resource: arn:aws:s3:::x}}\n"))
	f.Add([]byte("Resources: {A: {Type: Custom::X, Properties: &a {B: *a}}}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := Run(plan.Release{Entry: "a.yml", Files: map[string][]byte{"a.yml": text}}, plan.Options{Region: "cn-north-1", Bucket: "acme", Ruleset: "none"})
		if err == nil && r.Error != nil && r.Error.Code == plan.Unproved && !ofNoSchema(r.Error) {
			t.Fatalf("%v\n%s", r.Error, text)
		}
	})
}
