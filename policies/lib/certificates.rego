package preflight.lib

# certificate_faults is what is wrong with a certificate for a domain; without a
# domain, any name will do.
certificate_faults(c, _) := [{"message": "does not exist", "expected": "a certificate", "found": "nothing"}] if c.state == "missing"

certificate_faults(c, domain) := array.concat(array.concat(_certificate_status(c), _certificate_expiry(c)), _certificate_cover(c, domain)) if c.state == "present"

_certificate_status(c) := [{"message": sprintf("is %s", [c.status]), "expected": "ISSUED", "found": c.status} | c.status != "ISSUED"]

_certificate_expiry(c) := [{"message": sprintf("expires on %s", [c.not_after]), "expected": "30 days or more", "found": c.not_after} |
	c.status == "ISSUED"
	c.not_after != ""
	time.parse_rfc3339_ns(c.not_after) < time.add_date(time.parse_rfc3339_ns(input.run.time), 0, 0, 30)
]

_certificate_cover(c, domain) := [{"message": "is for other names", "expected": domain, "found": concat(", ", c.names)} |
	domain != ""
	not _certificate_covers(c.names, domain)
]

_certificate_covers(names, domain) if {
	some name in names
	glob.match(lower(name), ["."], lower(domain))
}
