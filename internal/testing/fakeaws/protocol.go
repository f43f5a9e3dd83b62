package fakeaws

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// The protocols.
const (
	jsonProtocol = "json"
	restJSON     = "rest-json"
	restXML      = "rest-xml"
	queryXML     = "query"
	ec2XML       = "ec2"
)

// prefixes are the services whose IAM prefix is not their name in signatures.
var prefixes = map[string]string{"monitoring": "cloudwatch", "cloudcontrolapi": "cloudformation"}

// read tells from a request which action of which service it is.
func read(h *http.Request, body []byte) Request {
	service, region := scope(h.Header.Get("Authorization"))
	r := Request{Region: region, Fields: map[string]string{"path": h.URL.Path}}
	for name, values := range h.URL.Query() {
		r.Fields[name] = values[0]
	}
	prefix := service
	if other, has := prefixes[service]; has {
		prefix = other
	}
	operation := ""
	if target := h.Header.Get("X-Amz-Target"); target != "" {
		r.Protocol, operation = jsonProtocol, target[strings.LastIndexByte(target, '.')+1:]
		var members map[string]any
		if json.Unmarshal(body, &members) == nil {
			for name, value := range members {
				r.Fields[name] = fmt.Sprint(value)
			}
		}
	} else if form, err := url.ParseQuery(string(body)); err == nil && form.Get("Action") != "" {
		r.Protocol, operation = queryXML, form.Get("Action")
		if service == "ec2" {
			r.Protocol = ec2XML
		}
		for name, values := range form {
			r.Fields[name] = values[0]
		}
	} else {
		r.Protocol, operation = rest(service, h)
	}
	r.Action = prefix + ":" + operation
	return r
}

// scope reads service and region off the signature.
func scope(authorization string) (service, region string) {
	_, credential, _ := strings.Cut(authorization, "Credential=")
	credential, _, _ = strings.Cut(credential, ",")
	parts := strings.Split(credential, "/")
	if len(parts) < 5 {
		return "", ""
	}
	return parts[len(parts)-2], parts[len(parts)-3]
}

// rest names the operations of the services that have paths instead.
func rest(service string, h *http.Request) (protocol, operation string) {
	switch service {
	case "s3":
		bucket, key, _ := strings.Cut(strings.Trim(h.URL.Path, "/"), "/")
		switch {
		case bucket == "":
			return restXML, "ListAllMyBuckets"
		case key == "" && h.URL.Query().Has("policy"):
			return restXML, "GetBucketPolicy"
		case key == "":
			return restXML, "ListBucket"
		}
		return restXML, "GetObject"
	case "route53":
		if strings.HasSuffix(h.URL.Path, "/rrset") {
			return restXML, "ListResourceRecordSets"
		}
		return restXML, "ListHostedZones"
	case "lambda":
		switch path := strings.TrimRight(h.URL.Path, "/"); {
		case strings.HasSuffix(path, "/account-settings"):
			return restJSON, "GetAccountSettings"
		case strings.HasSuffix(path, "/concurrency"):
			return restJSON, "GetFunctionConcurrency"
		}
		return restJSON, "ListFunctions"
	case "guardduty":
		return restJSON, "ListDetectors"
	}
	return restJSON, h.Method + h.URL.Path
}

func contentType(protocol string) string {
	switch protocol {
	case jsonProtocol:
		return "application/x-amz-json-1.1"
	case restJSON:
		return "application/json"
	}
	return "text/xml"
}

// denial is how a service calls a refusal.
func denial(r Request) string {
	switch {
	case r.Protocol == ec2XML:
		return "UnauthorizedOperation"
	case strings.HasPrefix(r.Action, "s3:"), r.Protocol == queryXML, r.Protocol == restXML:
		return "AccessDenied"
	}
	return "AccessDeniedException"
}

// refuse writes an error as the protocol has it.
func refuse(w http.ResponseWriter, h *http.Request, r Request, code, message string, status int) {
	w.Header().Set("Content-Type", contentType(r.Protocol))
	w.Header().Set("X-Amzn-Errortype", code)
	w.WriteHeader(status)
	if h != nil && h.Method == http.MethodHead {
		return
	}
	switch {
	case r.Protocol == jsonProtocol, r.Protocol == restJSON:
		fmt.Fprintf(w, `{"__type": %q, "message": %q}`, code, message)
	case r.Protocol == ec2XML:
		fmt.Fprintf(w, `<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors></Response>`, code, message)
	case strings.HasPrefix(r.Action, "s3:"):
		fmt.Fprintf(w, `<Error><Code>%s</Code><Message>%s</Message></Error>`, code, message)
	default:
		fmt.Fprintf(w, `<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>`, code, message)
	}
}

// lists are the members that are an empty list where there is nothing.
var lists = map[string]string{
	"athena:ListDataCatalogs": "DataCatalogsSummary", "athena:ListWorkGroups": "WorkGroups", "cloudtrail:ListTrails": "Trails", "cloudtrail:DescribeTrails": "trailList",
	"cloudformation:ListStackSets": "Summaries", "cloudformation:ListStacks": "StackSummaries", "cloudwatch:ListDashboards": "DashboardEntries",
	"codebuild:ListProjects": "projects", "dynamodb:ListTables": "TableNames", "ec2:DescribeAddresses": "addressesSet",
	"ec2:DescribeInternetGateways": "internetGatewaySet", "ec2:DescribeRouteTables": "routeTableSet", "ecr:DescribeRepositories": "repositories", "ecs:ListClusters": "clusterArns",
	"elasticloadbalancing:DescribeLoadBalancers": "LoadBalancers", "elasticloadbalancing:DescribeTargetGroups": "TargetGroups",
	"firehose:ListDeliveryStreams": "DeliveryStreamNames", "guardduty:ListDetectors": "detectorIds", "iam:ListGroups": "Groups", "iam:ListInstanceProfiles": "InstanceProfiles",
	"iam:ListPolicies": "Policies", "iam:ListRoles": "Roles", "iam:ListUsers": "Users", "kms:ListAliases": "Aliases", "lambda:ListFunctions": "Functions", "logs:DescribeLogGroups": "logGroups",
	"secretsmanager:ListSecrets": "SecretList", "sns:ListTopics": "Topics", "sqs:ListQueues": "QueueUrls", "glue:GetDatabases": "DatabaseList",
}

// empty is the answer where there is nothing.
func empty(r Request) string {
	_, operation, _ := strings.Cut(r.Action, ":")
	list := lists[r.Action]
	switch r.Protocol {
	case jsonProtocol, restJSON:
		if list == "" {
			return "{}"
		}
		return fmt.Sprintf("{%q: []}", list)
	case restXML:
		return "<Result></Result>"
	case ec2XML:
		return fmt.Sprintf("<%[1]sResponse><%[2]s></%[2]s></%[1]sResponse>", operation, list)
	}
	if list == "" {
		return Result(operation, "")
	}
	return Result(operation, fmt.Sprintf("<%[1]s></%[1]s>", list))
}

// Result wraps the members of an answer of the query protocol.
func Result(operation, members string) string {
	return fmt.Sprintf("<%[1]sResponse><%[1]sResult>%[2]s</%[1]sResult></%[1]sResponse>", operation, members)
}

const failed = "error:"

// Fail is an answer that is an error of the service.
func Fail(code, message string) string { return failed + code + ":" + message }

func failure(text string) (code, message string, is bool) {
	rest, is := strings.CutPrefix(text, failed)
	if !is {
		return "", "", false
	}
	code, message, _ = strings.Cut(rest, ":")
	return code, message, true
}

// withMore adds to a page that there is another, in every way in which the
// services say so.
func withMore(protocol, text string) string {
	switch protocol {
	case jsonProtocol, restJSON:
		more := `"NextToken": "2", "nextToken": "2", "NextMarker": "2", "LastEvaluatedTableName": "2", "HasMoreDeliveryStreams": true, "Truncated": true`
		if rest := strings.TrimPrefix(text, "{"); strings.TrimSpace(rest) != "}" {
			more += ", "
		}
		return "{" + more + strings.TrimPrefix(text, "{")
	}
	more := "<NextToken>2</NextToken><nextToken>2</nextToken><Marker>2</Marker><NextMarker>2</NextMarker><IsTruncated>true</IsTruncated><ContinuationToken>2</ContinuationToken>"
	text = strings.Replace(text, "<IsTruncated>false</IsTruncated>", "", 1)
	end := strings.LastIndex(text, "</")
	if end < 0 {
		return text
	}
	if inner := strings.LastIndex(text[:end], "</"); inner >= 0 && strings.HasSuffix(text[:end], "Result>") {
		end = inner
	}
	return text[:end] + more + text[end:]
}
