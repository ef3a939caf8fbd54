import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import { referTo } from '../produce/own-object.ts'

/** A page tree that is written while its pages are. */
export type PageTree = {
  /** The node that the next page belongs to; call once a page, in order. */
  readonly parentOf: (page: ObjectNumber) => ObjectNumber
  /** Writes the nodes and gives the root's number. */
  readonly finish: () => ObjectNumber
}

/** Kids a node: a reader finds page 10,000 in three steps instead of reading one line of ten thousand. */
const kidsPerNode = 64

type Node = { readonly number: ObjectNumber; readonly kids: ObjectNumber[]; count: number }

export function createPageTree(writer: PdfWriter): PageTree {
  const leaves: Node[] = []

  const lastOf = (nodes: Node[]): Node => {
    const last = nodes.at(-1)
    if (last && last.kids.length < kidsPerNode) return last
    const node = { number: writer.reserve(), kids: [], count: 0 }
    nodes.push(node)
    return node
  }
  const write = ({ number, kids, count }: Node, parent: ObjectNumber | undefined): void => {
    const above = parent === undefined ? '' : ` /Parent ${referTo(parent)}`
    writer.put(number, `<< /Type /Pages${above} /Count ${count} /Kids [${kids.map(referTo).join(' ')}] >>`)
  }
  return {
    parentOf: (page) => {
      const node = lastOf(leaves)
      node.kids.push(page)
      node.count += 1
      return node.number
    },
    finish: () => {
      let level = leaves
      while (level.length > 1) {
        const above: Node[] = []
        for (const node of level) {
          const parent = lastOf(above)
          parent.kids.push(node.number)
          parent.count += node.count
          write(node, parent.number)
        }
        level = above
      }
      // Not the last that takes more: one that is just full is still the root.
      const root = level[0] ?? lastOf(level)
      write(root, undefined)
      return root.number
    },
  }
}
