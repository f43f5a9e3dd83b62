package iam

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// placeholderForm finds what stands in the template of a policy where somebody
// is to write a value: ${NAME}, <name>, [NAME], {{name}}, __NAME__, %NAME%, the
// words ACCOUNT_ID and ORG_ID, and o-xxxxxx. The name of a policy variable has a
// colon, and no account id, ARN or tag may hold the brackets.
var placeholderForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\$\{\s*[A-Za-z_][^}:]*\}|\$\{AWS::[A-Za-z]+\}|\{\{[^{}]*\}\}|<[A-Za-z][^<>]*>|\[[A-Za-z][^\[\]]*\]` +
		`|__[A-Z][A-Z_]*__|%[A-Z][A-Z_]*%|\b(?:[A-Z]+_)*(?:ACCOUNT|ORG|ORGANIZATION)_ID\b|\bo-x{6,}\b`)
})

// nextPlaceholder is where the first placeholder of a text begins and ends, or
// -1.
func nextPlaceholder(text string) (from, to int) {
	if !mayHavePlaceholder(text) {
		return -1, -1
	}
	if at := placeholderForm().FindStringIndex(text); at != nil {
		return at[0], at[1]
	}
	return -1, -1
}

// mayHavePlaceholder is a quick look, since nearly no text has one.
func mayHavePlaceholder(text string) bool {
	return strings.ContainsAny(text, "<[") || strings.Contains(text, "${") || strings.Contains(text, "{{") || strings.Contains(text, "__") ||
		strings.Contains(text, "%") || strings.Contains(text, "_ID") || strings.Contains(text, "o-xxx")
}

// hasPlaceholder says whether a text is a template that nobody filled in.
func hasPlaceholder(text string) bool {
	from, _ := nextPlaceholder(text)
	return from >= 0
}

// placeholdersWithoutColons keeps a placeholder such as ${AWS::AccountId} from
// being taken for parts of an ARN.
func placeholdersWithoutColons(text string) string {
	if from, _ := nextPlaceholder(text); from < 0 {
		return text
	}
	return placeholderForm().ReplaceAllStringFunc(text, func(p string) string {
		if !strings.Contains(p, ":") {
			return p
		}
		return "<" + strings.Trim(strings.ReplaceAll(p, ":", ""), "${}<>[]") + ">"
	})
}

// Placeholders are what is not filled in of the statement's resources and
// conditions, sorted: what it says is then not known. The caller must not change
// the slice.
func (s *Statement) Placeholders() []string { return s.placeholders }

func (s *Statement) findPlaceholders() []string {
	texts := slices.Clone(s.resourceText)
	for i := range s.conditions {
		texts = append(append(texts, s.conditions[i].key), s.conditions[i].values...)
	}
	var out []string
	for _, text := range texts {
		for from, to := nextPlaceholder(text); from >= 0; from, to = nextPlaceholder(text) {
			out = append(out, text[from:to])
			text = text[to:]
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
