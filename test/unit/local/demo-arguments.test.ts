import { describe, expect, test } from 'vitest'
import { readDemoArguments } from '../../../local/demo/arguments.ts'
import { UsageError } from '../../../local/demo/usage-error.ts'

describe('npm run demo', () => {
  test('without arguments orders the samples to the Netherlands', () => {
    expect(readDemoArguments([])).toMatchObject({ country: 'NL', files: [], sku: undefined, isJson: false })
  })

  test('takes files, a product, a country and --json in any order', () => {
    expect(readDemoArguments(['a.pdf', '--sku', 'softcover-6x9', '--country', 'us', '--json'])).toMatchObject({
      files: ['a.pdf'],
      sku: 'softcover-6x9',
      country: 'US',
      isJson: true,
    })
  })

  test.each([
    [['--country', 'Holland'], 'two letters'],
    [['--sku', 'mug', 'a.pdf'], 'softcover-a5'],
    [['--sku', 'poster-a3'], 'at least one file'],
    [['--colour'], '--colour'],
  ])('refuses %j and says what is allowed', (commandLine, words) => {
    expect(() => readDemoArguments(commandLine)).toThrow(UsageError)
    expect(() => readDemoArguments(commandLine)).toThrow(words)
  })
})
