import type { Integration } from '../core/flow.ts'
import type { SystemDefinition } from '../core/system.ts'
import { integration as acumaticaSpsCommerce } from '../integrations/acumatica-sps-commerce/index.ts'
import { integration as odooShipbob } from '../integrations/odoo-shipbob/index.ts'
import { integration as odooSpsCommerce } from '../integrations/odoo-sps-commerce/index.ts'
import { system as acumatica } from '../systems/acumatica/settings.ts'
import { system as odoo } from '../systems/odoo/settings.ts'
import { system as shipbob } from '../systems/shipbob/settings.ts'
import { system as spsCommerce } from '../systems/sps-commerce/settings.ts'

/** The systems by name: how a connection's settings and credentials are validated. A new system is one line. */
export const systems: Readonly<Record<string, SystemDefinition>> = {
  acumatica,
  odoo,
  shipbob,
  'sps-commerce': spsCommerce,
}

/** The integrations by name. A new integration is one line. */
export const integrations: Readonly<Record<string, Integration>> = {
  'acumatica-sps-commerce': acumaticaSpsCommerce,
  'odoo-shipbob': odooShipbob,
  'odoo-sps-commerce': odooSpsCommerce,
}
