# Numbers as people write them.
package preflight.lib

# grouped writes a whole number with commas, and anything else as it is.
grouped(n) := trim(strings.reverse(regex.replace(strings.reverse(text), `[0-9]{3}`, "$0,")), ",") if {
	text := sprintf("%v", [n])
	regex.match(`^[0-9]+$`, text)
}

grouped(n) := text if {
	text := sprintf("%v", [n])
	not regex.match(`^[0-9]+$`, text)
}
