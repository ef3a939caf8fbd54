import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePorts } from '../../local/supervisor/ports.ts'
import { type Comparison, compare, type Pairs, type Side } from '../orders/compare.ts'
import { startLoadProcess } from '../orders/load-process.ts'
import type { Site } from './site.ts'

export type ReadsOptions = Pairs & { readonly folder: string; readonly clients: number; readonly site: Site }

export type Reads = {
  readonly clients: number
  readonly bytes: number
  readonly door: Side
  readonly bare: Side
  readonly ratio: Comparison['ratio']
  readonly pairs: number
}

/** A published document through the local front door beside bare Fastify that answers the same bytes, in turns. */
export async function measureReads({ folder, clients, site, ...pairs }: ReadsOptions): Promise<Reads> {
  const { documentPath, objects } = site.sample
  const body = objects.find(({ path }) => path === `${documentPath}.br`)?.body ?? Buffer.alloc(0)
  const file = join(folder, 'document.br')
  await writeFile(file, body)
  const barePort = await freePorts(1)
  const started: { readonly close: () => Promise<void> }[] = []
  const start = async (name: string, environment: Readonly<Record<string, string>>) => {
    const process = await startLoadProcess(join(import.meta.dirname, name), environment)
    started.push(process)
    return process
  }
  try {
    const server = await start('bare-fastify.ts', {
      LISTEN_PORT: String(barePort),
      BODY_FILE: file,
      PATH_SERVED: documentPath,
    })
    const side = async (url: string, name: string, pid: number) => ({
      client: await start('get-published.ts', { SITE_URL: url, PATH_READ: documentPath }),
      workers: [{ name, pid: () => pid }],
      clients,
      settle: async () => undefined,
    })
    const { first, second, ratio } = await compare(
      await side(site.url, 'front door', site.pid),
      await side(`http://127.0.0.1:${barePort}`, 'bare Fastify', server.pid),
      pairs,
    )
    return { clients, bytes: body.length, door: first, bare: second, ratio, pairs: pairs.rounds }
  } finally {
    for (const process of started) await process.close()
  }
}
