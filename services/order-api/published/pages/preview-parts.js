import { make, moment } from './page.js'

/** What the edge gives it by: the narrowest first. */
export function picture({ thumbnail, thumbnail_failure: failure, title }, { say }) {
  if (!thumbnail) {
    // Its words are English: they come from what looked at the file.
    const why = failure ? make('p', { lang: 'en', dir: 'ltr' }, failure) : undefined
    const words = make('p', {}, say(failure ? 'failed_picture' : 'no_picture'))
    return make('figure', { class: 'picture' }, make('div', { class: 'none' }, words, why))
  }
  const image = thumbnailImage(thumbnail, {
    alt: say('picture_of', { title }),
    sizes: '(min-width: 48rem) 26rem, 90vw',
  })
  return make('figure', { class: 'picture' }, image)
}

function thumbnailImage({ width_px: width, height_px: height, sources, colour }, { alt, sizes }) {
  const srcset = sources.map((source) => `${source.path} ${source.width_px}w`).join(', ')
  const image = make('img', {
    alt,
    srcset,
    sizes,
    src: sources.at(-1)?.path,
    width: String(width),
    height: String(height),
  })
  // Its place has the colour of its middle until it is there.
  image.style.backgroundColor = colour
  return image
}

/** The button as its theme has it. It is only shown: nobody can press it. */
export function button({ thumbnail, theme = {}, offers }, spoken, label) {
  const { style = 'solid', accent = '#1f3f8f', radius_px: radius = 6, size = 'medium' } = theme
  const price = theme.shows_price === false ? undefined : priceOf(offers.find(({ from }) => from)?.from, spoken)
  const shown = make(
    'button',
    { class: `button ${style} ${size}`, type: 'button', disabled: true },
    theme.shows_thumbnail && thumbnail ? thumbnailImage(thumbnail, { alt: '', sizes: '32px' }) : undefined,
    make('span', {}, label),
    price && make('span', { class: 'figures' }, price),
  )
  shown.style.borderRadius = `${radius}px`
  shown.style.color = style === 'solid' ? readableOn(accent) : accent
  if (style === 'solid') shown.style.backgroundColor = accent
  if (style === 'outline') shown.style.backgroundColor = 'transparent'
  if (style !== 'text') shown.style.borderColor = accent
  return make('div', { class: 'ground' }, shown)
}

/** Of WCAG 2.2: 0 is black, 1 is white. */
function luminanceOf(colour) {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Black or white, whichever has more contrast. */
const readableOn = (colour) =>
  contrastWithWhite(colour) >= (luminanceOf(colour) + 0.05) / 0.05 ? '#ffffff' : '#000000'

const contrastWithWhite = (colour) => 1.05 / (luminanceOf(colour) + 0.05)

/** Whether the words of the button are in a colour that many cannot read on a white page (WCAG 2.2: below 4.5). */
export const isFaint = ({ theme: { style = 'solid', accent } = {} }) =>
  style !== 'solid' && accent !== undefined && contrastWithWhite(accent) < 4.5

export function offerTable({ offers }, spoken) {
  const { say } = spoken
  const rows = offers.map((offer) => {
    const size = `${lengthWords(offer.trim_width_mm, spoken)} × ${lengthWords(offer.trim_height_mm, spoken)}`
    const small = [size, offer.from?.printed_pages && say('pages', { pages: String(offer.from.printed_pages) })]
    return make(
      'tr',
      {},
      make('th', { scope: 'row' }, offer.title, make('small', { class: 'figures' }, small.filter(Boolean).join(' · '))),
      make('td', {}, ...priceCell(offer.from, spoken)),
    )
  })
  return make('table', { class: 'offers' }, make('tbody', {}, ...rows))
}

function priceCell(from, spoken) {
  const { say } = spoken
  if (!from) return [make('span', { class: 'quiet' }, say('none'))]
  const tax =
    from.gross === undefined
      ? say('without_tax')
      : say('with_tax', { percent: percentWords(from.tax_rate_percent ?? 0, spoken), country: from.country ?? '' })
  return [make('span', { class: 'figures' }, say('from', { price: priceOf(from, spoken) })), make('small', {}, tax)]
}

/** What a visitor pays: with the tax where that is known. */
function priceOf(from, { locale }) {
  if (!from) return undefined
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: from.currency })
  const { maximumFractionDigits = 2 } = format.resolvedOptions()
  return format.format((from.gross ?? from.amount) / 10 ** maximumFractionDigits)
}

const percentWords = (percent, { locale }) =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 }).format(percent / 100)

/** Millimetres; inches where people measure in them. */
function lengthWords(mm, { locale, region }) {
  const [unit, value] = region === 'US' ? ['inch', mm / 25.4] : ['millimeter', mm]
  const format = { style: 'unit', unit, maximumFractionDigits: unit === 'inch' ? 2 : 1 }
  return new Intl.NumberFormat(locale, format).format(value)
}

export function facts(publication, { say, locale }) {
  const times = [
    ['starts', publication.valid_from],
    ['ends', publication.valid_until],
  ]
  const lines = times
    .filter(([, at]) => at !== undefined)
    .map(([name, at]) => {
      const [before, after = ''] = say(name).split('{time}')
      return make('p', { class: 'quiet' }, before, moment(at, locale), after)
    })
  for (const name of ['needs_file', 'file_comes_later']) {
    if (publication[name]) lines.push(make('p', { class: 'quiet' }, say(name)))
  }
  return make('div', { class: 'facts' }, ...lines)
}
