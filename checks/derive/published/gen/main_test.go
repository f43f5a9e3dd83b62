package main

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

func TestRun(t *testing.T) {
	dir := t.TempDir()
	input, output := filepath.Join(dir, "in.json"), filepath.Join(dir, "out.gz")
	text := `[{"versions":[{"source":"aux-tag","ref":"v1.2.3"},{"source":"aux-commit","ref":"abc"}],"managedPolicyArns":["arn:aws:iam::aws:policy/ReadOnlyAccess"],
		"statements":[{"sid":"S","effect":"Allow","resourceKey":"NotResource","actions":["s3:*"],"resources":["*"],"condition":{"StringLike":{"lambda:FunctionArn":{"Fn::Sub":"arn:${AWS::Partition}:x"}}}}]},
		{"versions":[{"source":"aux-commit","ref":"def"}],"statements":[]}]`
	if err := os.WriteFile(input, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{input, output}); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(output)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var roles []out
	if err := json.NewDecoder(r).Decode(&roles); err != nil {
		t.Fatal(err)
	}
	const want = `{"Action":["s3:*"],"Condition":{"StringLike":{"lambda:FunctionArn":"arn:${AWS::Partition}:x"}},"Effect":"Allow","NotResource":["*"],"Sid":"S"}`
	if len(roles) != 1 || len(roles[0].Versions) != 1 || roles[0].Versions[0] != "v1.2.3" || string(roles[0].Statements[0]) != want {
		t.Errorf("have %+v", roles)
	}
}

func TestRunRefusesOtherArguments(t *testing.T) {
	if err := run(nil); err == nil {
		t.Error("two arguments are needed")
	}
}
