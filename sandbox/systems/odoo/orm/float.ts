import type { Value } from './model.ts'

/**
 * A whole number that Python holds as a float: XML-RPC writes `<double>6.0</double>`, JSON the number. Handed on as a
 * Value, for it turns into a number wherever JSON is made of it.
 */
export class Float {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
  toJSON(): number {
    return this.value
  }
  static of(value: number): Value {
    return (Number.isInteger(value) ? new Float(value) : value) as Value
  }
}
