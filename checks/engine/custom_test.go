package engine_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
)

// bundled is a small set of bundled policies with a library and data.
func bundled() fstest.MapFS {
	return fstest.MapFS{
		"parameters/missing.rego": policy("PF-PRM-001", "preflight.parameters.missing", missing),
		"lib/names.rego":          {Data: []byte("package preflight.lib\n\nstack := input.run.stack_name\n")},
		"data/limits.json":        {Data: []byte(`{"longest": 12}`)},
	}
}

func withCustom(dirs ...fstest.MapFS) engine.Options {
	o := engine.Options{Bundled: bundled(), Deadline: time.Second}
	for _, d := range dirs {
		o.Custom = append(o.Custom, d)
	}
	return o
}

func corp(body string) fstest.MapFS {
	return fstest.MapFS{"corp/rule.rego": policy("CORP-STK-001", "custom.corp.rule", body)}
}

const offline = `finding contains {"subject": "x", "message": "m"} if input.run.offline`

func TestACustomPolicyIsACheckLikeAnother(t *testing.T) {
	dir := corp(`import data.preflight.lib

finding contains {"subject": lib.stack, "message": "too long", "owner": "vendor"} if {
	count(lib.stack) > data.preflight.data.limits.longest
	data.custom.lib.strict
}
`)
	dir["lib/corp.rego"] = &fstest.MapFile{Data: []byte("package custom.lib\n\nstrict if not input.run.offline\n")}
	dir["corp/rule_test.rego"] = &fstest.MapFile{Data: []byte("package custom.corp.rule_test\n\ntest_it if count(data.custom.corp.rule.finding) == 0 with input as {}\n")}
	e, err := engine.New(context.Background(), withCustom(dir))
	if err != nil {
		t.Fatal(err)
	}
	results, err := e.Evaluate(context.Background(), &checks.Facts{Run: checks.Run{StackName: "panther-production"}})
	if err != nil || len(results) != 2 {
		t.Fatal(results, err)
	}
	if r := results[0]; r.ID != "CORP-STK-001" || r.Area != "STK" || r.Status != checks.Failed || r.Findings[0].Owner != checks.OwnerVendor {
		t.Errorf("%+v", r)
	}
	if needs := strings.Join(e.NeedsOf("CORP-STK-001"), " "); needs != "run.offline run.stack_name" {
		t.Errorf("it needs %s", needs)
	}
}

func TestACustomPolicyKeepsToItself(t *testing.T) {
	read := func(expression string) fstest.MapFS {
		return corp(`finding contains {"subject": "x", "message": "m"} if ` + expression)
	}
	renamed := func(file, pkg string) fstest.MapFS {
		return fstest.MapFS{file: policy("CORP-STK-001", pkg, offline)}
	}
	const belongs = "belongs to the bundled checks; a custom policy may read data.preflight.lib"
	for name, c := range map[string]struct {
		dir  fstest.MapFS
		want string
	}{
		"the package of a bundled check":   {renamed("parameters/missing.rego", "preflight.parameters.missing"), "the package is preflight.parameters.missing; that of a custom policy must begin with \"custom.\""},
		"the bundled library":              {renamed("lib/names.rego", "preflight.lib"), "must begin with \"custom.\""},
		"a package of its own root":        {renamed("corp/rule.rego", "corp.rule"), "must begin with \"custom.\""},
		"the answer of a bundled check":    {read("count(data.preflight.parameters.missing.finding) == 0"), "corp/rule.rego:14:60: it reads data.preflight.parameters.missing.finding, which " + belongs},
		"a bundled check by its text":      {read(`count(data.preflight["parameters"].missing.finding) == 0`), belongs},
		"a bundled check by import":        {corp("import data.preflight.parameters.missing\n\n" + offline), belongs},
		"the bundled root by import":       {corp("import data.preflight as p\n\n" + strings.Replace(offline, "input.run.offline", "count(p.parameters.missing.finding) == 0", 1)), belongs},
		"a computed bundled check":         {read("{\n\tsome area\n\tcount(data.preflight[area].missing.finding) == 0\n}"), belongs},
		"all bundled checks":               {read("count(data.preflight) > 0"), belongs},
		"all data":                         {read("count(data) > 0"), "it reads data;"},
		"all data, walked":                 {read("walk(data, [_, 1])"), "it reads data;"},
		"computed data":                    {read("{\n\tsome x\n\tdata[x]\n}"), "it reads data["},
		"another root":                     {read("data.system.x"), "it reads data.system.x;"},
		"in a comprehension":               {read("count({y | some y in data.preflight.parameters.missing.finding}) == 0"), belongs},
		"in the head of a rule":            {corp(`finding contains {"subject": "x", "message": "m", "evidence": {"them": data.preflight.parameters.missing.finding}} if input.run.offline`), belongs},
		"in an else":                       {corp(offline + "\n\n_x := 1 if input.run.offline else := data.preflight.parameters.missing.finding\n"), belongs},
		"in a default":                     {corp(offline + "\n\ndefault _x := {y | some y in data.preflight.parameters.missing.finding}\n"), belongs},
		"in a function":                    {corp(offline + "\n\n_f(x) if x in data.preflight.parameters.missing.finding\n"), belongs},
		"in its own library":               {fstest.MapFS{"corp/rule.rego": policy("CORP-STK-001", "custom.corp.rule", offline), "lib/l.rego": {Data: []byte("package custom.lib\n\nthem := data.preflight.parameters\n")}}, belongs},
		"other facts by with":              {read("input.run.offline with input as {}"), "a custom policy may not replace facts, data or functions by `with`"},
		"other data by with":               {read(`data.preflight.lib.stack == "x" with data.preflight.lib.stack as "x"`), "by `with`"},
		"another function by with":         {read(`count([]) == 1 with count as 1`), "by `with`"},
		"the id of a bundled check":        {fstest.MapFS{"corp/rule.rego": policy("PF-PRM-001", "custom.corp.rule", offline)}, "must be of the form XX-XXX-000 or XX-000 and not begin with PF-"},
		"an id that looks bundled":         {fstest.MapFS{"corp/rule.rego": policy("PF-COR-001", "custom.corp.rule", offline)}, "not begin with PF-"},
		"a schema of its own":              {fstest.MapFS{"corp/rule.rego": {Data: []byte(strings.Replace(string(policy("CORP-STK-001", "custom.corp.rule", offline).Data), "# custom:", "# schemas:\n# - input: {}\n# custom:", 1))}}, "metadata schemas are not allowed"},
		"a schema of its own on a rule":    {corp("# METADATA\n# scope: rule\n# schemas:\n# - input.run: {}\n" + offline), "metadata schemas are not allowed"},
		"a fact that does not exist":       {read("input.run.ofline"), "undefined ref: input.run.ofline"},
		"all facts":                        {read("count(input) > 0"), "it reads the whole input"},
		"computed facts":                   {read("{\n\tsome x\n\tinput[x]\n}"), "it reads the whole input"},
		"the network":                      {read(`http.send({"method": "get", "url": "http://169.254.169.254/"}).status_code == 200`), "corp/rule.rego:14:54: the built-in http.send is not available to policies: it reaches the network"},
		"a name server":                    {read(`count(net.lookup_ip_addr("example.com")) > 0`), "net.lookup_ip_addr is not available to policies: it reaches the network"},
		"the environment":                  {read(`opa.runtime().env.AWS_SECRET_ACCESS_KEY`), "opa.runtime is not available to policies: it reads the environment"},
		"the clock":                        {read("time.now_ns() > 0"), "time.now_ns is not available to policies: it reads the clock; the time of the run is input.run.time"},
		"chance":                           {read(`rand.intn("x", 2) == 1`), "rand.intn is not available to policies: it answers by chance"},
		"nothing":                          {fstest.MapFS{"readme.md": {}}, "no .rego file found under the folder of custom policies"},
		"a rule of another name":           {corp("findings contains 1 if input.run.offline"), `the rule "findings" is none of`},
		"a fifo instead of a file":         {fstest.MapFS{"corp/rule.rego": {Data: nil, Mode: fs.ModeNamedPipe}}, "must be a regular file"},
		"a file that is no policy by size": {corp(offline + strings.Repeat("#", 1<<20)), "at most 1048576 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := engine.New(context.Background(), withCustom(c.dir))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestTwoFoldersMayNotHoldOneFile(t *testing.T) {
	second := fstest.MapFS{"corp/rule.rego": policy("CORP-STK-002", "custom.corp.rule", offline)}
	if _, err := engine.New(context.Background(), withCustom(corp(offline), second)); err == nil || !strings.Contains(err.Error(), "two folders of policies hold this file") {
		t.Errorf("got %v", err)
	}
	second = fstest.MapFS{"corp/other.rego": policy("CORP-STK-001", "custom.corp.other", offline)}
	if _, err := engine.New(context.Background(), withCustom(corp(offline), second)); err == nil || !strings.Contains(err.Error(), "both have the id CORP-STK-001") {
		t.Errorf("got %v", err)
	}
}

func TestACustomPolicyCannotHoldUpTheRest(t *testing.T) {
	for name, body := range map[string]string{
		"a loop": `finding contains {"subject": "x", "message": "m"} if {
	some a in numbers.range(1, 100000)
	some b in numbers.range(1, 100000)
	a * b == -1
	input.run.offline
}`,
		"a long range": `finding contains {"subject": "x", "message": "m"} if {
	count(numbers.range(1, 10000000000)) == 1
	input.run.offline
}`,
		"a huge answer": `finding contains {"subject": "x", "message": concat("", ["0123456789abcdef0123456789abcdef" | some _ in numbers.range(1, 600000)])} if {
	input.run.stack_name == ""
}`,
		"another's id":     `finding contains {"subject": "x", "message": "m", "id": "PF-PRM-001"} if input.run.stack_name == ""`,
		"a waiver":         `finding contains {"subject": "x", "message": "m", "waived": {"reason": "r"}} if input.run.stack_name == ""`,
		"an odd owner":     `finding contains {"subject": "x", "message": "m", "owner": "nobody"} if input.run.stack_name == ""`,
		"an odd line":      `finding contains {"subject": "x", "message": "m", "line": -1} if input.run.stack_name == ""`,
		"a built-in fault": `finding contains {"subject": "x", "message": "m"} if to_number(input.run.stack_name) > 1`,
	} {
		t.Run(name, func(t *testing.T) {
			e, err := engine.New(context.Background(), withCustom(corp(body)))
			if err != nil {
				t.Fatal(err)
			}
			results, err := e.Evaluate(context.Background(), &checks.Facts{Parameters: []checks.Parameter{{Name: "A", Origin: "none"}}})
			if err != nil || len(results) != 2 {
				t.Fatal(results, err)
			}
			if results[0].Status != checks.Unknown || results[0].Reason == "" {
				t.Errorf("the custom check: %s %q", results[0].Status, results[0].Reason)
			}
			if results[1].Status != checks.Failed {
				t.Errorf("the bundled check: %s", results[1].Status)
			}
		})
	}
}

func TestALinkIsFollowedToAFileAndNoFurther(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink(os.DevNull, filepath.Join(dir, "endless.rego")); err != nil {
		t.Skip("SKIP(symlink): ", err)
	}
	o := withCustom()
	o.Custom = []fs.FS{os.DirFS(dir)}
	if _, err := engine.New(context.Background(), o); err == nil || !strings.Contains(err.Error(), "must be a regular file") {
		t.Errorf("got %v", err)
	}
}
