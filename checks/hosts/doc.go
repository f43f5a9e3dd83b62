// Package hosts knows which hosts under amazonaws.com have a counterpart in AWS
// China: a host is written for China only where that host exists there and means
// the same. hosts.txt holds the rows with their sources.
//
// It reads no template and judges nothing; it sees nothing of the module.
package hosts
