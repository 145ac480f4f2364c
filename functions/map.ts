import { integration as acumaticaSpsCommerce } from '../lib/integrations/acumatica-sps-commerce/index.ts'
import { integration as odooShipBob } from '../lib/integrations/odoo-shipbob/index.ts'
import { integration as odooSpsCommerce } from '../lib/integrations/odoo-sps-commerce/index.ts'
import { mapHandler } from '../lib/pipeline/runtime/mapper.ts'
import { parse as parseAcumatica } from '../lib/systems/acumatica/parse.ts'
import { undo as undoAcumatica } from '../lib/systems/acumatica/undo.ts'
import { parse as parseOdoo } from '../lib/systems/odoo/parse.ts'
import { undo as undoOdoo } from '../lib/systems/odoo/undo.ts'
import { parse as parseShipBob } from '../lib/systems/shipbob/parse.ts'
import { undo as undoShipBob } from '../lib/systems/shipbob/undo.ts'
import { parse as parseSpsCommerce } from '../lib/systems/sps-commerce/parse.ts'
import { undo as undoSpsCommerce } from '../lib/systems/sps-commerce/undo.ts'

export const handler = mapHandler(
  {
    'acumatica-sps-commerce': acumaticaSpsCommerce,
    'odoo-shipbob': odooShipBob,
    'odoo-sps-commerce': odooSpsCommerce,
  },
  {
    acumatica: { parse: parseAcumatica, undo: undoAcumatica },
    odoo: { parse: parseOdoo, undo: undoOdoo },
    shipbob: { parse: parseShipBob, undo: undoShipBob },
    'sps-commerce': { parse: parseSpsCommerce, undo: undoSpsCommerce },
  },
)
