package events

import (
	"encoding/json"
	"regexp"
	"strings"
)

// cell is one value of a row, with the name of its column where it has one.
type cell struct {
	header, text string
	line, column int
}

// kind is what a value looks like.
type kind int

const (
	nothing kind = iota
	moment
	status
	resourceType
	stackARN
	eventID
	document
	mode
	sentence
	name
)

var (
	statusForm = regexp.MustCompile(`^(?:[A-Z]+_)+(?:IN_PROGRESS|COMPLETE|FAILED|SKIPPED)$`)
	typeForm   = regexp.MustCompile(`^[A-Za-z0-9]+(?:::[A-Za-z0-9@_-]+){1,3}$`)
	stackForm  = regexp.MustCompile(`^arn:aws[a-z-]*:cloudformation:[a-z0-9-]*:\d*:stack/[^/\s]+/\S+$`)
	uuidForm   = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	// constant are other values of AWS, such as the type of an event; a logical
	// id has no underscore.
	constant = regexp.MustCompile(`^(?:[A-Z]+(?:_[A-Z]+)+|FAILED|SUCCEEDED)$`)
	idForm   = regexp.MustCompile(`^\S+-(?:[A-Z]+_)+(?:IN_PROGRESS|COMPLETE|FAILED|SKIPPED)-\S+$`)
)

func kindOf(text string) kind {
	text = strings.TrimSpace(text)
	switch {
	case empty(text):
		return nothing
	case statusForm.MatchString(text):
		return status
	case stackForm.MatchString(text):
		return stackARN
	case typeForm.MatchString(text):
		return resourceType
	case uuidForm.MatchString(text), idForm.MatchString(text):
		return eventID
	case text == "FAIL" || text == "WARN":
		return mode
	case constant.MatchString(text):
		return document
	case strings.HasPrefix(text, "{") && json.Valid([]byte(text)):
		return document
	}
	if _, err := instant(text); err == nil {
		return moment
	}
	if strings.ContainsAny(text, " \t\n") {
		return sentence
	}
	return name
}

// empty tells how the forms write that there is no value.
func empty(text string) bool {
	switch strings.TrimSpace(text) {
	case "", "-", "–", "None", "null":
		return true
	}
	return false
}

// field is what a column tells of an event.
type field int

const (
	ignored field = iota
	fieldID
	fieldStackID
	fieldStackName
	fieldLogicalID
	fieldPhysicalID
	fieldType
	fieldStatus
	fieldReason
	fieldTime
	fieldOperation
	fieldHookType
	fieldHookStatus
	fieldHookReason
	fieldHookMode
	fieldCheckName
	fieldCheckStatus
	fieldCheckReason
	fieldCheckMode
	fieldCheckPath
)

// headers are the names of columns, in small letters without spaces.
var headers = map[string]field{
	"eventid": fieldID, "stackid": fieldStackID, "stackname": fieldStackName, "stack": fieldStackName,
	"logicalresourceid": fieldLogicalID, "logicalid": fieldLogicalID, "physicalresourceid": fieldPhysicalID, "physicalid": fieldPhysicalID,
	"resourcetype": fieldType, "type": fieldType, "resourcestatus": fieldStatus, "status": fieldStatus,
	"resourcestatusreason": fieldReason, "statusreason": fieldReason, "timestamp": fieldTime, "date": fieldTime, "operationid": fieldOperation,
	"hooktype": fieldHookType, "hookstatus": fieldHookStatus, "hookstatusreason": fieldHookReason, "hookfailuremode": fieldHookMode,
	"validationname": fieldCheckName, "validationstatus": fieldCheckStatus, "validationstatusreason": fieldCheckReason,
	"validationfailuremode": fieldCheckMode, "validationpath": fieldCheckPath,
	"clientrequesttoken": ignored, "resourceproperties": ignored, "detailedstatus": ignored, "hookinvocationpoint": ignored, "hookinvocations": ignored,
	"endtime": ignored, "starttime": ignored, "eventtype": ignored, "operationtype": ignored, "operationstatus": ignored,
}

func headerField(text string) (field, bool) {
	f, ok := headers[strings.ToLower(strings.ReplaceAll(strings.TrimSpace(text), " ", ""))]
	return f, ok
}
