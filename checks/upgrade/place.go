package upgrade

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

// inChina reports whether the stack stands in an AWS China region.
func (p *planner) inChina() bool { return strings.HasPrefix(p.request.Region, "cn-") }

// templateURL is where CloudFormation reads the entry template of a version.
func (p *planner) templateURL(version string) string {
	form := p.matrix.Artifacts.Template
	switch {
	case p.inChina():
		return s3url.ChinaURL(or(p.request.Bucket, "{bucket}"), p.request.Region, version+"/panther.yml")
	case p.request.Proxy:
		form = p.matrix.Artifacts.Proxy
	}
	return p.fill(form, map[string]string{"version": version})
}

func (p *planner) roleTemplateURL(version string) string {
	return p.fill(p.matrix.Artifacts.Role, map[string]string{"version": version})
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// fill puts what is known in place of the {placeholders}, quoted for a shell;
// what is not known stays for the operator.
func (p *planner) fill(text string, more map[string]string) string {
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		key := strings.Trim(name, "{}")
		if value := or(more[key], p.known[key]); value != "" {
			return value
		}
		return name
	})
}
