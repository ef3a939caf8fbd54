import { noiseLine, noisePlane } from './noise.ts'
import { seededRandom } from './random.ts'

export type Rgb = readonly [red: number, green: number, blue: number]

/** The light of one picture. */
export type Palette = {
  readonly zenith: Rgb
  readonly horizon: Rgb
  readonly far: Rgb
  readonly near: Rgb
  readonly sun: Rgb
  readonly isNight?: boolean
}

export const palettes: readonly Palette[] = [
  { zenith: [58, 96, 148], horizon: [247, 206, 160], far: [190, 168, 176], near: [38, 46, 66], sun: [255, 240, 205] },
  { zenith: [46, 118, 190], horizon: [205, 229, 242], far: [146, 178, 190], near: [34, 66, 44], sun: [255, 255, 240] },
  { zenith: [70, 48, 98], horizon: [250, 142, 92], far: [168, 96, 110], near: [36, 22, 44], sun: [255, 214, 140] },
  {
    zenith: [12, 18, 44],
    horizon: [56, 78, 118],
    far: [48, 64, 98],
    near: [8, 12, 26],
    sun: [238, 240, 250],
    isNight: true,
  },
  { zenith: [120, 158, 170], horizon: [232, 226, 210], far: [186, 190, 178], near: [70, 82, 66], sun: [255, 250, 235] },
  { zenith: [36, 100, 150], horizon: [250, 222, 176], far: [212, 164, 128], near: [112, 58, 36], sun: [255, 245, 214] },
]

export type Scene = {
  readonly width: number
  readonly height: number
  readonly seed: number
  readonly palette: Palette
  /** A lake in the foreground mirrors what is above it. */
  readonly hasLake: boolean
}

/** Hills behind hills under a wide sky, as interleaved RGB bytes; the same bytes for the same scene. */
export function paintLandscape(scene: Scene): Buffer {
  const pixels = Buffer.alloc(scene.width * scene.height * 3)
  const random = seededRandom(scene.seed)
  const horizonRow = Math.round(scene.height * (0.42 + 0.12 * random()))
  paintSky(pixels, scene, horizonRow, random)
  const layers = 5 + Math.floor(random() * 3)
  for (let layer = 0; layer < layers; layer += 1) {
    const ridge = ridgeAt(scene.height, horizonRow, layer / (layers - 1))
    // What the next ridge hides is not painted.
    const next = ridgeAt(scene.height, horizonRow, (layer + 1) / (layers - 1))
    paintRidge(pixels, scene, ridge, layer === layers - 1 ? scene.height : next.lowestStart, random)
  }
  if (scene.hasLake) mirror(pixels, scene, Math.round(scene.height * 0.72))
  return pixels
}

function paintSky(pixels: Buffer, { width, height, palette }: Scene, horizonRow: number, random: () => number): void {
  const clouds = noisePlane(random)
  const sunX = width * (0.2 + 0.6 * random())
  const sunY = horizonRow * (0.35 + 0.45 * random())
  const sunRadius = width * (palette.isNight ? 0.035 : 0.05)
  for (let y = 0; y < ridgeAt(height, horizonRow, 0).lowestStart; y += 1) {
    const depth = Math.min(1, y / horizonRow)
    const base = mixed(palette.zenith, palette.horizon, depth ** 1.4)
    for (let x = 0; x < width; x += 1) {
      const distance = Math.hypot(x - sunX, y - sunY)
      const disc = clamp((sunRadius - distance) / 2 + 0.5)
      const glow = Math.exp(-distance / (width * 0.22)) * 0.55
      const cloud = clamp((clouds((x / width) * 5, (y / height) * 14) - 0.52) * 2.2) * 0.5
      const light = Math.max(disc, glow)
      const star = palette.isNight && random() > 0.9992 ? 150 * (1 - depth) : 0
      // Half a level of noise keeps smooth skies free of bands.
      const grain = random() * 3 - 1.5 + star
      const at = (y * width + x) * 3
      for (let channel = 0; channel < 3; channel += 1) {
        const sky = part(base, channel)
        const clouded = sky + (part(palette.horizon, channel) * 0.5 + 118 - sky) * cloud * (palette.isNight ? 0.15 : 1)
        pixels[at + channel] = byte(clouded + (part(palette.sun, channel) - clouded) * light + grain)
      }
    }
  }
}

type Ridge = { readonly nearness: number; readonly top: number; readonly relief: number; readonly lowestStart: number }

/** Share of the relief that lies below `top`. */
const below = 0.35

/** `nearness` 0 is the farthest ridge, 1 the nearest: lower in the picture, darker, and wooded. */
function ridgeAt(height: number, horizonRow: number, nearness: number): Ridge {
  const top = horizonRow + (height - horizonRow) * 0.8 * nearness ** 1.3
  const relief = height * (0.2 - 0.1 * nearness)
  return { nearness, top, relief, lowestStart: Math.min(height, Math.ceil(top + relief * below) + 1) }
}

function paintRidge(
  pixels: Buffer,
  { width, height, palette }: Scene,
  { nearness, top, relief }: Ridge,
  bottom: number,
  random: () => number,
): void {
  const line = noiseLine(random)
  const trees = noiseLine(random)
  const colour = mixed(palette.far, palette.near, nearness)
  const lit = mixed(colour, palette.horizon, 0.35 * (1 - nearness))
  for (let x = 0; x < width; x += 1) {
    const treeTop = nearness > 0.6 ? sawtooth((x / width) * 46 * (1.6 - nearness)) * trees(x / 9) * height * 0.035 : 0
    const start = Math.max(0, Math.round(top - relief * (line((x / width) * 6) - below) - treeTop))
    for (let y = start; y < bottom; y += 1) {
      const shade = Math.min(1, (y - start) / (height * 0.25))
      const grain = random() * 5 - 2.5
      const at = (y * width + x) * 3
      for (let channel = 0; channel < 3; channel += 1) {
        const near = part(colour, channel)
        pixels[at + channel] = byte(near + (part(lit, channel) - near) * shade + grain)
      }
    }
  }
}

function mirror(pixels: Buffer, { width, height, palette, seed }: Scene, waterRow: number): void {
  const random = seededRandom(seed + 1)
  for (let y = waterRow; y < height; y += 1) {
    const depth = y - waterRow
    const source = Math.max(0, waterRow - 1 - Math.round(depth * 1.6))
    const sway = Math.round(Math.sin(depth ** 0.7 * 2.1) * depth * 0.03 + (random() - 0.5) * 2)
    const darker = 0.86 - 0.25 * (depth / (height - waterRow))
    for (let x = 0; x < width; x += 1) {
      const from = (source * width + Math.min(width - 1, Math.max(0, x + sway))) * 3
      const at = (y * width + x) * 3
      for (let channel = 0; channel < 3; channel += 1) {
        const light = pixels[from + channel] ?? 0
        pixels[at + channel] = byte(light * darker + part(palette.zenith, channel) * 0.1)
      }
    }
  }
}

/** Pointed like a row of firs. */
function sawtooth(position: number): number {
  return 1 - Math.abs((position % 1) * 2 - 1)
}

function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const mix = (channel: number) => part(from, channel) + (part(to, channel) - part(from, channel)) * share
  return [mix(0), mix(1), mix(2)]
}

function part(colour: Rgb, channel: number): number {
  return colour[channel] ?? 0
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function byte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value
}
