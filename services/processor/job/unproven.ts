import type { Product } from '#contracts/catalogue/product.ts'
import type { Facts } from '../inspect/facts.ts'
import { usualReduceAbove } from '../plan/finish-pictures.ts'
import type { SourceFile } from '../sandbox/protocol.ts'

const mmPerInch = 25.4

type Sheet = Pick<Product, 'trimWidthMm' | 'trimHeightMm' | 'bleedMm' | 'resolution' | 'colour'>

/**
 * For the question about facts, where print files are made afterwards and no design asks for colours: marks the photographs
 * whose soundness may show then. So those that are decoded anyway, to be reduced or turned into inks, are decoded once. The
 * first and the last of a role are always looked at whole: covers take their colours from them.
 */
export function mayBeUnproven<T extends SourceFile>(files: readonly T[], product: Sheet): readonly T[] {
  const unprovenAbovePx = product.colour?.pictures === 'cmyk' ? 0 : Math.round(reducedAbovePx(product))
  return files.map((file, index) => {
    const around = [files[index - 1], files[index + 1]]
    const isInside = around.every((other) => other !== undefined && roleOf(other) === roleOf(file))
    return isInside && file.format === 'jpeg' ? { ...file, unprovenAbovePx } : file
  })
}

const roleOf = ({ label }: SourceFile): string => label.slice(0, label.indexOf('/'))

/** A picture that fills the sheet and is reduced has more pixels. */
function reducedAbovePx({ trimWidthMm, trimHeightMm, bleedMm, resolution }: Sheet): number {
  const pxPerMm = (resolution.goodDpi * usualReduceAbove) / mmPerInch
  return (trimWidthMm + 2 * bleedMm) * (trimHeightMm + 2 * bleedMm) * pxPerMm ** 2
}

/** For the making of print files: marks those that were left unproven. */
export const leftUnproven = <T extends SourceFile>(files: readonly T[], facts: readonly Facts[]): readonly T[] =>
  files.map((file, index) => {
    const seen = facts[index]
    return seen?.kind === 'image' && seen.isUnproven ? { ...file, isUnproven: true } : file
  })
