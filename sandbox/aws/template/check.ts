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
  problems.push(...checkApi(deployment))
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

/** The API invokes by each function's own permission, which may name a method and a path. */
function checkApi({ httpApi, functions, invokePermissions }: Deployment): string[] {
  if (!httpApi) return []
  return httpApi.routes.flatMap((route) => {
    const target = functions.find((f) => f.id === route.function)
    const permitted = invokePermissions.some(
      (p) =>
        target !== undefined &&
        [target.name, target.arn].includes(p.function) &&
        p.principal === 'apigateway.amazonaws.com' &&
        (p.sourceArn === undefined || like(p.sourceArn, sourceOf(httpApi.arn, httpApi.stage, route.key))),
    )
    return permitted ? [] : [`${httpApi.id}: nothing permits API Gateway to invoke ${route.function} for ${route.key}`]
  })
}

/** "POST /a/{b}" → "<api>/$default/POST/a/{b}": where a call comes from, to the function's permission. */
const sourceOf = (arn: string, stage: string, key: string): string => {
  const [method = '', path = ''] = key === '$default' ? ['*', '/$default'] : key.split(' ')
  return `${arn}/${stage}/${method}${path}`
}

/** ARNs in a permission are patterns: * any text, ? one character. */
const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(text)
