# METADATA
# scope: package
# title: The proxy stack for China is in a region that is not supported
# description: |
#   The web stack of a deployment in China runs outside it, in Singapore or
#   Sydney; the vendor publishes and supports it in no other region.
# related_resources:
# - ref: https://docs.runpanther.io/help/china
# custom:
#   id: PF-CHN-007
#   severity: error
#   remediation: Deploy proxy_panther.yml in one of the two regions.
#   source: "AWS China guide: the proxy is available in ap-southeast-1 and ap-southeast-2"
package preflight.china.proxy_region

skipped contains "the entry template is not the China proxy" if input.run.entry_kind != "proxy"

finding contains {
	"subject": sprintf("region:%s", [input.run.region]),
	"message": sprintf("the proxy stack is not published for %s", [input.run.region]),
	"expected": concat(" or ", data.preflight.data.china.proxy_regions),
	"found": input.run.region,
} if {
	input.run.region != ""
	not input.run.region in data.preflight.data.china.proxy_regions
}

undecided contains {
	"subject": "region:",
	"message": "the region is not known",
	"expected": concat(" or ", data.preflight.data.china.proxy_regions),
	"found": "no region",
} if {
	input.run.region == ""
}
