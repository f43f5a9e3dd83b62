package deployment

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// account lists its stacks one a page.
type account []types.Stack

func (a account) DescribeStacks(_ context.Context, in *cloudformation.DescribeStacksInput, _ ...func(*cloudformation.Options)) (*cloudformation.DescribeStacksOutput, error) {
	at := len(aws.ToString(in.NextToken))
	if at >= len(a) {
		return &cloudformation.DescribeStacksOutput{}, nil
	}
	return &cloudformation.DescribeStacksOutput{Stacks: a[at : at+1], NextToken: aws.String(strings.Repeat("x", at+1))}, nil
}

func stack(name, root, version string, parameters ...types.Parameter) types.Stack {
	s := types.Stack{StackName: &name, StackId: aws.String("id/" + name), Parameters: parameters, CreationTime: aws.Time(time.Unix(1000, 0))}
	if root != "" {
		s.RootId = aws.String("id/" + root)
	}
	if version != "" {
		s.Tags = []types.Tag{{Key: aws.String("PantherVersion"), Value: &version}}
	}
	return s
}

func TestRead(t *testing.T) {
	secret := types.Parameter{ParameterKey: aws.String("Password"), ParameterValue: aws.String("****")}
	domain := types.Parameter{ParameterKey: aws.String("CustomDomain"), ParameterValue: aws.String("panther.example.com")}
	for name, c := range map[string]struct {
		stacks        account
		ask           string
		stack, answer string
		err           error
	}{
		"root is tagged":         {account{stack("panther", "", "v1.18.5"), stack("panther-Web-1", "panther", "1.18.4")}, "panther", "panther", "1.18.5", nil},
		"only nested are tagged": {account{stack("panther-Core-1", "panther", "1.18.5"), stack("panther", "", "", secret, domain)}, "panther", "panther-Core-1", "1.18.5", nil},
		"another with its prefix": {account{stack("panther", "", ""), stack("panther-Core-1", "panther", "1.18.5"),
			stack("panther-proxy", "", "1.17.0-china-web-proxy")}, "panther", "panther-Core-1", "1.18.5", nil},
		"without a name": {account{stack("other", "", "9.9.9"), stack("panther-proxy", "", "1.18.5-china-web-proxy")}, "", "panther-proxy", "1.18.5", nil},
		"no tag":         {account{stack("panther", "", "")}, "panther", "", "", ErrNoVersion},
		"no stack":       {account{stack("panther-Core-1", "", "1.18.5")}, "panther", "", "", ErrNoStack},
	} {
		d, err := Read(context.Background(), c.stacks, c.ask)
		if !errors.Is(err, c.err) || d.Version != c.answer || d.Stack != c.stack {
			t.Errorf("%s: %+v %v", name, d, err)
		}
	}
	if _, err := Read(context.Background(), account{stack("panther-a", "", "1.18.5"), stack("panther-b", "", "1.17.4")}, ""); err == nil {
		t.Error("of two deployments one is taken")
	}
	d, err := Read(context.Background(), account{stack("panther", "", "1.18.5", secret, domain)}, "panther")
	if err != nil || d.Parameter("Password") != "" || d.Parameter("CustomDomain") != "panther.example.com" || d.Updated.Unix() != 1000 {
		t.Errorf("%+v %v", d, err)
	}
}
