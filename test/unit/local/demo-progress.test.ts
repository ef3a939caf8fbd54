import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createProgress, progressRow } from '../../../local/demo/progress.ts'
import { uploading } from '../../../local/demo/standing.ts'

const standing = (share: number, word: string) => ({ share, word, maker: 'columbus', isBad: false })

describe('progress', () => {
  test('is a bar as full as the order is far', () => {
    const row = progressRow('poster-a2', 9, standing(0.5, 'printing'), 3.21, { columns: 80, isColoured: false })
    expect(row).toBe('poster-a2 ██████████░░░░░░░░░░ printing   columbus  3.2 s')
  })

  test.each([40, 60, 80])('never breaks a terminal of %i columns', (columns) => {
    const row = progressRow('photobook-210x280', 17, standing(1, 'shipped'), 299.9, { columns, isColoured: true })
    expect(stripVTControlCharacters(row).length).toBeLessThanOrEqual(columns)
  })

  test('without a terminal is one line for each new word, without control characters', () => {
    let text = ''
    const write = (more: string) => {
      text += more
    }
    const progress = createProgress(['a', 'b'], { write, isLive: false, isColoured: false, columns: 80 })
    progress.update(0, uploading(0))
    progress.update(0, uploading(0.5))
    progress.update(1, standing(0.4, 'processing'))
    progress.update(0, standing(0.4, 'processing'))
    progress.update(0, standing(0.4, 'processing'))
    progress.end()
    expect(text).toBe('a: uploading\nb: processing (columbus)\na: processing (columbus)\n')
  })

  test('on a terminal ends with the last state of every row, drawn over the rows before', () => {
    const written: string[] = []
    const write = (text: string) => void written.push(text)
    const progress = createProgress(['a', 'b'], { write, isLive: true, isColoured: false, columns: 80 })
    progress.update(0, standing(1, 'shipped'))
    progress.end()
    const last = written.at(-1) ?? ''
    expect(last.startsWith('\u001b[2A')).toBe(true)
    expect(last).toContain('shipped')
    expect(last).toContain('waiting')
  })
})
