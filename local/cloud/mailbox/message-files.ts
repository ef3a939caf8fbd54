import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Message, type NewMessage, parseMessage } from './message.ts'

const idShape = /^[0-9a-f]{12}-[0-9a-f-]{36}$/

/** One JSON file per message, named by its id; ids sort by time. */
export class MessageFiles {
  readonly #folder: string
  #lastEpochMs = 0

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** Makes the folder when it is missing and clears what an earlier process left unfinished. */
  static async open(folder: string): Promise<MessageFiles> {
    await mkdir(folder, { recursive: true })
    for (const name of await readdir(folder)) if (name.endsWith('.part')) await rm(join(folder, name))
    return new MessageFiles(folder)
  }

  /** Resolves when the whole message is on the disk. */
  async add(message: NewMessage, now: Date): Promise<Message> {
    // Two messages of one millisecond must still sort by arrival.
    this.#lastEpochMs = Math.max(now.getTime(), this.#lastEpochMs + 1)
    const id = `${this.#lastEpochMs.toString(16).padStart(12, '0')}-${randomUUID()}`
    const stored = { ...message, id, receivedAt: now.toISOString() }
    await writeFile(this.#path(`${id}.part`), JSON.stringify(stored), { flush: true })
    await rename(this.#path(`${id}.part`), this.#path(`${id}.json`))
    return stored
  }

  /** Undefined when there is no such message. */
  async get(id: string): Promise<Message | undefined> {
    if (!idShape.test(id)) return undefined
    try {
      return parseMessage(await readFile(this.#path(`${id}.json`), 'utf8'))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  }

  /** Newest first; with `before`, only those older than that id. */
  async list(limit: number, before?: string): Promise<Message[]> {
    const ids = (await readdir(this.#folder))
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .filter((id) => idShape.test(id) && (before === undefined || id < before))
      .sort((a, b) => (a < b ? 1 : -1))
    const messages: Message[] = []
    for (const id of ids.slice(0, limit)) {
      const message = await this.get(id)
      if (message) messages.push(message)
    }
    return messages
  }

  #path(name: string): string {
    return join(this.#folder, name)
  }
}
