import { create } from './create.ts'
import type { Environment } from './env.ts'
import { UserError } from './errors.ts'
import type { Call, ModelApi, Values } from './model.ts'
import { read } from './read.ts'
import type { Definition } from './registry.ts'
import { search } from './search.ts'
import { unlink } from './unlink.ts'
import { touch, write } from './write.ts'

/** What code may ask of one model, in one environment. */
export function bindModel(env: Environment, definition: Definition): ModelApi {
  const { name } = definition
  const browse = (ids: readonly number[]) => ids.map((id) => env.record(name, id))
  return {
    name,
    definition,
    search: (domain, options) => search(env, name, domain, options),
    count: (domain) => search(env, name, domain, { order: 'id' }).length,
    find: (domain, options) => browse(search(env, name, domain, options)),
    browse,
    get: (id) => {
      env.check(name, [id])
      return env.record(name, id)
    },
    create: (values) => browse(create(env, name, [values]))[0] as ReturnType<ModelApi['create']>,
    createMany: (values) => browse(create(env, name, values)),
    write: (ids, values) => write(env, name, ids, values),
    unlink: (ids) => unlink(env, name, ids),
    read: (ids, fields) => read(env, name, ids, { fields }) as Values[],
    call: (method, ids, args = {}) => {
      const found = definition.methods[method]
      if (!found) throw new UserError(`no method ${method} on ${name}`)
      const call: Call = { ids: [...ids], args, model: name }
      return found.run(env, call)
    },
    touch: (ids) => touch(env, name, ids),
  }
}
