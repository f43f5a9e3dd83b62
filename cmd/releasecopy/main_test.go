package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli"
	"github.com/panther-preflight/panther-preflight/cmd/internal/interrupt"
	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"releasecopy": main, "panther-preflight": preflight})
}

func preflight() {
	ctx, stop := interrupt.Context()
	code := cli.Run(ctx, os.Args[1:], session.System())
	stop()
	os.Exit(code)
}

// TestScripts runs the command lines of testdata/release against two S3
// servers: the vendor's in us-east-1, filled with the script's folder vendor,
// and one in cn-north-1 over https, with an empty bucket for each script.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	cn := s3test.Start(t, s3test.Options{Region: "cn-north-1", TLS: true})
	secretscan.Scripts(t, testscript.Params{
		Dir: filepath.Join(root, "testdata", "release"),
		Setup: func(env *testscript.Env) error {
			files, err := filesBelow(filepath.Join(env.WorkDir, "vendor"))
			if err != nil {
				return err
			}
			// One for each script: the bucket's name is the vendor's, and two
			// scripts have a release of one version that differs.
			us := s3test.Start(t, s3test.Options{})
			us.Bucket(t, vendorBucket)
			us.Put(t, vendorBucket, files)
			name := "china-" + filepath.Base(env.WorkDir)
			env.Setenv("BUCKET", bucketName(name))
			env.Setenv("BUCKET_DIR", cn.Bucket(t, bucketName(name)))
			env.Setenv("US", us.URL)
			env.Setenv("CN", cn.URL)
			for _, name := range []string{"AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"} {
				env.Setenv(name, filepath.Join(env.WorkDir, "aws", name))
			}
			env.Setenv("AWS_CA_BUNDLE", cn.CAFile)
			env.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			env.Setenv("AWS_ACCESS_KEY_ID", s3test.AccessKey)
			env.Setenv("AWS_SECRET_ACCESS_KEY", s3test.SecretKey)
			env.Setenv("AWS_SESSION_TOKEN", "") // the server knows none
			return nil
		},
	})
}

const vendorBucket = "panther-community-us-east-1"

// bucketName is a name that S3 allows.
func bucketName(text string) string {
	name := []byte(text)
	for i, c := range name {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			name[i] = '-'
		}
	}
	return string(name[:min(len(name), 60)])
}

func filesBelow(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		key, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(key)], err = os.ReadFile(path)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return files, nil
	}
	return files, err
}
