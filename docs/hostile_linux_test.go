package docs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// twice is what a rule says of the one before.
func twice(rule string, n int) string {
	text := "_x0 := [1]\n"
	for i := range n {
		text += fmt.Sprintf("_x%d := ", i+1) + strings.ReplaceAll(rule, "#", fmt.Sprintf("_x%d", i)) + "\n"
	}
	return text
}

// TestHostilePoliciesEndWithTheRun has the program read, compile and evaluate
// policies that would take all time, memory or stack of the process. Whatever
// they do, it ends by itself, with one line about the policy.
func TestHostilePoliciesEndWithTheRun(t *testing.T) {
	asks := func(expression, rules string) string {
		return policyHead + "finding contains {\"subject\": \"x\", \"message\": \"m\"} if {\n\tinput.run.offline\n\t" + expression + "\n}\n\n" + rules
	}
	for name, text := range map[string]string{
		"a comparison of shared parts":  asks("_x60 == _y60", twice("array.concat([#], [#])", 60)+strings.ReplaceAll(twice("array.concat([#], [#])", 60), "_x", "_y")),
		"types that double":             asks("_x60 == 1", twice("[#, #]", 60)),
		"an error about such types":     asks("count(_x60) > 0", twice("[#, #]", 60)+"_wrong := bits.lsh(_x60, 1)\n"),
		"arrays in arrays":              asks("count("+strings.Repeat("[", 400000)+strings.Repeat("]", 400000)+") > 0", ""),
		"parentheses":                   asks(strings.Repeat("(", 400000)+"1"+strings.Repeat(")", 400000)+" > 0", ""),
		"a chain of expressions":        asks(strings.Repeat("input.run.offline\n\t", 40000), ""),
		"a sum without an end":          asks("1"+strings.Repeat(" + 1", 200000)+" > 0", ""),
		"comprehensions in one another": asks("count("+strings.Repeat("[x | x := ", 60000)+"1"+strings.Repeat("]", 60000)+") > 0", ""),
		"a long chain of rules":         asks("count(_x25000) > 0", twice("array.slice(#, 0, 1)", 25000)),
		"else without an end":           asks("_x == 1", "_x := 1 if input.run.offline"+strings.Repeat(" else := 2 if input.run.offline", 25000)),
		"a text without an end":         asks(`count("`+strings.Repeat("a", 900000), ""),
		"a template in a template":      asks(strings.Repeat(`$"{`, 200000), ""),
	} {
		t.Run(name, func(t *testing.T) {
			programs(t)
			folder, args := ownPolicies(t, text)
			out, err := os.Create(filepath.Join(t.TempDir(), "out"))
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			began := time.Now()
			code, inTime := ended(started(t, folder, "panther-preflight", append(args, "--timeout", "4s"), out), 30*time.Second)
			text, _ := os.ReadFile(out.Name())
			said := string(text)
			secretscan.Ran(t, args, said)
			t.Logf("exit %d after %s: %.300s", code, time.Since(began), said)
			if !inTime || strings.Contains(said, "goroutine ") || len(said) > 4000 {
				t.Fatalf("exit %d, in time: %v: %.2000s", code, inTime, said)
			}
			switch code {
			case 2:
				if strings.Count(said, "\n") != 1 {
					t.Errorf("%d lines", strings.Count(said, "\n"))
				}
			case 1: // the finding of another check
				if !strings.Contains(said, "UNKN CORP-DAT-001") || !strings.Contains(said, "FAIL PF-STK-001") {
					t.Errorf("it hides a check: %s", said)
				}
			default:
				t.Errorf("exit %d", code)
			}
		})
	}
}
