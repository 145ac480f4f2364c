import type { ProductRecord, ReceivingOrderRecord } from '../../../lib/systems/shipbob/records.ts'

/** The recorded coffee as the ERP has it. */
export const coffee = (over: Partial<ProductRecord> = {}): ProductRecord => ({
  find: { sku: 'COF-LR-340', barcode: '0850012345017' },
  name: 'Light Roast Coffee 340 g',
  sku: 'COF-LR-340',
  barcodes: ['0850012345017'],
  active: true,
  weightOz: '12.5',
  dimensions: { length: '8', width: '5', height: '3' },
  customs: { tariff: '0901.21', origin: 'CO', description: 'Roasted coffee', value: '14', currency: 'USD' },
  lot: { tracked: true, minimumShelfLifeDays: 60 },
  packaging: { requirementId: 1, materialTypeId: 1 },
  ...over,
})

/** The recorded receiving order as the ERP has it. */
export const order = (over: Partial<ReceivingOrderRecord> = {}): ReceivingOrderRecord => ({
  purchaseOrder: 'P00042',
  centreId: 10,
  expectedAt: '2026-09-10T00:00:00.000Z',
  packageType: 'Package',
  boxPackaging: 'MultipleSkuPerBox',
  boxes: [
    ['1Z999AA10123456784', 'LR-2608-A', '2027-02-28'],
    ['1Z999AA10123456793', 'LR-2609-B', '2027-04-30'],
  ].map(([tracking, lot, lotDate], box) => ({
    tracking,
    items: [
      {
        product: { inventoryId: 21705365, sku: 'COF-LR-340' },
        quantity: 100,
        lot,
        lotDate,
        name: 'Light Roast Coffee 340 g',
        path: `boxes[${box}].lines[0]`,
      },
      { product: { sku: 'MUG-BLU-01' }, quantity: 60, name: 'Ceramic Mug, Blue', path: `boxes[${box}].lines[1]` },
    ],
  })),
  known: [],
  ...over,
})
