package chinabridge

import (
	"context"
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// read reads both ends, for a secret that can be written; the secret first, so
// that a key which it holds is among those that are read after it.
func (e Ends) read(ctx context.Context) (bridge.Stored, end, error) {
	stored, err := bridge.Secret(ctx, e.Secrets, e.SecretID)
	if err != nil {
		return stored, end{}, err
	}
	at, err := e.find(ctx)
	if err == nil && stored.Deleting {
		err = &Blocked{fmt.Sprintf("the secret %s is scheduled for deletion (PF-CHN-009): restore it with `aws secretsmanager restore-secret`", e.SecretID)}
	}
	return stored, at, err
}
