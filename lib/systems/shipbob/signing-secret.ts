import { createHash, randomBytes } from 'node:crypto'

/** What ShipBob takes as a secret of ours: 24 bytes (shipbob.md §5). */
const keyBytes = 24

/** A new secret that deliveries are signed with. */
export const newSigningSecret = (random: (size: number) => Buffer = randomBytes): string =>
  `whsec_${random(keyBytes).toString('base64')}`

/**
 * Eight letters by which a secret is recognised and that say nothing of it. They stand in the description of a
 * subscription, since ShipBob never tells again which secret it was made with.
 */
export const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 8)
