import type { Component } from '#contracts/geometry/component.ts'
import type { ShownFinding } from '#contracts/order-api/finding.ts'
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
  /** Places that a finding is about. */
  readonly marks: readonly Mark[]
}
export type Mark = { readonly page: number; readonly where: NonNullable<ShownFinding['where']> }

/** Pages beside each other as they lie when they are cut, a page without a neighbour in the middle; with guides also what is cut off. */
export function PageSheet({ sheet, pages, cdnUrl, label, hasGuides, marks }: Props) {
  const { trimBox, sheetHeightMm } = sheet
  const there = pages.flatMap((page) => (page ? [page] : []))
  const width = trimBox.widthMm * pages.length + 2 * trimBox.xMm
  const across = trimBox.widthMm * there.length
  const left = (width - across) / 2
  return h(
    'svg',
    { class: 'print-sheet', viewBox: `0 0 ${width} ${sheetHeightMm}`, role: 'img', 'aria-label': label },
    hasGuides &&
      h('rect', {
        class: 'off',
        ...{ x: left - trimBox.xMm, y: 0, width: across + 2 * trimBox.xMm, height: sheetHeightMm },
      }),
    there.map((page, index) => {
      const x = left + index * trimBox.widthMm
      const here = marks.filter((mark) => mark.page === page.page)
      return h(PageOnSheet, { key: page.page, sheet, page, cdnUrl, x, hasGuides, marks: here })
    }),
    there.length === 2 && h('path', { class: 'fold', d: `M${width / 2} ${trimBox.yMm}v${trimBox.heightMm}` }),
  )
}

type PageProps = Pick<Props, 'sheet' | 'cdnUrl' | 'hasGuides' | 'marks'> & {
  readonly page: ProofPage
  readonly x: number
}

function PageOnSheet({ sheet, page, cdnUrl, x, hasGuides, marks }: PageProps) {
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
    h('rect', { ...box, fill: isLike ? colour : 'white' }),
    h('image', {
      ...{ ...box, href: pictureUrl(page.picture, cdnUrl) },
      preserveAspectRatio: isLike ? 'none' : 'xMidYMid meet',
    }),
    hasGuides &&
      h('g', { class: 'guides' }, h('rect', { class: 'trim', ...box }), h('rect', { class: 'safe', ...safe })),
    marks.map(({ where }, index) =>
      h('rect', {
        ...{ class: 'mark', key: index, x: x - trimBox.xMm + where.x_mm },
        ...{ y: sheet.sheetHeightMm - where.y_mm - where.height_mm, width: where.width_mm, height: where.height_mm },
      }),
    ),
  )
}
