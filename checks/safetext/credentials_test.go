package safetext_test

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

func TestAURLIsShownWithoutCredentials(t *testing.T) {
	for text, want := range map[string]string{
		"https://b.s3.amazonaws.com/v1/panther.yml":                             "https://b.s3.amazonaws.com/v1/panther.yml",
		"https://b.s3.amazonaws.com/a%20b.yml?X-Amz-Signature=s&X-Amz-Date=1#f": "https://b.s3.amazonaws.com/a%20b.yml",
		"https://b.s3.amazonaws.com/a.yml?X-Amz-Signature=s&versionId=7":        "https://b.s3.amazonaws.com/a.yml?versionId=7",
		"https://user:pass@b.s3.amazonaws.com/a@b.yml":                          "https://b.s3.amazonaws.com/a@b.yml",
		"https://user:p@ss@b.s3.amazonaws.com":                                  "https://b.s3.amazonaws.com",
		"s3://b/${AWS::Region}/a.yml":                                           "s3://b/${AWS::Region}/a.yml",
		"templates/what?.yml":                                                   "templates/what?.yml",
	} {
		if got := safetext.WithoutCredentials(text); got != want {
			t.Errorf("%s is shown as %s, want %s", text, got, want)
		}
	}
}

func TestATextHidesTheCredentialsOfItsURLs(t *testing.T) {
	const at = "https://b.s3.amazonaws.com/a.yml"
	for text, want := range map[string]string{
		"read " + at + "?X-Amz-Date=1&X-Amz-Signature=s: not found":                            "read " + at + ": not found",
		"(" + at + "?X-Amz-Signature=s)":                                                       "(" + at + ")",
		at + "?AWSAccessKeyId=k&Expires=1&Signature=s":                                         at,
		at + "?x-amz-security-token=s&versionId=7 and then":                                    at + "?versionId=7 and then",
		at + "?versionId=1":                                                                    at + "?versionId=1",
		"https://example.com/docs?page=1#a":                                                    "https://example.com/docs?page=1#a",
		"https://user:pass@example.com/x":                                                      "https://example.com/x",
		"ssh://git@example.com/x":                                                              "ssh://git@example.com/x",
		"https://example.com:8443/@x":                                                          "https://example.com:8443/@x",
		"X-Amz-Expires=60&X-Amz-Signature=s&X-Amz-Date=1":                                      "X-Amz-Expires=60&X-Amz-Signature=(not shown)&X-Amz-Date=1",
		"https://c.example/#/create?templateURL=https%3A%2F%2Fb%2Fa.yml%3FX-Amz-Signature%3Ds": "https://c.example/",
		"the signature = of a text":                                                            "the signature = of a text",
		"read user:p4ss@db.example.com:5432/x":                                                 "read (not shown)@db.example.com:5432/x",
		"user:p:a:s@10.0.0.1":                                                                  "(not shown)@10.0.0.1",
		"TemplateURL: \"//user:p4ss@h.example.com/x\"":                                         "TemplateURL: \"//(not shown)@h.example.com/x\"",
		"https:user:p4ss@h.example.com/x":                                                      "(not shown)@h.example.com/x",
		"dsn=user:p4ss@localhost":                                                              "dsn=(not shown)@localhost",
		"user:p4ss@db:5432":                                                                    "(not shown)@db:5432",
		"https://ghp_token@github.com/x":                                                       "https://github.com/x",
		"https%3A%2F%2Fuser%3Ap4ss%40h.example.com":                                            "https%3A%2F%2F(not shown)%40h.example.com",
		"ssh://git@example.com/x git@example.com:x":                                            "ssh://git@example.com/x git@example.com:x",
		"https://h.example.com/v1/user:p4ss@h.example.com/x":                                   "https://h.example.com/v1/(not shown)@h.example.com/x",
		"registry.example.com/a/panther:v1@sha256:0123456789abcdef":                            "registry.example.com/a/panther:v1@sha256:0123456789abcdef",
		"panther:v1@sha256:0123456789abcdef":                                                   "panther:v1@sha256:0123456789abcdef",
		"npm:lodash@4.17.21 pkg:npm/lodash@4.17.21":                                            "npm:lodash@4.17.21 pkg:npm/lodash@4.17.21",
		"mailto:joe@example.com":                                                               "mailto:joe@example.com",
		"AROAEXAMPLE:joe@example.com":                                                          "AROAEXAMPLE:joe@example.com",
		"*:joe@example.com":                                                                    "*:joe@example.com",
		"arn:aws:sns:us-east-1:1:x:joe@example.com":                                            "arn:aws:sns:us-east-1:1:x:joe@example.com",
		"FirstUserEmail: joe@example.com":                                                      "FirstUserEmail: joe@example.com",
	} {
		got := safetext.HideCredentials(text)
		if got != want {
			t.Errorf("%s\nis shown as %s\nwant        %s", text, got, want)
		}
		if again := safetext.HideCredentials(got); again != got {
			t.Errorf("%s changes again, to %s", got, again)
		}
		if safetext.Prose(text) != want || safetext.Name(text) != want {
			t.Errorf("%s is shown in a sentence or a name", text)
		}
	}
}
