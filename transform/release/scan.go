package release

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

// scanner reads the references of one template.
type scanner struct {
	key      string
	resolver resolver
	refs     []Reference
	images   []Image
}

// templateSlots are properties whose object CloudFormation reads as a template.
var templateSlots = map[string]bool{"TemplateURL": true, "TemplateUrl": true, "LoadTemplateFromURL": true}

// assetSlots are properties whose object a deployment reads.
var assetSlots = map[string]bool{
	"CodeUri": true, "ContentUri": true, "DefinitionUri": true, "SchemaUri": true, "ImageUri": false,
	"BodyS3Location": true, "DefinitionS3Location": true, "CodeS3Location": true, "RequestMappingTemplateS3Location": true,
	"ResponseMappingTemplateS3Location": true, "ScriptLocation": true, "S3ContentLocation": true,
	"SchemaHandlerPackage": true, "ModulePackage": true, "Code": true, "Content": true,
}

// maps are the pairs of properties by which an object is named in a map.
var maps = [][2]string{{"S3Bucket", "S3Key"}, {"Bucket", "Key"}, {"BucketARN", "FileKey"}, {"BucketName", "S3Key"}, {"S3BucketName", "S3ObjectKey"}}

// prose is where text is for people.
var prose = map[string]bool{"Description": true, "Metadata": true, "Comment": true}

func scan(key string, t *cfn.Template) ([]Reference, []Image) {
	s := &scanner{key: key, resolver: resolver{parameters: parameterDefaults(t)}}
	for _, e := range t.Root.Get("Resources").Pairs() {
		kind, _ := e.Value.Get("Type").Scalar()
		for _, attribute := range e.Value.Pairs() {
			if !prose[attribute.Key] {
				s.walk(attribute.Value, attribute.Key, kind)
			}
		}
	}
	if include := t.Root.Get("Transform"); include != nil {
		s.walk(include, "Transform", "")
	}
	return s.refs, s.images
}

// walk visits the value of one property, all that is in it included.
func (s *scanner) walk(n *cfn.Node, property, kind string) {
	if text, ok := s.resolver.text(n); ok {
		s.value(n, text, property, kind)
		return
	}
	switch n.Kind {
	case cfn.Call:
		if !n.Arg().IsScalar() && n.Func != "Fn::GetAtt" {
			s.walk(n.Arg(), property, kind)
		}
	case cfn.List:
		for _, item := range n.Items {
			s.walk(item, property, kind)
		}
	case cfn.Map:
		s.entries(n, property, kind)
	}
}

func (s *scanner) entries(n *cfn.Node, property, kind string) {
	if s.pair(n, property) {
		return
	}
	if n.Get("Name").Is("AWS::Include") {
		kind = ""
	}
	for _, e := range n.Entries {
		switch {
		case prose[e.Key]:
		case strings.HasPrefix(e.Key, "Fn::"):
			s.walk(e.Value, property, kind)
		default:
			s.walk(e.Value, e.Key, kind)
		}
	}
}

// pair reads {S3Bucket: B, S3Key: K} and its like.
func (s *scanner) pair(n *cfn.Node, property string) bool {
	for _, names := range maps {
		bucket, key := n.Get(names[0]), n.Get(names[1])
		if bucket == nil || key == nil {
			continue
		}
		name, _ := s.resolver.text(bucket)
		if loc, ok := s3url.Parse(name); ok && loc.Style == s3url.ARN {
			name = loc.Bucket
		}
		text, ok := s.resolver.text(key)
		if !ok || text == "" || strings.ContainsAny(text, "*") {
			continue
		}
		s.refs = append(s.refs, Reference{At: s.place(key), Text: name + "/" + text, Bucket: name, Key: text, Slot: assetSlots[property] || names[0] == "S3Bucket" || names[0] == "BucketARN"})
		return true
	}
	return false
}

var registry = regexp.MustCompile(`^[0-9]{12}\.dkr\.ecr\.|^public\.ecr\.aws/`)

func (s *scanner) value(n *cfn.Node, text, property, kind string) {
	switch {
	case property == "Image" || property == "ImageUri" || property == "ImageURI" || registry.MatchString(text):
		if text != "" && !strings.HasPrefix(text, "s3://") {
			s.images = append(s.images, Image{URI: text, At: s.place(n)})
		}
		return
	}
	template := templateSlots[property] || property == "Location" && (kind == "AWS::Serverless::Application" || kind == "")
	ref := Reference{At: s.place(n), Text: text, Slot: template || assetSlots[property], Template: template}
	loc, ok := s3url.Parse(text)
	switch {
	case ok && loc.Key != "" && !strings.Contains(loc.Key, "*"):
		ref.Bucket, ref.Key = loc.Bucket, plainKey(loc)
	case ref.Slot && packaged(property, kind) && isPath(text):
		ref.Key, ref.Local = text, true
	default:
		return
	}
	if loc.Style == s3url.ARN && property != "Value" && !ref.Slot {
		return // a policy names what may be read, not what is
	}
	s.refs = append(s.refs, ref)
}

// plainKey undoes the percent-encoding of URLs; other spellings have none.
func plainKey(loc s3url.Location) string {
	if loc.Style != s3url.Virtual && loc.Style != s3url.Path {
		return loc.Key
	}
	if key, err := url.PathUnescape(loc.Key); err == nil {
		return key
	}
	return loc.Key
}

// packaged are the slots in which a packager replaces a path on its disk.
func packaged(property, kind string) bool {
	if property == "Code" || property == "Content" {
		return strings.HasPrefix(kind, "AWS::Lambda::")
	}
	return true
}

// isPath tells a path on the packager's disk from inline code and the like.
func isPath(text string) bool {
	return text != "" && !strings.ContainsAny(text, "\n{}$") && !strings.Contains(text, "://") && strings.ContainsAny(text, "./")
}

func (s *scanner) place(n *cfn.Node) Place {
	return Place{Template: s.key, Line: n.Pos.Line, Column: n.Pos.Column}
}
