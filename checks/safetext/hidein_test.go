package safetext_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

func TestNoTextInAValueKeepsCredentials(t *testing.T) {
	const url = "https://b.s3.amazonaws.com/a?X-Amz-Signature=planted"
	type inner struct{ Text string }
	type value struct {
		Text     string
		Pointer  *inner
		None     *inner
		List     []inner
		Array    [1]string
		Map      map[string]inner
		Lists    map[string][]string
		Any, Nil any
		Bytes    []byte
		Number   int
		own      string
	}
	v := value{
		url, &inner{url}, nil, []inner{{url}}, [1]string{url}, map[string]inner{"k": {url}}, map[string][]string{"k": {"kept", url}},
		map[string]any{"k": []any{url, 1, nil, inner{url}}}, nil, []byte("kept"), 7, "kept",
	}
	var boxed any = v
	safetext.HideIn(&boxed)
	safetext.HideIn(&v)
	for _, hidden := range []any{v, boxed} {
		text, err := json.Marshal(hidden)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "planted") || strings.Count(string(text), "https://b.s3.amazonaws.com/a\"") != 8 {
			t.Errorf("%s", text)
		}
	}
	if v.own != "kept" || v.Number != 7 || string(v.Bytes) != "kept" {
		t.Errorf("%+v", v)
	}
}
