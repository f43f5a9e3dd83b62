// Package china reads the tables of what AWS China spells or has otherwise:
// service principals, ARNs by the grammar of their service, and the accounts,
// registries and hosted zones of AWS that have a twin there. The tables are
// data of the policies, one row a fact with its source, so that a check never
// calls wrong what the transform makes. The package changes nothing and does no
// I/O.
package china
