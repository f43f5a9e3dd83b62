package template

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
)

// loadText loads a single template given as text.
func loadText(t *testing.T, text string, o Options) *Tree {
	t.Helper()
	return loadFiles(t, map[string]string{"root.yml": text}, o)
}

// loadFiles loads root.yml of the given files.
func loadFiles(t *testing.T, files map[string]string, o Options) *Tree {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := Load(context.Background(), Source{Files: fsys}, "root.yml", o)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func resource(t *testing.T, tree *Tree, subject string) Resource {
	t.Helper()
	for r := range tree.Resources() {
		if r.Subject == subject {
			return r
		}
	}
	t.Fatalf("no resource %s", subject)
	return Resource{}
}

const functionsTemplate = `
Parameters:
  Word: {Type: String, Default: true}
  Empty: {Type: CommaDelimitedList, Default: ''}
  Names: {Type: CommaDelimitedList, Default: 'a, b,c'}
  Required: {Type: String}
  Secret: {Type: String, NoEcho: true, Default: hunter2}
  Mode: {Type: Number, Default: 0777}
Mappings:
  M:
    us-east-1: {V: east}
    k: {L: [x, y]}
Conditions:
  Truthy: !Equals [!Ref Word, true]
  NoNames: !Equals [!Select [0, !Ref Empty], '']
  Open: !Equals [!Ref Required, x]
  Both: !And [!Condition Truthy, {Condition: NoNames}]
  Neither: !Not [Condition: Both]
  HasSecret: !Not [!Equals [!Ref Secret, '']]
  NotPrefix: !Equals [!Sub 'arn:${Required}', '']
Resources:
  R:
    Type: Custom::R
    Properties:
      Case: EXPR
`

func TestFunctions(t *testing.T) {
	for expr, want := range map[string]string{
		`2012-10-17`:       "2012-10-17",
		`0777`:             "511",
		`yes`:              "true",
		`'yes'`:            "yes",
		`True`:             "true",
		`'True'`:           "True",
		`1e3`:              "1e3",
		`"0x1F"`:           "0x1F",
		`!Ref Mode`:        "511",
		`!Ref Word`:        "true",
		`!Ref AWS::Region`: "us-east-1",
		`{"Fn::Join": ["-", ["a", {"Ref": "Word"}]]}`:                        "a-true",
		`!Join [',', !Ref Empty]`:                                            "",
		`!Join ['/', !Ref Names]`:                                            "a/b/c",
		`!Select [1, !Split ['.', x.y.z]]`:                                   "y",
		`!Sub '${AWS::Partition}:${!Literal}:${Word}'`:                       "aws:${Literal}:true",
		`!Sub ['${a}-${AWS::AccountId}', {a: !FindInMap [M, k, V]}]`:         "*-*",
		`!Sub ['${Word}', {Word: shadowed}]`:                                 "shadowed",
		`!FindInMap [M, !Ref AWS::Region, V]`:                                "east",
		`!FindInMap [M, nowhere, V, {DefaultValue: preset}]`:                 "preset",
		`!If [Truthy, yes, no]`:                                              "true",
		`!If [Neither, y, n]`:                                                "n",
		`!If [HasSecret, y, n]`:                                              "y",
		`!If [NotPrefix, 'yes', 'no']`:                                       "no",
		`'{{resolve:ssm:/a}}'`:                                               "* ! CloudFormation resolves a dynamic reference when it deploys",
		`'x-{{resolve:secretsmanager:a:SecretString:b}}-y'`:                  "x-*-y ! CloudFormation resolves a dynamic reference when it deploys",
		`!Sub '{{resolve:ssm:/${Word}/a}}-${Word}'`:                          "*-true ! CloudFormation resolves a dynamic reference when it deploys",
		`!Sub '{{resolve:ssm:/${Required}}}-${Required}'`:                    "*-* ! CloudFormation resolves a dynamic reference when it deploys",
		`!Join ['', ['{{resolve:', 'ssm:/a}}', '{{resolve:ssm:b']]`:          "*{{resolve:ssm:b ! CloudFormation resolves a dynamic reference when it deploys",
		`!GetStackOutput {StackName: s, OutputName: o}`:                      "? the output o of the stack s is not known",
		`!If [Open, same, same]`:                                             "same",
		`!If [Open, a, b]`:                                                   "? condition Open is undecided",
		`!Ref Secret`:                                                        "? the value of a parameter that is not shown",
		`!Sub 'x${Secret}'`:                                                  "x* ! the value of a parameter that is not shown",
		`!Ref Required`:                                                      "? parameter Required has no value",
		`!Ref Nothing`:                                                       "? nothing is called Nothing",
		`!Base64 abc`:                                                        "YWJj",
		`!Select [1, !Cidr [10.0.0.0/24, 4, 6]]`:                             "10.0.0.64/26",
		`!Select [0, !GetAZs '']`:                                            "? the availability zones of the account are not known",
		`!ImportValue net-vpc`:                                               "? the export net-vpc of another stack is not known",
		`{"Fn::Length": [1, 2, 3]}`:                                          "3",
		`{"Fn::Frobnicate": 1}`:                                              "? Fn::Frobnicate is not evaluated",
		`!GetAtt R.Thing`:                                                    "? Thing of R is known once it exists",
		`!GetAtt [R, Thing]`:                                                 "? Thing of R is known once it exists",
		`!Ref AWS::NoValue`:                                                  "none",
		`!Join ['', [a, !Ref AWS::NoValue, !If [Truthy, b, c]]]`:             "ab",
		`!Select [3, [a, b]]`:                                                "? Fn::Select asks for element 3 of 2",
		`{"Fn::Sub": "${AWS::StackName}/${AWS::AccountId}/${AWS::StackId}"}`: "panther/*/arn:aws:cloudformation:us-east-1:*:stack/panther/* ! AWS::AccountId is not given",
	} {
		t.Run(expr, func(t *testing.T) {
			tree := loadText(t, strings.Replace(functionsTemplate, "EXPR", expr, 1), Options{Region: "us-east-1", StackName: "panther"})
			if got := show(resource(t, tree, "entry#R").Properties().Get("Case")); got != want && !strings.HasPrefix(got, want+" ! ") {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// show writes a value as the tables of these tests do.
func show(v Value) string {
	text, known := v.Literal()
	switch {
	case known:
		return text
	case v.Kind == Literal || v.Kind == Unknown:
		return "? " + v.Parts()[0].Reason
	case v.Kind == Pattern:
		return v.Text() + " ! " + v.Reason()
	}
	return v.Kind.String()
}
