package reference

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/cmd/internal/config"
)

const configurationPage = "docs/configuration.md"

// configurationKeys is the page on the configuration with its table of keys
// written anew.
func configurationKeys(repository fs.FS) ([]byte, error) {
	return marked(repository, configurationPage, "keys", []byte(keysTable()))
}

// marked is a page written by hand, with what stands between the marks of a part
// written anew.
func marked(repository fs.FS, name, part string, text []byte) ([]byte, error) {
	begin := []byte("<!-- " + part + ": make generate writes this -->\n")
	end := []byte("<!-- end of " + part + " -->\n")
	page, err := fs.ReadFile(repository, name)
	if err != nil {
		return nil, err
	}
	page = bytes.ReplaceAll(page, []byte("\r\n"), []byte("\n"))
	before, rest, begins := bytes.Cut(page, begin)
	_, after, ends := bytes.Cut(rest, end)
	if !begins || !ends {
		return nil, fmt.Errorf("%s: the marks of the %s are missing", name, part)
	}
	return slices.Concat(before, begin, text, end, after), nil
}

func keysTable() string {
	var b strings.Builder
	b.WriteString("| keys | in a configuration that was found | with `--config FILE` |\n|---|---|---|\n")
	row := func(found, named string, is func(config.Key) bool) {
		var names []string
		for _, k := range config.Keys() {
			if is(k) {
				names = append(names, "`"+k.Name+"`")
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", strings.Join(names, ", "), found, named)
	}
	in := func(c config.Class, kinds ...config.Kind) func(config.Key) bool {
		return func(k config.Key) bool { return k.Class == c && slices.Contains(kinds, k.Kind) }
	}
	row("yes", "yes", in(config.Found, config.Plain, config.Region))
	row("paths in the repository", "yes", in(config.Found, config.Path))
	row("a path in the repository, or a URL", "yes", in(config.Found, config.Entry))
	row("names, without `=FILE`", "yes", in(config.Found, config.Format))
	b.WriteString("| `environments`, `waivers` | yes | yes |\n")
	row("no", "yes", func(k config.Key) bool { return k.Class == config.Trusted })
	row("no", "no, a flag only", func(k config.Key) bool { return k.Class == config.FlagOnly })
	return b.String()
}
