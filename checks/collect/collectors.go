package collect

// collectors are all there are: one row a file.
func collectors() []collector {
	return []collector{
		callerCollector(),
		callerRoleCollector(),
		stacksCollector(),
		stackSetsCollector(),
		typesCollector(),
		retainedCollector(),
		organizationsCollector(),
		roleCollector(),
		rolesCollector(),
		inventoryCollector(),
		quotasCollector(),
		bucketsCollector(),
		objectsCollector(),
		bucketPoliciesCollector(),
		networkCollector(),
		certificatesCollector(),
		dnsCollector(),
		secretsCollector(),
		buildsCollector(),
	}
}
