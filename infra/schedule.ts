import { Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'

export interface ScheduleProps {
  readonly description: string
  /** rate(5 minutes) or cron(...), UTC. */
  readonly expression: string
  readonly target: IFunction
  /**
   * False keeps the schedule and switches it off.
   * @default true
   */
  readonly enabled?: boolean
}

/**
 * An EventBridge schedule that invokes one function, with a role that can do nothing else. An invocation that
 * fails is not repeated: the next one does the same work.
 */
export class Schedule extends Construct {
  readonly name: string
  readonly arn: string
  readonly role: Role

  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id)
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        Invoke: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [props.target.functionArn] }),
          ],
        }),
      },
    })
    const schedule = new CfnSchedule(this, 'Schedule', {
      description: props.description,
      scheduleExpression: props.expression,
      state: (props.enabled ?? true) ? 'ENABLED' : 'DISABLED',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: props.target.functionArn,
        roleArn: this.role.roleArn,
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    })
    this.name = schedule.ref
    this.arn = schedule.attrArn
  }
}
