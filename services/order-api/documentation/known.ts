import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { examples } from '#contracts/order-api/examples/examples.ts'
import { words } from '#contracts/order-api/examples/words.ts'
import { parse } from '#contracts/parse.ts'
import type { Known } from './describe-operations.ts'

const Recorded = Type.Object({
  answers: Type.Record(Type.String(), Type.Unknown()),
  values: Type.Record(Type.String(), Type.String()),
})

/** Written by test/loopback/order-api/openapi.test.ts when it is run with RECORD_EXAMPLES=1; `biome check --write` folds it. */
export const recordedAnswers = new URL('../../contracts/order-api/examples/answers.json', import.meta.url)

/** All that is known of the operations besides their schemas. */
export function readKnown(): Known {
  const recorded: unknown = JSON.parse(readFileSync(recordedAnswers, 'utf8'))
  return { words, examples, ...parse('answers.json', Recorded, recorded) }
}
