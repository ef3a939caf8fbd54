import { setTimeout as wait } from 'node:timers/promises'
import { describe, test } from 'vitest'
import { createEdge } from '../../local/edge/edge.ts'
import { createOriginGroup } from '../../local/edge/origin-group.ts'
import { startEdge } from '../../local/edge/start-edge.ts'
import { findVarnish, startVarnish } from '../../local/edge/varnish.ts'
import { edgeGuarantees } from './edge-guarantees.ts'

const program = await findVarnish()
/** Varnish has no clock that could be moved: its times are shorter. */
const timesFaster = 100

edgeGuarantees('our edge', async ({ origins }) => {
  let now = Date.now()
  const edge = createEdge({
    origin: createOriginGroup({ ...origins, answerWithinMilliseconds: 500 }),
    now: () => new Date(now),
  })
  const server = await startEdge({ edge })
  return {
    ...server,
    pass: async (seconds) => {
      now += seconds * 1000
    },
  }
})

if (program === undefined) {
  describe('Varnish', () => {
    test.skip('is not installed here with its xkey module (Debian: varnish, varnish-modules)', () => undefined)
  })
} else {
  edgeGuarantees('Varnish', async ({ origins }) => ({
    ...(await startVarnish({ program, ...origins, timesFaster })),
    pass: async (seconds) => {
      await wait((seconds * 1000) / timesFaster)
    },
  }))
}
