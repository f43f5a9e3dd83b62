package sam

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// application is a nested stack; one of the Serverless Application Repository
// has a template that nobody outside it sees.
func (g *generator) application(r *cfn.Resource) {
	p, m := r.Properties, cfn.Maker{At: r.Properties}
	out := m.Map("Parameters", p.Get("Parameters"), "NotificationARNs", p.Get("NotificationARNs"), "TimeoutInMinutes", p.Get("TimeoutInMinutes"))
	if l := p.Get("Location"); l != nil && l.Kind != cfn.Map {
		out.Set("TemplateURL", l)
	}
	if tags := p.Get("Tags"); tags != nil && tags.Kind == cfn.Map {
		out.Set("Tags", samTags(tags, m))
	}
	g.add(r, r.ID, "AWS::CloudFormation::Stack", out)
}

func (g *generator) layer(r *cfn.Resource) {
	p, m := g.withGlobals(r), cfn.Maker{At: r.Properties}
	out := p.Without("ContentUri", "RetentionPolicy", "PublishLambdaVersion")
	if p.Get("LayerName") == nil {
		out.Set("LayerName", m.Text(r.ID))
	}
	out.Set("Content", samLocation(p.Get("ContentUri"), m, "S3Bucket", "S3Key", "S3ObjectVersion"))
	g.add(r, r.ID, "AWS::Lambda::LayerVersion", out)
}

func (g *generator) table(r *cfn.Resource) {
	p, m := g.withGlobals(r), cfn.Maker{At: r.Properties}
	key := orElse(p.At("PrimaryKey", "Name"), m.Text("id"))
	out := m.Map("TableName", p.Get("TableName"), "SSESpecification", p.Get("SSESpecification"),
		"ProvisionedThroughput", p.Get("ProvisionedThroughput"),
		"KeySchema", m.List(m.Map("AttributeName", key, "KeyType", m.Text("HASH"))))
	if p.Get("ProvisionedThroughput") == nil {
		out.Set("BillingMode", m.Text("PAY_PER_REQUEST"))
	}
	if tags := p.Get("Tags"); tags != nil {
		out.Set("Tags", samTags(tags, m))
	}
	g.add(r, r.ID, "AWS::DynamoDB::Table", out)
}

func (g *generator) capacityProvider(r *cfn.Resource) {
	p, m := g.withGlobals(r), cfn.Maker{At: r.Properties}
	out := m.Map("CapacityProviderName", p.Get("CapacityProviderName"), "VpcConfig", p.Get("VpcConfig"), "Tags", samTags(p.Get("Tags"), m))
	g.add(r, r.ID, "AWS::Lambda::CapacityProvider", out)
	if p.Get("OperatorRole") == nil {
		g.add(r, r.ID+"OperatorRole", "AWS::IAM::Role", m.Map("AssumeRolePolicyDocument", trust(m, "lambda.amazonaws.com")))
	}
}

// S3Location splits an s3:// location.
func S3Location(text string) (bucket, key string, is bool) {
	rest, is := strings.CutPrefix(text, "s3://")
	if !is {
		return "", "", false
	}
	bucket, key, _ = strings.Cut(rest, "/")
	return bucket, key, true
}
