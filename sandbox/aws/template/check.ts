import type { Access } from '../access/authorize.ts'
import type { Deployment } from './model.ts'
import { TemplateError } from './read.ts'

/** Throws what a deployment would fail with, all problems at once, though the template itself can be read. */
export async function checkDeployment(deployment: Deployment, access: Access): Promise<void> {
  const problems: string[] = []
  for (const mapping of deployment.mappings) {
    const queue = deployment.queues.find((q) => q.name === mapping.queue)
    const target = deployment.functions.find((f) => f.id === mapping.function)
    if (!queue || !target) continue
    if (queue.visibilityTimeoutMs < target.timeoutMs)
      problems.push(
        `${mapping.id}: queue visibility timeout: ${queue.visibilityTimeoutMs / 1000} seconds is less than function timeout: ${target.timeoutMs / 1000} seconds`,
      )
    if (queue.fifo && mapping.batchSize > 10) problems.push(`${mapping.id}: a FIFO queue gives batches of 10 at most`)
    if (mapping.maximumConcurrency !== undefined && mapping.maximumConcurrency < 2)
      problems.push(`${mapping.id}: MaximumConcurrency is at least 2`)
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])
      if (!(await access.use(target.role, mapping.id, { action, resource: queue.arn })))
        problems.push(
          `${mapping.id}: the function execution role does not have permissions to call ${action} on ${queue.name}`,
        )
  }
  for (const rule of deployment.rules)
    for (const { arn } of rule.targets) problems.push(...(await checkTarget(deployment, access, rule, arn)))
  if (problems.length > 0) throw new TemplateError(problems.join('\n'))
}

/** A rule acts by the policy of its target: an invoke permission of a function, the policy of a queue. */
async function checkTarget(deployment: Deployment, access: Access, rule: { id: string; arn: string }, arn: string) {
  const target = deployment.functions.find((f) => f.arn === arn)
  if (target) {
    const permitted = deployment.invokePermissions.some(
      (p) =>
        [target.name, target.arn].includes(p.function) &&
        p.principal === 'events.amazonaws.com' &&
        (p.sourceArn === undefined || p.sourceArn === rule.arn),
    )
    return permitted ? [] : [`${rule.id}: nothing permits events.amazonaws.com to invoke ${target.id}`]
  }
  if (!deployment.queues.some((q) => q.arn === arn)) return []
  const need = { action: 'sqs:SendMessage', resource: arn, context: { 'aws:SourceArn': rule.arn } }
  return (await access.serviceMay('events.amazonaws.com', need))
    ? []
    : [`${rule.id}: the policy of ${arn} does not let events.amazonaws.com send to it`]
}
