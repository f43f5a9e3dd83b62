package engine

import "github.com/open-policy-agent/opa/v1/ast"

// provenStages are the stages of the compiler that refuse policies and change
// nothing in those they accept, and those that rewrite what no bundled policy
// has. Whoever made the index ran them over the same bytes.
var provenStages = []ast.StageID{
	ast.StageCheckUnusedImports,
	ast.StageCheckKeywordOverrides,
	ast.StageCheckDuplicateImports,
	ast.StageRewriteTemplateStrings,
	ast.StageCheckVoidCalls,
	ast.StageRewritePrintCalls,
	ast.StageRewriteRegoMetadataCalls,
	ast.StageCheckRuleConflicts,
	ast.StageCheckUndefinedFuncs,
	ast.StageCheckSafetyRuleHeads,
	ast.StageRewriteTestRulesForTracing,
	ast.StageCheckRecursion,
	ast.StageCheckTypes,
	ast.StageCheckUnsafeBuiltins,
	ast.StageCheckDeprecatedBuiltins,
	ast.StageBuildRequiredCapabilities,
}
