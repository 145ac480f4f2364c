import type { SourceAuditor } from '../lib/core/audit.ts'
import type { ConnectionContext } from '../lib/core/connection.ts'
import type { SourceReader } from '../lib/core/exchange.ts'
import type { PingLine, PingWanted } from '../lib/core/ping.ts'
import type { Undo } from '../lib/core/undo.ts'
import { ping as pingAcumatica } from '../lib/systems/acumatica/ping.ts'
import { createReader as createAcumaticaReader } from '../lib/systems/acumatica/reader.ts'
import type { Settings as AcumaticaSettings } from '../lib/systems/acumatica/settings.ts'
import { undo as undoAcumatica } from '../lib/systems/acumatica/undo.ts'
import { createAuditor as createOdooAuditor } from '../lib/systems/odoo/auditor.ts'
import { ping as pingOdoo } from '../lib/systems/odoo/ping.ts'
import { createReader as createOdooReader } from '../lib/systems/odoo/reader.ts'
import type { Settings as OdooSettings } from '../lib/systems/odoo/settings.ts'
import { undo as undoOdoo } from '../lib/systems/odoo/undo.ts'
import { type Authorisation, authorise } from '../lib/systems/shipbob/consent.ts'
import { ping as pingShipBob } from '../lib/systems/shipbob/ping.ts'
import { createReader as createShipBobReader } from '../lib/systems/shipbob/reader.ts'
import type { Used } from '../lib/systems/shipbob/scopes.ts'
import type { Settings as ShipBobSettings } from '../lib/systems/shipbob/settings.ts'
import { type Subscriptions, subscriptionsOf } from '../lib/systems/shipbob/subscriptions.ts'
import { undo as undoShipBob } from '../lib/systems/shipbob/undo.ts'
import { ping as pingSpsCommerce } from '../lib/systems/sps-commerce/ping.ts'
import { createReader as createSpsCommerceReader } from '../lib/systems/sps-commerce/reader.ts'
import type { Settings as SpsCommerceSettings } from '../lib/systems/sps-commerce/settings.ts'
import { undo as undoSpsCommerce } from '../lib/systems/sps-commerce/undo.ts'

/** Settings were validated with the configuration. */
type Create = (context: ConnectionContext<unknown>) => SourceAuditor

/** The systems whose past can be listed and read again, by name. A new system is one line. */
export const auditedSystems: Readonly<Record<string, Create>> = {
  odoo: (context) => createOdooAuditor(context as ConnectionContext<OdooSettings>),
}

/** How each system is read, by name. A new system is one line. */
export const systemReaders: Readonly<Record<string, (context: ConnectionContext<unknown>) => SourceReader>> = {
  acumatica: (context) => createAcumaticaReader(context as ConnectionContext<AcumaticaSettings>),
  odoo: (context) => createOdooReader(context as ConnectionContext<OdooSettings>),
  shipbob: (context) => createShipBobReader(context as ConnectionContext<ShipBobSettings>),
  'sps-commerce': (context) => createSpsCommerceReader(context as ConnectionContext<SpsCommerceSettings>),
}

type Ping = (context: ConnectionContext<unknown>, wanted: PingWanted) => AsyncIterable<PingLine>

/** How each system is asked whether all is right, by name. A new system is one line. */
export const pingedSystems: Readonly<Record<string, Ping>> = {
  acumatica: (context, wanted) => pingAcumatica(context as ConnectionContext<AcumaticaSettings>, wanted),
  odoo: (context, wanted) => pingOdoo(context as ConnectionContext<OdooSettings>, wanted),
  shipbob: (context, wanted) => pingShipBob(context as ConnectionContext<ShipBobSettings>, wanted),
  'sps-commerce': (context, wanted) => pingSpsCommerce(context as ConnectionContext<SpsCommerceSettings>, wanted),
}

/** The systems that sign what they send and are told our URL by a call, by name. A new system is one line. */
export const signedSystems: Readonly<Record<string, (context: ConnectionContext<unknown>) => Subscriptions>> = {
  shipbob: (context) => subscriptionsOf(context as ConnectionContext<ShipBobSettings>),
}

/** The systems that a person gives consent to in a browser, by name. A new system is one line. */
export const authorisedSystems: Readonly<
  Record<string, (context: ConnectionContext<unknown>, used: Used) => Promise<Authorisation>>
> = {
  shipbob: (context, used) => authorise(context as ConnectionContext<ShipBobSettings>, used),
}

/** What undoes writes at each system, by name: what the deployed mapper uses. A new system is one line. */
export const undoneSystems: Readonly<Record<string, Undo>> = {
  acumatica: undoAcumatica,
  odoo: undoOdoo,
  shipbob: undoShipBob,
  'sps-commerce': undoSpsCommerce,
}
