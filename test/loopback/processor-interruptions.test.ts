import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { documentOf } from '../fixtures/processor/documents.ts'
import { jpeg, picture } from '../fixtures/processor/pictures.ts'
import { type ProcessorWorld, startProcessorWorld } from './processor-world.ts'

let world: ProcessorWorld | undefined

afterEach(async () => {
  await world?.close()
  world = undefined
})

describe('An interrupted job', () => {
  test('is handed back on the notice to leave, and its successor gives the same files', {
    timeout: 120_000,
  }, async () => {
    world = await startProcessorWorld()
    const bytes = await documentOf({ pages: 200, widthMm: 148, heightMm: 210 })
    const ticket = await world.ticket('softcover-a5', [{ role: 'interior', bytes }])
    await world.send(ticket)
    await world.untilStarted(ticket.ticketId)
    await world.restart()
    const answer = await world.answer(ticket.ticketId)
    expect(answer.outcome).toBe('ready')
    const outcomes = world.reportsOf(ticket.ticketId).map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome !== 'started' && outcome !== 'progress')).toEqual(['ready'])
    expect(outcomes.filter((outcome) => outcome === 'started').length).toBeGreaterThanOrEqual(2)
  })

  test('the same ticket twice gives the same report twice', { timeout: 120_000 }, async () => {
    world = await startProcessorWorld()
    const bytes = await jpeg({ widthPx: 1300, heightPx: 1800 })
    const ticket = await world.ticket('poster-a3', [{ role: 'image', bytes }])
    await world.send(ticket)
    const first = await world.answer(ticket.ticketId)
    await world.send(ticket)
    const second = await world.answer(ticket.ticketId, 2)
    expect({ ...second, at: '' }).toEqual({ ...first, at: '' })
  })

  test('in a book of pictures goes on with the finished pictures: only the others are made, and the bytes are the same', {
    timeout: 180_000,
  }, async () => {
    const events: Readonly<Record<string, unknown>>[] = []
    const log = pino({ messageKey: 'event' }, { write: (line) => void events.push(JSON.parse(line)) })
    const running = await startProcessorWorld({ log })
    world = running
    const pictures = await Promise.all(
      Array.from({ length: 24 }, (_, shade) => picture({ widthPx: 1400 + shade, heightPx: 1400, hue: shade * 15 })),
    )
    const sources = pictures.map((bytes, position) => ({ role: 'images' as const, position, bytes }))
    const outputPrefix = 'facilities/fac_test/interrupted/'
    const ticket = await running.ticket('photobook-210x210', sources, { outputPrefix })
    const pieces = async () => (await running.listed(outputPrefix)).filter((key) => key.includes('/pieces/'))
    await running.send(ticket)
    await vi.waitUntil(async () => (await pieces()).length >= 3, { timeout: 60_000 })
    await running.restart()
    const answer = await running.answer(ticket.ticketId)
    const whole = await running.ticket('photobook-210x210', sources, { outputPrefix: 'facilities/fac_test/whole/' })
    await running.send(whole)
    const uninterrupted = await running.answer(whole.ticketId)
    if (answer.outcome !== 'ready' || uninterrupted.outcome !== 'ready') throw new Error('no print files')
    expect(answer.printFiles.map(({ sha256 }) => sha256)).toEqual(uninterrupted.printFiles.map(({ sha256 }) => sha256))
    const [resumed, all] = events.filter(({ event }) => event === 'print_files_made')
    expect(Number(resumed?.broughtBack)).toBeGreaterThanOrEqual(3)
    expect(Number(resumed?.newPieces) + Number(resumed?.broughtBack)).toBe(Number(all?.newPieces))
    expect(await pieces()).toEqual([])
  })
})
