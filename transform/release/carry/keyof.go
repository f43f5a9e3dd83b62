package carry

import (
	"errors"

	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
)

// keyOf is the key that an error refuses.
func keyOf(err error) string {
	var refused *safekey.Error
	if errors.As(err, &refused) {
		return refused.Key
	}
	return ""
}
