package template

// function generates the Lambda function, its role unless one is given, its
// alias and version, its URL, and what its events ask for.
func (g *generator) function(r *declaration) {
	p, m := g.doc.withGlobals(r), maker{r.properties}
	if p.kind != mapNode {
		g.out = append(g.out, r)
		return
	}
	f := g.add(r, r.id, "AWS::Lambda::Function", nil)
	f.properties = functionProperties(p, m, r.id)
	if role := p.get("Role"); role == nil || role.kind == callNode && role.fn == "Fn::If" {
		made := g.add(r, r.id+"Role", "AWS::IAM::Role", functionRole(p, m, r.id))
		made.unless = role
		if role != nil {
			f.properties.set("Role", role)
		} else {
			f.properties.set("Role", m.arn(r.id+"Role"))
		}
	} else {
		f.properties.set("Role", role)
	}
	g.attached(r, p, m)
	events := p.get("Events")
	if events == nil || events.kind != mapNode {
		return
	}
	for _, e := range events.entries {
		g.event(r, e)
	}
}

// attached generates what belongs to one function beside its role and events.
func (g *generator) attached(r *declaration, p *node, m maker) {
	if alias := p.get("AutoPublishAlias"); alias.isScalar() {
		version := g.add(r, r.id+"Version", "AWS::Lambda::Version", m.object("FunctionName", m.ref(r.id)))
		g.add(r, r.id+"Alias"+alias.text, "AWS::Lambda::Alias", m.object(
			"Name", alias, "FunctionName", m.ref(r.id), "FunctionVersion", m.call("Fn::GetAtt", m.text(version.id+".Version"))))
	}
	if c := p.get("FunctionUrlConfig"); c != nil {
		g.add(r, r.id+"Url", "AWS::Lambda::Url", merge(m.object("TargetFunctionArn", m.ref(r.id)), c))
		if auth := c.get("AuthType"); auth.isScalar() && auth.text == "NONE" {
			g.add(r, r.id+"UrlPublicPermissions", "AWS::Lambda::Permission", m.object(
				"Action", m.text("lambda:InvokeFunctionUrl"), "FunctionName", m.ref(r.id), "Principal", m.text("*")))
			g.add(r, r.id+"URLInvokeAllowPublicAccess", "AWS::Lambda::Permission", m.object(
				"Action", m.text("lambda:InvokeFunction"), "FunctionName", m.ref(r.id), "Principal", m.text("*")))
		}
	}
	if c := p.get("EventInvokeConfig"); c != nil {
		g.add(r, r.id+"EventInvokeConfig", "AWS::Lambda::EventInvokeConfig", m.object("FunctionName", m.ref(r.id), "Qualifier", m.text("$LATEST")))
	}
}

// samOnly are the properties that Lambda itself does not have.
var samOnly = []string{
	"CodeUri", "InlineCode", "ImageUri", "Policies", "Events", "Tracing", "DeadLetterQueue", "Tags", "Role", "RolePath",
	"PermissionsBoundary", "AssumeRolePolicyDocument", "AutoPublishAlias", "AutoPublishAliasAllProperties",
	"AutoPublishCodeSha256", "DeploymentPreference", "EventInvokeConfig", "FunctionUrlConfig", "ProvisionedConcurrencyConfig",
	"PropagateTags", "VersionDescription", "VersionDeletionPolicy", "RuntimeManagementConfig", "SourceKMSKeyArn", "Connectors",
}

func functionProperties(p *node, m maker, id string) *node {
	out := without(p, samOnly...)
	out.set("Code", samCode(p, m))
	if v := p.get("Tracing"); v != nil {
		out.set("TracingConfig", wrap(v, m, "Mode"))
	}
	if v := p.path("DeadLetterQueue", "TargetArn"); v != nil {
		out.set("DeadLetterConfig", m.object("TargetArn", v))
	}
	out.set("Tags", samTags(p.get("Tags"), m))
	return out
}

// wrap makes {key: v}; when a condition may take v away, it takes the map.
func wrap(v *node, m maker, key string) *node {
	if v.kind == callNode && v.fn == "Fn::If" {
		if in := args(v.arg(), 3, 3); in != nil {
			return m.call("Fn::If", m.list(in[0], wrap(in[1], m, key), wrap(in[2], m, key)))
		}
	}
	if v.kind == callNode && v.fn == "Ref" && v.arg().isScalar() && v.arg().text == "AWS::NoValue" {
		return v
	}
	return m.object(key, v)
}

func samCode(p *node, m maker) *node {
	if v := p.get("InlineCode"); v != nil {
		return m.object("ZipFile", v)
	}
	if v := p.get("ImageUri"); v != nil {
		return m.object("ImageUri", v)
	}
	return samLocation(p.get("CodeUri"), m, "S3Bucket", "S3Key", "S3ObjectVersion")
}

// samLocation turns an s3:// text or {Bucket, Key, Version} into what the
// generated resource has; a local path, which packaging replaces, stays.
func samLocation(v *node, m maker, bucket, key, version string) *node {
	switch {
	case v == nil:
		return nil
	case v.kind == mapNode:
		return m.object(bucket, v.get("Bucket"), key, v.get("Key"), version, v.get("Version"))
	case v.isScalar():
		if b, k, is := s3Text(v.text); is {
			at := maker{v}
			return m.object(bucket, at.text(b), key, at.text(k))
		}
	}
	return v
}

// samTags makes the list that resources have of SAM's map; SAM adds one of its
// own.
func samTags(tags *node, m maker) *node {
	out := m.list(m.object("Key", m.text("lambda:createdBy"), "Value", m.text("SAM")))
	if tags == nil || tags.kind != mapNode {
		return out
	}
	for _, e := range tags.entries {
		out.items = append(out.items, m.object("Key", maker{e.value}.text(e.key), "Value", e.value))
	}
	return out
}
