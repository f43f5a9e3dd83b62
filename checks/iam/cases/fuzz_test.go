package cases

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// FuzzRead: whatever the text, Read says what is wrong with a line or gives
// cases that can be answered, and a malformed policy is never an allow.
func FuzzRead(f *testing.F) {
	text, err := os.ReadFile(filepath.Join("testdata", "cases.jsonl"))
	if err != nil {
		f.Fatal(err)
	}
	for i, line := range bytes.Split(text, []byte("\n")) {
		if i%20 == 0 {
			f.Add(string(line))
		}
	}
	f.Add(`{"identityPolicies":["{"],"scps":[{}],"rcps":[[]],` + request + `}`)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := Read("f.jsonl", strings.NewReader(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.jsonl") {
				t.Errorf("the error does not name the file: %v", err)
			}
			return
		}
		for i := range list {
			if a := list[i].Answer(); a.Error != "" && a.Decision != iam.Unknown {
				t.Errorf("%v in spite of %s", a.Decision, a.Error)
			}
		}
	})
}
