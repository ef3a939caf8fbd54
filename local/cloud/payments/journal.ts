import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Check } from 'typebox/value'
import { type Intent, Line, type PaymentEvent, type Refund, type Reply, type Session } from './records.ts'

/** All that the stand-in knows, in memory and, with a folder, in a file of lines that a restart reads again. */
export type Journal = {
  readonly sessions: ReadonlyMap<string, Session>
  readonly intents: ReadonlyMap<string, Intent>
  readonly refunds: ReadonlyMap<string, Refund>
  readonly replies: ReadonlyMap<string, Reply>
  readonly events: ReadonlyMap<string, PaymentEvent>
  /** Seen by every reader at once; on the disk when `settled` resolves. */
  readonly put: (line: Line) => void
  readonly settled: () => Promise<void>
}

/** Without a folder nothing is kept. A last line that a crash cut off is left out: nobody was answered before it was whole. */
export async function openJournal(folder: string | undefined): Promise<Journal> {
  const maps = {
    session: new Map<string, Session>(),
    intent: new Map<string, Intent>(),
    refund: new Map<string, Refund>(),
    reply: new Map<string, Reply>(),
    event: new Map<string, PaymentEvent>(),
  }
  const take = (line: Line) => remember(maps, line)
  const path = folder === undefined ? undefined : join(folder, 'journal.jsonl')
  if (folder !== undefined && path !== undefined) {
    await mkdir(folder, { recursive: true })
    for (const line of readLines(await readFile(path, 'utf8').catch(() => ''))) take(line)
    await compact(path, maps)
  }
  let writing = Promise.resolve()
  return {
    sessions: maps.session,
    intents: maps.intent,
    refunds: maps.refund,
    replies: maps.reply,
    events: maps.event,
    put: (line) => {
      take(line)
      if (path === undefined) return
      const text = `${JSON.stringify(line)}\n`
      writing = writing.then(() => appendFile(path, text, { flush: true }))
    },
    settled: () => writing,
  }
}

type Maps = {
  readonly session: Map<string, Session>
  readonly intent: Map<string, Intent>
  readonly refund: Map<string, Refund>
  readonly reply: Map<string, Reply>
  readonly event: Map<string, PaymentEvent>
}

function remember(maps: Maps, line: Line): void {
  switch (line.kind) {
    case 'session':
      return void maps.session.set(line.record.id, line.record)
    case 'intent':
      return void maps.intent.set(line.record.id, line.record)
    case 'refund':
      return void maps.refund.set(line.record.id, line.record)
    case 'reply':
      return void maps.reply.set(line.record.id, line.record)
    default:
      return void maps.event.set(line.record.id, line.record)
  }
}

function* readLines(text: string): Generator<Line> {
  for (const line of text.split('\n')) {
    try {
      const read: unknown = JSON.parse(line)
      if (Check(Line, read)) yield read
    } catch (error) {
      // The empty one at the end, or one that was cut off.
      if (!(error instanceof SyntaxError)) throw error
    }
  }
}

/** Each record once, written aside and renamed. */
async function compact(path: string, maps: Maps): Promise<void> {
  const lines = Object.entries(maps).flatMap(([kind, map]) =>
    [...map.values()].map((record) => `${JSON.stringify({ kind, record })}\n`),
  )
  await writeFile(`${path}.new`, lines.join(''), { flush: true })
  await rename(`${path}.new`, path)
}
