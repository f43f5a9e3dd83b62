package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
)

// between stands between the program and the emulator, and looks at every call.
type between struct {
	mu    sync.Mutex
	calls int
	// before is asked before a call is passed on; false ends it there. after is
	// told when the emulator has answered and the program has not heard it.
	before func(n int, call string, w http.ResponseWriter) bool
	after  func(n int, call string, w http.ResponseWriter) bool
}

// standBetween has the commands of a world make their calls through it.
func standBetween(t *testing.T, w *world) *between {
	t.Helper()
	b := &between{}
	target, err := url.Parse(w.endpoint)
	w.must(err)
	forward := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		b.calls++
		n, before, after := b.calls, b.before, b.after
		b.mu.Unlock()
		call := r.Method + " " + r.URL.Path
		if target := r.Header.Get("X-Amz-Target"); target != "" {
			call = target[strings.LastIndex(target, ".")+1:]
		} else if strings.Contains(r.Header.Get("Content-Type"), "form-urlencoded") {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			form, _ := url.ParseQuery(string(body))
			scope := strings.Split(r.Header.Get("Authorization"), "/") // of the signature: its third part is the region
			call = form.Get("Action") + " " + scope[min(2, len(scope)-1)]
		}
		if before != nil && !before(n, call, out) {
			return
		}
		answer := httptest.NewRecorder()
		forward.ServeHTTP(answer, r)
		if after != nil && !after(n, call, out) {
			return
		}
		for name, values := range answer.Header() {
			out.Header()[name] = values
		}
		out.WriteHeader(answer.Code)
		io.Copy(out, answer.Body)
	}))
	t.Cleanup(server.Close)
	for i, variable := range w.env {
		if strings.HasPrefix(variable, "AWS_ENDPOINT_URL=") {
			w.env[i] = "AWS_ENDPOINT_URL=" + server.URL
		}
	}
	return b
}

// set says what happens to the calls from now on, counted from one.
func (b *between) set(before, after func(n int, call string, w http.ResponseWriter) bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls, b.before, b.after = 0, before, after
}

// cut ends a connection without an answer.
func cut(w http.ResponseWriter) {
	if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
		conn.Close()
	}
}

// onPlan are the enabled keys that open the bridge.
func (w *world) onPlan() map[string]bool {
	w.t.Helper()
	all := w.keysByID()
	list, err := w.gateway.GetUsagePlanKeys(w.t.Context(), &apigateway.GetUsagePlanKeysInput{UsagePlanId: &w.plan})
	w.must(err)
	open := map[string]bool{}
	for _, k := range list.Items {
		if key := all[aws.ToString(k.Id)]; key != nil && key.Enabled {
			open[*key.Value] = true
		}
	}
	return open
}

// opens demands that the key of the secret opens the bridge.
func (w *world) opens(when string) {
	w.t.Helper()
	if !w.onPlan()[w.stored()["API_KEY"]] {
		w.t.Errorf("%s: the key of the secret does not open the bridge", when)
	}
}

// TestARotationKilledAtEveryCall kills the program before and after each of its
// calls, and runs it again.
func TestARotationKilledAtEveryCall(t *testing.T) {
	w := newWorld(t)
	w.seedGateway()
	w.run(0, "china", "link", "--yes")
	b := standBetween(t, w)
	b.set(nil, nil)
	w.run(0, "china", "rotate-key", "--yes")
	b.mu.Lock()
	whole := b.calls
	b.mu.Unlock()
	for n := 1; n <= whole; n++ {
		for _, done := range []bool{false, true} {
			var cmd *exec.Cmd
			var said *strings.Builder
			started, which := make(chan struct{}), ""
			kill := func(at int, call string, out http.ResponseWriter) bool {
				if at != n {
					return true
				}
				<-started
				which = call
				w.must(cmd.Process.Kill())
				cut(out)
				return false
			}
			if done {
				b.set(nil, kill)
			} else {
				b.set(kill, nil)
			}
			cmd, said = w.start("china", "rotate-key", "--yes", "--china-profile", "cn", "--proxy-profile", "std")
			close(started)
			w.end(cmd, said)
			b.set(nil, nil)
			when := "killed at " + which
			w.opens(when)
			w.run(0, "china", "rotate-key", "--yes")
			w.opens(when + ", after the next run")
			if open := w.onPlan(); len(open) != 1 {
				t.Errorf("%s: the next run leaves %d keys that open the bridge", when, len(open))
			}
		}
	}
}

// TestTwoRotationsAtOnce has both arrive at the secret before either writes it.
func TestTwoRotationsAtOnce(t *testing.T) {
	w := newWorld(t)
	w.seedGateway()
	w.run(0, "china", "link", "--yes")
	b := standBetween(t, w)
	var both sync.WaitGroup
	both.Add(2)
	var puts atomic.Int32
	b.set(func(_ int, call string, _ http.ResponseWriter) bool {
		if call == "PutSecretValue" && puts.Add(1) <= 2 {
			both.Done()
			both.Wait()
		}
		return true
	}, nil)
	one, oneSaid := w.start("china", "rotate-key", "--yes", "--china-profile", "cn", "--proxy-profile", "std")
	two, twoSaid := w.start("china", "rotate-key", "--yes", "--china-profile", "cn", "--proxy-profile", "std")
	codes := []int{w.end(one, oneSaid), w.end(two, twoSaid)}
	if codes[0]+codes[1] != 1 || codes[0]*codes[1] != 0 {
		t.Errorf("exit codes %v\n%s\n%s", codes, oneSaid, twoSaid)
	}
	w.says(oneSaid.String()+twoSaid.String(), "another run, or somebody, has written it since it was read", "is left, disabled")
	w.opens("two rotations at once")
	if open := w.onPlan(); len(open) != 1 {
		t.Errorf("%d keys open the bridge", len(open))
	}
}

// TestAWriteThatIsUnderWay is interrupted, refused, and loses its answer.
func TestAWriteThatIsUnderWay(t *testing.T) {
	w := newWorld(t)
	first := w.seedGateway()
	w.run(0, "china", "link", "--yes")
	b := standBetween(t, w)
	var cmd *exec.Cmd
	var said *strings.Builder

	// An interrupt during the write: it is done, and then taken back.
	started, once := make(chan struct{}), sync.Once{}
	b.set(func(_ int, call string, _ http.ResponseWriter) bool {
		if call == "PutSecretValue" {
			once.Do(func() {
				<-started
				w.must(cmd.Process.Signal(os.Interrupt))
				time.Sleep(200 * time.Millisecond) // the signal is handled
			})
		}
		return true
	}, nil)
	cmd, said = w.start("china", "rotate-key", "--yes", "--china-profile", "cn", "--proxy-profile", "std")
	close(started)
	if code := w.end(cmd, said); code != 130 {
		t.Errorf("exit code %d\n%s", code, said)
	}
	w.says(said.String(), "has the new key", "the old key still works: the secret has its old value again, and "+first+" is enabled", "is left, disabled", "interrupted")
	w.opens("an interrupt")

	// A refusal: the new key is disabled.
	b.set(func(_ int, call string, out http.ResponseWriter) bool {
		if call != "PutSecretValue" {
			return true
		}
		out.Header().Set("Content-Type", "application/x-amz-json-1.1")
		out.WriteHeader(http.StatusBadRequest)
		io.WriteString(out, `{"__type":"AccessDeniedException","Message":"User: arn:aws:iam::111122223333:user/o is not authorized to perform: secretsmanager:PutSecretValue"}`)
		return false
	}, nil)
	w.says(w.run(1, "china", "rotate-key", "--yes"), "stopped: update the secret: AccessDeniedException: User: arn:aws:iam::111122223333:user/o is not authorized", "the secret is as it was", "is left, disabled")
	w.opens("a refusal")
	if open := w.onPlan(); len(open) != 1 {
		t.Errorf("%d keys open the bridge", len(open))
	}

	// The answer is lost: what arrived is read back.
	lost := sync.Once{}
	b.set(nil, func(_ int, call string, out http.ResponseWriter) bool {
		passed := true
		if call == "PutSecretValue" {
			lost.Do(func() { cut(out); passed = false })
		}
		return passed
	})
	w.says(w.run(0, "china", "rotate-key", "--yes"), "the old key "+first+" is disabled")
	w.opens("a lost answer")

	// No write arrives at all, and nobody knows.
	b.set(func(_ int, call string, out http.ResponseWriter) bool {
		if call == "PutSecretValue" {
			cut(out)
			return false
		}
		return true
	}, nil)
	w.says(w.run(1, "china", "rotate-key", "--yes", "--timeout", "10s"), "the old key still works", "to do by hand: disable")
	w.opens("no write arrives")
	b.set(nil, nil)
	w.says(w.run(0, "china", "rotate-key", "--yes"), "which a rotation of this secret that did not end has left enabled, is disabled as well")
	if open := w.onPlan(); len(open) != 1 {
		t.Errorf("%d keys open the bridge", len(open))
	}

	// link is interrupted, and its write refused: that is said beside the interrupt.
	w.keep(`{}`)
	started, once = make(chan struct{}), sync.Once{}
	b.set(func(_ int, call string, out http.ResponseWriter) bool {
		if call != "PutSecretValue" {
			return true
		}
		once.Do(func() {
			<-started
			w.must(cmd.Process.Signal(os.Interrupt))
			time.Sleep(200 * time.Millisecond)
		})
		out.WriteHeader(http.StatusBadRequest)
		io.WriteString(out, `{"__type":"AccessDeniedException","Message":"no"}`)
		return false
	}, nil)
	cmd, said = w.start("china", "link", "--yes", "--china-profile", "cn", "--proxy-profile", "std")
	close(started)
	if code := w.end(cmd, said); code != 130 {
		t.Errorf("exit code %d\n%s", code, said)
	}
	w.says(said.String(), "write the secret panther/china: AccessDeniedException: no; nothing was written", "interrupted")
}
