package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"

	"github.com/panther-preflight/panther-preflight/checks"
)

func elbListers() map[string]lister {
	return map[string]lister{
		"AWS::ElasticLoadBalancingV2::LoadBalancer": {"elasticloadbalancing:DescribeLoadBalancers", listLoadBalancers},
		"AWS::ElasticLoadBalancingV2::TargetGroup":  {"elasticloadbalancing:DescribeTargetGroups", listTargetGroups},
	}
}

func listLoadBalancers(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := elasticloadbalancingv2.NewDescribeLoadBalancersPaginator(elasticloadbalancingv2.NewFromConfig(s.options.Config), &elasticloadbalancingv2.DescribeLoadBalancersInput{})
	err := pages(ctx, s, "elasticloadbalancing:DescribeLoadBalancers", p, func(page *elasticloadbalancingv2.DescribeLoadBalancersOutput) {
		for _, x := range page.LoadBalancers {
			found = append(found, checks.Existing{Name: aws.ToString(x.LoadBalancerName), ARN: aws.ToString(x.LoadBalancerArn), Created: stamp(x.CreatedTime)})
		}
	})
	return found, err
}

func listTargetGroups(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := elasticloadbalancingv2.NewDescribeTargetGroupsPaginator(elasticloadbalancingv2.NewFromConfig(s.options.Config), &elasticloadbalancingv2.DescribeTargetGroupsInput{})
	err := pages(ctx, s, "elasticloadbalancing:DescribeTargetGroups", p, func(page *elasticloadbalancingv2.DescribeTargetGroupsOutput) {
		for _, x := range page.TargetGroups {
			found = append(found, checks.Existing{Name: aws.ToString(x.TargetGroupName), ARN: aws.ToString(x.TargetGroupArn)})
		}
	})
	return found, err
}
