package collect

import (
	"cmp"
	"context"
	"slices"
	"strings"

	awsarn "github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

const factSecrets = "secrets"

func secretsCollector() collector {
	return collector{
		calls: []Call{
			{Action: "secretsmanager:DescribeSecret", Facts: []string{factSecrets}},
			{Action: "kms:DescribeKey", Facts: []string{factSecrets}},
		},
		run: collectSecrets,
	}
}

// collectSecrets asks for the metadata of the secrets and keys that parameters
// name. It never asks for the content of a secret.
func collectSecrets(ctx context.Context, s *session) {
	var out []checks.Secret
	each(s.parameterARNs("secretsmanager", "kms"), func(a awsarn.ARN) {
		read, action := s.secret, "secretsmanager:DescribeSecret"
		if a.Service == "kms" {
			read, action = s.key, "kms:DescribeKey"
		}
		secret, err := read(ctx, a)
		if err != nil {
			s.gap(part(factSecrets, a.String()), action, err)
			return
		}
		s.fill(func(*checks.Facts) { out = append(out, secret) })
	})
	slices.SortFunc(out, func(a, b checks.Secret) int { return cmp.Compare(a.ARN, b.ARN) })
	s.fill(func(f *checks.Facts) { f.Secrets = out })
}

func (s *session) secret(ctx context.Context, a awsarn.ARN) (checks.Secret, error) {
	out := checks.Secret{ARN: a.String(), Kind: "secret", State: checks.StatePresent}
	client := secretsmanager.NewFromConfig(s.in(a.Region))
	got, err := call(ctx, s, "secretsmanager:DescribeSecret", func(ctx context.Context) (*secretsmanager.DescribeSecretOutput, error) {
		return client.DescribeSecret(ctx, &secretsmanager.DescribeSecretInput{SecretId: &out.ARN})
	})
	switch {
	case failure.Is(err, "ResourceNotFoundException"):
		out.State = checks.StateMissing
	case err != nil:
		return out, err
	case got.DeletedDate != nil:
		out.State = checks.StateDeleted
	}
	return out, nil
}

func (s *session) key(ctx context.Context, a awsarn.ARN) (checks.Secret, error) {
	out := checks.Secret{ARN: a.String(), Kind: "key", State: checks.StatePresent}
	client := kms.NewFromConfig(s.in(a.Region))
	got, err := call(ctx, s, "kms:DescribeKey", func(ctx context.Context) (*kms.DescribeKeyOutput, error) {
		return client.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &out.ARN})
	})
	switch {
	case failure.Is(err, "NotFoundException"):
		out.State = checks.StateMissing
	case err != nil:
		return out, err
	case got.KeyMetadata.KeyState == kmstypes.KeyStatePendingDeletion:
		out.State = checks.StateDeleted
	case got.KeyMetadata.KeyState != kmstypes.KeyStateEnabled:
		out.State = strings.ToLower(string(got.KeyMetadata.KeyState))
	}
	return out, nil
}
