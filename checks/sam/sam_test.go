package sam

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

const header = "Transform: AWS::Serverless-2016-10-31\n"

// expand expands a template that names the transform.
func expand(t testing.TB, text string) Expansion {
	t.Helper()
	template, err := cfn.Parse("t.yml", []byte(header+text))
	if err != nil {
		t.Fatal(err)
	}
	return Expand(template, defaults(template))
}

func TestWhatIsGenerated(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"an alias by a parameter, with a deployment": {`
Parameters: {Stage: {Type: String, Default: live-1}}
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {Role: r, AutoPublishAlias: !Ref Stage, DeploymentPreference: {Type: AllAtOnce}}}
`, "CodeDeployServiceRole F FAliasliveD1 FDeploymentGroup FVersion ServerlessDeploymentApplication"},
		"a deployment with a role of its own, one that is off": {`
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {Role: r, AutoPublishAlias: a, DeploymentPreference: {Role: x}}}
  G: {Type: AWS::Serverless::Function, Properties: {Role: r, AutoPublishAlias: a, DeploymentPreference: {Enabled: false}}}
`, "F FAliasa FDeploymentGroup FVersion G GAliasa GVersion ServerlessDeploymentApplication"},
		"destinations": {`
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {Role: r, EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: SQS}, OnFailure: {Type: SNS, Destination: arn}}}}}
`, "F FEventInvokeConfig FEventInvokeConfigOnSuccessQueue"},
		"the default route serves its function": {`
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {Role: r, Events: {All: {Type: HttpApi}, One: {Type: HttpApi, Properties: {Path: /a, Method: get}}}}}
  G: {Type: AWS::Serverless::Function, Properties: {Role: r, Events: {Two: {Type: HttpApi, Properties: {Path: /b, Method: get}}}}}
`, "F FAllPermission G GTwoPermission ServerlessHttpApi ServerlessHttpApiApiGatewayDefaultStage"},
		"events of a state machine": {`
Resources:
  M: {Type: AWS::Serverless::StateMachine, Properties: {Role: r, Events: {T: {Type: ScheduleV2, Properties: {ScheduleExpression: x}}, R: {Type: EventBridgeRule, Properties: {DeadLetterConfig: {Type: SQS}}}}}}
`, "M MR MRQueue MRQueuePolicy MRRole MT MTRole"},
		"connectors by what they join": {`
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {Role: r}, Connectors: {ToTable: {Properties: {Destination: {Id: T}, Permissions: [Read]}}}}
  T: {Type: AWS::Serverless::SimpleTable}
  S: {Type: AWS::SNS::Topic}
  C: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: S}, Destination: [{Id: F}, {Type: AWS::SQS::Queue, Arn: a}], Permissions: [Write]}}
`, "CQueuePolicyDestination1 CWriteLambdaPermissionDestination0 F FToTablePolicy S T"},
		"what stays as it is declared": {`
Resources:
  T: {Type: AWS::SNS::Topic}
`, "T"},
	} {
		var got []string
		for _, r := range expand(t, c.text).Resources {
			got = append(got, r.ID)
		}
		slices.Sort(got)
		if all := strings.Join(got, " "); all != c.want {
			t.Errorf("%s: %s, want %s", name, all, c.want)
		}
	}
}

// What depends on a value that is not known is never left out in silence.
func TestWhatIsNotKnownIsSaid(t *testing.T) {
	for name, text := range map[string]string{
		"an alias":           "F: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: !ImportValue x}}",
		"the events":         "F: {Type: AWS::Serverless::Function, Properties: {Events: !Ref X}}",
		"an event's type":    "F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: !ImportValue x}}}}",
		"another event type": "F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Telepathy}}}}",
		"another type":       "F: {Type: AWS::Serverless::Teapot}",
		"the properties":     "F: {Type: AWS::Serverless::Function, Properties: !Ref X}",
		"a deployment":       "F: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: a, DeploymentPreference: {Enabled: !ImportValue x}}}",
		"a usage plan":       "A: {Type: AWS::Serverless::Api, Properties: {StageName: s, Auth: {UsagePlan: {CreateUsagePlan: !ImportValue x}}}}",
		"a connector":        "C: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: !ImportValue x}, Destination: {Id: y}}}",
	} {
		e := expand(t, "Resources:\n  "+text+"\n")
		if len(e.Unexpanded) == 0 || e.Unexpanded[0].Pos.Line != 3 {
			t.Errorf("%s: %+v", name, e.Unexpanded)
		}
	}
	if e := expand(t, "Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Role: r}}\n"); len(e.Unexpanded) != 0 {
		t.Errorf("all is known, yet %+v", e.Unexpanded)
	}
}

func TestWithoutTheTransformNothingIsGenerated(t *testing.T) {
	template, err := cfn.Parse("t.yml", []byte("Resources: {F: {Type: AWS::Serverless::Function}}"))
	if err != nil {
		t.Fatal(err)
	}
	if e := Expand(template, defaults(template)); len(e.Resources) != 1 || e.Resources[0].Origin != nil {
		t.Errorf("%+v", e.Resources)
	}
}

// Whatever a template holds, expanding it ends, and every id is there once.
func FuzzExpand(f *testing.F) {
	f.Add("Resources: {F: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: Api}, B: {Type: SNS, Properties: {SqsSubscription: {}}}}}}}")
	f.Add("Resources: {A: {Type: AWS::Serverless::Api, Properties: {StageName: '-', Domain: {DomainName: [1, null], BasePath: !Ref x, Route53: {HostedZoneId: {a: b}}}}}}")
	f.Add("Resources: {G: {Type: AWS::Serverless::GraphQLApi, Properties: {Resolvers: {Q: x}, DataSources: {Lambda: []}, Auth: {Additional: [null]}}}}")
	f.Add("Resources: {W: {Type: AWS::Serverless::WebSocketApi, Properties: {Routes: {$: null, '': 1}}}, C: {Type: AWS::Serverless::Connector, Properties: {Destination: []}}}")
	f.Fuzz(func(t *testing.T, text string) {
		template, err := cfn.Parse("t.yml", []byte(header+text))
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, r := range Expand(template, defaults(template)).Resources {
			if seen[r.ID] {
				t.Errorf("%s is there twice", r.ID)
			}
			seen[r.ID] = true
		}
	})
}
