import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { isAtLeast, readLogLine, showLogLine } from '../../../local/supervisor/log-line.ts'
import { wantsColour } from '../../../local/wants-colour.ts'

const now = new Date('2026-01-02T03:04:05.000Z')
const time = now.toTimeString().slice(0, 8)

const plain = { nameWidth: 10, colour: undefined, columns: undefined }

describe('a log line on the terminal', () => {
  const record = readLogLine(
    JSON.stringify({
      level: 'warn',
      time: now,
      service: 'processor',
      err: { type: 'Error', message: 'no route to host', stack: 'long' },
      attempt: 3,
      event: 'receive_failed',
    }),
    now,
  )

  test('is time, process, event and fields; an error is its message', () => {
    expect(showLogLine('processor', record, plain)).toBe(
      `${time} processor   WARN receive_failed err="no route to host" attempt=3`,
    )
  })

  test('says the same with colour as without, but for the word of the level', () => {
    const coloured = showLogLine('processor', record, { ...plain, colour: 0 })
    expect(coloured).not.toBe(stripVTControlCharacters(coloured))
    expect(stripVTControlCharacters(coloured)).toBe(
      `${time} processor   receive_failed err="no route to host" attempt=3`,
    )
  })

  test('is cut to the width of the terminal', () => {
    for (const colour of [undefined, 0]) {
      const line = showLogLine('processor', record, { nameWidth: 10, colour, columns: 50 })
      expect(stripVTControlCharacters(line).replace('WARN ', '').length).toBeLessThanOrEqual(50)
    }
  })

  test('has at most five fields, each cut to 60 characters', () => {
    const fields = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, 'x'.repeat(200)]))
    const long = readLogLine(JSON.stringify({ level: 'info', event: 'e', ...fields }), now)
    expect(long.fields).toHaveLength(5)
    for (const [, value] of long.fields) expect(value.length).toBeLessThanOrEqual(60)
  })

  test.each(['Segmentation fault', '{"cut short', '[1]', 'null'])(
    'that is no JSON object (%j) is shown as an error',
    (text) => {
      expect(readLogLine(text, now)).toEqual({ level: 'error', time: now.toISOString(), event: text, fields: [] })
    },
  )

  test('that Node writes about itself is kept from the terminal', () => {
    expect(readLogLine('(node:123) ExperimentalWarning: x', now).level).toBe('debug')
    expect(readLogLine('(Use `node --trace-warnings ...` to show where)', now).level).toBe('debug')
  })

  test('is shown from its least level up', () => {
    expect(isAtLeast('info', 'info')).toBe(true)
    expect(isAtLeast('info', 'warn')).toBe(false)
    expect(isAtLeast('fatal', 'warn')).toBe(true)
  })
})

test('colour needs a terminal, and NO_COLOR forbids it', () => {
  expect(wantsColour({ isTTY: true }, {})).toBe(true)
  expect(wantsColour({ isTTY: true }, { NO_COLOR: '' })).toBe(true)
  expect(wantsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false)
  expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false)
  expect(wantsColour({ isTTY: false }, {})).toBe(false)
  expect(wantsColour({}, {})).toBe(false)
})
