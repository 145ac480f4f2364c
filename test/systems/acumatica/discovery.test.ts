import type { Json } from '../../../lib/core/exchange.ts'
import { explainNotFound, offers, parseEndpoints } from '../../../lib/systems/acumatica/discovery.ts'
import { contractYear, credentials, settings } from '../../../lib/systems/acumatica/settings.ts'
import { fixture } from './fixtures.ts'

describe('the list of endpoints', () => {
  it('is read in the shape of newer builds and of older ones', () => {
    const newer = parseEndpoints(fixture<Json>('entity-endpoints'))
    const older = parseEndpoints(fixture<Json>('entity-endpoints-legacy-array'))
    expect(newer).toHaveLength(12)
    expect(older?.map((one) => `${one.name} ${one.version}`)).toEqual([
      'Default 20.200.001',
      'eCommerce 20.200.001',
      'Default 22.200.001',
      'eCommerce 22.200.001',
    ])
    expect(offers(newer ?? [], { name: 'JuniperEDI', version: '1.0' })).toBe(true)
    expect(parseEndpoints('no')).toBeUndefined()
  })

  it('explains a version that is not there by those that are', () => {
    const at = { baseUrl: 'https://erp.example.com/Prod', endpoint: { name: 'Default', version: '24.200.01' } }
    const offered = parseEndpoints(fixture<Json>('entity-endpoints-legacy-array'))
    expect(explainNotFound(at, 'entity Shipment', offered).message).toBe(
      'There is no endpoint Default 24.200.01; this instance offers Default 20.200.001, eCommerce 20.200.001, Default 22.200.001, eCommerce 22.200.001.',
    )
  })
})

describe('settings', () => {
  const minimal = { baseUrl: 'https://erp.example.com/Prod/', endpoint: { version: '24.200.001' } }
  const problems = (over: object) =>
    settings.safeParse({ ...minimal, ...over }).error?.issues.map((issue) => issue.path.join('.'))

  it('need a base URL and a version; the rest has defaults', () => {
    expect(settings.parse(minimal)).toMatchObject({
      baseUrl: 'https://erp.example.com/Prod',
      endpoint: { name: 'Default' },
      grant: 'authorization-code',
      overlapMinutes: 5,
      lagSeconds: 30,
      pageSize: 100,
    })
    expect(problems({ baseUrl: undefined, endpoint: {} })).toEqual(['baseUrl', 'endpoint.version'])
  })

  it.each([
    [{ baseUrl: 'https://erp.example.com/Prod/entity/Default/24.200.001' }, 'baseUrl'],
    [{ baseUrl: 'erp.example.com' }, 'baseUrl'],
    [{ endpoint: { version: '24.200.001', basedOn: '24' } }, 'endpoint.basedOn'],
    [{ invoiceTypes: ['Quote'] }, 'invoiceTypes.0'],
    [{ totalTolerance: 'a little' }, 'totalTolerance'],
  ])('%j name what is wrong by its path', (over, path) => {
    expect(problems(over)).toEqual([path])
  })

  it('tell which fields an endpoint has: by its version, or by the one it extends', () => {
    expect(contractYear({ name: 'Default', version: '20.200.001' })).toBe(20)
    expect(contractYear({ name: 'JuniperEDI', version: '1.0', basedOn: '22.200.001' })).toBe(22)
    expect(contractYear({ name: 'JuniperEDI', version: '1.0' })).toBe(24)
  })

  it('of a secret want the tenant in the client id', () => {
    expect(credentials.safeParse({ clientId: 'guid@Tenant', clientSecret: 's' }).success).toBe(true)
    expect(credentials.safeParse({ clientId: 'guid', clientSecret: 's' }).success).toBe(false)
  })
})
