/*
 * Everything about the synthesised stack. The CDK takes seconds to load and Jest loads it anew for each test file, so
 * the checks share one: run some of them by `npm test -- test/infra/stack -t 'part of a name'`.
 */
import './bootstrap.checks.ts'
import './operations.checks.ts'
import './permissions.checks.ts'
import './pipeline.checks.ts'
import './policy.checks.ts'
import './signed-webhooks.checks.ts'
import './storage.checks.ts'
import './webhooks.checks.ts'
