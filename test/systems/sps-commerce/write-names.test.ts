import { idempotencyKey } from '../../../lib/systems/sps-commerce/write/posts.ts'
import { uploadStem } from '../../../lib/systems/sps-commerce/write/uploads.ts'

describe('our key at SPS', () => {
  it('the idempotency key keeps to its alphabet and tells references apart', () => {
    const key = (reference: string) => idempotencyKey({ operation: 'send-invoice', reference })
    for (const reference of ['IN1', 'ININV/1 ü', '', 'x'.repeat(300)])
      expect(key(reference)).toMatch(/^[a-z0-9-]{20,255}$/)
    expect(key('IN-1')).not.toBe(key('IN_1'))
    expect(key('IN-1')).toBe(key('IN-1'))
  })

  it('names are safe, and two references never share one', () => {
    const stem = (reference: string) => uploadStem({ operation: 'send-invoice', reference })
    expect(stem('INInvoice-INV-104482')).toBe('INInvoice-INV-104482')
    expect(stem('104482')).toBe('IN104482')
    expect(stem('IN../a b')).toMatch(/^IN\.\._a_b-[0-9a-f]{8}$/)
    expect(stem('INa/b')).not.toBe(stem('INa b'))
  })
})
