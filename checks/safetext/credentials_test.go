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
