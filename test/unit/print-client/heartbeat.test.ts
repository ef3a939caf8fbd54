import { describe, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { FacilityHeartbeat, heartbeatSeconds } from '#contracts/messages/facility-heartbeat.ts'
import { issuesOf } from '#contracts/parse.ts'
import type { DeskHealth } from '../../../services/print-client/desk/desk-health.ts'
import { heartbeatOf, sendHeartbeats } from '../../../services/print-client/report/heartbeat.ts'

const health: DeskHealth = {
  at: '2026-11-22T03:00:00.000Z',
  ...{
    facilityId: 'fac_delft',
    clientId: 'client-1',
    version: '0.1.0',
    isTaking: true,
    isReady: true,
    outputs: [],
    network: {},
  },
  jobs: { open: 2, offered: 1, held: 1, failed: 0, inTheShop: 7 },
  outbox: { waiting: 3 },
}

/** Looks as often as the client does, for that many seconds, while `change` moves what it sees; gives what was sent, with its second. */
async function heard(
  seconds: number,
  change: (second: number) => { health: DeskHealth; key?: string; isDown?: boolean },
) {
  const ending = new AbortController()
  const sent: [second: number, isTaking: boolean, key: string | undefined][] = []
  let second = 0
  const at = () => change(second)
  await sendHeartbeats({
    health: async () => at().health,
    accessKeyId: () => at().key ?? 'AKIA1',
    send: async (heartbeat) => {
      if (at().isDown) throw new Error('the line is down')
      expect(issuesOf(FacilityHeartbeat, heartbeat)).toEqual([])
      sent.push([second, heartbeat.isTaking, heartbeat.accessKeyId])
    },
    ...{ log: createLog('test', 'fatal'), signal: ending.signal },
    clock: {
      now: () => new Date(second * 1000),
      sleep: async (milliseconds) => {
        second += milliseconds / 1000
        if (second > seconds) ending.abort()
      },
    },
  })
  return sent
}

describe('a heartbeat', () => {
  test('comes every five minutes, the first at once', async () => {
    const sent = await heard(1_000, () => ({ health }))
    expect(sent.map(([second]) => second)).toEqual([0, 300, 600, 900])
    expect(heartbeatSeconds).toBe(300)
  })

  test('comes at once when the client stops or begins to take tickets, and when it has another access key', async () => {
    const sent = await heard(100, (second) => ({
      health: { ...health, isTaking: second < 20 || second >= 40 },
      ...(second >= 60 ? { key: 'AKIA2' } : {}),
    }))
    expect(sent).toEqual([
      [0, true, 'AKIA1'],
      [20, false, 'AKIA1'],
      [40, true, 'AKIA1'],
      [60, true, 'AKIA2'],
    ])
  })

  test('that was not sent is sent when the line is back, and none is kept', async () => {
    const sent = await heard(100, (second) => ({ health, isDown: second < 50 }))
    expect(sent.map(([second]) => second)).toEqual([50])
  })

  test('tells what the client knows and leaves out what it does not', () => {
    expect(heartbeatOf(health, undefined)).toEqual({
      type: 'facility_heartbeat',
      ...{ facilityId: 'fac_delft', clientId: 'client-1', at: health.at, version: '0.1.0', isTaking: true },
      jobs: { open: 3, held: 1, failed: 0, inTheShop: 7 },
    })
    const more = heartbeatOf(
      { ...health, reason: 'x'.repeat(900), diskFreeBytes: 5, clockSkewSeconds: -86_400 },
      'AKIA1',
    )
    expect(issuesOf(FacilityHeartbeat, more)).toEqual([])
    expect([more.reason?.length, more.diskFreeBytes, more.clockSkewSeconds, more.accessKeyId]).toEqual([
      300,
      5,
      -86_400,
      'AKIA1',
    ])
  })
})
