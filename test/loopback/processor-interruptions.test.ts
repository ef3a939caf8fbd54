import { afterEach, describe, expect, test } from 'vitest'
import { documentOf } from '../fixtures/processor/documents.ts'
import { jpeg } from '../fixtures/processor/pictures.ts'
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
})
