import { integration as acumaticaSpsCommerce } from '../lib/integrations/acumatica-sps-commerce/index.ts'
import { integration as odooShipBob } from '../lib/integrations/odoo-shipbob/index.ts'
import { integration as odooSpsCommerce } from '../lib/integrations/odoo-sps-commerce/index.ts'
import { mapHandler } from '../lib/pipeline/runtime/mapper.ts'
import { parse as parseAcumatica } from '../lib/systems/acumatica/parse.ts'
import { parse as parseOdoo } from '../lib/systems/odoo/parse.ts'
import { parse as parseShipBob } from '../lib/systems/shipbob/parse.ts'
import { parse as parseSpsCommerce } from '../lib/systems/sps-commerce/parse.ts'

export const handler = mapHandler(
  {
    'acumatica-sps-commerce': acumaticaSpsCommerce,
    'odoo-shipbob': odooShipBob,
    'odoo-sps-commerce': odooSpsCommerce,
  },
  { acumatica: parseAcumatica, odoo: parseOdoo, shipbob: parseShipBob, 'sps-commerce': parseSpsCommerce },
)
