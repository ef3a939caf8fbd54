import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { JobTicket } from '#contracts/messages/job-ticket.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { jobsIn, openWorld, type World } from './print-client-world.ts'

vi.setConfig({ testTimeout: 40_000 })
const soon = { timeout: 20_000, interval: 20 }

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const previewAt = (key: string): NonNullable<ProductionTicket['preview']> => ({
  component: 'sheet',
  page: 1,
  key,
  contentType: 'image/png',
  widthPx: 30,
  heightPx: 40,
})

/** The folder of the only job, once it is there, and its ticket. */
async function handedTo(hotFolder: string, jobId: string) {
  const jobs = () => jobsIn(hotFolder).filter((name) => name === jobId)
  await vi.waitFor(() => expect(jobs()).toEqual([jobId]), soon)
  const folder = join(hotFolder, jobId)
  const ticket = parse('job ticket', JobTicket, JSON.parse(readFileSync(join(folder, 'ticket.json'), 'utf8')))
  return { folder, files: readdirSync(folder).sort(), ticket }
}

test('the picture of the first page comes with the files, and stands on the job sheet', async () => {
  const { config, desk, stop } = await world.startHere('pictures')
  const bytes = await sharp({ create: { width: 30, height: 40, channels: 3, background: '#06c' } })
    .png()
    .toBuffer()
  const key = 'previews/one.png'
  await world.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key: key, Body: bytes }))
  const production = { ...(await world.makeTicket()), preview: previewAt(key) }
  await world.send(production)
  const { folder, files, ticket } = await handedTo(config.hotFolder, production.jobId)
  expect(files).toEqual(['job-sheet.pdf', 'preview.png', 'sheet.pdf', 'ticket.json', 'ticket.xjdf'])
  expect(ticket.preview).toMatchObject({ file: 'preview.png', contentType: 'image/png', widthPx: 30 })
  expect(readFileSync(join(folder, 'preview.png')).equals(bytes)).toBe(true)
  expect(readFileSync(join(folder, 'job-sheet.pdf'), 'latin1')).toContain('/Subtype /Image')
  // Whoever stands at the press sees it while the cable is cut as well, also after a restart.
  await world.withoutStore(async () => {
    for (const at of [desk, (await stop().then(() => world.startHere('pictures'))).desk]) {
      const picture = await at.picture(production.jobId)
      expect(picture && bytes.equals(picture.bytes)).toBe(true)
    }
  })
})

test('a picture that is gone, or too large to be one, does not hold up its job', async () => {
  const { config } = await world.startHere('gone')
  const large = 'previews/large.png'
  await world.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key: large, Body: Buffer.alloc(5_000_000) }))
  for (const key of ['previews/never-there.png', large]) {
    const production = { ...(await world.makeTicket()), preview: previewAt(key) }
    await world.send(production)
    const { files, ticket } = await handedTo(config.hotFolder, production.jobId)
    expect(files).toEqual(['job-sheet.pdf', 'sheet.pdf', 'ticket.json', 'ticket.xjdf'])
    expect(ticket.preview).toBeUndefined()
  }
})

test('a shop gets the tickets that it asks for, and always ticket.json', async () => {
  const { hotFolder, ...base } = world.configOf('few')
  const main = { kind: 'hot_folder', folder: hotFolder, tickets: ['sheet'], sheetSize: 'letter' }
  await world.startWith({ ...base, outputs: { main } }, 'boot-1')
  const production = await world.makeTicket()
  await world.send(production)
  const { files } = await handedTo(hotFolder, production.jobId)
  expect(files).toEqual(['job-sheet.pdf', 'sheet.pdf', 'ticket.json'])
})
