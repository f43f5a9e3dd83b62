package recording

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// digest is that of a document without its own digest. It holds for the content:
// white space and the order of members are not part of it.
func digest(text []byte) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var document map[string]any
	if err := decoder.Decode(&document); err != nil {
		return "", fmt.Errorf("work out the digest of the facts: %w", err)
	}
	delete(document, "digest")
	canonical, err := json.Marshal(document)
	if err != nil {
		return "", fmt.Errorf("work out the digest of the facts: %w", err)
	}
	return fmt.Sprintf("sha256:%x", sha256.Sum256(canonical)), nil
}

// unaltered holds that the file is what was recorded.
func (r *Recording) unaltered(name string, text []byte) error {
	if r.Digest == "" {
		return nil // written by hand, or by an earlier version
	}
	is, err := digest(text)
	if err != nil {
		return err
	}
	if is != r.Digest {
		return fmt.Errorf("%s was altered after it was recorded: its content does not match its digest; record the facts again", name)
	}
	return nil
}
