import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Spread, spreadOf } from '../orders/statistics.ts'
import { checkOutput } from './check-output.ts'
import { measure, type Run } from './measure.ts'
import type { Asked, Peer, Row } from './row.ts'
import { isInstalled, missingWords } from './tools.ts'

/** Medians of one side. */
export type Side = { readonly wallMs: number; readonly cpuMs: number; readonly peakMB: number; readonly runs: number }

export type PeerResult = {
  readonly name: string
  readonly note?: string
  readonly asked: Asked
  /** Why it was not measured. */
  readonly missing?: string
  readonly peer?: Side
  /** Peer / ours, pair by pair. */
  readonly wall?: Spread
  readonly cpu?: Spread
}

export type RowResult = {
  readonly id: string
  readonly title: string
  readonly note?: string
  readonly ours: Side
  /** The second conversion in one process: without start and compilation. */
  readonly warmMs: number
  readonly limits: NonNullable<Row['limits']>
  readonly peers: readonly PeerResult[]
}

export type RowOptions = {
  readonly inputs: string
  readonly runs: number
  readonly signal: AbortSignal
  readonly tell: (words: string) => void
}

/** Measures ours beside every peer, in pairs that take turns in going first. */
export async function runRow(row: Row, options: RowOptions): Promise<RowResult> {
  const { tell } = options
  tell(`${row.id}: ours, once to warm the caches and once more in the same process`)
  const twice = await once(row, oursScript(row, 2), row.expected, options)
  const warmMs: unknown = JSON.parse(twice.stdout)
  const ours: Run[] = []
  const peers: PeerResult[] = []
  for (const peer of row.peers) {
    const { name, asked, note } = peer
    const named = { name, asked, ...(note === undefined ? {} : { note }) }
    const missing = peer.needs.find((tool) => !isInstalled(tool))
    if (missing) {
      peers.push({ ...named, missing: missingWords(missing) })
      continue
    }
    const pairs = await inPairs(row, peer, options)
    ours.push(...pairs.map((pair) => pair.ours))
    peers.push({
      ...named,
      peer: sideOf(pairs.map((pair) => pair.peer)),
      wall: spreadOf(pairs.map((pair) => pair.peer.wallMs / pair.ours.wallMs)),
      cpu: spreadOf(pairs.map((pair) => pair.peer.cpuMs / pair.ours.cpuMs)),
    })
  }
  for (let run = ours.length; run < options.runs; run += 1) {
    ours.push(await once(row, oursScript(row, 1), row.expected, options))
  }
  return {
    id: row.id,
    title: row.title,
    ...(row.note === undefined ? {} : { note: row.note }),
    ours: sideOf(ours),
    warmMs: Array.isArray(warmMs) ? Number(warmMs.at(-1)) : Number.NaN,
    limits: row.limits ?? {},
    peers,
  }
}

type Pair = { readonly ours: Run; readonly peer: Run }

async function inPairs(row: Row, peer: Peer, options: RowOptions): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  for (let pair = 0; pair < options.runs; pair += 1) {
    options.tell(`${row.id}: ours beside ${peer.name}, pair ${pair + 1} of ${options.runs}`)
    const runOurs = () => once(row, oursScript(row, 1), row.expected, options)
    const runPeer = () => once(row, peer.script, peer.expected, options)
    if (pair % 2 === 0) {
      const ours = await runOurs()
      pairs.push({ ours, peer: await runPeer() })
    } else {
      const measured = await runPeer()
      pairs.push({ ours: await runOurs(), peer: measured })
    }
  }
  return pairs
}

const oursScript = ({ work }: Row, times: number): string =>
  `exec "$NODE" ${heapOf(work)} "$BENCH/ours.ts" ${work} "$IN" "$OUT" ${times}`

/** As a converter has it; pages make many small objects that die young, in a heap kept smaller still. */
const heapOf = (work: Row['work']): string =>
  work === 'magazine' || work === 'large' || work === 'pages'
    ? '--max-semi-space-size=2 --max-old-space-size=256'
    : '--max-semi-space-size=2 --max-old-space-size=1024'

/** One run in an empty folder, with nothing left to write from the run before. */
async function once(row: Row, script: string, expected: Row['expected'] | undefined, options: RowOptions) {
  options.signal.throwIfAborted()
  const out = await mkdtemp(join(options.inputs, 'out-'))
  try {
    execFileSync('sync')
    const run = await measure({
      program: '/bin/sh',
      arguments: ['-ec', script],
      environment: {
        ...environment,
        IN: options.inputs,
        OUT: out,
        // As converters and the command line tool have it: code is compiled once a machine, not once a start.
        NODE_COMPILE_CACHE: join(options.inputs, 'compile-cache'),
      },
    })
    if (expected) await checkOutput(join(out, 'out.pdf'), expected)
    return run
  } catch (cause) {
    throw new Error(`${row.id}: a run failed`, { cause })
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

/** A profile of the press for the peers that convert colours: ours, or the one that comes with Ghostscript. */
const cmykProfile = [
  join(import.meta.dirname, '../../services/processor/colour/data/fogra39.icc'),
  '/usr/share/color/icc/ghostscript/default_cmyk.icc',
].find((path) => existsSync(path))

/** As a converter's child has it. */
const environment = {
  NODE: process.execPath,
  BENCH: import.meta.dirname,
  CMYK: cmykProfile ?? '',
  MALLOC_ARENA_MAX: '1',
  UV_THREADPOOL_SIZE: '2',
  VIPS_CONCURRENCY: '2',
}

function sideOf(runs: readonly Run[]): Side {
  const median = (of: (run: Run) => number): number => spreadOf(runs.map(of)).median
  return {
    wallMs: median(({ wallMs }) => wallMs),
    cpuMs: median(({ cpuMs }) => cpuMs),
    peakMB: median(({ peakMB }) => peakMB),
    runs: runs.length,
  }
}
