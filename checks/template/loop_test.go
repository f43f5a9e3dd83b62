package template

import "testing"

const loops = `
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'a,b'}
Resources:
  Fn::ForEach::Topics:
    - Name
    - [Alpha, Beta]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Properties:
          TopicName: !Sub 'panther-${Name}-${AWS::Region}'
          DisplayName: !Ref Name
          Tags:
            Fn::ForEach::Tags: [Key, [one, two], {'${Key}-${Name}': !Ref Key}]
  Fn::ForEach::Unknown:
    - Name
    - !Ref Names
    - Queue${Name}: {Type: 'AWS::SQS::Queue'}
  Fn::ForEach::Hosts:
    - Host
    - [a.example.com]
    - Zone&{Host}: {Type: 'Custom::Zone', Properties: {Name: '${Host}'}}
`

func TestLoops(t *testing.T) {
	tree := loadText(t, loops, Options{Region: "us-east-1"})
	p := resource(t, tree, "entry#TopicBeta").Properties()
	if got := p.Get("TopicName").Text(); got != "panther-Beta-us-east-1" {
		t.Error(got)
	}
	if p.Get("DisplayName").Text() != "Beta" || p.Get("Tags", "two-Beta").Text() != "two" {
		t.Errorf("%+v", p)
	}
	if got := resource(t, tree, "entry#Zoneaexamplecom").Properties().Get("Name").Text(); got != "a.example.com" {
		t.Error(got)
	}
	f := tree.Facts()
	if len(f.Resources) != 3 || len(f.Templates[0].Unexpanded) != 1 {
		t.Errorf("%d resources, unexpanded %q", len(f.Resources), f.Templates[0].Unexpanded)
	}
}

// Without the transform a loop is no loop, and nothing is known of it.
func TestLoopsNeedTheTransform(t *testing.T) {
	f := loadText(t, loops[len("\nTransform: AWS::LanguageExtensions"):], Options{}).Facts()
	if len(f.Resources) != 0 || len(f.Templates[0].Unexpanded) != 3 {
		t.Errorf("%+v", f.Templates)
	}
}
