package template_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks/template"
)

// counting counts how often each file is opened.
type counting struct {
	fs.FS
	opened map[string]int
}

func (c counting) Open(name string) (fs.File, error) {
	c.opened[name]++
	return c.FS.Open(name)
}

// TestFilesThatAreSharedAreReadOnce resolves one release with two sets of
// parameters: each file is read once, and neither sees the values of the other.
func TestFilesThatAreSharedAreReadOnce(t *testing.T) {
	files := counting{fstest.MapFS{
		"root.yml":  {Data: []byte("Parameters:\n  Name: {Type: String}\nResources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: child.yml, Parameters: {Name: !Ref Name}}\n")},
		"child.yml": {Data: []byte("Parameters:\n  Name: {Type: String}\nResources:\n  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Name}}\n")},
	}, map[string]int{}}
	source := template.Source{Files: files, Read: template.NewDocuments()}
	for _, name := range []string{"first", "second"} {
		tree, err := template.Load(t.Context(), source, "root.yml", template.Options{Parameters: map[string]template.ParameterValue{"Name": {Text: name}}})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, setting := range tree.Settings() {
			found = found || setting.Text == name
		}
		if !found {
			t.Errorf("the topic is not called %s: %+v", name, tree.Settings())
		}
	}
	for _, name := range []string{"root.yml", "child.yml"} {
		if files.opened[name] != 2 { // looked at, and read
			t.Errorf("%s was opened %d times", name, files.opened[name])
		}
	}
}
