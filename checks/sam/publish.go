package sam

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// deployment is the wish of one function for a gradual deployment.
type deployment struct {
	origin *cfn.Resource
	role   *cfn.Node
}

// publish generates the version, the alias and the deployment group of a
// function that publishes one, and returns the alias's id.
func (g *generator) publish(r *cfn.Resource, p *cfn.Node, m cfn.Maker) string {
	alias := p.Get("AutoPublishAlias")
	if alias == nil {
		return ""
	}
	name, known := g.text(alias)
	version := g.add(r, r.ID+"Version", "AWS::Lambda::Version", m.Map("FunctionName", m.Ref(r.ID), "Description", p.Get("VersionDescription")))
	version.DeletionPolicy = orElse(p.Get("VersionDeletionPolicy"), m.Text("Retain"))
	if !known {
		g.unknown(r, alias, "the alias of the function depends on a value that is not known")
		return ""
	}
	id := r.ID + "Alias" + aliasID.Replace(name)
	g.add(r, id, "AWS::Lambda::Alias", m.Map("Name", alias, "FunctionName", m.Ref(r.ID),
		"FunctionVersion", m.GetAtt(version.ID, "Version"), "ProvisionedConcurrencyConfig", p.Get("ProvisionedConcurrencyConfig")))
	g.gradual(r, p.Get("DeploymentPreference"), m)
	return id
}

// gradual generates the deployment group of a function.
func (g *generator) gradual(r *cfn.Resource, preference *cfn.Node, m cfn.Maker) {
	if preference == nil || preference.IsNoValue() {
		return
	}
	enabled, known := g.flag(preference.Get("Enabled"), true)
	if !known {
		g.unknown(r, preference, "whether the function is deployed gradually depends on a value that is not known")
	}
	if !enabled {
		return
	}
	role := preference.Get("Role")
	g.deployments = append(g.deployments, &deployment{r, role})
	g.add(r, r.ID+"DeploymentGroup", "AWS::CodeDeploy::DeploymentGroup", m.Map("ApplicationName", m.Ref(deploymentApplicationID),
		"ServiceRoleArn", orElse(role, m.GetAtt(deploymentRoleID, "Arn"))))
}

// aliasID writes the name of an alias as it stands in an id, which has neither
// dashes nor underscores.
var aliasID = strings.NewReplacer("-", "D", "_", "U")

const (
	deploymentApplicationID = "ServerlessDeploymentApplication"
	deploymentRoleID        = "CodeDeployServiceRole"
)

// deploymentApplication generates what all gradual deployments share. Its role
// is for those that name none.
func (g *generator) deploymentApplication() {
	for _, d := range g.deployments {
		m := cfn.Maker{At: d.origin.Properties}
		if g.own(deploymentApplicationID, d.origin); !g.seen[deploymentApplicationID] {
			g.add(d.origin, deploymentApplicationID, "AWS::CodeDeploy::Application", m.Map("ComputePlatform", m.Text("Lambda")))
		}
		if d.role != nil {
			continue
		}
		if g.own(deploymentRoleID, d.origin); !g.seen[deploymentRoleID] {
			g.add(d.origin, deploymentRoleID, "AWS::IAM::Role", m.Map(
				"AssumeRolePolicyDocument", trust(m, "codedeploy.amazonaws.com"),
				"ManagedPolicyArns", m.List(m.Sub(awsManaged+"service-role/AWSCodeDeployRoleForLambda"))))
		}
	}
}
