package awsconfig

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// elsewhere is the endpoint that stands for all of AWS. The SDK learns it only
// after it has made the clients that fetch credentials, so these look here.
type elsewhere struct {
	roles  string // for roles that are assumed
	signOn string // for single sign-on
}

// options make the clients that fetch credentials look at the endpoint.
func (e *elsewhere) options() []func(*config.LoadOptions) error {
	return []func(*config.LoadOptions) error{
		config.WithAssumeRoleCredentialOptions(func(o *stscreds.AssumeRoleOptions) {
			if o.Client != nil {
				o.Client = roleClient{o.Client, e}
			}
		}),
		config.WithSSOProviderOptions(func(o *ssocreds.Options) {
			if o.Client != nil {
				o.Client = signOnClient{o.Client, e}
			}
		}),
	}
}

type roleClient struct {
	stscreds.AssumeRoleAPIClient
	at *elsewhere
}

// AssumeRole asks at the endpoint, unless STS has one of its own.
func (c roleClient) AssumeRole(ctx context.Context, in *sts.AssumeRoleInput, options ...func(*sts.Options)) (*sts.AssumeRoleOutput, error) {
	return c.AssumeRoleAPIClient.AssumeRole(ctx, in, append(options, func(o *sts.Options) {
		if o.BaseEndpoint == nil && c.at.roles != "" {
			o.BaseEndpoint = &c.at.roles
		}
	})...)
}

type signOnClient struct {
	ssocreds.GetRoleCredentialsAPIClient
	at *elsewhere
}

// GetRoleCredentials asks at the endpoint, unless single sign-on has one of its
// own.
func (c signOnClient) GetRoleCredentials(ctx context.Context, in *sso.GetRoleCredentialsInput, options ...func(*sso.Options)) (*sso.GetRoleCredentialsOutput, error) {
	return c.GetRoleCredentialsAPIClient.GetRoleCredentials(ctx, in, append(options, func(o *sso.Options) {
		if o.BaseEndpoint == nil && c.at.signOn != "" {
			o.BaseEndpoint = &c.at.signOn
		}
	})...)
}
