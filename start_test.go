package preflight_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// builtAtStart are the clients that the SDK's own configuration brings.
var builtAtStart = []string{"signin", "sso", "ssooidc"}

// TestNoClientBuildsItsSchemasAtStart keeps the service modules at versions
// without the package schemas, whose tables every start of the program builds,
// whatever it was asked: half of the time and a third of the memory of --help.
func TestNoClientBuildsItsSchemasAtStart(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./cmd/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	const services = "github.com/aws/aws-sdk-go-v2/service/"
	found := 0
	for name := range strings.FieldsSeq(string(out)) {
		service, is := strings.CutPrefix(name, services)
		if !is {
			continue
		}
		found++
		if service, is = strings.CutSuffix(service, "/schemas"); is && !slices.Contains(builtAtStart, service) {
			t.Errorf("the client of %s builds tables at every start; take an earlier version of %s%s", service, services, service)
		}
	}
	if found == 0 {
		t.Error("no client of AWS is among the dependencies")
	}
}
