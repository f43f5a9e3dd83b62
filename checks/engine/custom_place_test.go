package engine_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks/engine"
)

func TestACustomPolicyMayStandInAnyFile(t *testing.T) {
	rule := `finding contains {"subject": "x", "message": "m"} if input.run.offline`
	e, err := engine.New(context.Background(), withCustom(fstest.MapFS{
		"any_name.rego": policy("ACME-001", "custom.naming", rule),
		"b.rego":        policy("CORP-NET-002", "custom.net.private", rule),
	}))
	if err != nil {
		t.Fatal(err)
	}
	areas := map[string]string{}
	for _, m := range e.Metas() {
		areas[m.ID] = m.Area
	}
	if areas["ACME-001"] != "ACME" || areas["CORP-NET-002"] != "NET" {
		t.Fatal(areas)
	}
	_, err = engine.New(context.Background(), withCustom(fstest.MapFS{
		"a.rego": policy("ACME-001", "custom.naming", rule),
		"b.rego": policy("ACME-002", "custom.naming", rule),
	}))
	if err == nil || !strings.Contains(err.Error(), "a.rego and b.rego are both the package custom.naming") {
		t.Fatal(err)
	}
}
