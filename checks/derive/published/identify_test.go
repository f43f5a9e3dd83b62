package published

import (
	"slices"
	"testing"
)

func TestIdentifyKnowsEveryPublishedRole(t *testing.T) {
	for _, version := range []string{"v1.16.0", "v1.31.1", "v1.127.0"} {
		role, exact, err := Find(version)
		if err != nil || !exact {
			t.Fatal(err)
		}
		text := `{"Version": "2012-10-17", "Statement": [`
		for i, s := range slices.Backward(role.Statements) {
			if text += string(s); i > 0 {
				text += ","
			}
		}
		text += "]}"
		got, err := Identify([]string{text}, "${AWS::Partition}", "${AWS::Region}", "${AWS::AccountId}")
		if err != nil || !slices.Contains(got, version) {
			t.Errorf("%s: %v %v", version, got, err)
		}
	}
}

func TestIdentifyKnowsNoOther(t *testing.T) {
	for _, text := range []string{
		`{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`,
		`{"Statement": []}`,
	} {
		if got, err := Identify([]string{text}, "aws", "us-east-1", "111122223333"); err != nil || len(got) > 0 {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
	if _, err := Identify([]string{"{"}, "aws", "us-east-1", "1"); err == nil {
		t.Error("a document that is no JSON is passed over")
	}
}
