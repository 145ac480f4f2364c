import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { dictionary } from '../../lib/pipeline/ledger/dictionary.ts'
import { memoryBlobs } from '../../lib/pipeline/ledger/items.ts'
import { pack, unpack } from '../../lib/pipeline/ledger/pack.ts'

describe('a packed body', () => {
  test('comes back as it was, whatever JSON it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const blobs = memoryBlobs()
        const packed = await pack(value, 'k', blobs)
        expect(await unpack({ pk: '', sk: '', revision: 1, ...packed }, blobs)).toEqual(
          JSON.parse(JSON.stringify(value)),
        )
      }),
    )
  })

  test('can still be read after an update: the dictionary has not changed', () => {
    expect(createHash('sha256').update(dictionary).digest('hex')).toBe(
      'ae4e623cc7de6f9b745387d95ac690ee6be1f1c652b9d8a8855c1b0009cb99dc',
    )
  })
})
