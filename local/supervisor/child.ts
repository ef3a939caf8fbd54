import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { nextDelay } from './backoff.ts'
import { CannotStart, exitCodes } from './cannot-start.ts'
import type { ProcessSpec } from './process-spec.ts'
import { spawnNode } from './spawn-node.ts'

/** A process that dies this often before it was ever ready has a fault that another try does not mend. */
const triesAtStart = 3
const readyWithinMilliseconds = 60_000
const linesKept = 5
const lastWordsMilliseconds = 200
const lookMilliseconds = 20

/** What a child tells while it lives. */
export type ChildEvents = {
  readonly line: (text: string) => void
  readonly event: (name: string, fields: Readonly<Record<string, unknown>>) => void
  /** A process was started, became ready or ended. */
  readonly changed: () => void
}

/** One process that is kept alive: started with Node, and again with a growing pause whenever it dies by itself. */
export class Child {
  readonly spec: ProcessSpec
  readonly #events: ChildEvents
  readonly #firstReady = Promise.withResolvers<void>()
  readonly #lastLines: string[] = []
  #process: ChildProcess | undefined
  #isReady = false
  #wasEverReady = false
  #isStopping = false
  #isHeldDown = false
  #starts = 0
  #delay: number | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(spec: ProcessSpec, events: ChildEvents) {
    this.spec = spec
    this.#events = events
    // It may fail after its starter has already turned away.
    this.#firstReady.promise.catch(() => undefined)
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  get isReady(): boolean {
    return this.#isReady
  }

  /** How often it was started again. */
  get restarts(): number {
    return Math.max(0, this.#starts - 1)
  }

  kill(signal: NodeJS.Signals): void {
    this.#process?.kill(signal)
  }

  /** Kills it as a loss of power would, and does not start it again before `letRun`; resolves when it is gone. */
  async holdDown(): Promise<void> {
    this.#isHeldDown = true
    clearTimeout(this.#timer)
    const child = this.#process
    if (!child) return
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGKILL')
    await gone
  }

  /** Starts it again; resolves when it is ready. */
  async letRun(): Promise<void> {
    this.#isHeldDown = false
    if (!this.#process) this.#launch()
    while (!this.#isReady && !this.#isStopping) await wait(lookMilliseconds)
  }

  /** Resolves when the process said `ready` for the first time; throws CannotStart when it never does. */
  async start(): Promise<void> {
    this.#launch()
    const seconds = readyWithinMilliseconds / 1000
    const limit = setTimeout(
      () => this.#firstReady.reject(this.#neverReady(`it was not ready within ${seconds} s`)),
      readyWithinMilliseconds,
    )
    try {
      await this.#firstReady.promise
    } finally {
      clearTimeout(limit)
    }
  }

  /** Ends it with SIGTERM, with SIGKILL as soon as `limit` aborts, and does not start it again; resolves when it is gone. */
  async stop(limit: AbortSignal): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#timer)
    this.#firstReady.reject(new Error(`${this.spec.name} was stopped before it was ready`))
    const child = this.#process
    if (!child) return
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const said = new Promise<void>((resolve) => child.once('close', () => resolve()))
    const killNow = () => child.kill('SIGKILL')
    if (limit.aborted) killNow()
    else child.kill('SIGTERM')
    limit.addEventListener('abort', killNow, { once: true })
    await gone
    limit.removeEventListener('abort', killNow)
    // Its last words are on the way; a grandchild that holds the pipe open must not keep us waiting for them.
    await Promise.race([said, wait(lastWordsMilliseconds)])
  }

  #launch(): void {
    const startedAt = performance.now()
    const child = spawnNode(this.spec, (text) => this.#heard(text))
    this.#process = child
    this.#starts += 1
    child.on('message', (message) => {
      if (message === 'ready' && this.#process === child) this.#becameReady()
    })
    // A program that could not be started has no exit.
    child.once('error', (error) => this.#events.event('process_error', { err: { message: error.message } }))
    child.once('exit', (code, signal) => {
      this.#process = undefined
      this.#isReady = false
      this.#events.changed()
      if (!this.#isStopping && !this.#isHeldDown)
        this.#died(signal ?? `exit code ${code}`, performance.now() - startedAt)
    })
    this.#events.changed()
  }

  #heard(text: string): void {
    this.#lastLines.push(text)
    this.#lastLines.splice(0, this.#lastLines.length - linesKept)
    this.#events.line(text)
  }

  #becameReady(): void {
    this.#isReady = true
    this.#wasEverReady = true
    this.#events.changed()
    this.#firstReady.resolve()
  }

  #died(how: string, livedMilliseconds: number): void {
    if (!this.#wasEverReady && this.#starts >= triesAtStart) {
      this.#firstReady.reject(this.#neverReady(`it ended with ${how}, ${triesAtStart} times`))
      return
    }
    this.#delay = nextDelay(this.#delay, livedMilliseconds)
    this.#events.event('process_died', { process: this.spec.name, how, restartInMs: this.#delay })
    this.#timer = setTimeout(() => this.#launch(), this.#delay)
  }

  #neverReady(why: string): CannotStart {
    const words = this.#lastLines.map((line) => line.slice(0, 300)).join('\n  ')
    return new CannotStart(exitCodes.failed, [
      `${this.spec.name} did not start: ${why}.`,
      words === '' ? 'It said nothing.' : `Its last words:\n  ${words}`,
      `Look into logs/${this.spec.name}.log in the data folder, or begin anew: npm start -- --fresh`,
    ])
  }
}
