import { ServiceError } from '../call.ts'
import type { QueueDefinition } from '../template/model.ts'

/** Largest message and batch. Since August 2025 SQS takes 1 MiB. */
const maxBytes = 1024 * 1024
const forbiddenCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u

export interface SendInput {
  MessageBody?: string
  MessageGroupId?: string
  MessageDeduplicationId?: string
  DelaySeconds?: number
  MessageAttributes?: Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>
}

const bad = (code: string, message: string) => new ServiceError(code, message)

/** Throws what SQS would answer to a message it does not take. */
export function checkMessage(queue: QueueDefinition, message: SendInput): void {
  const body = message.MessageBody
  if (!body) throw bad('MissingParameter', 'The request must contain the parameter MessageBody.')
  if (forbiddenCharacter.test(body))
    throw bad('InvalidMessageContents', 'The message contains characters outside the allowed set.')
  if (messageBytes(message) > maxBytes)
    throw bad(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`,
    )
  if (!queue.fifo) return
  if (!message.MessageGroupId) throw bad('MissingParameter', 'The request must contain the parameter MessageGroupId.')
  if (message.DelaySeconds)
    throw bad(
      'InvalidParameterValue',
      `Value ${message.DelaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    )
  if (!message.MessageDeduplicationId && !queue.contentBasedDeduplication)
    throw bad(
      'InvalidParameterValue',
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    )
  for (const [name, value] of Object.entries({
    MessageGroupId: message.MessageGroupId,
    MessageDeduplicationId: message.MessageDeduplicationId,
  }))
    if (value !== undefined && !/^[a-zA-Z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/.test(value))
      throw bad(
        'InvalidParameterValue',
        `Value ${value} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
      )
}

export interface BatchEntry {
  Id: string
}

/** Throws what SQS would answer to a batch it does not take as a whole. */
export function checkBatch(entries: (BatchEntry & SendInput)[]): void {
  if (entries.length === 0) throw bad('EmptyBatchRequest', 'There should be at least one entry in the request.')
  if (entries.length > 10)
    throw bad('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10. You have sent more.')
  if (new Set(entries.map((e) => e.Id)).size < entries.length)
    throw bad('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.')
  if (entries.some((e) => !/^[\w-]{1,80}$/.test(e.Id)))
    throw bad(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    )
  const bytes = entries.reduce((sum, entry) => sum + messageBytes(entry), 0)
  if (bytes > maxBytes)
    throw bad(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${maxBytes} bytes. You have sent ${bytes} bytes.`,
    )
}

export function messageBytes({ MessageBody = '', MessageAttributes = {} }: SendInput): number {
  return Object.entries(MessageAttributes).reduce(
    (sum, [name, a]) =>
      sum +
      Buffer.byteLength(name + a.DataType + (a.StringValue ?? '')) +
      Buffer.byteLength(a.BinaryValue ?? '', 'base64'),
    Buffer.byteLength(MessageBody),
  )
}
