package reference

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/cmd/internal/config"
)

const (
	configurationPage = "docs/configuration.md"
	keysBegin         = "<!-- keys: make generate writes this table -->\n"
	keysEnd           = "<!-- end of keys -->\n"
)

// configurationKeys is the page on the configuration with its table of keys
// written anew.
func configurationKeys(repository fs.FS) ([]byte, error) {
	page, err := fs.ReadFile(repository, configurationPage)
	if err != nil {
		return nil, err
	}
	page = bytes.ReplaceAll(page, []byte("\r\n"), []byte("\n"))
	before, rest, begins := bytes.Cut(page, []byte(keysBegin))
	_, after, ends := bytes.Cut(rest, []byte(keysEnd))
	if !begins || !ends {
		return nil, fmt.Errorf("%s: the marks of the table of keys are missing", configurationPage)
	}
	return slices.Concat(before, []byte(keysBegin), []byte(keysTable()), []byte(keysEnd), after), nil
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
