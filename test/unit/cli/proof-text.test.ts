import { expect, test } from 'vitest'
import { painter } from '../../../services/cli/text/paint.ts'
import { proofText } from '../../../services/cli/text/publication-text.ts'
import type { Publication } from '../../../services/order-client/index.ts'

const paint = { ...painter(false), warn: (text: string) => `<${text}>` }
const said = (proof_state: Publication['proof_state']): string => proofText({ proof_state }, paint)

test('a publisher reads on the command line what a file cannot be printed as, before visitors do', () => {
  expect(said({ status: 'ready', worst: 'reject', rejected: [{ offer: 1, sku: 'softcover-a5' }] })).toBe(
    'In print: <! cannot be printed as softcover-a5; "npx printcloud preflight FILE --sku SKU" says why>',
  )
})

test('what nobody looked at, what nobody could look at and what is well are told apart', () => {
  expect(said({ status: 'none' })).toBe('In print: nobody has looked')
  expect(said({ status: 'processing' })).toBe('In print: processing')
  expect(said({ status: 'failed', failure: 'The file is\u001b[31m not there.' })).toMatch(
    /^In print: <! The file is.* not there\.>$/,
  )
  expect(said({ status: 'failed', failure: 'The file is\u001b[31m not there.' })).not.toContain('\u001b')
  expect(said({ status: 'ready', worst: 'none', rejected: [] })).toBe('In print: nothing to tell')
  expect(said({ status: 'ready', worst: 'warn', rejected: [] })).toContain('warnings')
  expect(proofText({}, paint)).toBe('In print: nobody has looked')
})
