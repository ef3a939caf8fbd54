import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { Geometry } from '#contracts/geometry/geometry.ts'
import { besideGutter, type Gutter, type PageTarget } from './pdf-size.ts'

/** Right pages have odd numbers and are bound on their left side; left pages the other way round. */
export const gutterOf = ({ gutterMm }: Geometry, number: number): Gutter =>
  number % 2 === 1 ? { leftMm: gutterMm, rightMm: 0 } : { leftMm: 0, rightMm: gutterMm }

/** One page of a book, with what its binding takes away. */
export type BookPage = PageTarget & { readonly safeBox: Box; readonly number: number }

export function bookPage(component: Component, geometry: Geometry, number: number): BookPage {
  const { sheetWidthMm, sheetHeightMm, trimBox } = component
  const gutter = gutterOf(geometry, number)
  return { sheetWidthMm, sheetHeightMm, trimBox, gutter, number, safeBox: besideGutter(component.safeBox, gutter) }
}
