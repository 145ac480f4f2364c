import { randomInt, randomUUID } from 'node:crypto'
import { json, type Need, type Service, ServiceError } from './call.ts'
import type { State } from './state.ts'
import type { GenerateSecretString, SecretDefinition } from './template/model.ts'

interface Version {
  id: string
  value: string
  createdAt: number
}

/** What is kept of a secret: its current value and the one before. */
interface Kept {
  current?: Version
  previous?: Version
}

export interface Secrets extends Service {
  /** Stores a value as the operator would with `put-secret-value`. Throws for an unknown secret. */
  set(secret: string, value: string): void
}

const contentType = 'application/x-amz-json-1.1'
const kind = 'secret'

/** Secrets Manager: the template's secrets, empty until somebody stores a value or the template has one made. */
export function createSecrets(state: State, definitions: SecretDefinition[], now: () => number): Secrets {
  const find = (reference: unknown): SecretDefinition => {
    const text = String(reference)
    const found = definitions.find((d) => [d.id, d.name, d.arn].includes(text) || d.arn.replace(/-\w{6}$/, '') === text)
    if (!found) throw notFound('the specified secret.')
    return found
  }
  const kept = (secret: SecretDefinition): Kept => {
    const stored = state.get<Kept>(kind, secret.arn)
    if (stored) return stored
    return secret.value === undefined ? {} : { current: { id: 'template', value: secret.value, createdAt: 0 } }
  }
  const put = (secret: SecretDefinition, value: string, id: string = randomUUID()): Version =>
    state.transaction(() => {
      const { current } = kept(secret)
      // The same token again is the same request, repeated after its answer was lost.
      if (current?.id === id) return current
      const version = { id, value, createdAt: now() }
      state.put(kind, secret.arn, { current: version, ...(current ? { previous: current } : {}) } satisfies Kept)
      return version
    })

  // A deployment makes them once.
  for (const secret of definitions)
    if (secret.generate && !kept(secret).current) put(secret, generated(secret.generate))

  const operations: Record<string, (secret: SecretDefinition, input: Record<string, unknown>) => object> = {
    GetSecretValue: (secret, { VersionStage, VersionId }) => {
      const { current, previous } = kept(secret)
      const stage = String(
        VersionStage ?? (VersionId !== undefined && previous?.id === VersionId ? 'AWSPREVIOUS' : 'AWSCURRENT'),
      )
      const version = { AWSCURRENT: current, AWSPREVIOUS: previous }[stage]
      if (!version || (VersionId !== undefined && version.id !== VersionId))
        throw notFound(`the specified secret value for staging label: ${stage}`)
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        SecretString: version.value,
        VersionStages: [stage],
        CreatedDate: version.createdAt / 1000,
      }
    },
    PutSecretValue: (secret, { SecretString, ClientRequestToken }) => {
      if (typeof SecretString !== 'string')
        throw new ServiceError(
          'InvalidParameterException',
          'You must provide SecretString; the embedded Secrets Manager keeps no binary secrets.',
        )
      const version = put(secret, SecretString, ClientRequestToken as string | undefined)
      return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: ['AWSCURRENT'] }
    },
    DescribeSecret: (secret) => {
      const { current, previous } = kept(secret)
      const stages = [
        ...(current ? [[current.id, ['AWSCURRENT']]] : []),
        ...(previous ? [[previous.id, ['AWSPREVIOUS']]] : []),
      ]
      return {
        ARN: secret.arn,
        Name: secret.name,
        ...(secret.key ? { KmsKeyId: secret.key } : {}),
        ...(current ? { LastChangedDate: current.createdAt / 1000 } : {}),
        VersionIdsToStages: Object.fromEntries(stages),
      }
    },
  }

  return {
    name: 'secretsmanager',
    set: (reference, value) => void put(find(reference), value),
    handle: async ({ operation, input }) => {
      const work = operations[operation]
      if (!work)
        throw new ServiceError('InvalidRequestException', `${operation} is not known to the embedded Secrets Manager`)
      return { answer: json(work(find(input.SecretId), input), contentType), cost: { secretsManagerCalls: 1 } }
    },
    needs: ({ operation, input }) => {
      const { arn, key } = find(input.SecretId)
      const uses: Record<string, string[]> = {
        GetSecretValue: ['Decrypt'],
        PutSecretValue: ['GenerateDataKey', 'Decrypt'],
      }
      const context = { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' }
      const kms = key ? (uses[operation] ?? []).map((a): Need => ({ action: `kms:${a}`, resource: key, context })) : []
      return [{ action: `secretsmanager:${operation}`, resource: arn }, ...kms]
    },
    error: ({ code, message, status }) =>
      json({ __type: code, Message: message }, contentType, status === 403 ? 400 : status),
  }
}

const notFound = (what: string) => new ServiceError('ResourceNotFoundException', `Secrets Manager can't find ${what}`)

const kinds = {
  ExcludeLowercase: 'abcdefghijklmnopqrstuvwxyz',
  ExcludeUppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ExcludeNumbers: '0123456789',
  ExcludePunctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
} as const

/** A random value as GetRandomPassword makes it, alone or as one member of a JSON object. */
function generated(how: GenerateSecretString): string {
  const wanted = Object.entries(kinds).flatMap(([kind, letters]) => (how[kind as keyof typeof kinds] ? [] : [letters]))
  const letters = [...wanted.join(''), ...(how.IncludeSpace ? [' '] : [])].filter(
    (letter) => !how.ExcludeCharacters?.includes(letter),
  )
  const value = Array.from({ length: how.PasswordLength ?? 32 }, () => letters[randomInt(letters.length)]).join('')
  if (how.GenerateStringKey === undefined) return value
  return JSON.stringify({ ...JSON.parse(how.SecretStringTemplate ?? '{}'), [how.GenerateStringKey]: value })
}
