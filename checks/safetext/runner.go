package safetext

import (
	"bytes"
	"unicode"
)

// line is what is known of the line that is being written, as far as a CI
// runner could take it for a command. What each takes, by its public source:
//
//   - GitHub Actions (actions/runner, src/Runner.Common/ActionCommand.cs): a
//     line that begins with "::" after white space and has a second "::"; and,
//     anywhere in a line, "##[" up to the next "]". Lines end at \n, \r, \r\n.
//   - Azure Pipelines (microsoft/azure-pipelines-agent,
//     src/Agent.Sdk/Util/Command.cs and its documentation of logging commands):
//     "##vso[" anywhere in a line up to the next "]"; "##[group]", "##[error]"
//     and their kind format the log.
//   - TeamCity (JetBrains/TeamCity.ServiceMessages and its documentation of
//     service messages): "##teamcity[" anywhere in a line.
//   - GitLab (gitlab-org/gitlab, lib/gitlab/regex.rb): "section_start:" or
//     "section_end:", a number, ":", a name and "\r\e[0K", anywhere.
//   - Buildkite (buildkite/agent, process/ and its documentation of log output):
//     a line that begins with "---", "+++" or "~~~", colours aside, or is
//     "^^^ +++"; pictures and links begin with \e].
//
// A command is broken at the last character that makes it one, so nothing needs
// to be known of what follows. All are broken in every output: which runner will
// show a text, nobody knows when it is written.
type line struct {
	// first is what the line begins with, white space aside, up to the next
	// white space or three characters.
	first string
	begun bool // first is whole
}

// anywhere are the openings that count wherever they stand, without their last
// character.
var anywhere = map[rune][]string{
	'[': {"##", "##vso", "##teamcity"},
	':': {"section_start", "section_end"},
}

// longestOpening is how much of a line must be remembered.
const longestOpening = len("section_start")

// completes says that a character would make a command of the line, of which
// written is the end. Diff says that a line may begin as the headings of a diff.
func (l *line) completes(r rune, written []byte, diff bool) bool {
	for _, opening := range anywhere[r] {
		if from := len(written) - len(opening); from >= 0 && bytes.EqualFold(written[from:], []byte(opening)) {
			return true
		}
	}
	if l.begun {
		return false
	}
	switch l.first + string(r) {
	case "::", "~~~", "^^^":
		return true
	case "---", "+++":
		return !diff
	}
	return false
}

// add notes a character that was written.
func (l *line) add(r rune) {
	switch space := unicode.IsSpace(r); {
	case r == '\n':
		*l = line{}
	case l.begun, space && l.first == "":
	case space:
		l.begun = true
	default:
		l.first += string(r)
		l.begun = len(l.first) >= len("---")
	}
}
