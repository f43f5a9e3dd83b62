package session

import (
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
)

// NoCredentials says that no call can be made, and what to give instead.
type NoCredentials struct {
	why string
	// Give is what to say on the command line, where a command has more than
	// --profile.
	Give string
}

func (n *NoCredentials) Error() string {
	if strings.Contains(n.why, "`") { // the command that helps
		return n.why
	}
	return fmt.Sprintf("no AWS credentials (%s); give %s", n.why, First(n.Give, "--profile"))
}

// Give has an error without credentials name the flags of a command.
func Give(err error, flags string) error {
	var none *NoCredentials
	if errors.As(err, &none) {
		none.Give = flags
	}
	return err
}

// withoutCredentials words why there are none. The text of an error may quote
// what a program printed instead of credentials, so that only the innermost is
// shown.
func withoutCredentials(err error, profile string) *NoCredentials {
	var expired *ssocreds.InvalidTokenError
	why := cause(err)
	switch {
	case errors.As(err, &expired) && profile != "":
		why = fmt.Sprintf("the SSO session of profile %s has expired: run `aws sso login --profile %s`", profile, profile)
	case errors.As(err, &expired):
		why = "the SSO session has expired: run `aws sso login`"
	case strings.Contains(why, "EC2 IMDS"):
		why = "none in the environment or the profile, and this machine has no role"
	}
	return &NoCredentials{why: why}
}

// cause is the innermost message of an error, on one line.
func cause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return strings.ReplaceAll(err.Error(), "\n", " ")
		}
		err = inner
	}
}
