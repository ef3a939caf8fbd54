import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import { type JobPart, partsOf, spineMmOf } from '../parts.ts'
import { element, nameToken } from '../xml.ts'
import { paperIntent } from './paper-intent.ts'

/** Ids of Product elements by component; RunList resources refer to them. */
export const productIds = { interior: 'BODY', cover: 'COVER', sheet: 'SHEET' } as const
/** The product that is delivered. */
export const rootId = (ticket: JobTicket): string => (ticket.files.length > 1 ? 'BOOK' : productIdOfOnly(ticket))

const productIdOfOnly = ({ files }: JobTicket): string => productIds[files[0]?.component ?? 'sheet']

/**
 * ProductList of XJDF: a book of cover and body has a root with both as children; what is one file (magazine, calendar, card, poster, canvas)
 * is one product.
 */
export function productList(ticket: JobTicket): string {
  const parts = partsOf(ticket)
  const { quantity } = ticket
  const descriptions = ticket.title === undefined ? ticket.product.title : `${ticket.title} (${ticket.product.title})`
  const options = Object.entries(ticket.options).map(([name, value]) =>
    element('GeneralID', { IDUsage: nameToken(name), IDValue: value, DataType: 'NamedFeature' }),
  )
  const root = (id: string, intents: readonly string[]): string =>
    element(
      'Product',
      {
        Amount: quantity,
        DescriptiveName: descriptions,
        ExternalID: ticket.barcode,
        ID: id,
        IsRoot: true,
        ProductType: productTypes[ticket.product.family] ?? 'Unknown',
        ProductTypeDetails: ticket.product.sku,
      },
      [...options, ...intents],
    )
  if (parts.length === 1) {
    const intents = parts.flatMap((part) => [...bindingIntent(ticket, []), ...partIntents(ticket, part)])
    return element('ProductList', {}, [root(rootId(ticket), intents)])
  }
  const children = parts.map((part) => productIds[part.file.component])
  return element('ProductList', {}, [
    root(rootId(ticket), [...bindingIntent(ticket, children), finishedLayout(ticket)]),
    ...parts.map((part) =>
      element(
        'Product',
        {
          Amount: quantity,
          DescriptiveName: part.name,
          ExternalID: part.file.barcode,
          ID: productIds[part.file.component],
          IsRoot: false,
          ProductType: part.file.component === 'cover' ? 'Cover' : 'Body',
        },
        partIntents(ticket, part),
      ),
    ),
  ])
}

const productTypes: Readonly<Record<string, string>> = {
  softcover_book: 'Book',
  hardcover_book: 'Book',
  photo_book: 'Book',
  layflat: 'Book',
  magazine: 'Booklet',
  calendar: 'Calendar',
  card: 'Card',
  poster: 'Poster',
  canvas: 'Poster',
}

const bindingTypes: Readonly<Record<string, string>> = {
  perfect: 'SoftCover',
  casewrap: 'HardCover',
  layflat: 'HardCover',
  saddle_stitch: 'SaddleStitch',
  wire_o: 'WireComb',
}

function bindingIntent({ product }: JobTicket, children: readonly string[]): readonly string[] {
  if (product.binding === undefined) return []
  return [
    intent('BindingIntent', {
      BindingSide: product.binding === 'wire_o' ? 'Top' : 'Left',
      BindingType: bindingTypes[product.binding] ?? 'None',
      // The schema wants two at least.
      ...(children.length > 1 ? { ChildRefs: children.join(' ') } : {}),
    }),
  ]
}

const finishedLayout = (ticket: JobTicket): string => {
  const { trimWidthMm, trimHeightMm, pages } = ticket.product
  return intent('LayoutIntent', {
    FinishedDimensions: shape(trimWidthMm, trimHeightMm, spineMmOf(ticket)),
    Pages: pages,
  })
}

function partIntents(ticket: JobTicket, part: JobPart): readonly string[] {
  const { product } = ticket
  const { file, isTwoSided, bleedMm } = part
  const { trimBox, component } = file
  const isOpened = trimBox.widthMm > 1.5 * product.trimWidthMm
  const layout = intent('LayoutIntent', {
    Bleed: points(bleedMm),
    Dimensions: isOpened ? pair(trimBox.widthMm, trimBox.heightMm) : undefined,
    FinishedDimensions: shape(product.trimWidthMm, product.trimHeightMm),
    // A cover's one page holds back, spine and front.
    Pages: component === 'cover' ? undefined : isOpened ? 2 * file.pages : file.pages,
    Sides: isTwoSided ? 'TwoSidedHeadToHead' : 'OneSided',
  })
  const isFoldedCard = isOpened && component === 'sheet'
  return [
    layout,
    ...paperIntent(ticket, part),
    ...(isFoldedCard ? [intent('FoldingIntent', { FoldCatalog: 'F4-1' })] : []),
    colourIntent(isTwoSided),
  ]
}

function colourIntent(isTwoSided: boolean): string {
  const surfaces = isTwoSided ? ['Front', 'Back'] : ['Front']
  const inks = surfaces.map((Surface) => element('SurfaceColor', { ColorsUsed: 'Cyan Magenta Yellow Black', Surface }))
  return element('Intent', { Name: 'ColorIntent' }, [element('ColorIntent', {}, inks)])
}

export const intent = (name: string, attributes: Parameters<typeof element>[1]): string =>
  element('Intent', { Name: name }, [element(name, attributes)])

/** XJDF measures in points. */
export const points = (millimetres: number): number => Math.round(pointsOf(millimetres) * 1000) / 1000
const pair = (widthMm: number, heightMm: number): string => `${points(widthMm)} ${points(heightMm)}`
const shape = (widthMm: number, heightMm: number, depthMm = 0): string =>
  `${pair(widthMm, heightMm)} ${points(depthMm)}`
