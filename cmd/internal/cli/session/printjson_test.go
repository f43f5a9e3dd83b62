package session

import (
	"strings"
	"testing"
)

func TestPrintedJSONHasNoCredentials(t *testing.T) {
	var out strings.Builder
	a := &Session{}
	a.Out = &out
	reason := "Access Denied for https://b.s3.amazonaws.com/x?X-Amz-Signature=planted"
	if err := a.PrintJSON(&struct{ Reason *string }{&reason}); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.Contains(got, "planted") || !strings.Contains(got, "https://b.s3.amazonaws.com/x") {
		t.Error(got)
	}
}
