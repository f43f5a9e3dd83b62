package sam

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

const published = "../../../shared/cases/sam"

// What SAM's own tests hold, where it is at hand: the same ids with the same
// types, for nearly all of them.
func TestPublishedCases(t *testing.T) {
	file, err := os.Open(filepath.Join(published, "expected.jsonl"))
	if err != nil {
		t.Skip("SAM's published cases are not here")
	}
	defer file.Close()
	same, all := 0, 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var want struct {
			Name      string
			Resources [][2]string
		}
		if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		all++
		text, err := os.ReadFile(filepath.Join(published, want.Name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		missing, extra := difference(t, want.Name, text, want.Resources)
		if len(missing)+len(extra) == 0 {
			same++
			continue
		}
		t.Logf("%s: missing %q, beside %q", want.Name, missing, extra)
	}
	if same*100 < all*95 {
		t.Errorf("%d of %d are the same, fewer than 95 %%", same, all)
	}
	t.Logf("%d of %d are the same", same, all)
}

func difference(t *testing.T, name string, text []byte, want [][2]string) (missing, extra []string) {
	t.Helper()
	template, err := cfn.Parse(name, text)
	if err != nil {
		return []string{err.Error()}, nil
	}
	var got, expected []string
	for _, r := range Expand(template, defaults(template)).Resources {
		got = append(got, r.ID+" "+r.Type)
	}
	for _, r := range want {
		expected = append(expected, r[0]+" "+r[1])
	}
	for _, w := range expected {
		if !slices.Contains(got, w) {
			missing = append(missing, w)
		}
	}
	for _, g := range got {
		if !slices.Contains(expected, g) {
			extra = append(extra, g)
		}
	}
	return missing, extra
}

// defaults are the values that SAM's tests run with.
func defaults(t *cfn.Template) Value {
	return func(name string) (string, bool) {
		switch name {
		case "AWS::Region":
			return "ap-southeast-1", true
		case "AWS::Partition":
			return "aws", true
		}
		if p := t.Parameter(name); p != nil && p.Default.IsScalar() {
			return p.Default.Text, true
		}
		return "", false
	}
}
