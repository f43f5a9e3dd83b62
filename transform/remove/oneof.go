package remove

import (
	"slices"
)

// group is a set of properties of which the API wants one though the schema
// wants none. Losing the last of them is losing the object.
type group struct {
	path    string
	members []string
}

var sgSource = []string{"CidrIp", "CidrIpv6", "SourceSecurityGroupId", "SourceSecurityGroupName", "SourcePrefixListId",
	"DestinationSecurityGroupId", "DestinationPrefixListId"}

var routeTarget = []string{"GatewayId", "NatGatewayId", "InstanceId", "NetworkInterfaceId", "VpcPeeringConnectionId", "TransitGatewayId",
	"EgressOnlyInternetGatewayId", "CarrierGatewayId", "LocalGatewayId", "VpcEndpointId", "CoreNetworkArn"}

var streamDestination = []string{"S3DestinationConfiguration", "ExtendedS3DestinationConfiguration", "RedshiftDestinationConfiguration",
	"ElasticsearchDestinationConfiguration", "AmazonopensearchserviceDestinationConfiguration", "AmazonOpenSearchServerlessDestinationConfiguration",
	"SplunkDestinationConfiguration", "HttpEndpointDestinationConfiguration", "SnowflakeDestinationConfiguration", "IcebergDestinationConfiguration"}

var oneOf = map[string][]group{
	"AWS::EC2::SecurityGroup":          {{"/SecurityGroupIngress/*", sgSource}, {"/SecurityGroupEgress/*", sgSource}},
	"AWS::EC2::SecurityGroupIngress":   {{"", sgSource}, {"", []string{"GroupId", "GroupName"}}},
	"AWS::EC2::SecurityGroupEgress":    {{"", sgSource}},
	"AWS::EC2::Route":                  {{"", routeTarget}, {"", []string{"DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"}}},
	"AWS::Route53::RecordSet":          {{"", []string{"AliasTarget", "ResourceRecords"}}, {"", []string{"HostedZoneId", "HostedZoneName"}}},
	"AWS::Route53::RecordSetGroup":     {{"/RecordSets/*", []string{"AliasTarget", "ResourceRecords"}}, {"", []string{"HostedZoneId", "HostedZoneName"}}},
	"AWS::Events::Rule":                {{"", []string{"EventPattern", "ScheduleExpression"}}},
	"AWS::StepFunctions::StateMachine": {{"", []string{"Definition", "DefinitionString", "DefinitionS3Location"}}},
	"AWS::Serverless::StateMachine":    {{"", []string{"Definition", "DefinitionUri"}}},
	"AWS::Serverless::Function":        {{"", []string{"CodeUri", "InlineCode", "ImageUri"}}},
	"AWS::IAM::Policy":                 {{"", []string{"Groups", "Roles", "Users"}}},
	"AWS::CloudWatch::Alarm":           {{"", []string{"MetricName", "Metrics"}}},
	"AWS::CloudFormation::StackSet":    {{"", []string{"TemplateURL", "TemplateBody"}}},
	"AWS::AppSync::GraphQLSchema":      {{"", []string{"Definition", "DefinitionS3Location"}}},
	"AWS::EC2::Instance":               {{"", []string{"ImageId", "LaunchTemplate"}}},
	"AWS::KinesisFirehose::DeliveryStream": {{"", streamDestination},
		{"/AmazonOpenSearchServerlessDestinationConfiguration", []string{"CollectionEndpoint"}},
		{"/AmazonopensearchserviceDestinationConfiguration", []string{"ClusterEndpoint", "DomainARN"}},
		{"/ElasticsearchDestinationConfiguration", []string{"ClusterEndpoint", "DomainARN"}}},
	"AWS::Lambda::EventSourceMapping": {{"", []string{"EventSourceArn", "SelfManagedEventSource"}}},
	"AWS::EC2::EIPAssociation":        {{"", []string{"InstanceId", "NetworkInterfaceId"}}},
	"AWS::EC2::FlowLog":               {{"", []string{"LogDestination", "LogGroupName"}}},
	"AWS::S3::Bucket":                 {{"/LifecycleConfiguration/Rules/*/Transitions/*", []string{"TransitionDate", "TransitionInDays"}}},
}

// emptiesGroup tells whether the object at path loses the last member of a
// group: kept are the keys that stay, lost those that go.
func emptiesGroup(typ, path string, kept, lost []string) bool {
	for _, g := range oneOf[typ] {
		if g.path != path {
			continue
		}
		member := func(name string) bool { return slices.Contains(g.members, name) }
		if slices.ContainsFunc(lost, member) && !slices.ContainsFunc(kept, member) {
			return true
		}
	}
	return false
}
