package events

import "regexp"

// The CDK prints stack, count, time, status, type and, in one cell, the
// resource's path, its id in brackets and the reason. A status has 20 letters.
var (
	ofTheCDK = regexp.MustCompile(`^(\S+)(?: \((\w+)\))?\s*(.*)$`)
	cut      = map[string]string{
		"UPDATE_ROLLBACK_IN_P": "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMP": "UPDATE_ROLLBACK_COMPLETE",
		"UPDATE_ROLLBACK_FAIL": "UPDATE_ROLLBACK_FAILED", "UPDATE_COMPLETE_CLEA": "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
	}
)

// printedByTheCDK names the cells of a row that ends in status, type and
// resource; it is nil for other rows.
func printedByTheCDK(row []cell) []cell {
	last := len(row) - 1
	if last < 2 || row[last].header != "" || kindOf(row[last-1].text) != resourceType {
		return nil
	}
	if whole := cut[row[last-2].text]; whole != "" {
		row[last-2].text = whole
	}
	if kindOf(row[last-2].text) != status {
		return nil
	}
	var named []cell
	for i, c := range row[:last] {
		switch k := kindOf(c.text); {
		case i == last-1:
			c.header = "ResourceType"
		case i == last-2:
			c.header = "ResourceStatus"
		case k == moment:
			c.header = "Timestamp"
		case k == name:
			c.header = "StackName"
		default:
			c.header = "ClientRequestToken"
		}
		named = append(named, c)
	}
	m := ofTheCDK.FindStringSubmatch(row[last].text)
	id := m[1]
	if m[2] != "" {
		id = m[2]
	}
	at := row[last]
	named = append(named, cell{header: "LogicalResourceId", text: id, line: at.line, column: at.column})
	if m[3] != "" {
		named = append(named, cell{header: "ResourceStatusReason", text: m[3], line: at.line, column: at.column})
	}
	for i := range named {
		named[i].tool = true
	}
	return named
}
