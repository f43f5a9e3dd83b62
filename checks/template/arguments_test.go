package template

import (
	"fmt"
	"strings"
	"testing"
)

const argumentChild = `Parameters:
  A: {Type: String, Default: x}
  L: {Type: CommaDelimitedList, Default: ''}
  N: {Type: Number, Default: 1, MaxValue: 9}
  P: {Type: String, Default: x, AllowedValues: [x, 'y']}
  S: {Type: String, Default: long, MaxLength: 4%s}
Resources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: fixed}}}
Outputs: {Topic: {Value: !GetAtt T.TopicName}, Shut: {Condition: Never, Value: x}}
Conditions: {Never: !Equals [a, b]}
`

const argumentRoot = `Parameters: {Ls: {Type: CommaDelimitedList, Default: 'a,b'}, Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}, Open: {Type: String}}
Conditions: {Open: !Equals [!Ref Open, x], Shut: !Not [!Condition Open], Never: !Equals [a, b]}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  D: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: plain.yml}}
  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yml, Parameters: %s}}
`

// TestArgumentsThatAreWrong: each set of arguments, and what the child refuses.
func TestArgumentsThatAreWrong(t *testing.T) {
	for arguments, want := range map[string]string{
		"{A: a, L: 'a,b', N: 5, P: true}":            "P breaks AllowedValues true yes",
		"{A: 5, N: 5}":                               "",
		"{A: true, N: '7'}":                          "",
		"{A: !Ref Ls}":                               "A list yes",
		"{L: !Ref Ls}":                               "L list yes",
		"{L: !Ref Subnets}":                          "L list yes",
		"{L: !Join [',', !Ref Ls]}":                  "",
		"{L: [a, b]}":                                "L list yes",
		"{A: {b: c}}":                                "A map yes",
		"{A: !Split [',', 'a,b']}":                   "A list yes",
		"{A: !Select [0, !Ref Ls]}":                  "",
		"{A: !GetAZs ''}":                            "A list yes",
		"{A: !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]}":   "A list yes",
		"{A: !GetAtt Vpc.CidrBlockAssociations}":     "A list yes",
		"{A: !GetAtt Vpc.VpcId}":                     "",
		"{A: !If [Open, !Ref Ls, x]}":                "A list undecided",
		"{A: !If [Open, !If [Shut, !Ref Ls, x], x]}": "",
		"{A: !If [Never, !Ref Ls, x]}":               "",
		"{N: 10}":                                    "N breaks MaxValue 10 yes",
		"{N: ten}":                                   "N breaks Type ten yes",
		"{P: !GetAtt D.Outputs.Topic}":               "P breaks AllowedValues fixed yes",
		"{P: !Sub '${Open}-z'}":                      "P breaks AllowedValues *-z yes",
		"{P: !Sub '${Open}y'}":                       "",
		"{P: !Ref Open}":                             "",
		"{P: '${{PACKAGED}}'}":                       "",
		"{S: !Sub '${Open}12345'}":                   "S breaks MaxLength *12345 yes",
		"{Nope: a}":                                  "Nope undeclared yes yes",
		"{SS: a, AA: b}":                             "SS undeclared yes yes; AA undeclared yes yes",
		"!If [Open, {A: a, Nope: x}, {A: a}]":        "Nope undeclared yes undecided",
		"!If [Never, {A: a, Nope: x}, {A: a}]":       "",
		"!If [Never, {A: a}, {A: a, Nope: x}]":       "Nope undeclared yes yes",
		"{Nope: !If [Never, x, !Ref AWS::NoValue]}":  "",
		"{Nope: !If [Open, x, !Ref AWS::NoValue]}":   "Nope undeclared yes undecided",
		"{A: {Fn::If: [Open, a, !Ref AWS::NoValue]}, P: !Ref AWS::NoValue}": "",
	} {
		if got := argumentFaults(t, arguments, ""); got != want {
			t.Errorf("%s: %q, not %q", arguments, got, want)
		}
	}
}

// TestDefaultsThatBreakTheirOwnConstraint: only where the default is used.
func TestDefaultsThatBreakTheirOwnConstraint(t *testing.T) {
	const wrong = ", MinLength: 5"
	if got := argumentFaults(t, "{A: a}", wrong); got != "S breaks MinLength long yes default" {
		t.Error(got)
	}
	if got := argumentFaults(t, "{S: fives}", strings.Replace(wrong, "MinLength: 5", "MinLength: 1", 1)); got != "S breaks MaxLength fives yes" {
		t.Error(got)
	}
}

// A pattern that only CloudFormation can decide leaves the argument open; one
// that another constraint breaks is a finding.
func TestAConstraintThatIsNotDecided(t *testing.T) {
	const child = "Parameters: {A: {Type: String, AllowedPattern: '[a-z&&[^m]]+'%s}}\nResources: {T: {Type: AWS::SNS::Topic}}\n"
	const root = "Resources: {C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yml, Parameters: {A: ab}}}}\n"
	for more, breaks := range map[string]string{"": "", ", MaxLength: 1": "MaxLength"} {
		_, f := referred(t, root, "child.yml", fmt.Sprintf(child, more))
		a := f.Arguments[0]
		if a.Breaks != breaks || (a.Unknown == "") != (breaks != "") || a.Bytes != 2 {
			t.Errorf("%q: %+v", more, a)
		}
	}
}

func argumentFaults(t *testing.T, arguments, more string) string {
	t.Helper()
	_, f := referred(t, fmt.Sprintf(argumentRoot, arguments), "child.yml", fmt.Sprintf(argumentChild, more), "plain.yml", fmt.Sprintf(argumentChild, ""))
	var out []string
	for _, a := range f.Arguments {
		switch {
		case a.Subject == "entry#D":
		case !a.Declared:
			out = append(out, fmt.Sprintf("%s undeclared %s %s", a.Name, a.Given, a.Exists))
		case a.Shape != "":
			out = append(out, a.Name+" "+a.Shape+" "+a.Exists)
		case a.Breaks != "":
			line := fmt.Sprintf("%s breaks %s %s %s", a.Name, a.Breaks, a.Value, a.Exists)
			if a.FromDefault {
				line += " default"
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "; ")
}

// TestOutputsUnderConditions: a read under the same conditions as the output is
// sure, however its parameter reaches the child.
func TestOutputsUnderConditions(t *testing.T) {
	const child = "Parameters: {Make: {Type: String}}\nConditions: {C: !Equals [!Ref Make, x]}\nResources: {T: {Type: AWS::SNS::Topic}}\nOutputs: {O: {Condition: C, Value: !Ref T}}\n"
	const root = "Parameters: {Open: {Type: String}}\nConditions: {Open: !Equals [!Ref Open, x], Other: !Equals [!Ref Open, 'y']}\nResources:\n" +
		"  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yml, Parameters: {Make: !Ref Open}}}\n" +
		"  R: {Type: AWS::SNS::Topic, Properties: {DisplayName: %s}}\n"
	for property, want := range map[string]string{
		"!If [Open, !GetAtt C.Outputs.O, x]":  "yes yes undecided",
		"!If [Other, !GetAtt C.Outputs.O, x]": "yes undecided undecided",
		"!GetAtt C.Outputs.O":                 "yes undecided yes",
		"!Sub '${C.Outputs.Q}'":               "no no yes",
	} {
		_, f := referred(t, fmt.Sprintf(root, property), "child.yml", child)
		if len(f.Reads) != 1 {
			t.Fatalf("%s: %+v", property, f.Reads)
		}
		r := f.Reads[0]
		if got := r.Declared + " " + r.Produced + " " + r.Exists; got != want {
			t.Errorf("%s: %q, not %q", property, got, want)
		}
	}
}
