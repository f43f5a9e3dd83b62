package remove

// samRequired is what the serverless types require; they are in no registry.
// The paths include what fails closed: a role, for example, would otherwise be
// made up by the serverless transform.
var samRequired = map[string][]string{
	"AWS::Serverless::Function":     {"/FunctionName", "/Role", "/CodeUri", "/InlineCode", "/ImageUri", "/CodeUri/Bucket", "/CodeUri/Key", "/VpcConfig", "/VpcConfig/SecurityGroupIds", "/VpcConfig/SubnetIds", "/FunctionUrlConfig/AuthType"},
	"AWS::Serverless::Api":          {"/StageName", "/Auth", "/DefinitionBody", "/DefinitionUri", "/DefinitionUri/Bucket", "/DefinitionUri/Key"},
	"AWS::Serverless::HttpApi":      {"/Auth", "/DefinitionBody", "/DefinitionUri", "/DefinitionUri/Bucket", "/DefinitionUri/Key"},
	"AWS::Serverless::WebSocketApi": {"/Auth"},
	"AWS::Serverless::Application":  {"/Location", "/Location/ApplicationId", "/Location/SemanticVersion"},
	"AWS::Serverless::LayerVersion": {"/ContentUri", "/ContentUri/Bucket", "/ContentUri/Key", "/LayerName"},
	"AWS::Serverless::SimpleTable":  {"/TableName", "/PrimaryKey"},
	"AWS::Serverless::StateMachine": {"/Role", "/Definition", "/DefinitionUri", "/DefinitionSubstitutions", "/DefinitionUri/Bucket", "/DefinitionUri/Key"},
	"AWS::Serverless::Connector":    {"/Source", "/Destination", "/Permissions"},
	"AWS::Serverless::GraphQLApi":   {"/Auth", "/SchemaUri", "/SchemaInline", "/Name"},
}

// samMakes are the types into whose properties serverless ones of the same name
// go as they are written.
var samMakes = map[string]string{
	"AWS::Serverless::Function": "AWS::Lambda::Function", "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
	"AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
}

// statefulTypes hold data or identities that deleting loses. A direct seed may
// go: China cannot have it. One that would go for the sake of another may not.
var statefulTypes = map[string]bool{
	"AWS::Backup::BackupVault": true, "AWS::Cognito::UserPool": true, "AWS::DocDB::DBCluster": true, "AWS::DocDB::DBInstance": true,
	"AWS::DynamoDB::GlobalTable": true, "AWS::DynamoDB::Table": true, "AWS::EC2::Volume": true, "AWS::EFS::FileSystem": true,
	"AWS::EMR::Cluster": true, "AWS::ElastiCache::CacheCluster": true, "AWS::ElastiCache::ReplicationGroup": true,
	"AWS::Elasticsearch::Domain": true, "AWS::FSx::FileSystem": true, "AWS::KMS::Key": true, "AWS::Kinesis::Stream": true,
	"AWS::Neptune::DBCluster": true, "AWS::Neptune::DBInstance": true, "AWS::OpenSearchService::Domain": true,
	"AWS::Organizations::Account": true, "AWS::QLDB::Ledger": true, "AWS::RDS::DBCluster": true, "AWS::RDS::DBInstance": true,
	"AWS::Redshift::Cluster": true, "AWS::S3::Bucket": true, "AWS::SDB::Domain": true, "AWS::SQS::Queue": true,
	"AWS::SecretsManager::Secret": true, "AWS::Serverless::SimpleTable": true,
}
