import sharp from 'sharp'
import { seededRandom } from './random.ts'

const paper = '#f4efe4'
const inks = ['#d9472b', '#1f3f8f', '#f0b429', '#1c1b19', '#2f7f74'] as const
const columns = 6
const rows = 8

/** Writes a poster of circles and quarters in five inks, in the proportions of an A sheet. */
export async function writePoster(path: string, widthPx: number): Promise<void> {
  const random = seededRandom(1919)
  const cell = 100
  const margin = 60
  const width = columns * cell + 2 * margin
  const height = Math.round(width * Math.SQRT2)
  const top = height - rows * cell - margin
  const shapes: string[] = []
  for (let index = 0; index < columns * rows; index += 1) {
    const x = margin + (index % columns) * cell
    const y = top - margin / 2 + Math.floor(index / columns) * cell
    shapes.push(shapeAt(x, y, cell, random))
  }
  const heading = `<rect x="${margin}" y="${margin}" width="${cell * 2}" height="10" fill="${inks[3]}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${widthPx}">
<rect width="${width}" height="${height}" fill="${paper}"/>${heading}${shapes.join('')}</svg>`
  await sharp(Buffer.from(svg)).removeAlpha().jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toFile(path)
}

function shapeAt(x: number, y: number, size: number, random: () => number): string {
  const ink = inks[Math.floor(random() * inks.length)] ?? inks[0]
  const other = inks[Math.floor(random() * inks.length)] ?? inks[1]
  const kind = random()
  if (kind < 0.22) return circle(x + size / 2, y + size / 2, size / 2, ink)
  if (kind < 0.34) {
    return circle(x + size / 2, y + size / 2, size / 2, ink) + circle(x + size / 2, y + size / 2, size / 5, paper)
  }
  if (kind < 0.46) return `<rect x="${x}" y="${y}" width="${size}" height="${size}" fill="${ink}"/>`
  const turn = Math.floor(random() * 4) * 90
  const place = `transform="rotate(${turn} ${x + size / 2} ${y + size / 2})"`
  const quarter = `<path ${place} d="M${x} ${y}h${size}a${size} ${size} 0 0 1 -${size} ${size}z" fill="${ink}"/>`
  if (kind < 0.75) return quarter
  const smaller = size / 2
  return `${quarter}<path ${place} d="M${x} ${y}h${smaller}a${smaller} ${smaller} 0 0 1 -${smaller} ${smaller}z" fill="${other}"/>`
}

function circle(x: number, y: number, radius: number, ink: string): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${ink}"/>`
}
