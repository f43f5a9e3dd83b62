package parameters

import (
	"fmt"
	"strconv"
	"strings"
)

// Note is what the documents say about a parameter beside its declaration.
type Note struct {
	Required bool
	// Range is the documented range in words, or empty.
	Range string
}

// Skeleton writes a parameter file to fill in: a YAML map in which the required
// parameters stand with an empty value and a mark, and the others as comments
// with their default. [Parse] reads it.
func Skeleton(template string, declared []Declared, notes map[string]Note) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Parameter values for %s.\n", template)
	b.WriteString("# Fill in what is marked REQUIRED. What stays a comment keeps its default, which is\n")
	b.WriteString("# what a first deployment should do.\n")
	for _, d := range declared {
		b.WriteByte('\n')
		note := notes[d.Name]
		comment(&b, d.About)
		for _, line := range limits(d, note) {
			comment(&b, line)
		}
		if note.Required || d.Default == nil {
			fmt.Fprintf(&b, "%s: '' # REQUIRED\n", d.Name)
			continue
		}
		fmt.Fprintf(&b, "#%s: %s\n", d.Name, shownDefault(d))
	}
	return []byte(b.String())
}

func shownDefault(d Declared) string {
	if hidden(d) {
		return "'' # the default is not shown"
	}
	return strconv.Quote(*d.Default)
}

// limits are the constraints of the template and of the documents, a line each.
func limits(d Declared, note Note) []string {
	lines := []string{d.Type}
	if len(d.Allowed) > 0 {
		lines[0] += ", one of: " + strings.Join(d.Allowed, ", ")
	}
	for _, bound := range []struct {
		words string
		value *string
	}{
		{"at least %s", d.MinValue}, {"at most %s", d.MaxValue},
		{"at least %s characters", d.MinLength}, {"at most %s characters", d.MaxLength},
	} {
		if bound.value != nil {
			lines[0] += ", " + fmt.Sprintf(bound.words, *bound.value)
		}
	}
	if d.Pattern != nil {
		lines = append(lines, "pattern: "+*d.Pattern)
	}
	if note.Range != "" {
		lines = append(lines, "documented range: "+note.Range)
	}
	return lines
}

// comment writes text as comment lines of at most about 100 columns.
func comment(b *strings.Builder, text string) {
	line := "#"
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > 100 && line != "#" {
			b.WriteString(line + "\n")
			line = "#"
		}
		line += " " + word
	}
	if line != "#" {
		b.WriteString(line + "\n")
	}
}
