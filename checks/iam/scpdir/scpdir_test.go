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
		"flat":                      {map[string]string{"b.json": full, "a.json": full, ".DS_Store": "x", ".git/config": "x"}, "a.json,b.json", ""},
		"a level without policy":    {map[string]string{"0-root/full.json": full, "1-ou/.gitkeep": ""}, "0-root/full.json / ", ""},
		"rcp beside levels":         {map[string]string{"0/full.json": full, "rcp/r.json": answer("RESOURCE_CONTROL_POLICY", full)}, "0/full.json", "rcp/r.json"},
		"rcp with levels":           {map[string]string{"full.json": full, "rcp/0/r.json": full, "rcp/1/s.json": full}, "full.json", "rcp/0/r.json / rcp/1/s.json"},
		"rcp alone":                 {map[string]string{"rcp/r.json": full}, "", "rcp/r.json"},
		"whatever its ending":       {map[string]string{"0/p-12345678": full, "0/q.txt": full, "0/.r": full, "0/s.JSON.bak": full}, "0/.r,0/p-12345678,0/q.txt,0/s.JSON.bak", ""},
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
		"no policies":            {map[string]string{"README.md": "x"}, "README.md: this is neither a policy document nor an answer of the AWS CLI"},
		"an empty file":          {map[string]string{"0/full.json": full, "0/p-1": " "}, "0/p-1: the file is empty"},
		"notes beside policies":  {map[string]string{"0/full.json": full, "0/notes.md": "# Policies\n\nHow to export"}, "0/notes.md: this is neither"},
		"a table":                {map[string]string{"0/t": "-----\n| DescribePolicy |\n-----"}, "0/t: this is neither"},
		"summaries":              {map[string]string{"0/l.json": `{"Policies":[{"Id":"p-1","Arn":"arn:aws:organizations::aws:policy/x","Name":"n"}]}`}, "0/l.json: Policies: [1]: the summary of a policy holds no document"},
		"YAML with a bad policy": {map[string]string{"0/y": "Version: 2012-10-17\nStatement: {Effect: Deny, Action: '*'}"}, "0/y: statement 1: Resource"},
		"two organizations":      {map[string]string{"0/a": from("o-aaaaaaaaaa"), "0/b": from("o-bbbbbbbbbb")}, "0/a is a policy of organization o-aaaaaaaaaa, 0/b of o-bbbbbbbbbb"},
		"half UTF-16":            {map[string]string{"0/u": "\xff\xfe{"}, "0/u: the text is UTF-16 that ends in half a character"},
		"policies and levels":    {map[string]string{"a.json": full, "0-root/b.json": full}, "a.json stands beside the level 0-root/"},
		"deeper":                 {map[string]string{"0-root/x/b.json": full}, "0-root/x: a level has no sub-folders"},
		"malformed":              {map[string]string{"0-root/lock.json": lock}, `0-root/lock.json:3: statement 1 (Sid "L"): Condition.Boole`},
		"malformed inside":       {map[string]string{"lock.json": answer("SERVICE_CONTROL_POLICY", lock)}, `lock.json: statement 1 (Sid "L"): Condition.Boole`},
		"RCP among SCPs":         {map[string]string{"0/r.json": answer("RESOURCE_CONTROL_POLICY", full)}, "0/r.json: Policy.PolicySummary.Type: have RESOURCE_CONTROL_POLICY"},
		"no document":            {map[string]string{"0/l.json": `{"Policy":{"PolicySummary":{"Id":"p"}}}`}, "0/l.json: the key Content is missing"},
		"a list of policies":     {map[string]string{"l.json": `{"Policies":[]}`}, "l.json: a list of policies holds no policy document"},
		"an index":               {map[string]string{"index.json": `{"files":[]}`}, "index.json: the object has no Statement"},
		"a list":                 {map[string]string{"index.json": `[]`}, "index.json: a JSON list is no policy document"},
		"no JSON":                {map[string]string{"l.json": `{`}, "l.json:1: not JSON"},
		"principal under levels": {map[string]string{"0/p.json": strings.Replace(full, `"Effect"`, `"Principal":"*","Effect"`, 1)}, "0/p.json:1: statement 1: Principal"},
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

// from is the answer about a policy of an organization.
func from(organization string) string {
	return fmt.Sprintf(`{"Policy":{"PolicySummary":{"Id":"p-1","Arn":"arn:aws:organizations::111122223333:policy/%s/service_control_policy/p-1","Type":"SERVICE_CONTROL_POLICY"},"Content":%q}}`, organization, full)
}

// TestLoadReadsEveryForm of the AWS CLI's answer.
func TestLoadReadsEveryForm(t *testing.T) {
	utf16le := func(text string) string {
		out := "\xff\xfe"
		for _, r := range text {
			out += string([]byte{byte(r), byte(r >> 8)})
		}
		return out
	}
	const summary = `"PolicySummary":{"Id":"p-1","Arn":"arn:aws:organizations::111122223333:policy/o-aaaaaaaaaa/service_control_policy/p-1","Type":"SERVICE_CONTROL_POLICY"}`
	for name, test := range map[string]struct {
		text         string
		policies     int
		organization string
	}{
		"document":                      {full, 1, ""},
		"document after a mark":         {"\ufeff" + full, 1, ""},
		"answer":                        {from("o-aaaaaaaaaa"), 1, "o-aaaaaaaaaa"},
		"answer after a mark":           {"\ufeff" + from("o-aaaaaaaaaa"), 1, "o-aaaaaaaaaa"},
		"answer in UTF-16":              {utf16le(from("o-aaaaaaaaaa")), 1, "o-aaaaaaaaaa"},
		"document in UTF-16":            {utf16le(full), 1, ""},
		"--query Policy":                {`{` + summary + `,"Content":` + fmt.Sprintf("%q", full) + `}`, 1, "o-aaaaaaaaaa"},
		"--query Policy.Content":        {fmt.Sprintf("%q", full), 1, ""},
		"--query [Policy.Content]":      {fmt.Sprintf("[%q]", full), 1, ""},
		"content as an object":          {`{"Policy":{` + summary + `,"Content":` + full + `}}`, 1, "o-aaaaaaaaaa"},
		"answers in a list":             {"[" + from("o-aaaaaaaaaa") + "," + answer("SERVICE_CONTROL_POLICY", full) + "]", 2, "o-aaaaaaaaaa"},
		"documents in a list":           {"[" + full + "," + full + "," + full + "]", 3, ""},
		"answers under Policies":        {`{"Policies":[{` + summary + `,"Content":` + fmt.Sprintf("%q", full) + `}]}`, 1, "o-aaaaaaaaaa"},
		"with metadata of the SDK":      {`{"Policy":{` + summary + `,"Content":` + fmt.Sprintf("%q", full) + `},"ResponseMetadata":{"HTTPStatusCode":200}}`, 1, "o-aaaaaaaaaa"},
		"--output yaml":                 {"Policy:\n  Content: '" + full + "'\n  PolicySummary:\n    Arn: arn:aws:organizations::111122223333:policy/o-aaaaaaaaaa/service_control_policy/p-1\n    AwsManaged: false\n    Type: SERVICE_CONTROL_POLICY\n", 1, "o-aaaaaaaaaa"},
		"--output yaml-stream":          {"- Policy:\n    Content: '" + full + "'\n", 1, ""},
		"document in YAML":              {"Version: 2012-10-17\nStatement:\n- Effect: Allow\n  Action: '*'\n  Resource: '*'\n", 1, ""},
		"--output text":                 {"POLICY\t" + full + "\nPOLICYSUMMARY\tarn:aws:organizations::111122223333:policy/o-aaaaaaaaaa/service_control_policy/p-1\tFalse\tx\tp-1\tn\tSERVICE_CONTROL_POLICY\n", 1, "o-aaaaaaaaaa"},
		"a policy of AWS":               {`{"PolicySummary":{"Arn":"arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess","AwsManaged":true},"Content":` + fmt.Sprintf("%q", full) + `}`, 1, ""},
		"an organization of China":      {strings.Replace(from("o-aaaaaaaaaa"), "arn:aws:", "arn:aws-cn:", 1), 1, "o-aaaaaaaaaa"},
		"a document over several lines": {strings.ReplaceAll(full, ",", ",\n  "), 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Load(folder(map[string]string{"0-root/p-1": test.text}))
			if err != nil {
				t.Fatal(err)
			}
			if len(got.SCPs) != 1 || len(got.SCPs[0]) != test.policies || got.Organization != test.organization {
				t.Fatalf("%s of organization %q", shape(got.SCPs), got.Organization)
			}
			for _, p := range got.SCPs[0] {
				if len(p.Statements()) != 1 || !strings.HasPrefix(p.Name(), "0-root/p-1") {
					t.Errorf("%s has %d statements", p.Name(), len(p.Statements()))
				}
			}
		})
	}
}
