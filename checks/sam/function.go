package sam

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// function generates the Lambda function, its role unless one is given, what it
// publishes, its URL, and what its events ask for.
func (g *generator) function(r *cfn.Resource) {
	p, m := g.withGlobals(r), cfn.Maker{At: r.Properties}
	if p.Kind != cfn.Map {
		g.out = append(g.out, &Resource{Resource: r})
		g.unknown(r, r.Properties, "the properties of the function are not written out")
		return
	}
	f := g.add(r, r.ID, "AWS::Lambda::Function", nil)
	f.Properties = functionProperties(p, m, r.ID)
	switch role := p.Get("Role"); {
	case role == nil:
		g.add(r, r.ID+"Role", "AWS::IAM::Role", functionRole(p, m, r.ID))
		f.Properties.Set("Role", m.GetAtt(r.ID+"Role", "Arn"))
	case role.IsCall("Fn::If"):
		g.add(r, r.ID+"Role", "AWS::IAM::Role", functionRole(p, m, r.ID)).Unless = role
		f.Properties.Set("Role", role)
	default:
		f.Properties.Set("Role", role)
	}
	alias := g.publish(r, p, m)
	g.url(r, p, m)
	g.invokeConfig(r, p, m, alias)
	g.events(r, p, functionEvents)
}

// url generates the URL of a function, with the permissions of one that anybody
// may call.
func (g *generator) url(r *cfn.Resource, p *cfn.Node, m cfn.Maker) {
	c := p.Get("FunctionUrlConfig")
	if c == nil {
		return
	}
	g.add(r, r.ID+"Url", "AWS::Lambda::Url", Merge(m.Map("TargetFunctionArn", m.Ref(r.ID)), c))
	if !c.Get("AuthType").Is("NONE") {
		return
	}
	g.add(r, r.ID+"UrlPublicPermissions", "AWS::Lambda::Permission", m.Map(
		"Action", m.Text("lambda:InvokeFunctionUrl"), "FunctionName", m.Ref(r.ID), "Principal", m.Text("*")))
	g.add(r, r.ID+"URLInvokeAllowPublicAccess", "AWS::Lambda::Permission", m.Map(
		"Action", m.Text("lambda:InvokeFunction"), "FunctionName", m.Ref(r.ID), "Principal", m.Text("*")))
}

// samOnly are the properties that Lambda itself does not have.
var samOnly = []string{
	"CodeUri", "InlineCode", "ImageUri", "Policies", "Events", "Tracing", "DeadLetterQueue", "Tags", "Role", "RolePath",
	"PermissionsBoundary", "AssumeRolePolicyDocument", "AutoPublishAlias", "AutoPublishAliasAllProperties",
	"AutoPublishCodeSha256", "DeploymentPreference", "EventInvokeConfig", "FunctionUrlConfig", "ProvisionedConcurrencyConfig",
	"PropagateTags", "VersionDescription", "VersionDeletionPolicy", "RuntimeManagementConfig", "SourceKMSKeyArn", "Connectors",
}

func functionProperties(p *cfn.Node, m cfn.Maker, id string) *cfn.Node {
	out := p.Without(samOnly...)
	out.Set("Code", samCode(p, m))
	if v := p.Get("Tracing"); v != nil {
		out.Set("TracingConfig", wrap(v, m, "Mode"))
	}
	if v := p.At("DeadLetterQueue", "TargetArn"); v != nil {
		out.Set("DeadLetterConfig", m.Map("TargetArn", v))
	}
	out.Set("Tags", samTags(p.Get("Tags"), m))
	return out
}

// wrap makes {key: v}; when a condition may take v away, it takes the map.
func wrap(v *cfn.Node, m cfn.Maker, key string) *cfn.Node {
	if v.Kind == cfn.Call && v.Func == "Fn::If" {
		if in := v.Arg().List(3, 3); in != nil {
			return m.Call("Fn::If", m.List(in[0], wrap(in[1], m, key), wrap(in[2], m, key)))
		}
	}
	if v.Kind == cfn.Call && v.Func == "Ref" && v.Arg().IsScalar() && v.Arg().Text == "AWS::NoValue" {
		return v
	}
	return m.Map(key, v)
}

func samCode(p *cfn.Node, m cfn.Maker) *cfn.Node {
	if v := p.Get("InlineCode"); v != nil {
		return m.Map("ZipFile", v)
	}
	if v := p.Get("ImageUri"); v != nil {
		return m.Map("ImageUri", v)
	}
	return samLocation(p.Get("CodeUri"), m, "S3Bucket", "S3Key", "S3ObjectVersion")
}

// samLocation turns an s3:// text or {Bucket, Key, Version} into what the
// generated resource has; a local path, which packaging replaces, stays.
func samLocation(v *cfn.Node, m cfn.Maker, bucket, key, version string) *cfn.Node {
	switch {
	case v == nil:
		return nil
	case v.Kind == cfn.Map:
		return m.Map(bucket, v.Get("Bucket"), key, v.Get("Key"), version, v.Get("Version"))
	case v.IsScalar():
		if b, k, is := S3Location(v.Text); is {
			at := cfn.Maker{At: v}
			return m.Map(bucket, at.Text(b), key, at.Text(k))
		}
	}
	return v
}

// samTags makes the list that resources have of SAM's map; SAM adds one of its
// own.
func samTags(tags *cfn.Node, m cfn.Maker) *cfn.Node {
	out := m.List(m.Map("Key", m.Text("lambda:createdBy"), "Value", m.Text("SAM")))
	if tags == nil || tags.Kind != cfn.Map {
		return out
	}
	for _, e := range tags.Entries {
		out.Items = append(out.Items, m.Map("Key", cfn.Maker{At: e.Value}.Text(e.Key), "Value", e.Value))
	}
	return out
}
