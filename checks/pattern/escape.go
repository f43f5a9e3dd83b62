package pattern

import "strings"

// classes are Java's predefined classes, which hold ASCII only, as the members
// of a class.
var classes = map[string]string{
	"d": `0-9`, "w": `a-zA-Z_0-9`, "s": ` \t\n\x0B\f\r`, "h": " \t\u00a0",
	"p{Lower}": `a-z`, "p{Upper}": `A-Z`, "p{ASCII}": `\x00-\x7F`, "p{Alpha}": `a-zA-Z`, "p{Digit}": `0-9`,
	"p{Alnum}": `a-zA-Z0-9`, "p{Punct}": "!-/:-@\\[-`{-~", "p{Graph}": `!-~`, "p{Print}": ` -~`, "p{Blank}": ` \t`,
	"p{Cntrl}": `\x00-\x1F\x7F`, "p{XDigit}": `0-9a-fA-F`, "p{Space}": ` \t\n\x0B\f\r`,
}

// others are the members that are not in a class, for one inside of another.
var others = map[string]string{
	"d": "\\x00-/:-\U0010FFFF", "w": "\\x00-/:-@\\[-\\^`{-\U0010FFFF", "s": "\\x00-\\x08\\x0E-\\x1F!-\U0010FFFF",
}

// categories are the Unicode categories that every engine has.
const categories = " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Co Cs "

// escape reads what follows a backslash.
func (t *translator) escape() {
	if t.at == len(t.in) {
		t.lacking = "a backslash at its end"
		return
	}
	c := t.in[t.at]
	t.at++
	switch {
	case c == 'p' || c == 'P':
		t.property(c)
	case strings.ContainsRune("dwsh", c):
		t.members(classes[string(c)], false)
	case strings.ContainsRune("DWS", c) && t.class:
		t.out.WriteString(others[strings.ToLower(string(c))])
	case strings.ContainsRune("DWSH", c):
		t.members(classes[strings.ToLower(string(c))], true)
	case c == '_': // regexp2 takes no backslash before it
		t.out.WriteRune(c)
	case c == 'Q':
		t.quoted()
	case strings.ContainsRune("RXGNVvEc0e", c):
		t.lacking = `\` + string(c)
	default:
		t.out.WriteRune('\\')
		t.out.WriteRune(c)
	}
}

// members writes a predefined class, in a class or as one.
func (t *translator) members(set string, negated bool) {
	switch {
	case t.class && negated:
		t.lacking = "a negated class in another"
	case t.class:
		t.out.WriteString(set)
	case negated:
		t.out.WriteString("[^" + set + "]")
	default:
		t.out.WriteString("[" + set + "]")
	}
}

// property reads \p{Name} or \pL.
func (t *translator) property(c rune) {
	name := ""
	if end := strings.IndexRune(string(t.in[t.at:]), '}'); t.follows("{") && end > 0 {
		name = string([]byte(string(t.in[t.at:]))[1:end])
		t.at += len([]rune(name)) + 2
	} else if t.at < len(t.in) {
		name = string(t.in[t.at])
		t.at++
	}
	name = strings.TrimPrefix(name, "Is")
	if set, known := classes["p{"+name+"}"]; known {
		t.members(set, c == 'P')
		return
	}
	if !strings.Contains(categories, " "+name+" ") {
		t.lacking = `\p{` + name + `}`
		return
	}
	t.out.WriteString(`\` + string(c) + `{` + name + `}`)
}

// quoted copies what stands between \Q and \E.
func (t *translator) quoted() {
	rest := string(t.in[t.at:])
	text, _, closed := strings.Cut(rest, `\E`)
	t.at += len([]rune(text))
	if closed {
		t.at += 2
	}
	for _, c := range text {
		if c < 0x80 && strings.ContainsRune(`\.+*?()|[]{}^$-&`, c) {
			t.out.WriteByte('\\')
		}
		t.out.WriteRune(c)
	}
}
