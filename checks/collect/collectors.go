package collect

// collectors are all there are: one row a file.
func collectors() []collector {
	return []collector{
		callerCollector(),
		callerRoleCollector(),
		stacksCollector(),
		stackSetsCollector(),
		typesCollector(),
		organizationsCollector(),
		roleCollector(),
		rolesCollector(),
		inventoryCollector(),
		quotasCollector(),
		bucketsCollector(),
		objectsCollector(),
		certificatesCollector(),
		dnsCollector(),
		secretsCollector(),
		buildsCollector(),
	}
}
