package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"panther-preflight": main})
}

// TestScripts runs the command lines of testdata/script as their users would.
// The condition [shared] holds where the folder with the real templates lies
// beside this checkout; $SHARED is then its path.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	shared := filepath.Join(filepath.Dir(root), "shared")
	_, err = os.Stat(filepath.Join(shared, "corpus"))
	haveShared := err == nil
	secretscan.Scripts(t, testscript.Params{
		Dir: filepath.Join(root, "testdata", "script"),
		Condition: func(name string) (bool, error) {
			if name == "shared" {
				return haveShared, nil
			}
			return false, errors.New("unknown condition " + name)
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", root)
			env.Setenv("SHARED", shared)
			env.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			env.Setenv("AWS_CONFIG_FILE", filepath.Join(env.WorkDir, "no-aws-config"))
			env.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(env.WorkDir, "no-aws-credentials"))
			return nil
		},
	})
}
