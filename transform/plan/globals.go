package plan

// SamSections are the sections of Globals and the type that each is about.
var SamSections = map[string]string{
	"Function": "AWS::Serverless::Function", "Api": "AWS::Serverless::Api", "HttpApi": "AWS::Serverless::HttpApi",
	"SimpleTable": "AWS::Serverless::SimpleTable", "StateMachine": "AWS::Serverless::StateMachine",
	"LayerVersion": "AWS::Serverless::LayerVersion", "WebSocketApi": "AWS::Serverless::WebSocketApi",
}
