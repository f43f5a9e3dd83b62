package engine_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
)

// doubled are rules in which each holds the one before twice, n of them.
func doubled(first, twice string, n int) string {
	text := "_x0 := " + first + "\n"
	for i := range n {
		text += fmt.Sprintf("_x%d := "+twice+"\n", i+1, i)
	}
	return text
}

// asks is a policy that asks an expression, beside other rules. It reads a fact,
// so that nothing of it is known before it runs.
func asks(expression, rules string) string {
	return "finding contains {\"subject\": \"x\", \"message\": \"m\"} if {\n\tinput.run.stack_name == \"\"\n\t" + expression + "\n}\n\n" + rules
}

// shared is a rule whose value takes nothing, and 2^40 terms once written out.
// The built-in hides its type, which would double with every rule as well.
var shared = doubled("[1]", "array.concat([_x%[2]d], [_x%[2]d])", 40)

// compared keeps the evaluation in a comparison that nothing interrupts: two
// values that are equal are put into one set.
var compared = asks("count({_x40, _y40}) == 7", shared+strings.ReplaceAll(shared, "_x", "_y"))

const (
	// long is a rule whose text has a megabyte.
	long = "_long := sprintf(\"%1000000d\", [1])\n"
	// texts is a rule whose array holds that text twenty times.
	texts = long + "_texts := [_long | some i in numbers.range(1, 20)]\n"
)

// hostile are policies that would take unbounded time or memory, and what is
// said of them.
var hostile = map[string]struct{ body, says string }{
	"a shift":                     {asks("bits.lsh(1, 9000000000) > 0", ""), "bits.lsh: a shift is by at most 4096 bits"},
	"a shift by a huge number":    {asks("bits.lsh(1, 90000000000000000000000) > 0", ""), "bits.lsh"},
	"a long range":                {asks("count(numbers.range(1, 100000000000)) > 0", ""), "numbers.range"},
	"a range of huge numbers":     {asks("count(numbers.range(100000000000000000000, 100000000000000099999)) > 0", ""), "numbers.range"},
	"a range by steps":            {asks("count(numbers.range_step(1, 10000000000, 2)) > 0", ""), "numbers.range_step"},
	"widths":                      {asks(`count(sprintf(concat("", ["%999999d" | some i in numbers.range(1, 100)]), [1])) > 0`, ""), "sprintf: it would make a text"},
	"a width as argument":         {asks(`count(sprintf("%*d%*d", [999999999, 1, 999999999, 1])) > 0`, ""), "sprintf: it would make a text"},
	"an argument named again":     {asks(`count(sprintf(concat("", ["%[1]s" | some i in numbers.range(1, 1000)]), [_long])) > 0`, long), "sprintf"},
	"a text many times":           {asks(`count(concat("", _texts)) > 0`, texts), "concat: it would make a text"},
	"a text doubled":              {asks("count(_x40) > 0", doubled(`"0123456789abcdef"`, `concat("", [_x%[2]d, _x%[2]d])`, 40)), "concat: it would make a text"},
	"a template doubled":          {asks("count(_x40) > 0", doubled(`"0123456789abcdef"`, `$"{_x%[2]d}{_x%[2]d}"`, 40)), "too large"},
	"an array doubled":            {asks("count(_x40) > 0", doubled("[1, 2, 3, 4]", "array.concat(_x%[2]d, _x%[2]d)", 40)), "array.concat: it would make"},
	"an array flattened":          {asks("count(array.flatten([_many | some i in numbers.range(1, 10000)])) > 0", "_many := numbers.range(1, 10000)\n"), "array.flatten: it would make"},
	"a text replaced":             {asks(`count(replace(_long, " ", _long)) > 0`, long), "replace: 999999 times 1000000 bytes"},
	"texts replaced":              {asks(`count(strings.replace_n({" ": _long}, _long)) > 0`, long), "strings.replace_n: 1000000 times 1000000 bytes"},
	"every place replaced":        {asks(`count(regex.replace(_long, "", _long)) > 0`, long), "regex.replace: 1000000 times 1000000 bytes"},
	"every character":             {asks(`count(regex.find_all_string_submatch_n("((((((((((.))))))))))", _long, -1)) > 0`, long), "it would make 11000000 values"},
	"characters as pieces":        {asks(`count(split(concat("", [_long, _long]), "")) > 0`, long), "split: it would make 2000001 values"},
	"characters cut off":          {asks(`trim(_long, _long) == "x"`, long), "trim: 1000000 times"},
	"a long expression":           {asks(`regex.match(_long, "a")`, long), "a regular expression of 1000000 bytes"},
	"a long expression to check":  {asks(`regex.is_valid(concat("", ["(a?){1000}" | some i in numbers.range(1, 1000)]))`, ""), "a regular expression of 10000 bytes"},
	"an expression on a long one": {asks(`regex.match(concat("", ["(a?)" | some i in numbers.range(1, 1000)]), _long)`, long), "regex.match: 4000 times 1000000 bytes"},
	"alternatives":                {asks(fmt.Sprintf(`glob.match("%sx", [], "%s")`, strings.Repeat("{*a,*b}", 20), strings.Repeat("a", 60)), ""), "glob.match: a glob has more than 4 groups"},
	"all addresses":               {asks(`count(net.cidr_expand("2001:db8::/32")) > 0`, ""), "net.cidr_expand: 2001:db8::/32 has more than 65536 addresses"},
	"networks of networks":        {asks(`count(net.cidr_contains_matches(_networks, _networks)) > 0`, "_networks := [\"10.0.0.0/8\" | some i in numbers.range(1, 10000)]\n"), "too large"},
	"shared parts written":        {asks("count(json.marshal(_x40)) > 0", shared), "json.marshal: its arguments are too large"},
	"shared parts walked":         {asks("walk(_x40, [_, 7])", shared), "walk: its arguments are too large"},
	"shared parts in a text":      {asks(`count(sprintf("%v", [_x40])) > 0`, shared), "sprintf: its arguments are too large"},
	"shared parts united":         {asks("count(object.union(_x40, _x40)) > 0", doubled(`{"a": 1}`, `object.union({"a": _x%[2]d}, {"b": _x%[2]d})`, 40)), "object.union: its arguments are too large"},
	"shared parts patched":        {asks(`count(json.patch(_x40, [{"op": "add", "path": "/0/0/0", "value": 2}])) > 0`, shared), "json.patch: its arguments are too large"},
	"shared parts filtered":       {asks(`count(json.filter({"a": _x40}, ["a/a"])) > 0`, shared), "json.filter: its arguments are too large"},
	"shared parts as an answer":   {"finding contains {\"subject\": \"x\", \"message\": \"m\", \"evidence\": {\"x\": _x40}} if input.run.stack_name == \"\"\n\n" + shared, "its answer is larger than"},
	"shared parts compared":       {compared, "it took longer than"},
	"an exponent":                 {asks("_x40 * 1 > 0", doubled(`to_number("1e300")`, "_x%[2]d * _x%[2]d", 40)), "mul: a number has more than 1300 digits"},
	"an exponent from a document": {asks(`json.unmarshal("1e999999999") * 2 > 1`, ""), "json.unmarshal"},
	"a product":                   {asks(`product([to_number("1e300") | some i in numbers.range(1, 1000)]) > 0`, ""), "product: its factors have more than"},
	"a long document":             {asks(`count(json.unmarshal(concat("", ["[", concat(",", [_long | some i in numbers.range(1, 5)]), "]"]))) > 0`, long), "json.unmarshal: a text of"},
	"a loop":                      {asks("some a in numbers.range(1, 100000)\n\tsome b in numbers.range(1, 100000)\n\ta * b == -1", ""), "it took longer than"},
	"a zone of the machine":       {asks(`time.clock([1, "Local"])[0] > 0`, ""), `the time zone "Local" is not UTC`},
}

// TestAHostilePolicyHarmsNobodyElse judges every hostile policy beside a bundled
// one: it is unknown and says why, the other keeps its result.
func TestAHostilePolicyHarmsNobodyElse(t *testing.T) {
	for name, c := range hostile {
		t.Run(name, func(t *testing.T) {
			if alone(t) {
				return
			}
			o := withCustom(corp(c.body))
			o.Deadline = time.Minute // another bound ends it, however busy the machine is
			if strings.HasPrefix(c.says, "it took longer") {
				o.Deadline = 2 * time.Second
			}
			e, err := engine.New(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			results := judged(t, e) // it comes back, though the policy does not
			if results[0].Status != checks.Unknown || !strings.Contains(results[0].Reason, c.says) {
				t.Errorf("the custom check: %s %q", results[0].Status, results[0].Reason)
			}
		})
	}
}

// judged are the results of a custom check and of the bundled one, which has a
// finding whatever the other does.
func judged(t *testing.T, e *engine.Engine) []checks.Result {
	t.Helper()
	results, err := e.Evaluate(context.Background(), &checks.Facts{Parameters: []checks.Parameter{{Name: "A", Origin: "none"}}})
	if err != nil || len(results) < 2 {
		t.Fatal(results, err)
	}
	if last := results[len(results)-1]; last.ID != "PF-PRM-001" || last.Status != checks.Failed {
		t.Errorf("the bundled check: %+v", last)
	}
	return results
}

func TestPoliciesHaveOneMemory(t *testing.T) {
	if alone(t) {
		return
	}
	const keeps = "count({sprintf(\"%1000d %1000d\", [a, b]) | some a in numbers.range(1, 1000); some b in numbers.range(1, 1000)}) > 0"
	o := withCustom(fstest.MapFS{
		"corp/big.rego":   policy("CORP-STK-001", "custom.corp.big", asks(keeps, "")),
		"corp/small.rego": policy("CORP-STK-002", "custom.corp.small", offline),
	})
	o.Deadline, o.Memory = time.Minute, 96<<20
	e, err := engine.New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	before := debug.SetMemoryLimit(-1)
	results := judged(t, e)
	if r := results[0]; r.Status != checks.Unknown || !strings.Contains(r.Reason, "corp/big.rego: it took more than 96 MiB of memory") {
		t.Errorf("%s %s", r.Status, r.Reason)
	}
	if r := results[1]; r.Status != checks.Passed {
		t.Errorf("a check after it: %s %s", r.Status, r.Reason)
	}
	if after := debug.SetMemoryLimit(-1); after != before {
		t.Errorf("the limit of the collector was %d and is %d", before, after)
	}
}

// TestPoliciesHaveOneDeadline has three policies that never end, one of them in a
// comparison that nothing can interrupt. The time is over when the first is seen
// there: what comes before it has ended, and nothing behind it is begun.
func TestPoliciesHaveOneDeadline(t *testing.T) {
	if alone(t) {
		return
	}
	o := withCustom(fstest.MapFS{
		"corp/a.rego": policy("CORP-STK-001", "custom.corp.a", compared),
		"corp/b.rego": policy("CORP-STK-002", "custom.corp.b", hostile["a loop"].body),
		"corp/c.rego": policy("CORP-STK-003", "custom.corp.c", offline),
	})
	o.Deadline = time.Hour
	e, err := engine.New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx := over{context.Background(), make(chan struct{})}
	go func() {
		untilDeepIn("opa/v1/topdown.", "opa/v1/ast.TermValueCompare(")
		close(ctx.done)
	}()
	results, err := e.Evaluate(ctx, &checks.Facts{Parameters: []checks.Parameter{{Name: "A", Origin: "none"}}})
	if err != nil {
		t.Fatal(err)
	}
	for i, says := range []string{"corp/a.rego: it took longer than ", "the policy was not evaluated: the time of the run (--timeout) was over", "--timeout"} {
		if r := results[i]; r.Status != checks.Unknown || !strings.Contains(r.Reason, says) {
			t.Errorf("%s: %s %s", r.ID, r.Status, r.Reason)
		}
	}
	if r := results[3]; r.Status != checks.Failed {
		t.Errorf("%s: %s %s", r.ID, r.Status, r.Reason)
	}
}

// TestAnInterruptDoesNotWaitForAPolicy interrupts when the policy is seen in a
// comparison that never ends: to come back at all is not to wait for it.
func TestAnInterruptDoesNotWaitForAPolicy(t *testing.T) {
	if alone(t) {
		return
	}
	o := withCustom(corp(compared))
	o.Deadline = time.Hour
	e, err := engine.New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		untilDeepIn("opa/v1/topdown.", "opa/v1/ast.TermValueCompare(")
		cancel()
	}()
	if _, err := e.Evaluate(ctx, &checks.Facts{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestAHostilePolicyIsCompiledInTimeOrNotAtAll has a type that doubles with every
// rule, which keeps the compiler busy for longer than anybody waits. The time of
// the context is over when the compiler is seen at it.
func TestAHostilePolicyIsCompiledInTimeOrNotAtAll(t *testing.T) {
	if alone(t) {
		return
	}
	x := doubled("[1]", "[_x%[2]d, _x%[2]d]", 40)
	ctx := over{context.Background(), make(chan struct{})}
	go func() {
		untilDeepIn("checks/engine.compile(", "opa/v1/ast.hasEmptyCollectionType(")
		close(ctx.done)
	}()
	_, err := engine.New(ctx, withCustom(corp(asks("_x40 == _y40", x+strings.ReplaceAll(x, "_x", "_y")))))
	if err == nil || err.Error() != "the policies could not be read and compiled in time" {
		t.Errorf("got %v", err)
	}
}

// untilDeepIn waits until a goroutine is below caller in more than ten calls of
// callee, one within the other.
func untilDeepIn(caller, callee string) {
	stacks := make([]byte, 1<<20)
	for {
		all := string(stacks[:runtime.Stack(stacks, true)])
		for goroutine := range strings.SplitSeq(all, "\n\n") {
			if strings.Contains(goroutine, caller) && strings.Count(goroutine, callee) > 10 {
				return
			}
		}
		time.Sleep(time.Millisecond)
	}
}

// over is a context whose time is over when done is closed.
type over struct {
	context.Context
	done chan struct{}
}

func (o over) Done() <-chan struct{} { return o.done }

func (o over) Err() error {
	select {
	case <-o.done:
		return context.DeadlineExceeded
	default:
		return nil
	}
}
