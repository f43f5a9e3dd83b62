package registry

import (
	"slices"
	"strings"
	"testing"
)

func typeIn(t *testing.T, region, name string) *Type {
	t.Helper()
	typ, ok := In(region, name)
	if !ok {
		t.Fatalf("%s is not in %s", name, region)
	}
	return typ
}

// Every type of every region is whole: it decodes, and every path that it
// names leads to a property.
func TestEveryTypeOfEveryRegion(t *testing.T) {
	if err := Err(); err != nil {
		t.Fatal(err)
	}
	i, err := embedded.index()
	if err != nil {
		t.Fatal(err)
	}
	// The registry itself names these, which the types do not have.
	unsound := map[string]bool{
		"AWS::GameLiftStreams::StreamGroup LocationConfiguration.OnDemandCapacity": true,
		"AWS::Lightsail::Alarm Tags": true, "AWS::Lightsail::LoadBalancerTlsCertificate Tags": true, "AWS::Lightsail::StaticIp Tags": true,
	}
	forms := 0
	for _, name := range Types() {
		cut := strings.LastIndex(name, "::")
		n, err := embedded.namespace(name[:cut])
		if err != nil {
			t.Fatal(err)
		}
		f := n.types[name[cut+2:]]
		if f == nil {
			t.Errorf("%s is in the index alone", name)
			continue
		}
		decoded := map[int]bool{}
		for at, region := range append([]string{""}, i.regions...) {
			var bit uint64
			if at > 0 {
				bit = 1 << (at - 1)
			}
			if decoded[f.variant(bit)] || at > 0 && i.sets[name]&bit == 0 {
				continue
			}
			decoded[f.variant(bit)] = true
			forms++
			typ, err := embedded.decoded(name, n, f, bit)
			if err != nil {
				t.Errorf("%s in %q: %v", name, region, err)
				continue
			}
			for _, list := range []Paths{typ.CreateOnly, typ.ConditionalCreateOnly, typ.WriteOnly, typ.Deprecated, typ.Identifier, {typ.Tagging.Property}} {
				for _, path := range list {
					if _, ok := typ.Property(path); !ok && path != "" && !unsound[name+" "+path] {
						t.Errorf("%s in %q: %s is no property", name, region, path)
					}
				}
			}
			for _, attribute := range typ.Attributes() {
				if _, ok := typ.Attribute(attribute); !ok {
					t.Errorf("%s in %q: attribute %s is no property", name, region, attribute)
				}
			}
		}
	}
	if len(Types()) < 1500 || len(Regions()) < 30 || forms < len(Types()) {
		t.Errorf("%d types in %d forms, %d regions", len(Types()), forms, len(Regions()))
	}
}

func TestLambdaFunction(t *testing.T) {
	f := typeIn(t, "us-east-1", "AWS::Lambda::Function")
	runtime, _ := f.Property("Runtime")
	if !slices.Contains(runtime.Enum, any("python3.13")) || !slices.Contains(runtime.Enum, any("go1.x")) || slices.Contains(runtime.Enum, any("python4")) {
		t.Errorf("runtimes %v", runtime.Enum)
	}
	memory, _ := f.Property("MemorySize")
	if memory.Type != Integer || *memory.Minimum != 128 || *memory.Maximum < 10240 {
		t.Errorf("%+v", memory)
	}
	bucket, ok := f.Property("Code.S3Bucket")
	if !ok || bucket.Format != "AWS::S3::Bucket.Name" || *bucket.MaxLength != 63 {
		t.Errorf("%+v", bucket)
	}
	code, _ := f.Property("Code")
	if code.RefName != "Code" || !code.Ref.Closed() || !slices.Contains(code.Names(), "ImageUri") {
		t.Errorf("%+v", code)
	}
	if !slices.Equal(f.Schema.Required, []string{"Code", "Role"}) || !slices.Contains(f.CreateOnly, "PackageType") {
		t.Errorf("required %v, create-only %v", f.Schema.Required, f.CreateOnly)
	}
	if _, ok := f.Property("Environment.Variables.ANYTHING"); !ok {
		t.Error("a map takes any key")
	}
	for _, path := range []string{"Runtim", "Code.S3Bukket", "Runtime.More", "Code.S3Bucket.More"} {
		if _, ok := f.Property(path); ok {
			t.Errorf("%s is a property", path)
		}
	}
	if f.NearestProperty("TracingConfg.Mode") != "TracingConfig.Mode" || Nearest("AWS::Lamda::Function") != "AWS::Lambda::Function" {
		t.Error("the nearest names are others")
	}
}

func TestCreateOnly(t *testing.T) {
	table := typeIn(t, "us-east-1", "AWS::DynamoDB::Table")
	if !table.CreateOnly.Covers("TableName") || table.CreateOnly.Covers("BillingMode") || !table.ConditionalCreateOnly.Covers("KeySchema[0].AttributeName") {
		t.Errorf("create-only %v, conditional %v", table.CreateOnly, table.ConditionalCreateOnly)
	}
	billing, _ := table.Property("BillingMode")
	if !slices.Equal(billing.Enum, []any{"PAY_PER_REQUEST", "PROVISIONED"}) {
		t.Errorf("billing modes %v: the API model's are left out", billing.Enum)
	}
	p := Paths{"A.B"}
	if !p.Touches("A") || !p.Covers("A[1].B.C") || p.Covers("A.Bc") || p.Covers("A") || p.Touches("AB") {
		t.Error("paths are compared wrongly")
	}
}

func TestAttributes(t *testing.T) {
	for _, c := range []struct {
		typ, attribute string
		want           bool
	}{
		{"AWS::S3::Bucket", "Arn", true},
		{"AWS::S3::Bucket", "DomainName", true},
		{"AWS::S3::Bucket", "RegionalDomainName", true},
		{"AWS::S3::Bucket", "WebsiteURL", true},
		{"AWS::S3::Bucket", "BucketName", false},
		{"AWS::S3::Bucket", "ARN", false},
		{"AWS::SQS::Queue", "QueueName", true},  // every property of a queue
		{"AWS::SNS::Topic", "TopicName", true},  // is an attribute
		{"AWS::DocDB::DBCluster", "Port", true}, // one more than the read-only ones
		{"AWS::RDS::DBInstance", "Endpoint.Address", true},
		{"AWS::RDS::DBInstance", "Endpoint.Adress", false},
		{"AWS::CloudFormation::Stack", "Outputs.Anything", true},
		{"AWS::CloudFormation::Stack", "Outputs", false},
		{"AWS::CloudFormation::Stack", "Outputs.", false},
		{"AWS::CloudFormation::Stack", "StackId", false},
		{"AWS::CloudFormation::WaitCondition", "Data", true},
		{"AWS::ServiceCatalog::CloudFormationProvisionedProduct", "Outputs.X", true},
		{"Custom::Thing", "Whatever.It.Says", true},
		{"AWS::Lambda::Url", "FunctionUrl", true},
	} {
		typ := typeIn(t, "us-east-1", c.typ)
		if _, ok := typ.Attribute(c.attribute); ok != c.want {
			t.Errorf("%s.%s: %v; attributes are %v", c.typ, c.attribute, ok, typ.Attributes())
		}
	}
}

func TestRegions(t *testing.T) {
	for _, c := range []struct {
		region, typ string
		want        Availability
	}{
		{Beijing, "AWS::Cognito::UserPool", Missing},
		{Ningxia, "AWS::Cognito::UserPoolClient", Missing},
		{"us-east-1", "AWS::Cognito::UserPool", Available},
		{Beijing, "AWS::Cognito::IdentityPool", Available},
		{Ningxia, "AWS::Cognito::IdentityPool", Missing},
		{Beijing, "AWS::Lambda::Url", Missing}, // though listed
		{"us-east-1", "AWS::Lambda::Url", Available},
		{Beijing, "AWS::AppSync::GraphQLApi", Available},
		{Ningxia, "AWS::DAX::Cluster", Available},
		{Beijing, "AWS::DAX::Cluster", Missing},
		{Beijing, "AWS::Serverless::Function", Available},
		{Beijing, "AWS::Serverless::Nonsense", UnknownAvailability},
		{Beijing, "Custom::Anything", Available},
		{Beijing, "AWS::Tomorrow::Thing", UnknownAvailability},
		{Beijing, "My::Org::Thing::MODULE", UnknownAvailability},
		{"us-iso-east-1", "AWS::S3::Bucket", UnknownAvailability}, // publishes no registry
		{"mars-north-1", "AWS::S3::Bucket", UnknownAvailability},
	} {
		if got, _ := Offered(c.region, c.typ); got != c.want {
			t.Errorf("%s in %s: %v, want %v", c.typ, c.region, got, c.want)
		}
	}
	if _, reason := Offered(Beijing, "AWS::Lambda::Url"); reason == "" || Doubt(Ningxia, "AWS::AppSync::Resolver") == "" || Doubt(Beijing, "AWS::AppSync::Resolver") != "" {
		t.Error("reasons and doubts are missing")
	}
	for _, d := range Disagreements() {
		if d.Type == "AWS::Lambda::Url" && (!d.Missing || !slices.Equal(d.Listed, []string{Beijing})) {
			t.Errorf("%+v: the registry of Beijing alone lists function URLs", d)
		}
	}
	for _, row := range overrides().doubted {
		if !slices.ContainsFunc(Disagreements(), func(d Disagreement) bool { return d.Type == row.typ && d.Says == row.second }) {
			t.Errorf("%s is doubted in %s, where no registry lists it", row.typ, row.first)
		}
	}
	beijing, home := typeIn(t, Beijing, "AWS::Lambda::EventSourceMapping"), typeIn(t, "us-east-1", "AWS::Lambda::EventSourceMapping")
	if _, ok := beijing.Property("LoggingConfig"); ok {
		t.Error("LoggingConfig of an event source mapping is in Beijing")
	}
	if _, ok := home.Property("LoggingConfig"); !ok {
		t.Error("LoggingConfig of an event source mapping is not in us-east-1")
	}
	if _, ok := In(Beijing, "AWS::Cognito::UserPool"); ok {
		t.Error("a user pool has a schema in Beijing")
	}
}

func TestNaming(t *testing.T) {
	for _, c := range []struct {
		typ, property string
		longest       int
	}{
		{"AWS::Lambda::Function", "FunctionName", 64},
		{"AWS::DynamoDB::Table", "TableName", 255}, // the schema has the limit of an ARN
		{"AWS::S3::Bucket", "BucketName", 63},
		{"AWS::SQS::Queue", "QueueName", 80}, // the schema has none
		{"AWS::ElasticLoadBalancingV2::TargetGroup", "Name", 32},
		{"AWS::ECS::TaskDefinition", "Family", 255},
		{"AWS::Logs::SubscriptionFilter", "FilterName", 512},
		{"AWS::CloudFormation::Stack", "", 128},
		{"AWS::IAM::Policy", "", 0},
		{"AWS::EC2::VPC", "", 0},
		{"AWS::Events::Connection", "Name", 64},
	} {
		if n := typeIn(t, "us-east-1", c.typ).Naming(); n.Property != c.property || n.Longest != c.longest {
			t.Errorf("%s is named by %q of at most %d", c.typ, n.Property, n.Longest)
		}
	}
	if n := typeIn(t, "us-east-1", "AWS::IAM::Role").Naming(); n.Pattern == "" || n.Shortest != 1 {
		t.Errorf("%+v", n)
	}
}

func TestTagging(t *testing.T) {
	for _, c := range []struct {
		typ  string
		want Tagging
	}{
		{"AWS::S3::Bucket", Tagging{Taggable: true, OnCreate: true, Updatable: true, SystemTags: true, Property: "Tags", Stated: true}},
		{"AWS::Lambda::Permission", Tagging{Stated: true}},
		{"AWS::SSM::Parameter", Tagging{Taggable: true, OnCreate: true, Updatable: true, SystemTags: true, Property: "Tags", Stated: true}},
		{"AWS::EFS::FileSystem", Tagging{Taggable: true, OnCreate: true, Updatable: true, SystemTags: true, Property: "FileSystemTags", Stated: true}},
	} {
		if got := typeIn(t, "us-east-1", c.typ).Tagging; got != c.want {
			t.Errorf("%s: %+v", c.typ, got)
		}
	}
}

func TestPaths(t *testing.T) {
	waf := typeIn(t, "us-east-1", "AWS::WAFv2::WebACL") // statements lead back to themselves
	var paths []string
	for path := range waf.Paths() {
		paths = append(paths, path)
	}
	if !slices.Contains(paths, "Rules[*].Statement.GeoMatchStatement.CountryCodes[*]") || len(paths) > 20000 {
		t.Errorf("%d paths", len(paths))
	}
	for _, path := range paths {
		if _, ok := waf.Property(path); !ok {
			t.Fatalf("%s is no property", path)
		}
	}
}

func TestRequiredPaths(t *testing.T) {
	required := slices.Collect(typeIn(t, Beijing, "AWS::IAM::Role").RequiredPaths())
	slices.Sort(required)
	want := []string{"AssumeRolePolicyDocument", "Policies[*].PolicyDocument", "Policies[*].PolicyName", "Tags[*].Key", "Tags[*].Value"}
	if !slices.Equal(required, want) {
		t.Errorf("%v", required)
	}
}

// Overrides that the table makes needless, or that name nothing, go.
func TestOverrides(t *testing.T) {
	if _, err := parseOverrides(overridesText); err != nil {
		t.Fatal(err)
	}
	for typ, row := range overrides().names {
		typ := typeIn(t, "us-east-1", typ)
		if row.first != "-" && typ.Schema.Properties[row.first] == nil {
			t.Errorf("%s has no property %s", typ.Name, row.first)
		}
		without := Naming{Property: typ.nameProperty()}
		if s := typ.Schema.Properties[without.Property]; s != nil {
			without.read(s)
		}
		if without == typ.Naming() {
			t.Errorf("the registry itself says how %s is named", typ.Name)
		}
	}
	for typ := range overrides().missing {
		if _, ok := Lookup(typ); !ok {
			t.Errorf("no region lists %s", typ)
		}
	}
	for _, bad := range []string{"name | A | B | C", "name | A | B | C | a book", "other | A | B | C | https://a"} {
		if _, err := parseOverrides(bad); err == nil || !strings.HasPrefix(err.Error(), "overrides.txt:1: ") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// Nothing is unpacked before it is asked for.
func TestNothingIsReadAhead(t *testing.T) {
	tb := newTable(archive)
	if _, ok := tb.lookup("AWS::SQS::Queue", "us-east-1"); !ok {
		t.Fatal("no queue")
	}
	tb.namespaces.Range(func(name, _ any) bool {
		if name != "AWS::SQS" {
			t.Errorf("%v was unpacked", name)
		}
		return true
	})
	tb.types.Range(func(key, _ any) bool {
		if key.(typeKey).name != "AWS::SQS::Queue" {
			t.Errorf("%v was decoded", key)
		}
		return true
	})
}
