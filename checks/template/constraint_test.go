package template

import "testing"

func TestConstraintsOfNestedParameters(t *testing.T) {
	for declared, c := range map[string]struct{ value, breaks string }{
		`{Type: String, AllowedValues: [true, false]}`:               {"yes", "AllowedValues"},
		`{Type: String, AllowedValues: [true, 'false']}`:             {"true", ""},
		`{Type: String, AllowedPattern: '[a-z]+'}`:                   {"abc1", "AllowedPattern"},
		`{Type: String, AllowedPattern: '(?<=a)b'}`:                  {"c", "AllowedPattern"},
		`{Type: String, MinLength: 3}`:                               {"ab", "MinLength"},
		`{Type: String, MaxLength: 1}`:                               {"é", ""},
		`{Type: String, MaxLength: '1'}`:                             {"ab", "MaxLength"},
		`{Type: Number, MinValue: 5}`:                                {"4", "MinValue"},
		`{Type: Number, MaxValue: 5}`:                                {"5.5", "MaxValue"},
		`{Type: Number}`:                                             {"five", "Type"},
		`{Type: 'List<Number>', MaxValue: 9}`:                        {"1,20", "MaxValue"},
		`{Type: CommaDelimitedList, AllowedValues: [a, b]}`:          {"a,b", ""},
		`{Type: 'AWS::SSM::Parameter::Value<String>', MinLength: 9}`: {"/p", ""},
	} {
		child := "Parameters: {P: " + declared + "}\nResources: {T: {Type: 'AWS::SNS::Topic'}}"
		root := "Parameters: {V: {Type: String, Default: '" + c.value + "'}}\n" +
			"Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: c.yml, Parameters: {P: !Ref V}}}}"
		a := loadFiles(t, map[string]string{"root.yml": root, "c.yml": child}, Options{}).Facts().Arguments[0]
		if a.Breaks != c.breaks || !a.FromParameter {
			t.Errorf("%s given %s: %+v", declared, c.value, a)
		}
	}
}
