package findings

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// findings lists what is left for a person to decide: it reads the result, not
// the plan, and so finds what no rule knew too.
func Scan(m *plan.Model, d *plan.Draft, out []*plan.Emitted) []plan.Finding {
	p := &finder{Model: m, Draft: d, outputs: out, noted: map[string]bool{}, traced: map[string]bool{}}
	for _, e := range out {
		s := &scanner{p: p, e: e, told: map[*cfn.Node]bool{}}
		for _, r := range e.Template.Resources {
			if r.External && r.Gone == nil {
				p.Warn(e.Template, r.TemplateURL(), "missing-template", "the template of %s is not in the input; it is not transformed, and what it takes and gives is not checked", r.ID)
			}
		}
		s.scan()
	}
	return p.found
}

// finder collects the findings of a whole result.
type finder struct {
	*plan.Model
	*plan.Draft
	outputs []*plan.Emitted
	noted   map[string]bool
	traced  map[string]bool // parameters that were mentioned
	found   []plan.Finding
}

// scanner reads one template of the result.
type scanner struct {
	p *finder
	e *plan.Emitted
	t *plan.Template // the result
	r *plan.Resource

	told map[*cfn.Node]bool // what was found is not found again for what it says
}

func (s *scanner) scan() {
	t, err := s.e.Read(s.e.From)
	if err != nil {
		return // the proof has read it already
	}
	t.Stack, s.t = s.e.Template.Stack, t
	for _, r := range t.Resources {
		s.r = r
		s.types()
		s.rules()
		s.practice()
		s.visit(r.Props, plan.Spot{})
	}
	s.r = nil
	s.tracing()
	s.texts(t.Root, false)
	for _, o := range t.Outputs {
		s.visit(o.Node.Get("Value"), plan.Spot{})
	}
	for _, e := range t.Section("Parameters") {
		s.parameter(e.Key, e.Value)
	}
	s.mappings()
	s.orphans()
}

func (s *scanner) add(n *cfn.Node, rule, severity, message, fix string) {
	f := plan.Finding{ID: findingIDs[rule], Rule: rule, Severity: severity, Message: message, Fix: fix, File: s.e.Name, Path: s.t.Path(n), Line: n.Pos.Line, Column: n.Pos.Column, Subject: s.t.Stack}
	if s.r != nil {
		f.LogicalID, f.Subject = s.r.ID, s.r.Subject()
	}
	s.p.addFinding(f)
}

// types reports types of which nothing is known, and listed ones that other
// sources doubt.
func (s *scanner) types() {
	region := s.p.Options.Region
	if offered, reason := registry.Offered(region, s.r.Type); offered == registry.UnknownAvailability {
		s.add(s.r.Key, "unknown-type", "warning", "nothing is known of "+s.r.Type+" in "+region, "look it up for that region, and remove it with --remove where it is missing")
	} else if offered == registry.Missing {
		s.add(s.r.Key, "doubtful-type", "warning", s.r.Type+" is listed for "+region+", but "+reason, "remove it with --remove '"+s.r.Subject()+"'")
	} else if doubt := registry.Doubt(region, s.r.Type); doubt != "" && !strings.HasPrefix(s.r.Type, "AWS::CertificateManager") {
		s.add(s.r.Key, "doubtful-type", "warning", s.r.Type+": "+doubt, "try it in that region before you rely on it")
	}
}

func (s *scanner) visit(n *cfn.Node, at plan.Spot) {
	if n == nil || at.Key == "Description" || s.told[n] {
		return
	}
	if text, ok := plan.Flatten(n); ok {
		s.text(n, text, at)
	}
	switch n.Kind {
	case cfn.Call:
		s.call(n, at)
	case cfn.List:
		for _, item := range n.Items {
			s.visit(item, at.Item())
		}
	case cfn.Map:
		for _, e := range n.Entries {
			s.visit(e.Value, at.Entry(e.Key))
		}
	}
}

// call visits what is inside a function call and is no text of it.
func (s *scanner) call(n *cfn.Node, at plan.Spot) {
	switch arg := n.Arg(); {
	case n.Func == "Fn::Sub" || n.Func == "Ref" || n.Func == "Fn::GetAtt":
	case arg.Kind == cfn.Call:
		s.visit(arg, at)
	default:
		for _, c := range arg.Children() {
			s.visit(c, at)
		}
	}
}

var (
	zoneName    = regexp.MustCompile(`^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$`)
	imageID     = regexp.MustCompile(`^ami-[0-9a-f]{8,}$`)
	otherImage  = regexp.MustCompile(`^\d{12}\.dkr\.ecr\.[^/]+/|^public\.ecr\.aws/`)
	foreignVPCE = regexp.MustCompile(`^com\.amazonaws\.vpce\.`)
)

// text judges one text of the result.
func (s *scanner) text(n *cfn.Node, text string, at plan.Spot) {
	const shortest = len("cn-north-1")
	switch {
	case len(text) < shortest || len(text) > 1<<16:
	case s.place(n, text, at), s.imageText(n, text):
	case strings.HasPrefix(text, "arn:"):
		s.arnText(n, text)
	case strings.Contains(text, "arn:aws:"):
		s.add(n, "foreign-arn", "error", "the text still holds an ARN of the partition aws", "spell it for aws-cn, or remove what uses it")
	case len(text) < 2*shortest && zoneName.MatchString(text) && !strings.HasPrefix(text, "cn-"):
		s.add(n, "hard-coded-region", "error", "availability zone "+text+" is not in AWS China", "take it from Fn::GetAZs or a parameter")
	case strings.HasPrefix(text, "ami-") && imageID.MatchString(text):
		s.add(n, "hard-coded-region", "error", "machine image "+text+" is of another region", "take it from a public SSM parameter or a parameter of the template")
	case len(text) < 2*shortest && plan.RegionName.MatchString(text) && !registry.IsChina(text):
		s.add(n, "hard-coded-region", "warning", "region "+text+" is hard-coded", "use AWS::Region, or a parameter")
	case strings.HasPrefix(text, "com.") && foreignVPCE.MatchString(text):
		s.add(n, "foreign-vpc-endpoint", "error", "endpoint service "+text+" is in another partition", "name a service in China, or remove the endpoint")
	default:
		s.host(n, text, at)
	}
}

// place judges a place in S3.
func (s *scanner) place(n *cfn.Node, text string, at plan.Spot) bool {
	if !strings.Contains(text, "s3") {
		return false
	}
	loc, ok := s3url.Parse(text)
	if !ok || strings.ContainsAny(text, " \n") {
		return false
	}
	switch {
	case loc.Style == s3url.AccessPoint:
		s.add(n, "access-point", "error", "an access point of another partition holds no object that China can read", "name a bucket in China")
	case loc.Bucket == s.p.Options.Bucket:
		key := strings.TrimPrefix(loc.Key, s.p.Options.KeyPrefix)
		present := s.p.Release.Present
		if _, template := s.p.Release.Files[key]; present != nil && loc.Key != "" && !strings.ContainsAny(key, "*$") && loc.Style != s3url.ARN && !template && !present(key) && !s.p.made(key) {
			s.add(n, "missing-asset", "error", "the release does not hold "+key, "download the release again")
		}
	case strings.Contains(loc.Bucket, "$"), loc.Style == s3url.ARN, loc.Partition == "aws-cn":
		return false
	case at.Key == "TemplateURL" || at.Key == "Location" || at.Key == "LoadTemplateFromURL":
		s.add(n, "foreign-s3-template", "error", "CloudFormation in AWS China cannot read a template from bucket "+loc.Bucket+" of another partition",
			"copy the template into a bucket in China, or name the bucket with --source-bucket if it is the release's own")
	default:
		s.add(n, "foreign-s3-asset", "error", "bucket "+loc.Bucket+" is not one of the release's, and AWS China cannot read it if it is in another partition",
			"copy the object into a bucket in China, or name the bucket with --source-bucket")
	}
	return true
}

func (p *finder) made(key string) bool {
	return slices.ContainsFunc(p.outputs, func(e *plan.Emitted) bool { return e.To == key })
}

func (s *scanner) imageText(n *cfn.Node, text string) bool {
	if !strings.Contains(text, ".ecr.") || !otherImage.MatchString(text) || strings.Contains(text, ".amazonaws.com.cn/") {
		return false
	}
	s.add(n, "foreign-image", "error", "container image "+plan.Shorten(text)+" is in a registry that AWS China cannot read",
		"copy the image into a registry in China and name that with --ecr-registry")
	return true
}

func (s *scanner) arnText(n *cfn.Node, text string) {
	a, ok := arn.Head(text)
	switch {
	case !ok:
	case a.Partition == "aws":
		s.add(n, "foreign-arn", "error", plan.Shorten(text)+" is of the partition aws", "name a resource in aws-cn, or remove what uses it")
	case a.Service == "lambda" && strings.HasPrefix(a.Resource, "layer:") && !plan.Open(a.Account) && (a.Partition != "aws-cn" || china.Outside(china.Layer, a.Account)) && !china.IsTwin(china.Layer, a.Account):
		s.add(n, "foreign-layer", "error", "layer "+plan.Shorten(text)+" is published by an account of another partition", "publish the layer in China and name that")
	case a.Service == "lambda" && china.IsTwin(china.Layer, a.Account):
		s.add(n, "layer-version", "info", "the layer "+plan.Shorten(text)+" has version numbers of its own in China", "check the version for that region")
	case !plan.Open(a.Region) && !registry.IsChina(a.Region):
		s.add(n, "hard-coded-region", "error", plan.Shorten(text)+" names region "+a.Region, "use AWS::Region, or remove what uses it")
	case a.Service == "iam" && a.Account == "aws" && strings.HasPrefix(a.Resource, "policy/"):
		if name, listed := china.ManagedPolicy(plan.LastStep(a.Resource)); listed && name == "" {
			s.add(n, "managed-policy", "error", "the managed policy "+a.Resource+" does not exist in AWS China", "put its statements inline")
		}
	}
}

func (s *scanner) parameter(name string, param *cfn.Node) {
	if n := param.Get("Default"); n != nil {
		s.visit(n, plan.Spot{Path: "/Default", Key: "Default"})
	}
	n := param.Get("AllowedPattern")
	if n == nil {
		return
	}
	pattern, _ := n.Scalar()
	refuses := strings.Contains(pattern, "arn:aws:") && !strings.Contains(pattern, "aws-cn") ||
		strings.Contains(pattern, `amazonaws\.com`) && !strings.Contains(pattern, `\.cn`) && !strings.HasSuffix(pattern, `amazonaws\.com`)
	if refuses {
		s.add(n, "pattern-refuses-china", "warning", fmt.Sprintf("the AllowedPattern of parameter %s refuses values of AWS China", name), "allow aws-cn and .com.cn in the source template")
	}
}

// mappings judges the rows that count in China, and reports mappings that are
// read by region and have no row for it.
func (s *scanner) mappings() {
	tables := s.t.Root.Get("Mappings")
	for _, e := range tables.Pairs() {
		table := e.Value
		for _, e := range table.Pairs() {
			row := e.Value
			if !plan.ElsewhereRow(e.Key) {
				s.visit(row, plan.Spot{Path: "/Mappings"})
			}
		}
	}
	for _, name := range s.t.ReadByRegion() {
		if table := tables.Get(name); table != nil && table.Get(s.p.Options.Region) == nil {
			s.add(table, "mapping-without-row", "error", fmt.Sprintf("mapping %s is read by region and has no row for %s", name, s.p.Options.Region), "add the row to the source template")
		}
	}
}
