import { relative } from 'node:path'
import type { LocalFile } from './platform/local-file.ts'

/** What `npm start` prints when all is ready: at most 80 columns unless a path is longer. */
export function addressTable(local: LocalFile, dataFolder: string, tookMilliseconds: number): string {
  const rows: ReadonlyArray<readonly [string, string]> = [
    ['Demo shop, start page', local.baseUrl],
    ['API', `${local.baseUrl}/v1`],
    ['API documentation', `${local.baseUrl}/docs`],
    ['Print button', `${local.baseUrl}/v1/button.js`],
    ['Checkout', `${local.checkoutUrl}/checkout?publication=pub_…`],
    ['Payments (play money)', local.paymentsUrl],
    ['Mailbox', local.mailUrl],
    ...Object.entries(local.hotFolders).map(([id, folder]) => [`Hot folder ${id}`, shortest(folder)] as const),
    ...Object.entries(local.printClientPages).map(([id, url]) => [`Print client ${id}`, url] as const),
    ['Keys, addresses, pids', shortest(`${dataFolder}/local.json`)],
    ['Logs', shortest(`${dataFolder}/logs`)],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)
  const took = (tookMilliseconds / 1000).toFixed(1)
  return [
    '',
    `Printcloud is ready (${took} s).`,
    '',
    ...lines,
    '',
    'Try it: buy something in the demo shop, or npm run demo · Ctrl-C ends it',
    '',
  ].join('\n')
}

function shortest(path: string): string {
  const near = relative(process.cwd(), path)
  return near.length < path.length && !near.startsWith('..') ? near : path
}
