package scpdir

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const (
	full = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`
	lock = "{\"Version\":\"2012-10-17\",\"Statement\":[\n{\"Sid\":\"L\",\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\n\"Condition\":{\"Boole\":{\"a:b\":\"true\"}}}]}"
)

func answer(kind, content string) string {
	return fmt.Sprintf(`{"Policy":{"PolicySummary":{"Id":"p-1","Type":%q},"Content":%q}}`, kind, content)
}

func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// shape writes the levels as "a,b / c" of policy names.
func shape(levels [][]*iam.Policy) string {
	var out []string
	for _, level := range levels {
		var names []string
		for _, p := range level {
			names = append(names, p.Name())
		}
		out = append(out, strings.Join(names, ","))
	}
	return strings.Join(out, " / ")
}

func TestLoad(t *testing.T) {
	tests := map[string]struct {
		files      map[string]string
		scps, rcps string
	}{
		"levels in name order": {map[string]string{"1-ou/b.json": full, "0-root/full.json": full, "1-ou/a.json": full, "2-account/full.JSON": full},
			"0-root/full.json / 1-ou/a.json,1-ou/b.json / 2-account/full.JSON", ""},
		"flat":                      {map[string]string{"b.json": full, "a.json": full, "README.md": "x", ".hidden.json": "x"}, "a.json,b.json", ""},
		"a level without policy":    {map[string]string{"0-root/full.json": full, "1-ou/README.md": ""}, "0-root/full.json / ", ""},
		"rcp beside levels":         {map[string]string{"0/full.json": full, "rcp/r.json": answer("RESOURCE_CONTROL_POLICY", full)}, "0/full.json", "rcp/r.json"},
		"rcp with levels":           {map[string]string{"full.json": full, "rcp/0/r.json": full, "rcp/1/s.json": full}, "full.json", "rcp/0/r.json / rcp/1/s.json"},
		"rcp alone":                 {map[string]string{"rcp/r.json": full}, "", "rcp/r.json"},
		"output of describe-policy": {map[string]string{"p.json": answer("SERVICE_CONTROL_POLICY", full)}, "p.json", ""},
		"its inner object":          {map[string]string{"p.json": fmt.Sprintf(`{"Content":%q}`, full)}, "p.json", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Load(folder(test.files))
			if err != nil {
				t.Fatal(err)
			}
			if shape(got.SCPs) != test.scps || shape(got.RCPs) != test.rcps {
				t.Errorf("got %q and %q, want %q and %q", shape(got.SCPs), shape(got.RCPs), test.scps, test.rcps)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	tests := map[string]struct {
		files map[string]string
		want  string
	}{
		"empty":                  {nil, "the folder holds no policy"},
		"no policies":            {map[string]string{"README.md": "x"}, "the folder holds no policy"},
		"policies and levels":    {map[string]string{"a.json": full, "0-root/b.json": full}, "a.json stands beside the level 0-root/"},
		"deeper":                 {map[string]string{"0-root/x/b.json": full}, "0-root/x: a level has no sub-folders"},
		"malformed":              {map[string]string{"0-root/lock.json": lock}, `0-root/lock.json:3: statement 0 (Sid "L"): Condition.Boole`},
		"malformed inside":       {map[string]string{"lock.json": answer("SERVICE_CONTROL_POLICY", lock)}, `lock.json: statement 0 (Sid "L"): Condition.Boole`},
		"RCP among SCPs":         {map[string]string{"0/r.json": answer("RESOURCE_CONTROL_POLICY", full)}, "0/r.json: Policy.PolicySummary.Type: have RESOURCE_CONTROL_POLICY"},
		"no document":            {map[string]string{"0/l.json": `{"Policy":{"PolicySummary":{"Id":"p"}}}`}, "0/l.json: the key Content is missing"},
		"a list of policies":     {map[string]string{"l.json": `{"Policies":[]}`}, "l.json: a list of policies holds no policy document"},
		"an index":               {map[string]string{"index.json": `{"files":[]}`}, "index.json: the object has no Statement"},
		"a list":                 {map[string]string{"index.json": `[]`}, "index.json: a JSON list is no policy document"},
		"no JSON":                {map[string]string{"l.json": `{`}, "l.json:1: not JSON"},
		"principal under levels": {map[string]string{"0/p.json": strings.Replace(full, `"Effect"`, `"Principal":"*","Effect"`, 1)}, "0/p.json:1: statement 0: Principal"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Load(folder(test.files))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q in it", err, test.want)
			}
		})
	}
}
