import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { typefaceOf } from '../fonts/typeface.ts'
import { inspectSources } from '../inspect/inspect-sources.ts'
import { compiledEngine } from '../pdfium/engine.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import { unpackZip } from '../pictures/unpack-zip.ts'
import { produce } from '../produce/produce.ts'
import { showPages } from '../show/show-pages.ts'
import { drawThumbnail } from '../thumbnail/draw-thumbnail.ts'
import { verify } from '../verify/verify.ts'
import type { Request } from './protocol.ts'
import { dieWithParent } from './watchdog.ts'

/**
 * The only process that opens customers' bytes. Reads one request a line from stdin, answers on descriptor 3, ends when
 * stdin ends: a parent that dies leaves no orphan. It knows its job folder and nothing else.
 */
const answers = 3
const folder = process.argv[2]
if (folder === undefined) throw new Error('Give the job folder')

dieWithParent()
// Warm before the first job: engines are compiled and loaded while the child waits in the pool.
await Promise.all([compiledEngine(), typefaceOf('SemiBold'), imageEngine()({ create: onePixel() }).raw().toBuffer()])
answer({ outcome: 'done', result: 'warm' })

for await (const line of createInterface({ input: process.stdin })) {
  try {
    // Checked by the parent before it is sent: the checker's seven hundred modules would be half of a converter's start.
    const request: Request = JSON.parse(line)
    answer({ outcome: 'done', result: await perform(request, folder) })
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    answer({ outcome: 'failed', detail: detail.slice(0, 4000) })
  }
}

async function perform(request: Request, home: string): Promise<unknown> {
  switch (request.task) {
    case 'unpack':
      return await unpackZip(home, request.file)
    case 'inspect':
      return { facts: await inspectSources(home, request.sources) }
    case 'show':
      return { shown: await showPages(home, request.sources, request.mostPages) }
    case 'thumbnail':
      return await drawThumbnail({ folder: home, ...request })
    case 'produce':
      return await produce(home, request.plan, request.sources, request.documentId, (progress) =>
        answer({ outcome: 'progress', ...progress }),
      )
    case 'verify':
      return await verify(home, request)
    default: {
      const never: never = request
      return never
    }
  }
}

function answer(envelope: unknown): void {
  const bytes = Buffer.from(`${JSON.stringify(envelope)}\n`)
  for (let done = 0; done < bytes.length; ) done += writeSome(bytes, done)
}

/** The pipe may be full for a moment when an answer is long and the parent busy. */
function writeSome(bytes: Buffer, from: number): number {
  try {
    return writeSync(answers, bytes, from)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0
    throw error
  }
}

function onePixel() {
  return { width: 1, height: 1, channels: 3, background: '#ffffff' } as const
}
