package cfn

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

func parse(t *testing.T, text string) *Template {
	t.Helper()
	d, err := Parse("t.yml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// value reads one value of a property.
func value(t *testing.T, text string) *Node {
	t.Helper()
	d := parse(t, "Resources: {R: {Type: T, Properties: {V: "+text+"}}}")
	return d.Resources[0].Properties.Get("V")
}

// show writes a node without places, so that equal values are equal texts.
func show(n *Node) string {
	var b strings.Builder
	write(&b, n)
	return b.String()
}

func write(b *strings.Builder, n *Node) {
	switch n.Kind {
	case Null:
		b.WriteString("null")
	case List, Call:
		b.WriteString(n.Func + "[")
		for _, item := range n.Items {
			write(b, item)
			b.WriteByte(' ')
		}
		b.WriteByte(']')
	case Map:
		b.WriteByte('{')
		for _, e := range n.Entries {
			fmt.Fprintf(b, "%q:", e.Key)
			write(b, e.Value)
			b.WriteByte(' ')
		}
		b.WriteByte('}')
	default:
		fmt.Fprintf(b, "%s:%q", n.Kind, n.Text)
	}
}

func TestScalars(t *testing.T) {
	for written, want := range map[string]string{
		"yes": `boolean:"true"`, "Yes": `boolean:"true"`, "YES": `boolean:"true"`, "on": `boolean:"true"`, "On": `boolean:"true"`,
		"no": `boolean:"false"`, "No": `boolean:"false"`, "OFF": `boolean:"false"`, "True": `boolean:"true"`, "FALSE": `boolean:"false"`,
		"yES": `text:"yES"`, "y": `text:"y"`, "N": `text:"N"`, "'yes'": `text:"yes"`, `"on"`: `text:"on"`, "!!str no": `text:"no"`,
		"! no": `text:"no"`, "'true'": `text:"true"`,
		"0123": `number:"83"`, "0777": `number:"511"`, "-012": `number:"-10"`, "00": `number:"0"`, "0": `number:"0"`,
		"08": `number:"8.0"`, "012345678901": `number:"1.2345678901E10"`, "09000000": `number:"9000000.0"`, "080000000": `number:"8.0E7"`,
		"'0123'": `text:"0123"`, "123456789012": `number:"123456789012"`, "1.10": `number:"1.10"`, "1e3": `number:"1e3"`,
		"0x1F": `number:"0x1F"`, "0.5": `number:"0.5"`, "1_000": `number:"1_000"`, "0o17": `text:"0o17"`, "12:30": `text:"12:30"`,
		"2012-10-17": `text:"2012-10-17"`, "~": "null", "null": "null", "''": `text:""`,
		"!Ref yes": `Ref[text:"yes" ]`, "!Sub 0123": `Fn::Sub[text:"0123" ]`,
	} {
		if got := show(value(t, written)); got != want {
			t.Errorf("%s: got %s, want %s", written, got, want)
		}
	}
}

func TestJSONFollowsJSON(t *testing.T) {
	d := parse(t, `{"Resources": {"R": {"Type": "T", "Properties": {"A": "yes", "B": true, "C": "0123", "D": 1.0, "E": null}}}}`)
	if got := show(d.Resources[0].Properties); got != `{"A":text:"yes" "B":boolean:"true" "C":text:"0123" "D":number:"1.0" "E":null }` {
		t.Error(got)
	}
}

// A short tag is the long form, whatever its argument is.
func TestShortIsLong(t *testing.T) {
	for short, long := range map[string]string{
		"!Ref A":                                        "{Ref: A}",
		"!GetAtt A.B.C":                                 "{'Fn::GetAtt': 'A.B.C'}",
		"!GetAtt [A, B]":                                "{'Fn::GetAtt': [A, B]}",
		"!Sub ['${x}', {x: !Ref A}]":                    "{'Fn::Sub': ['${x}', {x: {Ref: A}}]}",
		"!ImportValue {'Fn::Sub': '${A}-x'}":            "{'Fn::ImportValue': {'Fn::Sub': '${A}-x'}}",
		"!Base64 {'Fn::Join': ['', [a]]}":               "{'Fn::Base64': {'Fn::Join': ['', [a]]}}",
		"!GetStackOutput {StackName: s, OutputName: o}": "{'Fn::GetStackOutput': {StackName: s, OutputName: o}}",
		"!Transform {Name: M, Parameters: {a: b}}":      "{'Fn::Transform': {Name: M, Parameters: {a: b}}}",
		"!If [C, !Ref A, {Ref: 'AWS::NoValue'}]":        "{'Fn::If': [C, {Ref: A}, !Ref 'AWS::NoValue']}",
		"!GetAZs ''":                                    "{'Fn::GetAZs': ''}",
		"!Length [a]":                                   "{'Fn::Length': [a]}",
		"!ToJsonString {a: b}":                          "{'Fn::ToJsonString': {a: b}}",
		"!Select [0, !Cidr [!Ref B, 4, 8]]":             "{'Fn::Select': [0, {'Fn::Cidr': [{Ref: B}, 4, 8]}]}",
		"!FindInMap [M, !Ref 'AWS::Region', V]":         "{'Fn::FindInMap': [M, {Ref: 'AWS::Region'}, V]}",
	} {
		s, l := value(t, short), value(t, long)
		if show(s) != show(l) || s.Kind != Call || !s.Short || l.Short {
			t.Errorf("%s: got %s, long form %s", short, show(s), show(l))
		}
	}
	for name := range functions {
		tag := "!" + strings.TrimPrefix(name, "Fn::")
		if got := value(t, tag+" x"); got.Func != name {
			t.Errorf("%s calls %s", tag, got.Func)
		}
	}
}

const sample = `
AWSTemplateFormatVersion: 2010-09-09
Transform: [AWS::LanguageExtensions, {Name: 'AWS::Include', Parameters: {Location: 's3://b/k'}}]
Parameters:
  P: {Type: String, Default: x, NoEcho: true, AllowedValues: [x, y], MinLength: 1}
Rules:
  R: {RuleCondition: {'Fn::Equals': [{Ref: P}, x]}, Assertions: [{Assert: {'Fn::Contains': [[a, b], {Ref: P}]}, AssertDescription: d}]}
Mappings: {M: {us-east-1: {V: '1'}}}
Conditions: {C: {'Fn::Not': [{Condition: D}]}, D: {'Fn::Equals': [{Ref: P}, '']}}
Resources:
  T:
    Type: AWS::SNS::Topic
    Condition: C
    DependsOn: [U, W]
    DeletionPolicy: Retain
    Metadata: {a: b}
    Properties:
      DisplayName: {'Fn::Sub': ['${P}-${v}-${U.Arn}-${!x}', {v: {'Fn::GetAtt': [U, Arn]}}]}
      Policy: {Condition: {Bool: {'aws:SecureTransport': 'false'}}}
  'Fn::ForEach::L': [X, [a.b, c], {'N&{X}': {Type: 'AWS::SQS::Queue', Properties: {QueueName: {Ref: X}, Tag: {'Fn::Sub': '${X}-${AWS::Region}'}}}}]
  U: {Type: 'AWS::SNS::Topic'}
  W: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: {'Fn::If': [C, {'Fn::FindInMap': [M, a, V]}, {'Fn::ImportValue': e}]}}}
Outputs: {O: {Condition: D, Value: {'Fn::GetAtt': U.Arn}, Export: {Name: n}, Description: d}}
`

func TestTemplate(t *testing.T) {
	d := parse(t, sample)
	if len(d.Problems) > 0 {
		t.Errorf("problems: %+v", d.Problems)
	}
	p, r, o, rule := d.Parameter("P"), d.Resource("T"), d.Output("O"), d.Rules[0]
	if !p.NoEcho || p.Default.Text != "x" || !slices.Equal(p.AllowedValues.Texts(), []string{"x", "y"}) || *TextOf(p.MinLength) != "1" || p.MaxLength != nil {
		t.Errorf("%+v", p)
	}
	if r.Condition != "C" || len(r.DependsOn) != 2 || !r.DeletionPolicy.Is("Retain") || r.Metadata.Get("a").Text != "b" || r.Entry.Pos != (Pos{11, 3}) {
		t.Errorf("%+v", r)
	}
	if !r.Properties.Get("Policy").IsMap() {
		t.Error("a condition of a policy is no function")
	}
	if o.Condition != "D" || o.Export.Text != "n" || !o.Value.IsCall("Fn::GetAtt") || o.Description.Text != "d" {
		t.Errorf("%+v", o)
	}
	if !rule.Condition.IsCall("Fn::Equals") || !rule.Assertions[0].Assert.IsCall("Fn::Contains") {
		t.Errorf("%+v", rule)
	}
	if c := d.Conditions.Get("C").Arg().Items[0]; !c.IsCall("Condition") || c.Arg().Text != "D" {
		t.Errorf("%s", show(c))
	}
	if len(d.Transforms) != 2 || d.Transforms[1].Name != "AWS::Include" || d.Transforms[1].Expanded() || !d.Transforms[0].Expanded() {
		t.Errorf("%+v", d.Transforms)
	}
	if len(d.Unexpanded) != 1 || len(d.Resources) != 3 || d.Lines != 23 {
		t.Errorf("%d unexpanded, %d resources, %d lines", len(d.Unexpanded), len(d.Resources), d.Lines)
	}
}

// The same template in JSON is the same tree.
func TestJSONIsYAML(t *testing.T) {
	d := parse(t, sample)
	if got, want := show(sorted(parse(t, asJSON(t, d.Root)).Root)), show(sorted(d.Root)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func asJSON(t *testing.T, n *Node) string {
	t.Helper()
	text, err := json.MarshalIndent(plainOf(n), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func plainOf(n *Node) any {
	switch n.Kind {
	case Call:
		return map[string]any{n.Func: plainOf(n.Arg())}
	case List:
		out := []any{}
		for _, item := range n.Items {
			out = append(out, plainOf(item))
		}
		return out
	case Map:
		out := map[string]any{}
		for _, e := range n.Entries {
			out[e.Key] = plainOf(e.Value)
		}
		return out
	case Bool:
		return n.Text == "true"
	case Number:
		return json.Number(n.Text)
	}
	return n.Text
}

func sorted(n *Node) *Node {
	Walk(n, func(n *Node) bool {
		slices.SortFunc(n.Entries, func(a, b Entry) int { return strings.Compare(a.Key, b.Key) })
		return true
	})
	return n
}

// Every node and key knows where its text is, and has its source.
func TestPlaces(t *testing.T) {
	text := "# ä\nResources:\n  Tää: {Type: T, Properties: {A: !Sub 'é${x}', B: {Ref: c}, C: [d, !If [e, {f: g}, h]]}}\n"
	lines := strings.Split(text, "\n")
	at := func(p Pos) string { return string([]rune(lines[p.Line-1])[p.Column-1:]) }
	Walk(parse(t, text).Root, func(n *Node) bool {
		if n.Src == nil || n.Src.Line != n.Pos.Line || n.Src.Column != n.Pos.Column {
			t.Errorf("%s has no source", show(n))
		}
		if n.Kind == String && !strings.HasPrefix(strings.Trim(at(n.Pos), "!Sub '"), n.Text) {
			t.Errorf("%s stands at %q", show(n), at(n.Pos))
		}
		for _, e := range n.Entries {
			if e.Src == nil || !strings.HasPrefix(at(e.Pos), e.Key) {
				t.Errorf("key %s stands at %q", e.Key, at(e.Pos))
			}
		}
		return true
	})
}

func TestUnroll(t *testing.T) {
	d := parse(t, sample).Unroll(MaxUnrolled, nil)
	r := d.Resource("Nab")
	if r == nil || d.Resource("Nc") == nil || len(d.Unexpanded) > 0 {
		t.Fatalf("%+v", d.Resources)
	}
	if got := show(r.Properties); got != `{"QueueName":text:"a.b" "Tag":Fn::Sub[text:"a.b-${AWS::Region}" ] }` {
		t.Error(got)
	}
	if r.Body.Src != nil || r.Body.Pos.Line != 20 {
		t.Errorf("%+v", r.Body)
	}
	if u := parse(t, sample); u.Unroll(3, nil).Resource("Nab") != nil {
		t.Error("the budget does not hold")
	}
}

func TestUnrollOverWhatTheCallerKnows(t *testing.T) {
	text := "Transform: AWS::LanguageExtensions\nParameters: {P: {Type: CommaDelimitedList}}\nResources:\n" +
		"  Fn::ForEach::L: [X, !Ref P, {'N${X}': {Type: T}}]\n  Fn::ForEach::M: [Y, [!Ref P, c], {'M${Y}': {Type: T}}]\n"
	d := parse(t, text)
	if d.Unroll(MaxUnrolled, nil) == nil || len(d.Unroll(MaxUnrolled, nil).Unexpanded) != 2 {
		t.Error("a loop over a parameter is not known here")
	}
	got := d.Unroll(MaxUnrolled, func(n *Node) ([]string, bool) {
		name, is := n.Ref()
		return []string{"a", "b"}, is && name == "P"
	})
	var ids []string
	for _, r := range got.Resources {
		ids = append(ids, r.ID)
	}
	if !slices.Equal(ids, []string{"Na", "Nb", "Ma", "Mb", "Mc"}) || len(got.Unexpanded) > 0 {
		t.Errorf("%q", ids)
	}
}

func TestReferences(t *testing.T) {
	d := parse(t, sample)
	var got []string
	for _, r := range d.Resources {
		for ref := range r.References() {
			got = append(got, strings.TrimSuffix(fmt.Sprintf("%s %s %s.%s", r.ID, ref.Kind, ref.Name, ref.Attribute), "."))
		}
	}
	for ref := range d.Outputs[0].References() {
		got = append(got, strings.TrimSuffix(fmt.Sprintf("O %s %s.%s", ref.Kind, ref.Name, ref.Attribute), "."))
	}
	want := []string{
		"T Condition C", "T DependsOn U", "T DependsOn W", "T Ref P", "T Fn::GetAtt U.Arn", "T Fn::GetAtt U.Arn",
		"W Condition C", "W FindInMap M", "W ImportValue e", "O Condition D", "O Fn::GetAtt U.Arn",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAliases(t *testing.T) {
	d := parse(t, "Resources:\n  T: {Type: T, Properties: &p {A: x, B: y}}\n  U: {Type: T, Properties: *p}\n  V: {Type: T, Properties: {<<: *p, A: z}}\n")
	if d.Resource("U").Properties != d.Resource("T").Properties {
		t.Error("an alias is not the node of its anchor")
	}
	if got := show(d.Resource("V").Properties); got != `{"A":text:"z" "B":text:"y" }` {
		t.Error(got)
	}
}

// The tree of an editor, in which aliases are followed, keeps its own nodes.
func TestFromYAML(t *testing.T) {
	doc, err := yamldoc.Parse("f", []byte("Resources: {T: {Type: T, Properties: {A: !Ref x}}}"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := FromYAML(doc, doc.Root)
	if err != nil || d.Root.Src != doc.Root || d.Resources[0].Body.Src != doc.Root.Content[1].Content[1] {
		t.Fatal(d, err)
	}
	a := d.Resources[0].Properties.Get("A")
	if a.Src.Tag != "!Ref" || a.Arg().Src != a.Src || !a.Short {
		t.Errorf("%+v", a)
	}
}
