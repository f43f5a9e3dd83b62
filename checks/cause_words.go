package checks

import (
	"fmt"
	"strconv"
	"strings"
)

// actionsNamed is how many actions a message names before it counts them.
const actionsNamed = 3

// causeMessage words a cause: as its policy does, else as its first finding
// does, with how many more there are.
func causeMessage(lead Member, members []Member) string {
	certain := members
	if !lead.Finding.Undecided {
		certain = nil
		for _, m := range members {
			if !m.Finding.Undecided {
				certain = append(certain, m)
			}
		}
	}
	if len(certain) == 1 {
		return lead.Finding.Message
	}
	if text := lead.Finding.Cause.Message; text != "" {
		s := scopeOf(certain)
		return strings.NewReplacer(
			"{actions}", actionsInWords(s.actions),
			"{resources}", Plural(len(s.resources), "resource"),
			"{findings}", Number(len(certain)),
		).Replace(text)
	}
	return fmt.Sprintf("%s (and %s more)", lead.Finding.Message, Number(len(certain)-1))
}

// actionsInWords names a few actions and counts many.
func actionsInWords(actions []string) string {
	switch n := len(actions); {
	case n == 0:
		return "required actions"
	case n == 1:
		return actions[0]
	case n <= actionsNamed:
		return strings.Join(actions[:n-1], ", ") + " and " + actions[n-1]
	default:
		return Number(n) + " required actions"
	}
}

// Number writes a number as people do: 10,240.
func Number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Plural counts things.
func Plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return Number(n) + " " + word + "s"
}
