package packaging_test

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// descriptor points at a blob of a layout, as the OCI image format has it.
type descriptor struct {
	Digest      string            `json:"digest"`
	Annotations map[string]string `json:"annotations"`
}

type imageConfig struct {
	Architecture string `json:"architecture"`
	Config       struct {
		User, WorkingDir string
		Entrypoint, Env  []string
		Labels           map[string]string
	} `json:"config"`
}

func (r *release) blob(t *testing.T, digest string) *os.File {
	t.Helper()
	file, err := os.Open(filepath.Join(r.images, "blobs", strings.ReplaceAll(digest, ":", "/")))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

func (r *release) document(t *testing.T, digest string, into any) {
	t.Helper()
	if err := json.NewDecoder(r.blob(t, digest)).Decode(into); err != nil {
		t.Fatal(err)
	}
}

// image unpacks the image of an architecture into a root.
func (r *release) image(t *testing.T, arch string) (config imageConfig, root string, files []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(r.images, "index.json"))
	if err != nil {
		t.Fatalf("%v\n%s", err, r.log)
	}
	var index struct{ Manifests []descriptor }
	if err := json.Unmarshal(text, &index); err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(index.Manifests, func(d descriptor) bool { return d.Annotations["org.opencontainers.image.ref.name"] == arch })
	if at < 0 {
		t.Fatalf("no image for %s: %s", arch, text)
	}
	var manifest struct {
		Config descriptor
		Layers []descriptor
	}
	r.document(t, index.Manifests[at].Digest, &manifest)
	r.document(t, manifest.Config.Digest, &config)
	root = emptyRoot(t)
	for _, layer := range manifest.Layers {
		files = append(files, unpack(t, r.blob(t, layer.Digest), root)...)
	}
	return config, root, files
}

// TestTheImageHoldsTheProgramsAndNothingElse looks at both architectures.
func TestTheImageHoldsTheProgramsAndNothingElse(t *testing.T) {
	r := snapshot(t)
	for _, arch := range []string{"amd64", "arm64"} {
		config, _, files := r.image(t, arch)
		if want := []string{"etc/ssl/certs/ca-certificates.crt", "usr/bin/panther-preflight", "usr/bin/releasecopy"}; !slices.Equal(files, want) {
			t.Errorf("%s has %q", arch, files)
		}
		c := config.Config
		if config.Architecture != arch || c.User != "65532:65532" || c.WorkingDir != "/work" || !slices.Equal(c.Entrypoint, []string{"/usr/bin/panther-preflight"}) {
			t.Errorf("%+v", config)
		}
		for _, label := range []string{"source", "version", "revision", "licenses"} {
			if c.Labels["org.opencontainers.image."+label] == "" {
				t.Errorf("%s: the label %s is missing", arch, label)
			}
		}
	}
}

// TestTheImageRuns runs the programs in the root of the image, as its user, on a
// release that is mounted where the image expects one.
func TestTheImageRuns(t *testing.T) {
	r := snapshot(t)
	administrator(t)
	config, root, _ := r.image(t, runtime.GOARCH)
	example := os.DirFS("../cmd/internal/example/release")
	if err := os.CopyFS(filepath.Join(root, config.Config.WorkingDir), example); err != nil {
		t.Fatal(err)
	}
	inside := func(cmd *exec.Cmd) {
		inRoot(root)(cmd)
		cmd.Dir, cmd.Env = config.Config.WorkingDir, config.Config.Env
	}
	runs(t, r, config.Config.Entrypoint[0], "/usr/bin/releasecopy", inside)
	cmd := exec.Command(config.Config.Entrypoint[0], "check", "--template", "root.yml", "--stack-name", "siem-prod", "--only", "PF-STK-001", "--offline", "--region", "us-east-1")
	inside(cmd)
	if code, out := run(t, cmd); code != 1 || !strings.Contains(out, "PF-STK-001") {
		t.Errorf("exit %d: %s", code, out)
	}
}

// TestTheImageKnowsTheAuthoritiesOfAWS demands the roots that AWS names as those
// of its services.
func TestTheImageKnowsTheAuthoritiesOfAWS(t *testing.T) {
	_, root, _ := snapshot(t).image(t, runtime.GOARCH)
	rest, err := os.ReadFile(filepath.Join(root, "etc/ssl/certs/ca-certificates.crt"))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		names[certificate.Subject.CommonName] = true
	}
	for _, name := range []string{"Amazon Root CA 1", "Amazon Root CA 2", "Amazon Root CA 3", "Amazon Root CA 4", "Starfield Services Root Certificate Authority - G2"} {
		if !names[name] {
			t.Errorf("%s is missing among %d", name, len(names))
		}
	}
}
