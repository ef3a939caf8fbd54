/** Undoes the predictor of Flate and LZW (ISO 32000-1, 7.4.4.4); odd parameters leave the data as they are. */
export function unpredicted(data: Buffer, parameter: (name: string, otherwise: number) => number): Buffer {
  const predictor = parameter('Predictor', 1)
  const colours = parameter('Colors', 1)
  const depth = parameter('BitsPerComponent', 8)
  const columns = parameter('Columns', 1)
  if (predictor < 2 || colours < 1 || colours > 64 || ![1, 2, 4, 8, 16].includes(depth)) return data
  if (columns < 1 || columns > 1 << 24) return data
  const pixelBytes = Math.max(1, (colours * depth) >> 3)
  const rowBytes = Math.ceil((columns * colours * depth) / 8)
  if (predictor === 2) return tiff(data, rowBytes, colours, depth)
  return png(data, rowBytes, pixelBytes)
}

function png(data: Buffer, rowBytes: number, pixelBytes: number): Buffer {
  const rows = Math.ceil(data.length / (rowBytes + 1))
  const out = Buffer.alloc(Math.max(0, data.length - rows))
  let above: Buffer = Buffer.alloc(rowBytes)
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1)
    const source = data.subarray(from + 1, from + 1 + rowBytes)
    const line = out.subarray(row * rowBytes, row * rowBytes + source.length)
    source.copy(line)
    undoRow(data[from] ?? 0, line, above, pixelBytes)
    above = line
  }
  return out
}

/** One loop a kind: this runs over every byte of cross-reference streams and pictures. */
function undoRow(kind: number, line: Buffer, above: Buffer, pixelBytes: number): void {
  if (kind === 1) undoSub(line, pixelBytes)
  else if (kind === 2) undoUp(line, above)
  else if (kind === 3) undoAverage(line, above, pixelBytes)
  else if (kind === 4) undoPaeth(line, above, pixelBytes)
}

function undoSub(line: Buffer, pixelBytes: number): void {
  for (let at = pixelBytes; at < line.length; at++) line[at] = (line[at] ?? 0) + (line[at - pixelBytes] ?? 0)
}

function undoUp(line: Buffer, above: Buffer): void {
  for (let at = 0; at < line.length; at++) line[at] = (line[at] ?? 0) + (above[at] ?? 0)
}

function undoAverage(line: Buffer, above: Buffer, pixelBytes: number): void {
  for (let at = 0; at < line.length; at++) {
    const left = at < pixelBytes ? 0 : (line[at - pixelBytes] ?? 0)
    line[at] = (line[at] ?? 0) + ((left + (above[at] ?? 0)) >> 1)
  }
}

function undoPaeth(line: Buffer, above: Buffer, pixelBytes: number): void {
  for (let at = 0; at < line.length; at++) {
    const left = at < pixelBytes ? 0 : (line[at - pixelBytes] ?? 0)
    const corner = at < pixelBytes ? 0 : (above[at - pixelBytes] ?? 0)
    line[at] = (line[at] ?? 0) + paeth(left, above[at] ?? 0, corner)
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const toLeft = Math.abs(guess - left)
  const toUp = Math.abs(guess - up)
  const toCorner = Math.abs(guess - corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

function tiff(data: Buffer, rowBytes: number, colours: number, depth: number): Buffer {
  const out = Buffer.from(data)
  for (let from = 0; from < out.length; from += rowBytes) {
    const line = out.subarray(from, from + rowBytes)
    if (depth === 8)
      for (let at = colours; at < line.length; at++) line[at] = (line[at] ?? 0) + (line[at - colours] ?? 0)
    else if (depth === 16) tiff16(line, colours)
    else tiffBits(line, colours, depth)
  }
  return out
}

function tiff16(line: Buffer, colours: number): void {
  for (let at = colours * 2; at + 1 < line.length; at += 2) {
    line.writeUInt16BE((line.readUInt16BE(at) + line.readUInt16BE(at - colours * 2)) & 0xffff, at)
  }
}

/** Samples of 1, 2 or 4 bits. */
function tiffBits(line: Buffer, colours: number, depth: number): void {
  const mask = (1 << depth) - 1
  const before = new Uint8Array(colours)
  const samples = Math.floor((line.length * 8) / depth)
  for (let sample = 0; sample < samples; sample++) {
    const place = (sample * depth) >> 3
    const shift = 8 - depth - ((sample * depth) & 7)
    const value = (((line[place] ?? 0) >> shift) + (before[sample % colours] ?? 0)) & mask
    before[sample % colours] = value
    line[place] = ((line[place] ?? 0) & ~(mask << shift)) | (value << shift)
  }
}
