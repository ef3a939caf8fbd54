import { seededRandom } from './random.ts'

const places = [
  'the mill',
  'the old ferry',
  'the long dike',
  'the lock',
  'the orchard',
  'the station',
  'the brickworks',
  'the church at Wijk',
  'the bend below Rhenen',
  'the reed beds',
  'the market square',
  'the last bridge',
]
const lights = ['grey', 'clear', 'low and golden', 'pale', 'hard and white', 'soft after rain', 'almost blue']
const things = [
  'a heron',
  'two barges',
  'a boy with a kite',
  'the smoke of a chimney',
  'a row of poplars',
  'a dog asleep in a boat',
  'the bells of the next village',
  'a woman painting a fence',
  'geese in a long line',
  'a train that seemed to float',
]
const people = [
  'the ferryman',
  'an old printer',
  'the lock-keeper',
  'a girl on a bicycle',
  'the baker',
  'a surveyor',
  'the schoolmaster',
]
const sayings = [
  'that the river had never kept to its map',
  'that nobody had asked him this for thirty years',
  'that the wind would turn before evening',
  'that one should walk on the left bank in spring',
  'that paper remembers water longer than people do',
  'that the best light comes when everyone has gone home',
]

const patterns: ReadonlyArray<(pick: <T>(from: readonly T[]) => T) => string> = [
  (pick) => `We left ${pick(places)} before the others were awake, when the light was still ${pick(lights)}.`,
  (pick) => `Beyond ${pick(places)} the path narrows, and one walks with the water on both sides.`,
  (pick) => `There was ${pick(things)}, and then for an hour there was nothing at all.`,
  (pick) => `At noon ${pick(people)} told us ${pick(sayings)}.`,
  (pick) => `I wrote down the colour of the sky, which was ${pick(lights)}, and the distance to ${pick(places)}.`,
  (pick) => `“You will see ${pick(things)},” said ${pick(people)}, “if you wait long enough.”`,
  (pick) => `Nothing in the notebook explains why we stopped at ${pick(places)}, but we did, and stayed until dark.`,
  (pick) => `From ${pick(places)} to ${pick(places)} it is no more than a morning, though it took us two days.`,
  (pick) => `The light grew ${pick(lights)}; somewhere behind us was ${pick(things)}.`,
  (pick) => `It was ${pick(people)} who first remarked ${pick(sayings)}, and later we found it to be true.`,
  (pick) => `What I remember best is ${pick(things)}, quite still, as if somebody had printed it there.`,
  (pick) => `We ate bread and apples under the wall of ${pick(places)} and said little.`,
  () => `On such days the country lies open like a book that nobody has cut too close to the text.`,
  (pick) => `Towards evening ${pick(people)} lent us a lantern, and asked only that we bring it back.`,
  (pick) => `Past ${pick(places)} the land is ${pick(lights)} in every season, or so ${pick(people)} insisted.`,
]

/** Paragraphs of a walk along a river: different ones for every seed, the same for the same seed. */
export function paragraphs(seed: number, count: number): string[] {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => {
    const found = from[Math.floor(random() * from.length)]
    if (found === undefined) throw new Error('Nothing to pick from')
    return found
  }
  return Array.from({ length: count }, () => {
    const sentences: string[] = []
    let before: (typeof patterns)[number] | undefined
    const wanted = 4 + Math.floor(random() * 5)
    while (sentences.length < wanted) {
      const pattern = pick(patterns)
      if (pattern !== before) sentences.push(pattern(pick))
      before = pattern
    }
    return sentences.join(' ')
  })
}
