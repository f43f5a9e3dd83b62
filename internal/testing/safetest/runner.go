// Package safetest reads what the program writes as its readers do: a log as CI
// runners read it, a page of Markdown as GitHub and GitLab draw it. It is for
// tests, and shares nothing with safetext: each grammar is written anew from
// what is public of the reader.
package safetest

import (
	"regexp"
	"strings"
	"unicode"
)

// Taken is a line that a runner takes for a command.
type Taken struct{ Runner, Line string }

// Commands are the lines of a log that any runner takes for a command of its own.
func Commands(log string) []Taken {
	var taken []Taken
	for _, line := range lines(log) {
		for _, r := range []struct {
			name  string
			takes func(string) bool
		}{{"github", GitHub}, {"github (old)", gitHubLegacy}, {"azure", azure}, {"teamcity", teamCity}, {"buildkite", buildkite}} {
			if r.takes(line) {
				taken = append(taken, Taken{r.name, line})
			}
		}
	}
	for _, section := range gitLab.FindAllString(log, -1) {
		taken = append(taken, Taken{"gitlab", section})
	}
	return taken
}

// lines end as those of .NET's StreamReader do.
func lines(log string) []string {
	return strings.FieldsFunc(log, func(r rune) bool { return r == '\n' || r == '\r' })
}

// GitHub is ActionCommand.TryParseV2. Which names are registered differs from
// one version of the runner to the next, so any will do here. What .NET ignores
// when it compares by culture is ignored here too.
func GitHub(line string) bool {
	line = strings.TrimLeftFunc(compared(line), unicode.IsSpace)
	return strings.HasPrefix(line, "::") && strings.Contains(line[2:], "::")
}

// gitHubLegacy is ActionCommand.TryParse.
func gitHubLegacy(line string) bool {
	_, rest, found := strings.Cut(compared(line), "##[")
	return found && strings.Contains(rest, "]")
}

// azure is Command.TryParse of the agent; the log viewer's own formatting is
// that of gitHubLegacy.
func azure(line string) bool {
	_, rest, found := strings.Cut(strings.ToLower(compared(line)), "##vso[")
	return found && strings.Contains(rest, "]")
}

func teamCity(line string) bool {
	return strings.Contains(strings.ToLower(compared(line)), "##teamcity[")
}

// compared is a text without what a comparison by culture does not weigh.
func compared(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) {
			return -1
		}
		return r
	}, text)
}

var gitLab = regexp.MustCompile("section_(start|end):[0-9]+:[A-Za-z0-9_.-]+(\\[[^\\]]*\\])?\r\x1b\\[0K")

var (
	bkHeader = regexp.MustCompile(`^(?:---|\+\+\+|~~~)(?:\s|$)`)
	bkExpand = regexp.MustCompile(`^\^\^\^\s\+\+\+`)
	bkColour = regexp.MustCompile("\x1b\\[[0-9;]*[mK]")
	bkInline = regexp.MustCompile("\x1b(?:\\]133[89];|_bk;)")
)

func buildkite(line string) bool {
	plain := bkColour.ReplaceAllString(line, "")
	return bkHeader.MatchString(plain) || bkExpand.MatchString(plain) || bkInline.MatchString(line)
}
