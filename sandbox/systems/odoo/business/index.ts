import type { Business } from '../orm/model.ts'
import { accountModels } from './accounts.ts'
import { agreementModels } from './agreements.ts'
import { billModels } from './bills-of-materials.ts'
import { carrierModels } from './carriers.ts'
import { companyExtensions } from './company.ts'
import { countExtensions } from './counts.ts'
import { entryModels } from './entries.ts'
import { entryLineModels } from './entry-lines.ts'
import { lotModels } from './lots.ts'
import { seedMasters } from './masters.ts'
import { moveLineModels } from './move-lines.ts'
import { moveModels } from './moves.ts'
import { packageModels } from './packages.ts'
import { packagingModels } from './packagings.ts'
import { paymentModels } from './payments.ts'
import { placeModels } from './places.ts'
import { productModels } from './products.ts'
import { purchaseModels } from './purchase.ts'
import { purchaseLineModels } from './purchase-lines.ts'
import { quantModels } from './quants.ts'
import { returnModels } from './returns.ts'
import { reversalModels } from './reversal.ts'
import { saleModels } from './sale.ts'
import { saleInvoiceModels } from './sale-invoices.ts'
import { saleLineModels } from './sale-lines.ts'
import { supplierPriceModels } from './supplier-prices.ts'
import { taxModels } from './taxes.ts'
import { transferModels } from './transfers.ts'
import { unitModels } from './uom.ts'
import { validateModels } from './validate.ts'

/** Buying, selling, stock and invoices of the simulated company. */
export const business: Business = {
  models: [
    ...companyExtensions,
    ...unitModels,
    ...taxModels,
    ...accountModels,
    ...productModels,
    ...supplierPriceModels,
    ...packagingModels,
    ...placeModels,
    ...carrierModels,
    ...lotModels,
    ...packageModels,
    ...quantModels,
    ...countExtensions,
    ...transferModels,
    ...moveModels,
    ...moveLineModels,
    ...validateModels,
    ...returnModels,
    ...billModels,
    ...agreementModels,
    ...purchaseModels,
    ...purchaseLineModels,
    ...saleModels,
    ...saleLineModels,
    ...entryModels,
    ...entryLineModels,
    ...saleInvoiceModels,
    ...reversalModels,
    ...paymentModels,
  ],
  seed: seedMasters,
}
