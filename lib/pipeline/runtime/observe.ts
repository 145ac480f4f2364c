import { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger'
import { MetricUnit, Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics'
import type { Logger } from '../../core/connection.ts'
import type { AwsApi } from '../aws/api.ts'
import { busNotices } from '../aws/notices.ts'
import type { Metrics, Observability } from '../ports.ts'

/** Structured log lines. Callers pass ids, codes and messages; a payload or a token is never a field. */
function structuredLog(): Logger {
  const logger = new PowertoolsLogger()
  return {
    info: (message, fields) => logger.info(message, fields ?? {}),
    warn: (message, fields) => logger.warn(message, fields ?? {}),
    error: (message, fields) => logger.error(message, fields ?? {}),
  }
}

/** Metrics by embedded metric format: log lines, no API call. */
function embeddedMetrics(): Metrics {
  const metrics = new PowertoolsMetrics({ namespace: 'MlConnector' })
  return {
    count: (name, value, dimensions) => {
      const single = metrics.singleMetric()
      for (const [key, dimension] of Object.entries(dimensions)) single.addDimension(key, dimension)
      single.addMetric(name, MetricUnit.Count, value)
    },
  }
}

/** Log, metrics and events of one function. */
export function observe(api: AwsApi, environment: { EVENT_BUS: string }): Observability {
  const log = structuredLog()
  return { log, metrics: embeddedMetrics(), notices: busNotices(api, environment.EVENT_BUS, log) }
}
