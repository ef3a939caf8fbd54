import type { Product } from '#contracts/catalogue/product.ts'
import type { CoverDesign } from '#contracts/design.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { Component, Panel } from '#contracts/geometry/component.ts'
import type { Geometry } from '#contracts/geometry/geometry.ts'
import { inset } from '#contracts/geometry/lengths.ts'
import type { PlanSource } from '../plan-source.ts'
import type { Shaping } from '../shaping.ts'

export type CoverRequest = {
  readonly product: Product
  readonly geometry: Geometry
  readonly cover: Component
  readonly title: string | undefined
  readonly design: CoverDesign | undefined
}

/** A picture or a page that is shown on a cover. */
export type Art = { readonly source: PlanSource; readonly number: number; readonly shaping: Shaping }

export const panelBox = (cover: Component, name: Panel['name']): Box =>
  cover.panels.find((panel) => panel.name === name)?.box ?? cover.trimBox

/** As far inside a panel as words must stay from the cover's trim, on the spine's side too: what is centred in it looks so. */
export function safePanel(cover: Component, name: Panel['name']): Box {
  return inset(panelBox(cover, name), safetyMmOf(cover))
}

export const safetyMmOf = ({ safeBox, trimBox }: Component): number => safeBox.xMm - trimBox.xMm

/** A casewrap goes around boards: what lies near their edges or in the hinge is bent away, so that pictures keep off. */
export const isCased = ({ construction }: Product): boolean =>
  construction.kind === 'book' && construction.cover.kind !== 'wraparound'
