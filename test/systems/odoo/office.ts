import type { OpenTransaction, SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'

/** People who work in transactions that end later; what is locked by one of them is left alone by the others. */
export class Office {
  readonly #odoo: SandboxOdoo
  #open: { until: number; transaction: OpenTransaction }[] = []
  constructor(odoo: SandboxOdoo) {
    this.#odoo = odoo
  }

  work(takes: number, work: (hands: OpenTransaction) => void): void {
    const transaction = this.#odoo.transaction()
    try {
      work(transaction)
      this.#open.push({ until: this.#odoo.clock.now() + takes, transaction })
      this.pass(0)
    } catch {
      transaction.rollback()
    }
  }

  pass(ms: number): void {
    const end = this.#odoo.clock.now() + ms
    for (const one of this.#open.filter(({ until }) => until <= end).sort((a, b) => a.until - b.until)) {
      this.#odoo.clock.advance(Math.max(0, one.until - this.#odoo.clock.now()))
      one.transaction.commit()
      this.#open = this.#open.filter((other) => other !== one)
    }
    this.#odoo.clock.advance(end - this.#odoo.clock.now())
  }
}
