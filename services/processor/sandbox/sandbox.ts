import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'
import { Readable, Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { Static, TSchema } from 'typebox'
import { type BlockService, openBlockService } from '../ranges/block-service.ts'
import { rangesDescriptor } from '../ranges/frames.ts'
import { converterScript } from './code-cache.ts'
import { type Confinement, codeCacheOf, confinedCommand } from './confinement.ts'
import { asked, understood } from './exchange.ts'
import type { Progress, Request } from './protocol.ts'
import { reasonOf, SandboxError } from './sandbox-error.ts'
import { watchJob } from './watch-job.ts'

/** One child process with its job folder. */
export type Sandbox = {
  readonly folder: string
  /** Sources in the store of which the child may read parts; until then there are none. */
  readonly serve: BlockService['serve']
  /** Asks and waits for the answer, at most `limitMilliseconds`; throws SandboxError. */
  readonly ask: <S extends TSchema>(
    request: Request,
    answer: S,
    limitMilliseconds: number,
    onProgress?: (progress: Progress) => void,
  ) => Promise<Static<S>>
  /** Resolves when the child has its engines loaded. */
  readonly warm: Promise<void>
  /** False once it has ended, by itself or by somebody else's hand. */
  readonly isAlive: () => boolean
  readonly kill: () => void
  /** Kills it and waits until it is gone. */
  readonly end: () => Promise<void>
}

/** The kernel ends a killed process at once; this is for a machine that swaps. */
const endWithinMilliseconds = 5_000
const stderrKept = 4000
/** Facts of 3,000 pages take a twentieth of it. */
const mostAnsweredBytes = 32 * 1024 ** 2
const warmWithinMilliseconds = 30_000

/** Starts a child for `folder`, which must exist. */
export function startSandbox(folder: string, how: Confinement): Sandbox {
  const [command, ...rest] = confinedCommand(how, converterScript, folder)
  const child = spawn(command, rest, {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe', 'pipe'],
    // Nothing of the parent's environment: no credentials, no addresses.
    env: { MALLOC_ARENA_MAX: '1', UV_THREADPOOL_SIZE: '2', VIPS_CONCURRENCY: '2', TZ: 'UTC', ...codeCacheOf(how) },
  })
  const pipe = readable(child)
  const blocks = openBlockService(child.stdio[rangesDescriptor])
  const answers = createInterface({ input: pipe })
  const life = lifeOf(child)
  const next = nextLine(answers, life)
  // Written to after its end: the end itself is what `ask` reports.
  child.stdin?.on('error', () => undefined)
  let answeredBytes = 0
  pipe.on('data', (bytes: Buffer) => {
    answeredBytes += bytes.length
    if (answeredBytes > mostAnsweredBytes) life.killFor('limit', end)
  })
  const end = (): void => void child.kill('SIGKILL')
  let isWarm = false
  let watch: ReturnType<typeof watchJob> | undefined
  void life.ended.then(() => watch?.stop())
  const kill = (): void => {
    child.stdin?.destroy()
    // bubblewrap killed before it has tied the converter to itself would leave half of itself behind, waiting for ever:
    // a child that still starts is ended once it has started, by the end of its input or by the signal.
    if (isWarm) end()
    else warm.then(end, end)
  }

  const receive = async <S extends TSchema>(
    schema: S,
    limitMilliseconds: number,
    onProgress?: (progress: Progress) => void,
  ): Promise<Static<S>> => {
    const timer = setTimeout(() => life.killFor('limit', end), limitMilliseconds)
    try {
      for (;;) {
        const said = understood(await next(), schema)
        if (said.outcome === 'done') return said.result
        onProgress?.(said)
      }
    } finally {
      clearTimeout(timer)
    }
  }
  const warm = receive(warmAnswer, warmWithinMilliseconds).then(
    () => {
      isWarm = true
    },
    (cause: unknown) => {
      throw new SandboxError('start', 'The converter does not start', { cause })
    },
  )
  // Looked at by whoever takes the child; a spare that dies unseen must not end the parent.
  warm.catch(() => undefined)
  return {
    folder,
    serve: blocks.serve,
    warm,
    isAlive: life.isAlive,
    kill,
    end: async () => {
      kill()
      await Promise.race([life.ended, wait(endWithinMilliseconds, undefined, { ref: false })])
    },
    ask: async (request, schema, limitMilliseconds, onProgress) => {
      const line = `${JSON.stringify(asked(request))}\n`
      await warm
      writable(child).write(line)
      watch ??= watchJob(child.pid, folder, (words) => life.killFor('limit', end, words))
      return await blocks.unlessRefused(receive(schema, limitMilliseconds, onProgress))
    },
  }
}

const warmAnswer = { type: 'string', const: 'warm' } as const

type Life = {
  readonly ended: Promise<void>
  readonly isAlive: () => boolean
  readonly whenEnded: () => SandboxError
  readonly killFor: (reason: 'limit', kill: () => void, words?: string) => void
  /** By us, for what it took. */
  readonly wasKilled: () => boolean
}

function lifeOf(child: ChildProcess): Life {
  let said = ''
  let killedFor: 'limit' | undefined
  let failed = false
  let end: { readonly code: number | null; readonly signal: string | null } | undefined
  child.stderr?.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString('utf8')).slice(-stderrKept)
  })
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => {
      failed = true
      resolve()
    })
    child.once('close', (code, signal) => {
      end = { code, signal }
      resolve()
    })
  })
  return {
    ended,
    isAlive: () => end === undefined && !failed,
    killFor: (reason, kill, words = '') => {
      killedFor = reason
      said += words
      kill()
    },
    wasKilled: () => killedFor !== undefined,
    whenEnded: () => {
      const how = end?.signal ?? `exit code ${end?.code}`
      return new SandboxError(killedFor ?? reasonOf(`${how} ${said}`), `The child ended (${how}): ${said}`)
    },
  }
}

/** Lines in turn; once the child has ended, its end. */
function nextLine(answers: Interface, life: Life): () => Promise<string> {
  const lines = answers[Symbol.asyncIterator]()
  return async () => {
    const result = await lines.next()
    // What a killed child had said before it heard of it comes too late.
    if (!result.done && !life.wasKilled()) return result.value
    await life.ended
    throw life.whenEnded()
  }
}

function readable(child: ChildProcess): Readable {
  const stream = child.stdio[3]
  if (!(stream instanceof Readable)) throw new Error('The child has no pipe for answers')
  return stream
}

function writable(child: ChildProcess): Writable {
  const stream = child.stdio[0]
  if (!(stream instanceof Writable)) throw new Error('The child has no pipe for requests')
  return stream
}
