import type { ImageFacts } from '../inspect/facts.ts'
import type { LooseNote } from './plan-source.ts'

/** What there is to tell about a picture itself: its state, and what its printing changes in it. */
export function imageNotes(facts: ImageFacts): LooseNote[] {
  return [...stateNotes(facts), ...conversionNotes(facts), ...profileNotes(facts), ...blankNotes(facts)]
}

function blankNotes({ look }: ImageFacts): LooseNote[] {
  if (!look.isBlank) return []
  return [
    {
      code: 'BLANK_PAGE',
      found: 'a blank picture',
      wanted: 'something to see',
      action: 'Printed as it is. Check that the right file was sent.',
    },
  ]
}

function stateNotes(facts: ImageFacts): LooseNote[] {
  const notes: LooseNote[] = []
  if (facts.orientation !== 1) {
    notes.push({
      code: 'ORIENTATION_APPLIED',
      found: `stored turned or mirrored (orientation ${facts.orientation})`,
      wanted: 'upright',
      action: 'The picture was turned upright.',
    })
  }
  if (facts.isDamaged) {
    notes.push({
      code: 'IMAGE_DAMAGED',
      found: 'the file ends early or has unreadable parts',
      wanted: 'a whole file',
      action: 'What could be read is printed. Look at the preview, and send the file again if parts are missing.',
    })
  }
  if (facts.frames > 1) {
    notes.push({
      code: 'FIRST_PICTURE_ONLY',
      found: `${facts.frames} pages or frames in one image file`,
      wanted: 'one picture a file',
      action: 'The first one is printed. Send each of the others as a file of its own.',
    })
  }
  return notes
}

function conversionNotes(facts: ImageFacts): LooseNote[] {
  const notes: LooseNote[] = []
  if (facts.hasAlpha) {
    notes.push({
      code: 'ALPHA_FLATTENED_WHITE',
      found: 'see-through parts',
      wanted: 'none',
      action: 'They were laid on white.',
    })
  }
  if (facts.depth === 'ushort') {
    notes.push({
      code: 'DEPTH_16_TO_8',
      found: '16 bits a colour',
      wanted: '8 bits',
      action: 'The picture was rounded to 8 bits.',
    })
  }
  if (facts.hasMetadata) {
    notes.push({
      code: 'METADATA_STRIPPED',
      found: 'notes of a camera or a program: place, time, device',
      wanted: 'nothing but the picture',
      action: 'They were left out of the print file.',
    })
  }
  if (facts.hasGainMap) {
    notes.push({
      code: 'HDR_GAINMAP_DROPPED',
      found: 'a second picture for bright screens',
      wanted: 'one picture',
      action: 'The ordinary picture is printed. Lights that glow on a screen are paper white.',
    })
  }
  return notes
}

/** Kept profiles travel into the print file; whatever else a picture brings is given one of them. */
function profileNotes(facts: ImageFacts): LooseNote[] {
  if (isWithoutProfile(facts)) {
    return [
      {
        code: 'PROFILE_ASSUMED_SRGB',
        found: 'no colour profile',
        wanted: 'a profile that says what the colours mean',
        action: 'sRGB was assumed, which is what cameras and screens use.',
      },
    ]
  }
  if (!isConverted(facts)) return []
  return [
    {
      code: 'PROFILE_CONVERTED',
      found: 'a colour profile of its own',
      wanted: 'sRGB',
      action: 'Colours were converted by the profile.',
    },
  ]
}

const isWithoutProfile = ({ profile, space, channels }: ImageFacts): boolean =>
  profile === 'none' && space !== 'cmyk' && channels >= 3

/** Before profiles were told apart, all but those in JPEGs were converted. */
const isConverted = ({ profile, hasProfile, isPassable, format }: ImageFacts): boolean =>
  profile === undefined ? hasProfile && !isPassable && format !== 'jpeg' : profile === 'other' && !isPassable
