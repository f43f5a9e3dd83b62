package pattern

import (
	"regexp"
	"strings"
)

// translate writes a pattern of Java in what both engines understand alike.
// lacking names the construct that neither has. nested tells whether [ in a
// class begins another one.
func translate(pattern string, nested bool) (translated, lacking string) {
	t := translator{in: []rune(pattern), nested: nested, dotAll: dotAll.MatchString(pattern)}
	for t.at < len(t.in) && t.lacking == "" {
		t.step()
	}
	return t.out.String(), t.lacking
}

// dotAll is the flag by which a dot is any character.
var dotAll = regexp.MustCompile(`\(\?[im]*s`)

type translator struct {
	in      []rune
	at      int
	out     strings.Builder
	class   bool // inside [ ]
	nested  bool // [ in a class begins another, as in Java
	dotAll  bool
	lacking string
	// repeats tells that a quantifier has just been read, so that + makes it
	// possessive.
	repeats bool
}

func (t *translator) step() {
	c := t.in[t.at]
	t.at++
	switch {
	case c == '\\':
		t.escape()
	case t.class:
		t.member(c)
	case c == '[':
		t.openClass()
	case c == '.' && !t.dotAll:
		t.out.WriteString("[^\n\r\u0085\u2028\u2029]")
	case c == '+' && t.repeats:
		t.lacking = "a possessive repetition"
	case c == '*' || c == '+' || c == '?' && !t.repeats && !t.opensGroup():
		t.out.WriteRune(c)
		t.repeats = true
		return
	case c == '{':
		t.count()
		return
	case c == '(' && t.follows("?") && !t.group():
		return
	default:
		t.out.WriteRune(c)
	}
	t.repeats = false
}

// opensGroup tells the ? of (? from a quantifier.
func (t *translator) opensGroup() bool { return t.at > 1 && t.in[t.at-2] == '(' }

func (t *translator) follows(text string) bool {
	return strings.HasPrefix(string(t.in[t.at:min(len(t.in), t.at+len(text))]), text)
}

// count copies {n,m}.
func (t *translator) count() {
	end := t.at
	for end < len(t.in) && strings.ContainsRune("0123456789,", t.in[end]) {
		end++
	}
	if end == len(t.in) || end == t.at || t.in[end] != '}' {
		t.lacking = "a brace that is no repetition"
		return
	}
	t.out.WriteString(string(t.in[t.at-1 : end+1]))
	t.at, t.repeats = end+1, true
}

// group looks at what follows (?; flags that only Java has are lacking.
func (t *translator) group() bool {
	for _, c := range t.in[t.at+1:] {
		if strings.ContainsRune("duxU", c) {
			t.lacking = "the flag " + string(c)
			return false
		}
		if !strings.ContainsRune("ims-", c) {
			break
		}
	}
	return true
}

// openClass reads the beginning of a class, in which ] is a member when first.
func (t *translator) openClass() {
	t.class = true
	t.out.WriteByte('[')
	if t.follows("^") {
		t.out.WriteByte('^')
		t.at++
	}
	if t.follows("]") {
		t.out.WriteString(`\]`)
		t.at++
	}
}

// member reads one character inside of [ ].
func (t *translator) member(c rune) {
	switch {
	case c == ']':
		t.class = false
	case c == '[' && t.nested:
		t.lacking = "a character class in another"
	case c == '[':
		t.out.WriteByte('\\')
	case c == '&' && t.follows("&"):
		t.lacking = "an intersection of character classes"
	}
	t.out.WriteRune(c)
}
