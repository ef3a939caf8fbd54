import { numbersText } from '../assemble/pdf-text.ts'
import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import type { Words } from '../plan/job-plan.ts'
import { type LaidOut, layOut } from './lay-out.ts'
import { type Subset, subsetOf } from './subset.ts'
import { type Typeface, typefaceOf, type Weight } from './typeface.ts'
import { codesOf, writeFont } from './write-font.ts'

/** Content-stream operators that set the words, the font they name, and the signs that the typeface does not have. */
export type PaintedWords = {
  readonly content: string
  readonly font: ObjectNumber | undefined
  readonly missing: readonly string[]
}

/** Sets words as real text, in subsets of our typeface that hold what this print file shows and no more. */
export type WordPainter = (words: Words, colour: string) => PaintedWords

/** Words that may grow no larger are captions; larger ones are titles, and bolder. */
const captionsUpToPt = 14
const weightOf = ({ maximumSizePt }: Words): Weight => (maximumSizePt <= captionsUpToPt ? 'Regular' : 'SemiBold')

type Prepared = { readonly face: Typeface; readonly subset: Subset; readonly font: ObjectNumber | undefined }

/** Embeds what all the words of a print file need; each weight once, none where there are no words. */
export async function createWordPainter(all: readonly Words[], writer: PdfWriter): Promise<WordPainter> {
  const prepared = new Map<Weight, Prepared>()
  for (const weight of new Set(all.map(weightOf))) {
    const face = await typefaceOf(weight)
    const lines = all.filter((words) => weightOf(words) === weight).flatMap((words) => layOut(words, face).lines)
    const subset = await subsetOf(face, lines.map(({ text }) => text).join(''))
    prepared.set(weight, { face, subset, font: lines.length > 0 ? writeFont(subset, writer) : undefined })
  }
  return (words, colour) => {
    const ready = prepared.get(weightOf(words))
    if (!ready) throw new Error('Words are drawn that the print file was not prepared for')
    const laid = layOut(words, ready.face)
    const { font } = ready
    if (font === undefined || laid.lines.length === 0) return { content: '', font: undefined, missing: laid.missing }
    return { content: operators(laid, words.isTurned, colour, ready.subset, font), font, missing: laid.missing }
  }
}

/** Lines around the middle of the box; a turned line reads from the head of the spine to its foot. */
function operators(laid: LaidOut, isTurned: boolean, colour: string, subset: Subset, font: ObjectNumber): string {
  const { lines, sizePt, frame } = laid
  const middle = [frame.x + frame.width / 2, frame.y + frame.height / 2]
  const placed = numbersText(isTurned ? [0, -1, 1, 0, ...middle] : [1, 0, 0, 1, ...middle])
  const shown = lines.map(({ text, x, y }) => `1 0 0 1 ${numbersText([x, y])} Tm <${codesOf(text, subset)}> Tj`)
  return `q ${colour} ${placed} cm BT /F${font} ${numbersText([sizePt])} Tf ${shown.join(' ')} ET Q`
}
