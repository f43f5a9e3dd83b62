package cli

import (
	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/recording"
)

// replay gives the facts that collect wrote to a file, without any call. With
// input flags beside --facts, what they name is read anew and only the live
// facts are those of the file.
func replay(file string) (*checks.Facts, []string, error) {
	text, err := readInput(file)
	if err != nil {
		return nil, nil, err
	}
	r, err := recording.Read(file, text)
	if err != nil {
		return nil, nil, usage(err)
	}
	return r.Restore(), r.Notes, nil
}
