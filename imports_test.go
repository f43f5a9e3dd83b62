package preflight_test

import (
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/panther-preflight/panther-preflight/"

// rules say which packages a package of this module may import beside the
// standard library; a package without one has that of the nearest folder above.
// A name that ends in / means everything below it.
var rules = map[string][]string{
	"checks":                  {},
	"checks/yamldoc":          {"go.yaml.in/yaml/v4"},
	"checks/sam":              {"checks/cfn"},
	"checks/cfn":              {"checks/yamldoc", "go.yaml.in/yaml/v4"},
	"checks/iam":              {},
	"checks/iam/cases":        {"checks/arn", "checks/iam"},
	"checks/iam/scpdir":       {"checks/iam", "checks/yamldoc", "go.yaml.in/yaml/v4"},
	"checks/s3url":            {},
	"checks/hosts":            {},
	"checks/china":            {"checks/arn", "policies"},
	"checks/arn":              {},
	"checks/glob":             {},
	"checks/safetext":         {},
	"checks/registry":         {"checks/spelling"},
	"checks/pattern":          {"github.com/dlclark/regexp2/v2"},
	"checks/conform":          {"checks", "checks/pattern", "checks/registry", "checks/spelling", "checks/template"},
	"checks/registry/gen":     {},
	"checks/releases":         {"checks/yamldoc", "github.com/Masterminds/semver/v3", "go.yaml.in/yaml/v4"},
	"checks/collect/answer":   {"github.com/aws/"},
	"checks/collect":          {"checks", "checks/collect/answer", "checks/collect/failure", "checks/glob", "checks/iam", "checks/iam/", "checks/s3url", "checks/yamldoc", "internal/parallel", "github.com/aws/"},
	"checks/recording":        {"checks"},
	"checks/spelling":         {},
	"checks/parameters":       {"checks", "checks/pattern", "checks/spelling", "checks/yamldoc", "go.yaml.in/yaml/v4"},
	"checks/waivers":          {"checks", "checks/spelling", "checks/yamldoc", "go.yaml.in/yaml/v4", "checks/glob"},
	"checks/template":         {"checks", "checks/china", "checks/hosts", "checks/safetext", "checks/pattern", "internal/inputfile", "checks/cfn", "checks/sam", "checks/yamldoc", "checks/s3url", "checks/registry", "checks/spelling", "checks/arn"},
	"checks/template/changes": {"checks", "checks/registry", "checks/template"},
	"checks/derive/awsdata":   {"checks/spelling"},
	"checks/derive":           {"checks", "checks/iam", "checks/iam/", "checks/registry", "checks/template", "checks/derive/"},
	"checks/upgrade":          {"checks/releases", "checks/s3url", "checks/template", "github.com/Masterminds/semver/v3"},
	"checks/preflight":        {"checks", "checks/", "policies"},
	"checks/engine":           {"checks", "checks/registry", "github.com/open-policy-agent/opa/"},
	"policies":                {},
	"internal/inputfile":      {},
	"internal/outputfile":     {"internal/inputfile"},
	"internal/parallel":       {},
	"internal/memfiles":       {},
	"transform/tree":          {"checks/cfn", "checks/s3url", "checks/yamldoc", "internal/inputfile", "internal/outputfile", "transform"},
	"transform/release":       {"internal/parallel", "checks/cfn", "checks/s3url", "checks/yamldoc", "transform/release/", "golang.org/x/sync/"},
	"transform/release/carry": {"internal/parallel", "transform/release", "transform/release/", "transform/s3copy", "checks/s3url", "checks/yamldoc", "golang.org/x/sync/"},
	"transform/s3copy":        {"internal/parallel", "internal/inputfile", "internal/outputfile", "transform/release/safekey", "github.com/aws/", "golang.org/x/sync/", "golang.org/x/sys/windows"},
	"cmd/internal/report":     {"checks", "checks/safetext", "github.com/fatih/color", "github.com/owenrumney/go-sarif/", "maragu.dev/gomponents", "maragu.dev/gomponents/"},
	"cmd/internal/config":     {"checks/spelling", "checks/waivers", "checks/yamldoc", "go.yaml.in/yaml/v4"},
	"cmd/internal/startup":    {},
	"cmd/internal/interrupt":  {},
	"cmd/panther-preflight":   {"cmd/internal/cli", "cmd/internal/cli/session", "cmd/internal/interrupt", "cmd/internal/startup"},

	// What only tests import.
	"internal/testing":            {},
	"internal/testing/fakeevents": {"checks/diagnose/events"},
	"internal/testing/policytest": {"checks", "checks/engine", "github.com/open-policy-agent/opa/", "go.yaml.in/yaml/v4"},
	"internal/testing/s3test":     {"github.com/aws/"},
	"internal/testing/safetest":   {"github.com/yuin/goldmark", "github.com/yuin/goldmark/"},
	"internal/testing/secretscan": {"github.com/rogpeppe/go-internal/"},

	// The China transform.
	"transform":          {"checks/cfn", "checks/s3url", "internal/parallel", "transform/edit", "transform/plan", "transform/remove", "transform/rewrite", "transform/prove", "transform/findings"},
	"transform/plan":     {"checks/arn", "checks/cfn", "checks/china", "internal/parallel", "checks/registry", "checks/s3url", "checks/sam", "checks/yamldoc", "transform/edit", "go.yaml.in/yaml/v4"},
	"transform/remove":   {"checks/cfn", "checks/china", "checks/registry", "checks/sam", "transform/edit", "transform/plan", "go.yaml.in/yaml/v4"},
	"transform/rewrite":  {"checks/arn", "checks/cfn", "checks/china", "checks/hosts", "checks/registry", "checks/s3url", "transform/edit", "transform/plan", "go.yaml.in/yaml/v4"},
	"transform/prove":    {"checks", "checks/cfn", "checks/conform", "checks/iam", "checks/template", "internal/memfiles", "transform/plan"},
	"transform/findings": {"checks/arn", "checks/cfn", "checks/china", "checks/hosts", "checks/registry", "checks/s3url", "transform/plan"},
	"transform/edit":     {"checks/yamldoc", "go.yaml.in/yaml/v4"},
	"transform/present":  {"checks/safetext", "transform"},

	// The command lines.
	"cmd/internal/awsconfig":   {"checks/arn", "github.com/aws/"},
	"cmd/internal/cli":         {"cmd/internal/cli/", "cmd/internal/config", "github.com/spf13/"},
	"cmd/internal/cli/session": {"checks", "checks/", "internal/parallel", "cmd/internal/awsconfig", "cmd/internal/config", "internal/inputfile", "github.com/aws/", "github.com/spf13/", "golang.org/x/term"},
	"cmd/internal/cli/input": {"cmd/internal/cli/session", "checks", "checks/", "cmd/internal/awsconfig", "cmd/internal/example", "cmd/internal/report",
		"internal/inputfile", "github.com/aws/", "github.com/spf13/"},
	"cmd/internal/cli/check":       {"cmd/internal/cli/session", "cmd/internal/cli/input", "checks", "checks/", "cmd/internal/", "internal/outputfile", "internal/parallel", "github.com/spf13/", "go.yaml.in/yaml/v4"},
	"cmd/internal/cli/collect":     {"cmd/internal/cli/session", "cmd/internal/cli/input", "checks", "checks/", "internal/outputfile", "github.com/spf13/"},
	"cmd/internal/cli/permissions": {"cmd/internal/cli/session", "cmd/internal/cli/input", "checks/", "github.com/spf13/"},
	"cmd/internal/cli/china":       {"cmd/internal/cli/session", "cmd/internal/cli/input", "cmd/internal/cli/check", "cmd/internal/chinabridge", "cmd/internal/report", "checks", "checks/", "github.com/aws/", "github.com/spf13/"},
	"cmd/internal/cli/release": {"cmd/internal/cli/session", "cmd/internal/cli/input", "cmd/internal/cli/transform", "cmd/internal/awsconfig", "checks", "checks/", "transform", "transform/", "github.com/aws/", "github.com/spf13/",
		"github.com/vbauerster/mpb/v8", "github.com/vbauerster/mpb/v8/"},
	"cmd/internal/cli/transform":  {"internal/memfiles", "cmd/internal/cli/session", "cmd/internal/cli/input", "checks", "checks/", "transform", "transform/", "github.com/spf13/"},
	"cmd/internal/cli/upgrade":    {"cmd/internal/cli/session", "cmd/internal/cli/input", "checks", "checks/", "github.com/aws/", "github.com/spf13/"},
	"cmd/internal/cli/diagnose":   {"cmd/internal/cli/session", "cmd/internal/cli/input", "checks", "checks/", "internal/inputfile", "github.com/aws/", "github.com/spf13/"},
	"cmd/internal/cli/simulate":   {"cmd/internal/cli/session", "cmd/internal/cli/input", "checks/", "github.com/spf13/"},
	"cmd/internal/cli/pulumi":     {"cmd/internal/cli/session", "cmd/internal/cli/input", "checks/", "github.com/aws/", "github.com/spf13/"},
	"cmd/internal/cli/template":   {"cmd/internal/cli/session", "cmd/internal/cli/input", "cmd/internal/cli/permissions", "cmd/internal/helpertemplates", "checks", "checks/", "github.com/aws/", "github.com/spf13/"},
	"cmd/internal/cli/explain":    {"cmd/internal/cli/session", "cmd/internal/cli/input", "checks", "checks/", "github.com/spf13/"},
	"cmd/internal/cli/initialize": {"cmd/internal/cli/session", "cmd/internal/cli/input", "cmd/internal/config", "checks", "checks/", "internal/outputfile", "github.com/spf13/"},
	"cmd/internal/example":        {},
	"cmd/internal/reference":      {"checks", "checks/china", "checks/diagnose/catalogue", "checks/engine", "checks/registry", "checks/releases", "checks/waivers", "cmd/internal/config", "policies", "go.yaml.in/yaml/v4"},
	"cmd/internal/reference/gen":  {"cmd/internal/reference"},
	"cmd/releasecopy":             {"cmd/internal/cli/release", "cmd/internal/cli/session", "cmd/internal/interrupt"},
	"docs":                        {},
	"packaging":                   {},
	"packaging/rootcerts":         {"golang.org/x/crypto/x509roots/fallback/"},
	"testdata":                    {"cmd/internal/", "transform/"},

	// What an operator's day needs beside check.
	"checks/diagnose":              {"checks", "checks/diagnose/"},
	"checks/diagnose/events":       {"checks/arn", "checks/yamldoc", "go.yaml.in/yaml/v4"},
	"checks/diagnose/reason":       {},
	"checks/diagnose/catalogue":    {"checks/diagnose/reason", "checks/glob", "go.yaml.in/yaml/v4"},
	"checks/collect/stackevents":   {"checks/diagnose", "checks/diagnose/events", "github.com/aws/"},
	"checks/collect/bridge":        {"checks", "checks/collect/deployment", "checks/collect/failure", "internal/parallel", "github.com/aws/"},
	"checks/collect/deployment":    {"github.com/aws/"},
	"checks/collect/failure":       {"github.com/aws/"},
	"cmd/internal/helpertemplates": {"checks/yamldoc", "go.yaml.in/yaml/v4", "github.com/awslabs/goformation/"},
	"cmd/internal/chinabridge":     {"checks", "checks/collect/bridge", "github.com/aws/"},
}

// mayImport says, for a package of another module or one that is for tests,
// which of ours may import it. These hold whatever rules says.
var mayImport = map[string][]string{
	"github.com/open-policy-agent/opa/": {"checks/engine", "internal/testing/policytest"},
	"github.com/aws/":                   {"checks/collect", "transform/s3copy", "cmd/internal/", "internal/testing/s3test"},
	"github.com/awslabs/goformation/":   {"cmd/internal/"},
	"github.com/spf13/":                 {"cmd/internal/cli", "cmd/releasecopy"},
	// Only tests import these; the list of imports has none of a test file.
	"internal/testing/": {"internal/testing"},
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		pkg := strings.TrimPrefix(fields[0], module)
		allowed, ruled := ruleOf(pkg)
		if !ruled && pkg != strings.TrimSuffix(module, "/") {
			t.Errorf("%s has no rule", pkg)
		}
		for _, imported := range fields[1:] {
			imported = strings.TrimPrefix(imported, module)
			if strings.HasPrefix(imported, "github.com/panther-preflight/") || standard(imported) {
				continue
			}
			if !matches(allowed, imported) {
				t.Errorf("%s imports %s; it may import %v", pkg, imported, allowed)
			}
			for foreign, allowed := range mayImport {
				if strings.HasPrefix(imported, foreign) && !within(allowed, pkg) {
					t.Errorf("%s imports %s; only %v may", pkg, imported, allowed)
				}
			}
		}
	}
}

// ruleOf is the rule of a package, or of the nearest folder above it.
func ruleOf(pkg string) ([]string, bool) {
	for folder := pkg; folder != "."; folder = path.Dir(folder) {
		if allowed, ruled := rules[folder]; ruled {
			return allowed, true
		}
	}
	return nil, false
}

// standard tells the standard library: no dot in the first element, and not
// one of this module's own folders.
func standard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !strings.Contains(first, ".") && !slices.Contains([]string{"checks", "cmd", "internal", "policies", "transform"}, first)
}

func matches(allowed []string, imported string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		return a == imported || strings.HasSuffix(a, "/") && strings.HasPrefix(imported, a)
	})
}

func within(folders []string, pkg string) bool {
	return slices.ContainsFunc(folders, func(f string) bool {
		return pkg == f || strings.HasPrefix(pkg, strings.TrimSuffix(f, "/")+"/")
	})
}
