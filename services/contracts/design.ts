import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const
const share = Type.Number({ minimum: 0, maximum: 1 })

/** A point of the picture, upright and turned, that stays in sight when it is cut: shares of width and height from the top left. */
export const Focus = Type.Object({ x: share, y: share }, strict)
export type Focus = Static<typeof Focus>

/** The part of the picture, upright and turned, that is used: shares of width and height from the top left. */
export const Crop = Type.Object(
  {
    x: share,
    y: share,
    width: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    height: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
  },
  strict,
)
export type Crop = Static<typeof Crop>

export const fits = ['fill', 'fit'] as const

/** Degrees clockwise. */
export const turns = [0, 90, 180, 270] as const

const placing = {
  rotate: Type.Optional(
    Type.Enum(turns, {
      description:
        'degrees clockwise, of the upright picture; crop and focus are of what is seen then. Said, even as 0, a sheet turns nothing by itself',
    }),
  ),
  fit: Type.Optional(
    Type.Enum(fits, { description: 'fill cuts the picture to the shape of its frame; fit shows all of it' }),
  ),
  focus: Type.Optional(Focus),
  crop: Type.Optional(Crop),
}

/** One picture in a frame of a template. */
export const Placement = Type.Object(
  {
    image: Type.Integer({ minimum: 1, description: 'place in "images", from 1; on a cover of a PDF book, its page' }),
    ...placing,
  },
  strict,
)
export type Placement = Static<typeof Placement>

export const pageTemplates = ['full_bleed', 'border', 'two_up', 'spread'] as const

/** One page of a book of pictures. A spread is one entry that takes two facing pages, a left one and a right one. */
export const PageDesign = Type.Object(
  {
    template: Type.Enum(pageTemplates),
    images: Type.Array(Placement, { minItems: 1, maxItems: 2, description: 'two for two_up, one otherwise' }),
    caption: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 300,
        description: 'below the picture; on it where the picture takes the whole page',
      }),
    ),
  },
  strict,
)
export type PageDesign = Static<typeof PageDesign>

export const coverSources = ['first_page', 'first_and_last_page'] as const

/** A cover drawn by us; whatever is left out is taken from the title and the first picture or page. */
export const CoverDesign = Type.Object(
  {
    picture: Type.Optional(Placement),
    from: Type.Optional(
      Type.Enum(coverSources, {
        description:
          'the first page or picture is the whole front of a paperback, without more words; with first_and_last_page the last one is its back',
      }),
    ),
    colour: Type.Optional(
      Type.String({
        pattern: '^#[0-9a-fA-F]{6}$',
        description: '#rrggbb, the ground of the whole sheet; without a picture nothing but colour and words',
      }),
    ),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    subtitle: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    spine: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'printed when there is room' })),
    barcode: Type.Optional(
      Type.Union(
        [
          Type.Literal('area'),
          Type.String({ pattern: '^97[89][0-9]{10}$', description: 'an ISBN-13 without hyphens' }),
        ],
        {
          description: '"area" keeps a white field on the back free; an ISBN-13 is drawn into it',
        },
      ),
    ),
  },
  strict,
)
export type CoverDesign = Static<typeof CoverDesign>

/** How pictures and pages are laid out; every part may be left out. */
export const Design = Type.Object(
  {
    ...placing,
    pages: Type.Optional(
      Type.Array(PageDesign, { minItems: 1, maxItems: 300, description: 'in order, for products made of "images"' }),
    ),
    cover: Type.Optional(CoverDesign),
  },
  { ...strict, description: 'rotate, fit, focus and crop hold for every picture that says nothing of its own' },
)
export type Design = Static<typeof Design>
