import type { Log } from '#chassis/log.ts'

export type Heard = {
  readonly level: string
  readonly event: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Hears what is logged, and prints nothing. */
export function createEars() {
  const heard: Heard[] = []
  const hear =
    (level: string) =>
    (fields: unknown, event?: string): void => {
      const isFields = typeof fields === 'object' && fields !== null
      heard.push({ level, event: event ?? String(fields), fields: isFields ? { ...fields } : {} })
    }
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
  const log = (base: Log): Log => {
    const own: Log = Object.assign(Object.create(base), Object.fromEntries(levels.map((level) => [level, hear(level)])))
    Object.assign(own, { child: () => log(base) })
    return own
  }
  return {
    log,
    heard,
    of: (event: string, checkoutId: string) =>
      heard.filter((each) => each.event === event && each.fields.checkoutId === checkoutId),
  }
}
