package remove

// failClosed are the optional properties that count as required: without them
// the resource would be open, unauthenticated, without an identity, or would
// quietly do its work on something else.
var failClosed = map[string][]string{
	"AWS::Lambda::Permission": {"/SourceArn", "/SourceAccount", "/PrincipalOrgID", "/EventSourceToken"},
	"AWS::Lambda::Function": {"/Code/S3Bucket", "/Code/S3Key", "/Code/ImageUri", "/Code/ZipFile", "/VpcConfig",
		"/VpcConfig/SecurityGroupIds", "/VpcConfig/SubnetIds"},
	"AWS::Lambda::LayerVersion":                 {"/Content/S3Bucket", "/Content/S3Key"},
	"AWS::Lambda::EventSourceMapping":           {"/EventSourceArn", "/FilterCriteria", "/SourceAccessConfigurations", "/SelfManagedEventSource", "/Topics", "/Queues"},
	"AWS::Lambda::Url":                          {"/AuthType", "/Qualifier"},
	"AWS::ApiGateway::Method":                   {"/AuthorizerId", "/Integration", "/Integration/Uri", "/Integration/Credentials", "/Integration/ConnectionId"},
	"AWS::ApiGateway::Authorizer":               {"/AuthorizerUri", "/AuthorizerCredentials", "/ProviderARNs"},
	"AWS::ApiGateway::RestApi":                  {"/Policy", "/Body", "/BodyS3Location"},
	"AWS::ApiGateway::Stage":                    {"/DeploymentId", "/ClientCertificateId"},
	"AWS::ApiGateway::DomainName":               {"/MutualTlsAuthentication", "/CertificateArn", "/RegionalCertificateArn"},
	"AWS::ApiGateway::BasePathMapping":          {"/RestApiId", "/Stage"},
	"AWS::ApiGatewayV2::Api":                    {"/Body", "/BodyS3Location"},
	"AWS::ApiGatewayV2::Route":                  {"/AuthorizerId", "/Target"},
	"AWS::ApiGatewayV2::Integration":            {"/IntegrationUri", "/ConnectionId", "/CredentialsArn"},
	"AWS::ApiGatewayV2::Authorizer":             {"/AuthorizerUri", "/AuthorizerCredentialsArn", "/JwtConfiguration", "/JwtConfiguration/Issuer", "/JwtConfiguration/Audience"},
	"AWS::ApiGatewayV2::DomainName":             {"/MutualTlsAuthentication"},
	"AWS::SNS::Subscription":                    {"/Endpoint", "/FilterPolicy", "/SubscriptionRoleArn"},
	"AWS::AppSync::GraphQLApi":                  {"/UserPoolConfig", "/UserPoolConfig/UserPoolId", "/LambdaAuthorizerConfig", "/OpenIDConnectConfig", "/AdditionalAuthenticationProviders/*/UserPoolConfig", "/AdditionalAuthenticationProviders/*/UserPoolConfig/UserPoolId", "/AdditionalAuthenticationProviders/*/LambdaAuthorizerConfig", "/AdditionalAuthenticationProviders/*/OpenIDConnectConfig"},
	"AWS::AppSync::DataSource":                  {"/ServiceRoleArn", "/LambdaConfig", "/DynamoDBConfig", "/HttpConfig", "/ElasticsearchConfig", "/OpenSearchServiceConfig", "/RelationalDatabaseConfig", "/EventBridgeConfig"},
	"AWS::AppSync::Resolver":                    {"/DataSourceName", "/PipelineConfig", "/PipelineConfig/Functions", "/CodeS3Location", "/RequestMappingTemplateS3Location", "/ResponseMappingTemplateS3Location"},
	"AWS::AppSync::GraphQLSchema":               {"/Definition", "/DefinitionS3Location"},
	"AWS::StepFunctions::StateMachine":          {"/DefinitionSubstitutions"},
	"AWS::Events::Rule":                         {"/EventBusName", "/RoleArn", "/Targets/*/RoleArn"},
	"AWS::Events::EventBusPolicy":               {"/Condition"},
	"AWS::ECS::Service":                         {"/TaskDefinition", "/NetworkConfiguration", "/NetworkConfiguration/AwsvpcConfiguration/SecurityGroups"},
	"AWS::ECS::TaskDefinition":                  {"/TaskRoleArn"},
	"AWS::EC2::SecurityGroup":                   {"/SecurityGroupEgress"}, // without it all egress is open
	"AWS::EC2::Instance":                        {"/SecurityGroupIds", "/SubnetId", "/IamInstanceProfile"},
	"AWS::EC2::VPCEndpoint":                     {"/PolicyDocument", "/SecurityGroupIds", "/ServiceName"},
	"AWS::KMS::Key":                             {"/KeyPolicy"},
	"AWS::ElasticLoadBalancingV2::LoadBalancer": {"/SecurityGroups", "/Subnets"},
	"AWS::ElasticLoadBalancingV2::Listener":     {"/Certificates", "/MutualAuthentication"},
	"AWS::CloudFront::Distribution": {"/DistributionConfig/WebACLId", "/DistributionConfig/Origins", "/DistributionConfig/Origins/*/OriginAccessControlId",
		"/DistributionConfig/Origins/*/S3OriginConfig", "/DistributionConfig/Origins/*/S3OriginConfig/OriginAccessIdentity", "/DistributionConfig/CacheBehaviors",
		"/DistributionConfig/ViewerCertificate", "/DistributionConfig/ViewerCertificate/AcmCertificateArn", "/DistributionConfig/ViewerCertificate/IamCertificateId",
		"/DistributionConfig/DefaultCacheBehavior/TrustedKeyGroups", "/DistributionConfig/CacheBehaviors/*/TrustedKeyGroups",
		"/DistributionConfig/DefaultCacheBehavior/TrustedSigners", "/DistributionConfig/CacheBehaviors/*/TrustedSigners",
		"/DistributionConfig/DefaultCacheBehavior/LambdaFunctionAssociations", "/DistributionConfig/CacheBehaviors/*/LambdaFunctionAssociations",
		"/DistributionConfig/DefaultCacheBehavior/FunctionAssociations/*/FunctionARN", "/DistributionConfig/CacheBehaviors/*/FunctionAssociations/*/FunctionARN",
		"/DistributionConfig/DefaultCacheBehavior/LambdaFunctionAssociations/*/LambdaFunctionARN", "/DistributionConfig/CacheBehaviors/*/LambdaFunctionAssociations/*/LambdaFunctionARN"},
	"AWS::RDS::DBInstance":                    {"/SnapshotIdentifier", "/DBSnapshotIdentifier", "/VPCSecurityGroups", "/DBSubnetGroupName", "/SourceDBInstanceIdentifier"},
	"AWS::RDS::DBCluster":                     {"/SnapshotIdentifier", "/VpcSecurityGroupIds", "/DBSubnetGroupName", "/SourceDBClusterIdentifier"},
	"AWS::S3::AccessPoint":                    {"/Policy", "/VpcConfiguration"},
	"AWS::Logs::SubscriptionFilter":           {"/RoleArn"},
	"AWS::SecretsManager::RotationSchedule":   {"/RotationLambdaARN", "/HostedRotationLambda"},
	"AWS::ElasticLoadBalancing::LoadBalancer": {"/Listeners/*/SSLCertificateId"},
	"AWS::OpenSearchService::Domain":          {"/CognitoOptions", "/AccessPolicies", "/AdvancedSecurityOptions"},
	"AWS::Elasticsearch::Domain":              {"/CognitoOptions", "/AccessPolicies", "/AdvancedSecurityOptions"},
	"AWS::MSK::Cluster":                       {"/ClientAuthentication"},
	"AWS::Config::ConfigRule":                 {"/Source/SourceIdentifier"},
}

// wouldWiden are the properties whose loss opens the resource while the
// resource cannot sensibly go: the transform stops.
var wouldWiden = map[string][]string{
	"AWS::IAM::Role":                {"/PermissionsBoundary"},
	"AWS::IAM::User":                {"/PermissionsBoundary"},
	"AWS::Serverless::Function":     {"/PermissionsBoundary"},
	"AWS::Serverless::StateMachine": {"/PermissionsBoundary"},
	"AWS::Serverless::GraphQLApi":   {"/PermissionsBoundary"},
	"AWS::SSO::PermissionSet":       {"/PermissionsBoundary"},
}

// allOrNothing are the lists and maps that mean something else when one part
// of them is missing.
var allOrNothing = map[string][]string{
	"AWS::CloudWatch::Alarm":                     {"/Dimensions", "/Metrics"},
	"AWS::ElasticLoadBalancingV2::Listener":      {"/DefaultActions"},
	"AWS::ElasticLoadBalancingV2::ListenerRule":  {"/Actions", "/Conditions"},
	"AWS::StepFunctions::StateMachine":           {"/DefinitionSubstitutions", "/Definition"},
	"AWS::Serverless::StateMachine":              {"/DefinitionSubstitutions", "/Definition"},
	"AWS::Logs::MetricFilter":                    {"/MetricTransformations/*/Dimensions"},
	"AWS::ApiGatewayV2::Authorizer":              {"/JwtConfiguration"},
	"AWS::AppSync::Resolver":                     {"/PipelineConfig"},
	"AWS::ApplicationAutoScaling::ScalingPolicy": {"/TargetTrackingScalingPolicyConfiguration/CustomizedMetricSpecification"},
}

// wholeLists are the lists of which every item counts: without one, its requests
// would be answered by another, or nothing would answer them.
var wholeLists = map[string][]string{
	"AWS::CloudFront::Distribution":           {"/DistributionConfig/Origins", "/DistributionConfig/CacheBehaviors", "/DistributionConfig/Aliases"},
	"AWS::ElasticLoadBalancing::LoadBalancer": {"/Listeners"},
}

// inseparable are optional objects of no schema that mean nothing without any
// one of their parts: they go as a whole.
var inseparable = map[string][]string{
	"AWS::SQS::Queue":                             {"/RedrivePolicy", "/RedriveAllowPolicy"},
	"AWS::SNS::Subscription":                      {"/RedrivePolicy"},
	"AWS::SNS::Topic":                             {"/DeliveryPolicy", "/ArchivePolicy"},
	"AWS::Serverless::Function":                   {"/DeadLetterQueue", "/DeploymentPreference", "/EventInvokeConfig/DestinationConfig/OnSuccess", "/EventInvokeConfig/DestinationConfig/OnFailure"},
	"AWS::Lambda::Alias":                          {"/RoutingConfig"},
	"AWS::ECS::TaskDefinition":                    {"/ContainerDefinitions/*/LogConfiguration/Options"},
	"AWS::Logs::LogGroup":                         {"/DataProtectionPolicy"},
	"AWS::ApplicationAutoScaling::ScalableTarget": {"/SuspendedState"},
}

// filters are patterns of which every key narrows what comes through, while
// the items of its list are alternatives: a lost item goes, and an emptied list
// takes the pattern with it.
var filters = map[string]string{
	"AWS::Events::Rule":      "/EventPattern/",
	"AWS::SNS::Subscription": "/FilterPolicy/",
}
