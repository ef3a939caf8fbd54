import type { Component } from '#contracts/geometry/component.ts'
import type { ProofPage } from '#contracts/published/proof-document.ts'
import { h } from '#look/h.ts'
import { pictureUrl } from '#look/picture.ts'
import { shapeDifference } from '../crop/crop-maths.ts'

export type Sheet = Pick<Component, 'sheetWidthMm' | 'sheetHeightMm' | 'trimBox' | 'safeBox'>

type Props = {
  readonly sheet: Sheet
  /** In the order of the eye; a gap is where there is no page, or no picture of it. */
  readonly pages: readonly (ProofPage | undefined)[]
  readonly cdnUrl: string
  readonly label: string
  readonly hasGuides: boolean
}

/** Pages beside each other as they lie when they are cut; with guides also what is cut off. */
export function PageSheet({ sheet, pages, cdnUrl, label, hasGuides }: Props) {
  const { trimBox } = sheet
  const width = trimBox.widthMm * pages.length + 2 * trimBox.xMm
  const viewBox = `0 0 ${width} ${sheet.sheetHeightMm}`
  return h(
    'svg',
    { class: 'print-sheet', viewBox, role: 'img', 'aria-label': label },
    pages.map((page, index) =>
      page
        ? h(PageOnSheet, { key: page.page, sheet, page, cdnUrl, x: trimBox.xMm + index * trimBox.widthMm, hasGuides })
        : undefined,
    ),
    pages.length === 2 &&
      pages.every(Boolean) &&
      h('path', { class: 'fold', d: `M${width / 2} ${trimBox.yMm}v${trimBox.heightMm}` }),
  )
}

type PageProps = Pick<Props, 'sheet' | 'cdnUrl' | 'hasGuides'> & { readonly page: ProofPage; readonly x: number }

function PageOnSheet({ sheet, page, cdnUrl, x, hasGuides }: PageProps) {
  const { trimBox, safeBox } = sheet
  const { width_px, height_px, colour } = page.picture
  const box = { x, y: trimBox.yMm, width: trimBox.widthMm, height: trimBox.heightMm }
  // A page of nearly the shape of the product is brought to it; any other keeps its own, on white.
  const isLike = shapeDifference({ width: width_px, height: height_px }, box) < 1.06
  const top = sheet.sheetHeightMm - safeBox.yMm - safeBox.heightMm
  const safe = { x: x + safeBox.xMm - trimBox.xMm, y: top, width: safeBox.widthMm, height: safeBox.heightMm }
  return h(
    'g',
    {},
    hasGuides &&
      h('rect', {
        class: 'off',
        x: x - trimBox.xMm,
        y: 0,
        width: box.width + 2 * trimBox.xMm,
        height: sheet.sheetHeightMm,
      }),
    h('rect', { ...box, fill: isLike ? colour : 'white' }),
    h('image', {
      ...{ ...box, href: pictureUrl(page.picture, cdnUrl) },
      preserveAspectRatio: isLike ? 'none' : 'xMidYMid meet',
    }),
    hasGuides &&
      h('g', { class: 'guides' }, h('rect', { class: 'trim', ...box }), h('rect', { class: 'safe', ...safe })),
  )
}
