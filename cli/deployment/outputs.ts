import { readFileSync } from 'node:fs'
import aws4 from 'aws4'
import { XMLParser } from 'fast-xml-parser'
import * as z from 'zod'
import { type ConnectionOutputs, readOutputs, type StackOutputs } from '../../infra/outputs.ts'
import { WrongUse } from '../exit.ts'
import { didYouMean } from '../suggest.ts'
import type { Account } from './account.ts'

export type Outputs = { shared: StackOutputs; connections: ConnectionOutputs[] }

const outputsFile = z.record(z.string(), z.record(z.string(), z.string()))

/** Outputs from the file that `cdk deploy --outputs-file` wrote. Throws WrongUse. */
export function outputsFromFile(file: string, stack?: string): Outputs {
  let stacks: z.infer<typeof outputsFile>
  try {
    stacks = outputsFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new WrongUse(
      missing
        ? `there is no file ${file}`
        : `${file} is not what "cdk deploy --outputs-file" writes: no stack with outputs`,
    )
  }
  const names = Object.keys(stacks)
  const name = stack ?? (names.length === 1 ? names[0] : undefined)
  if (name === undefined) throw new WrongUse(`${file} has the outputs of ${names.join(', ')}; name one with --stack`)
  const outputs = stacks[name]
  if (!outputs) throw new WrongUse(`${file} has no stack "${name}"; ${didYouMean(name, names)}`)
  return understood(outputs, name)
}

const describeStacks = z.object({
  DescribeStacksResponse: z.object({
    DescribeStacksResult: z.object({
      Stacks: z.object({
        member: z.object({
          Outputs: z
            .object({ member: z.array(z.object({ OutputKey: z.string(), OutputValue: z.string() })) })
            .optional(),
        }),
      }),
    }),
  }),
})

/**
 * Outputs of a deployed stack, by the one CloudFormation call the command needs. Throws WrongUse where there is no
 * such stack.
 */
export async function outputsOfStack(stack: string, { region, credentials }: Account): Promise<Outputs> {
  const host = `cloudformation.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  const query = new URLSearchParams({ Action: 'DescribeStacks', Version: '2010-05-15', StackName: stack })
  const request = aws4.sign({ host, path: `/?${query}`, service: 'cloudformation', region, method: 'GET' }, credentials)
  const response = await fetch(`https://${host}${request.path}`, { headers: request.headers as Record<string, string> })
  const body = new XMLParser({
    isArray: (name, path) => name === 'member' && String(path).endsWith('Outputs.member'),
    parseTagValue: false,
  }).parse(await response.text()) as { ErrorResponse?: { Error?: { Code?: string; Message?: string } } }
  const fault = body.ErrorResponse?.Error
  if (fault?.Code === 'ValidationError')
    throw new WrongUse(`there is no stack "${stack}" in ${region} for this profile`)
  if (!response.ok)
    throw Object.assign(new Error(fault?.Message ?? `CloudFormation answered ${response.status}`), {
      name: fault?.Code ?? 'AccessDenied',
    })
  const found =
    describeStacks.parse(body).DescribeStacksResponse.DescribeStacksResult.Stacks.member.Outputs?.member ?? []
  return understood(Object.fromEntries(found.map((o) => [o.OutputKey, o.OutputValue])), stack)
}

function understood(outputs: Record<string, string>, stack: string): Outputs {
  try {
    return readOutputs(outputs)
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error
    throw new WrongUse(
      `${stack} is no stack of this release of ml-connector: its outputs are not those expected; deploy it again`,
    )
  }
}
