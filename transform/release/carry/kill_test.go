package carry

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// The test binary runs itself as the process that is killed.
const childURL, childDir, childTask = "CARRY_TEST_URL", "CARRY_TEST_DIR", "CARRY_TEST_TASK"

func TestMain(m *testing.M) {
	if task := os.Getenv(childTask); task != "" {
		if err := child(task, os.Getenv(childURL), os.Getenv(childDir)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func child(task, url, dir string) error {
	var t testing.T
	server := &s3test.Server{Region: "us-east-1"}
	f, err := s3copy.CreateFolder(dir)
	if err != nil {
		return err
	}
	j := job(&t, InBucket(s3copy.OpenBucket(server.Config(&t, url), vendor), vendor, "us-east-1", quick, AsTheLinkGives()), InFolder(f))
	if task == "upload" {
		j.From, j.To = j.To, j.From
	}
	r, err := j.Run(context.Background())
	if err == nil && r.ExitCode != 0 {
		err = fmt.Errorf("exit %d: %s", r.ExitCode, reasons(r))
	}
	return err
}

// kills is how often each direction is killed.
const kills = 30

// moves counts, by key, the requests that moved an object.
type moves struct {
	mu   sync.Mutex
	keys map[string]int
}

func (m *moves) count(_ http.ResponseWriter, r *http.Request) bool {
	time.Sleep(2 * time.Millisecond) // a link long enough to be killed on
	if _, key, _ := strings.Cut(strings.Trim(r.URL.Path, "/"), "/"); key != "" && (r.Method == http.MethodGet || r.Method == http.MethodPut) {
		m.mu.Lock()
		m.keys[key]++
		m.mu.Unlock()
	}
	return false
}

func (m *moves) reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keys = map[string]int{}
}

// TestKilledAtRandomMoments kills a download and an upload many times, at
// moments spread over a whole run. After each kill nothing half is under a name
// and no entry template is there without all it reaches; what was there is not
// moved again.
func TestKilledAtRandomMoments(t *testing.T) {
	files := fixture()
	for _, task := range []string{"download", "upload"} {
		us := s3test.Start(t, s3test.Options{})
		m := &moves{}
		m.reset()
		url := s3test.Proxy(t, us, m.count, nil)
		var dest string
		dir := t.TempDir()
		if task == "download" {
			us.Fill(t, vendor, files)
		} else {
			dest = us.Bucket(t, vendor)
			layOut(t, dir, files)
		}
		random := rand.New(rand.NewPCG(1, 2))
		whole, again := 60*time.Millisecond, false
		for kill := range kills {
			if again && task == "download" {
				dir = t.TempDir()
			}
			if again && task == "upload" {
				clearBucket(t, dest)
			}
			target := dir
			if task == "upload" {
				target = dest
			}
			before := present(target, files)
			m.reset()
			if finished := runAndKill(t, task, url, dir, time.Duration(random.Int64N(int64(whole)))); finished {
				whole = whole * 3 / 4
			} else {
				whole = whole * 5 / 4
			}
			settle(t, target)
			missing := wantNoneAltered(t, target, files)
			again = missing == 0 // what is finished cannot be killed half-way
			t.Logf("%s: kill %d left %d of %d missing", task, kill, missing, len(files))
			if exists(target, entry) && missing > 1 { // the proxy's entry may be the last one
				t.Fatalf("%s: the entry template is there and %d objects are not: %v, moved %v", task, missing, absent(target, files), m.keys)
			}
			for key := range before {
				if n := m.keys[key]; n > 0 && !strings.HasSuffix(key, ".yml") && !isTemplate(files[key]) {
					t.Errorf("%s: %s was there and was moved again", task, key)
				}
			}
		}
		finish(t, task, url, dir, dest, files)
	}
}

// settle waits until the server has ended what the killed process had asked of
// it: a request whose bytes had all arrived goes on without the one who sent it,
// and would write into a bucket that was emptied meanwhile.
func settle(t *testing.T, dir string) {
	t.Helper()
	last, same := "", 0
	for range 100 {
		now := ""
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err == nil {
				if info, gone := d.Info(); gone == nil {
					now += fmt.Sprintln(name, info.Size(), info.ModTime())
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if same++; now != last {
			last, same = now, 0
		}
		if same == 4 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func absent(dir string, files map[string][]byte) (keys []string) {
	for key := range files {
		if !exists(dir, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func finish(t *testing.T, task, url, dir, dest string, files map[string][]byte) {
	t.Helper()
	cmd := childCommand(t, task, url, dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", task, err, out)
	}
	if task == "upload" {
		dir = dest
	} else if found, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(found) != 0 {
		t.Errorf("left behind: %v", found)
	}
	wantWhole(t, dir, files)
}

func isTemplate(body []byte) bool { return strings.HasPrefix(string(body), "Resources:") }

func childCommand(t *testing.T, task, url, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childTask+"="+task, childURL+"="+url, childDir+"="+dir)
	return cmd
}

// runAndKill tells whether the process had ended by itself.
func runAndKill(t *testing.T, task, url, dir string, after time.Duration) bool {
	t.Helper()
	cmd := childCommand(t, task, url, dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(10*time.Millisecond + after)
	cmd.Process.Kill() //nolint:errcheck // it may have ended
	return cmd.Wait() == nil
}

func present(dir string, files map[string][]byte) map[string]bool {
	there := map[string]bool{}
	for key := range files {
		if exists(dir, key) {
			there[key] = true
		}
	}
	return there
}

func clearBucket(t *testing.T, dir string) {
	t.Helper()
	found, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range found {
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
}
