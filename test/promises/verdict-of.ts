import { type Figure, isKept, type Outcome } from '../../drills/drill.ts'
import type { Verdict } from './promise.ts'

/** A drill's figures as the line of a promise; what had to hold and did not is a fault. */
export function verdictOf({ caches, figures, faults }: Outcome): Verdict {
  const broken = figures.filter((figure) => !isKept(figure))
  return {
    figure: [...figures.map(wordsOf), caches].join(', '),
    faults: [...broken.map((figure) => `${wordsOf(figure)}, must be ${figure.wanted?.value}`), ...faults],
  }
}

const wordsOf = ({ name, value, unit = '' }: Figure): string =>
  `${name} ${value.toLocaleString('en-US', { maximumFractionDigits: 2 })}${unit && ` ${unit}`}`
