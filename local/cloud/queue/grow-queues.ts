import type { buildApp } from 'fauxqs'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

const named = Type.Object({ QueueUrl: Type.String() })

/**
 * Makes a queue whose name begins with `prefix` when it is first spoken of: a facility that is added while the platform
 * runs has one, as a deploy would have made it. `make` runs once a name, and never for those of `known`.
 */
export function growQueues(
  app: ReturnType<typeof buildApp>,
  prefix: string,
  known: readonly string[],
  make: (name: string) => Promise<void>,
): void {
  const made = new Map(known.map((name) => [name, Promise.resolve()]))
  app.addHook('preHandler', async ({ body }) => {
    const name = Value.Check(named, body) ? (body.QueueUrl.split('/').at(-1) ?? '') : ''
    if (!name.startsWith(prefix) || !/^[A-Za-z0-9_-]{1,75}$/.test(name)) return
    const making = made.get(name) ?? make(name)
    made.set(name, making)
    await making
  })
}
