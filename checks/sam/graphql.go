package sam

import (
	"strconv"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// graphQL is an AppSync API with its schema and all that it reads.
func (g *generator) graphQL(r *cfn.Resource) {
	p, m := g.withGlobals(r), cfn.Maker{At: r.Properties}
	id := r.ID
	part := func(ending, kind string, properties *cfn.Node) {
		g.add(r, id+ending, kind, properties)
	}
	api := m.Map("Name", orElse(p.Get("Name"), m.Text(id)), "XrayEnabled", p.Get("XrayEnabled"))
	part("", "AWS::AppSync::GraphQLApi", api)
	if p.Get("SchemaInline") != nil || p.Get("SchemaUri") != nil {
		part("Schema", "AWS::AppSync::GraphQLSchema", m.Map("ApiId", m.GetAtt(id, "ApiId")))
	}
	g.graphQLLogging(r, p.Get("Logging"), m)
	g.graphQLAuthorizers(r, p.Get("Auth"), m)
	if keys := p.Get("ApiKeys"); keys.IsMap() {
		for _, e := range keys.Entries {
			part(e.Key, "AWS::AppSync::ApiKey", m.Map("ApiId", m.GetAtt(id, "ApiId")))
		}
	}
	if d := p.Get("DomainName"); d != nil {
		part("DomainName", "AWS::AppSync::DomainName", m.Map("DomainName", d.Get("DomainName"), "CertificateArn", d.Get("CertificateArn")))
		part("DomainNameApiAssociation", "AWS::AppSync::DomainNameApiAssociation", m.Map("DomainName", d.Get("DomainName")))
	}
	if c := p.Get("Cache"); c != nil {
		part("ApiCache", "AWS::AppSync::ApiCache", m.Map("ApiId", m.GetAtt(id, "ApiId"), "Type", c.Get("Type")))
	}
	g.dataSources(r, p.At("DataSources", "DynamoDb"), "DynamoDBDataSource", "ToTableConnectorPolicy")
	g.dataSources(r, p.At("DataSources", "Lambda"), "LambdaDataSource", "ToLambdaConnectorPolicy")
	g.graphQLCode(r, p)
}

// graphQLLogging generates the role of the logs, unless logging is off or one
// is given.
func (g *generator) graphQLLogging(r *cfn.Resource, logging *cfn.Node, m cfn.Maker) {
	if logging.Is("false") || logging.Get("CloudWatchLogsRoleArn") != nil {
		return
	}
	g.add(r, r.ID+"CloudWatchRole", "AWS::IAM::Role", m.Map("AssumeRolePolicyDocument", trust(m, "appsync.amazonaws.com"),
		"ManagedPolicyArns", m.List(m.Sub(awsManaged+"service-role/AWSAppSyncPushToCloudWatchLogs"))))
}

// graphQLAuthorizers let the API invoke the functions that authorize calls.
func (g *generator) graphQLAuthorizers(r *cfn.Resource, auth *cfn.Node, m cfn.Maker) {
	providers := []*cfn.Node{auth}
	if more := auth.Get("Additional"); more != nil && more.Kind == cfn.List {
		providers = append(providers, more.Items...)
	}
	n := 0
	for _, p := range providers {
		if uri := p.At("LambdaAuthorizer", "AuthorizerUri"); uri != nil {
			n++
			g.add(r, r.ID+"ToLambdaAuthConnector"+strconv.Itoa(n)+"WriteLambdaPermission", "AWS::Lambda::Permission",
				m.Map("Action", m.Text("lambda:InvokeFunction"), "FunctionName", uri, "Principal", m.Text("appsync.amazonaws.com")))
		}
	}
}

// dataSources generate the sources of one kind; one without a role of its own
// gets one, with the policy to use what is behind it.
func (g *generator) dataSources(r *cfn.Resource, sources *cfn.Node, ending, policy string) {
	if !sources.IsMap() {
		return
	}
	for _, e := range sources.Entries {
		m, id := cfn.Maker{At: e.Value}, r.ID+e.Key+ending
		g.add(r, id, "AWS::AppSync::DataSource", m.Map("ApiId", m.GetAtt(r.ID, "ApiId"), "Name", orElse(e.Value.Get("Name"), m.Text(e.Key))))
		if e.Value.Get("ServiceRoleArn") == nil {
			g.add(r, id+"Role", "AWS::IAM::Role", m.Map("AssumeRolePolicyDocument", trust(m, "appsync.amazonaws.com")))
			g.add(r, id+policy, "AWS::IAM::ManagedPolicy", m.Map())
		}
	}
}

// graphQLCode generates the functions and resolvers.
func (g *generator) graphQLCode(r *cfn.Resource, p *cfn.Node) {
	if functions := p.Get("Functions"); functions.IsMap() {
		for _, e := range functions.Entries {
			if m := (cfn.Maker{At: e.Value}); e.Value.Get("Id") == nil {
				g.add(r, r.ID+e.Key, "AWS::AppSync::FunctionConfiguration", m.Map("ApiId", m.GetAtt(r.ID, "ApiId")))
			}
		}
	}
	if kinds := p.Get("Resolvers"); kinds.IsMap() {
		for _, kind := range kinds.Entries {
			if !kind.Value.IsMap() {
				continue
			}
			for _, e := range kind.Value.Entries {
				m := cfn.Maker{At: e.Value}
				g.add(r, r.ID+kind.Key+e.Key, "AWS::AppSync::Resolver", m.Map("ApiId", m.GetAtt(r.ID, "ApiId"), "TypeName", m.Text(kind.Key)))
			}
		}
	}
}
