import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A free typeface of the same metrics as one of the standard 14. */
export type StandardFont = {
  /** PostScript name of the stand-in. */
  readonly name: string
  readonly file: string
  readonly format: 'cff' | 'truetype'
  /** Whose widths hold: a name of the standard 14, upright for the sloped ones; absent where all are 600 wide. */
  readonly metrics: string | undefined
  readonly isSymbolic: boolean
  readonly isSerif: boolean
  readonly isBold: boolean
  readonly isItalic: boolean
}

const family = /^(?:(Helvetica|Arial(?:MT)?)|(Times(?:New)?(?:Roman)?(?:PS)?(?:MT)?)|(Courier(?:New)?(?:PS)?(?:MT)?))/
const style = /^[-,]?(Regular|Roman|Normal|Bold)?[-,]?(Italic|Oblique)?(?:PS)?(?:MT)?$/i

/**
 * The stand-in for a font that is named but not embedded: the standard 14 and the names that Windows gives them (Arial,
 * TimesNewRoman,Bold, CourierNewPS-BoldItalicMT). Undefined for any other name, also Arial Narrow and Arial Black.
 */
export function standardFontOf(baseFont: string): StandardFont | undefined {
  const name = baseFont.replace(/^[A-Z]{6}\+/, '').replace(/\s/g, '')
  if (/^Symbol(?:MT)?(?:,\w+)?$/.test(name)) return signs('Symbol', 'FoxitSymbol.cff', 'ChromSymbolOTF')
  if (/^ZapfDingbats(?:,\w+)?$/.test(name)) return signs('ZapfDingbats', 'FoxitDingbats.cff', 'ChromDingbatsOTF')
  const [start, sans, serif] = family.exec(name) ?? []
  if (start === undefined) return undefined
  const [, weight, slope] = style.exec(name.slice(start.length)) ?? [undefined, undefined, undefined]
  if (!style.test(name.slice(start.length))) return undefined
  const isBold = weight?.toLowerCase() === 'bold'
  const isItalic = slope !== undefined
  return sans !== undefined ? sansOf(isBold, isItalic) : foxitOf(serif !== undefined, isBold, isItalic)
}

const signs = (metrics: string, file: string, name: string): StandardFont => ({
  ...{ name, file, format: 'cff', metrics },
  ...{ isSymbolic: true, isSerif: false, isBold: false, isItalic: false },
})

const styled = (isBold: boolean, isItalic: boolean): string => `${isBold ? 'Bold' : ''}${isItalic ? 'Italic' : ''}`

function sansOf(isBold: boolean, isItalic: boolean): StandardFont {
  const face = styled(isBold, isItalic)
  return {
    name: `LiberationSans${face === '' ? '' : `-${face}`}`,
    file: `LiberationSans-${face === '' ? 'Regular' : face}.ttf`,
    format: 'truetype',
    metrics: isBold ? 'Helvetica-Bold' : 'Helvetica',
    ...{ isSymbolic: false, isSerif: false, isBold, isItalic },
  }
}

function foxitOf(isSerif: boolean, isBold: boolean, isItalic: boolean): StandardFont {
  const face = styled(isBold, isItalic)
  const kind = isSerif ? 'Serif' : 'Fixed'
  return {
    name: `Chrom${kind}OTF${face === '' ? '' : `-${face}`}`,
    file: `Foxit${kind}${face}.cff`,
    format: 'cff',
    metrics: isSerif ? `Times-${face === '' ? 'Roman' : face}` : undefined,
    ...{ isSymbolic: false, isSerif, isBold, isItalic },
  }
}

/** The stand-in's program, as it goes into a print file. */
export const standardProgram = ({ file }: StandardFont): Buffer => readFileSync(join(import.meta.dirname, 'data', file))
