import { Duration } from 'aws-cdk-lib'
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { MetricName } from '../lib/pipeline/ports.ts'
import type { WatchKind } from '../lib/pipeline/watch/finding.ts'

/** What the functions' metrics are called: the namespace and service of Powertools, and one dimension of ours. */
export const metricsNamespace = 'MlConnector'
export const serviceName = 'ml-connector'

/** A counter that the functions write to their log in the embedded metric format, by connection, flow or kind. */
export const counter = (
  metricName: MetricName,
  dimension: { connection: string } | { flow: string } | { kind: WatchKind },
): Metric =>
  new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service: serviceName, ...dimension },
    statistic: Stats.SUM,
    period: Duration.minutes(5),
  })
