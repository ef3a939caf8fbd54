import { styleText } from 'node:util'
import type { Standing } from './standing.ts'

const barWidth = 20
const redrawMilliseconds = 100

/** Where progress goes: `isLive` = a terminal whose lines may be drawn again. */
export type ProgressOutput = {
  readonly write: (text: string) => void
  readonly isLive: boolean
  readonly isColoured: boolean
  readonly columns: number
}

export type Progress = {
  readonly update: (row: number, standing: Standing) => void
  /** Draws the last state and stops. */
  readonly end: () => void
}

/** One bar per row that is drawn again in place; on anything but a terminal a line whenever a row has a new word. */
export function createProgress(names: readonly string[], output: ProgressOutput): Progress {
  return output.isLive ? liveProgress(names, output) : plainProgress(names, output)
}

/** One row: name, bar, word, maker, seconds; never wider than `columns`. */
export function progressRow(
  name: string,
  nameWidth: number,
  { share, word, maker, isBad }: Standing,
  seconds: number,
  { columns, isColoured }: Pick<ProgressOutput, 'columns' | 'isColoured'>,
): string {
  const filled = Math.round(share * barWidth)
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
  const rest = ` ${word.padEnd(10)} ${maker.padEnd(9)} ${seconds.toFixed(1)} s`
  const room = columns - nameWidth - barWidth - 2
  const shownRest = rest.slice(0, Math.max(0, room))
  if (!isColoured) return `${name.padEnd(nameWidth)} ${bar}${shownRest}`
  const colour = isBad ? 'red' : share >= 1 ? 'green' : 'blue'
  return `${name.padEnd(nameWidth)} ${styleText(colour, bar, { validateStream: false })}${shownRest}`
}

function plainProgress(names: readonly string[], { write }: ProgressOutput): Progress {
  const words = new Map<number, string>()
  return {
    update: (row, { word, maker }) => {
      if (words.get(row) === word) return
      words.set(row, word)
      write(`${names[row]}: ${word}${maker === '' ? '' : ` (${maker})`}\n`)
    },
    end: () => undefined,
  }
}

type Row = { readonly standing: Standing; readonly endedAt: number | undefined }

function liveProgress(names: readonly string[], output: ProgressOutput): Progress {
  const startedAt = performance.now()
  const nameWidth = Math.max(...names.map(({ length }) => length))
  const waiting: Row = { standing: { share: 0, word: 'waiting', maker: '', isBad: false }, endedAt: undefined }
  const rows = names.map(() => waiting)
  let isDrawn = false
  const draw = () => {
    const lines = rows.map(({ standing, endedAt }, index) => {
      const seconds = ((endedAt ?? performance.now()) - startedAt) / 1000
      // Cleared to its end: the row before may have been longer.
      return `${progressRow(names[index] ?? '', nameWidth, standing, seconds, output)}\u001b[K\n`
    })
    output.write(`${isDrawn ? `\u001b[${rows.length}A` : ''}${lines.join('')}`)
    isDrawn = true
  }
  const timer = setInterval(draw, redrawMilliseconds)
  draw()
  return {
    update: (row, standing) => {
      const isOver = standing.share >= 1 || standing.isBad
      rows[row] = { standing, endedAt: isOver ? (rows[row]?.endedAt ?? performance.now()) : undefined }
    },
    end: () => {
      clearInterval(timer)
      draw()
    },
  }
}
