package derive

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const fullAccess = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`

func policy(t testing.TB, name string, kind iam.Kind, text string) *iam.Policy {
	t.Helper()
	p, err := iam.Parse(name, kind, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}
