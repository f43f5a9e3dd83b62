package report_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"
)

// browser drives one tab of a headless Chromium through its debugging pipe.
type browser struct {
	t       *testing.T
	to      *os.File
	session string

	mu      sync.Mutex
	next    int
	waiting map[int]chan reply
	events  []event
}

type reply struct {
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

type event struct {
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// patience is how long one step of the browser may take on a busy machine.
const patience = 60 * time.Second

func openBrowser(t *testing.T) *browser {
	t.Helper()
	program := chromium(t)
	profile, err := os.MkdirTemp("", "preflight-browser-")
	if err != nil {
		t.Fatal(err)
	}
	theirs1, ours1, err1 := os.Pipe()
	ours2, theirs2, err2 := os.Pipe()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	cmd := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--remote-debugging-pipe", "--user-data-dir="+profile, "about:blank")
	cmd.ExtraFiles = []*os.File{theirs1, theirs2}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirs1.Close()
	theirs2.Close()
	b := &browser{t: t, to: ours1, waiting: map[int]chan reply{}}
	go b.read(ours2)
	t.Cleanup(func() {
		ours1.Close()
		cmd.Process.Kill()
		cmd.Wait()
		os.RemoveAll(profile)
	})
	var target struct {
		ID string `json:"targetId"`
	}
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct {
		ID string `json:"sessionId"`
	}
	b.call("Target.attachToTarget", map[string]any{"targetId": target.ID, "flatten": true}, &attached)
	b.session = attached.ID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil, nil)
	}
	return b
}

// chromium finds the browser. Without one the test is skipped, unless the
// whole suite is demanded.
func chromium(t *testing.T) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("SKIP(chromium): the debugging pipe needs inherited files, which Windows does not have")
	}
	for _, name := range []string{os.Getenv("PREFLIGHT_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	if os.Getenv("PREFLIGHT_REQUIRE_E2E") == "1" {
		t.Fatal("there is no chromium, and PREFLIGHT_REQUIRE_E2E=1 demands it")
	}
	t.Skip("SKIP(chromium): no chromium found; set PREFLIGHT_CHROMIUM to one")
	return ""
}

func (b *browser) read(from *os.File) {
	scanner := bufio.NewScanner(from)
	scanner.Buffer(nil, 64<<20)
	scanner.Split(func(data []byte, atEOF bool) (int, []byte, error) {
		if i := bytes.IndexByte(data, 0); i >= 0 {
			return i + 1, data[:i], nil
		}
		return 0, nil, nil
	})
	for scanner.Scan() {
		var message struct {
			ID int `json:"id"`
			reply
			event
		}
		if json.Unmarshal(scanner.Bytes(), &message) != nil {
			continue
		}
		b.mu.Lock()
		if waiting := b.waiting[message.ID]; waiting != nil {
			waiting <- message.reply
		} else {
			b.events = append(b.events, message.event)
		}
		b.mu.Unlock()
	}
}

// call sends one command and decodes its answer into result, when not nil.
func (b *browser) call(method string, params any, result any) {
	b.t.Helper()
	answer := make(chan reply, 1)
	b.mu.Lock()
	b.next++
	id := b.next
	b.waiting[id] = answer
	b.mu.Unlock()
	if params == nil {
		params = map[string]any{}
	}
	message := map[string]any{"id": id, "method": method, "params": params}
	if b.session != "" {
		message["sessionId"] = b.session
	}
	text, err := json.Marshal(message)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.to.Write(append(text, 0)); err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
	select {
	case r := <-answer:
		if r.Error != nil {
			b.t.Fatalf("%s: %s", method, r.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(r.Result, result); err != nil {
				b.t.Fatalf("%s: %v", method, err)
			}
		}
	case <-time.After(patience):
		b.t.Fatalf("%s: no answer", method)
	}
}

// eval evaluates an expression in the page and decodes its value.
func (b *browser) eval(expression string, value any) {
	b.t.Helper()
	var r struct {
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
		Exception *struct {
			Text      string          `json:"text"`
			Exception json.RawMessage `json:"exception"`
		} `json:"exceptionDetails"`
	}
	b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &r)
	if r.Exception != nil {
		b.t.Fatalf("%s: %s %s", expression, r.Exception.Text, r.Exception.Exception)
	}
	if value != nil {
		if err := json.Unmarshal(r.Result.Value, value); err != nil {
			b.t.Fatalf("%s: %v in %s", expression, err, r.Result.Value)
		}
	}
}

// show opens a page from a file, at a width, and waits until it is loaded.
func (b *browser) show(page []byte, width int) {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), "report.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	b.call("Page.navigate", map[string]any{"url": "file://" + filepath.ToSlash(file)}, nil)
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		ready := ""
		b.eval("location.protocol + document.readyState", &ready)
		if ready == "file:complete" {
			return
		}
		if time.Now().After(deadline) {
			b.t.Fatal("the page does not load")
		}
	}
}

// press presses and releases a key.
func (b *browser) press(key string) {
	b.t.Helper()
	text := key
	code := map[string]int{"Enter": 13, "Escape": 27, "Tab": 9, " ": 32}[key]
	if key == "Enter" {
		text = "\r"
	} else if len(key) > 1 {
		text = ""
	}
	down := map[string]any{"type": "keyDown", "key": key, "text": text, "windowsVirtualKeyCode": code}
	b.call("Input.dispatchKeyEvent", down, nil)
	b.call("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key, "windowsVirtualKeyCode": code}, nil)
}

// shoot saves a screenshot where PREFLIGHT_SCREENSHOTS names a folder, for a
// person to look at.
func (b *browser) shoot(name string) {
	b.t.Helper()
	folder := os.Getenv("PREFLIGHT_SCREENSHOTS")
	if folder == "" {
		return
	}
	var shot struct {
		Data []byte `json:"data"`
	}
	b.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true}, &shot)
	if err := os.WriteFile(filepath.Join(folder, name+".png"), shot.Data, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// complaints are what the console, the page's policy or an exception said, and
// every request that left for more than the page itself.
func (b *browser) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []string
	requests := 0
	for _, e := range b.events {
		switch e.Method {
		case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening":
			all = append(all, fmt.Sprintf("%s %s", e.Method, e.Params))
		case "Network.requestWillBeSent":
			if requests++; requests > 1 {
				all = append(all, fmt.Sprintf("a request: %s", e.Params))
			}
		}
	}
	return all
}
