import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts in hundredths of a second on every Linux that Node runs on. */
const tickMilliseconds = 10

/** CPU time of a process and all its descendants in ms, the ended ones included; undefined where there is no /proc. */
export function cpuMilliseconds(pid: number): number | undefined {
  const all = readAll()
  if (!all?.has(pid)) return undefined
  let ticks = 0
  const family = [pid]
  for (let each = family.pop(); each !== undefined; each = family.pop()) {
    ticks += all.get(each)?.ticks ?? 0
    for (const [child, { parent }] of all) if (parent === each) family.push(child)
  }
  return ticks * tickMilliseconds
}

type Usage = { readonly parent: number; readonly ticks: number }

function readAll(): Map<number, Usage> | undefined {
  if (process.platform !== 'linux') return undefined
  const all = new Map<number, Usage>()
  for (const name of readdirSync('/proc')) {
    const usage = /^\d+$/.test(name) ? readOne(name) : undefined
    if (usage) all.set(Number(name), usage)
  }
  return all
}

function readOne(pid: string): Usage | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // After the name in brackets: state, parent, …; user, system and ended children's time are the 12th to 15th.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) }
  } catch {
    // It ended between the list and the look.
    return undefined
  }
}
