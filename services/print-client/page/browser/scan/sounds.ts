export type SoundName = 'good' | 'done' | 'odd' | 'stop'
type Tone = { readonly hz: number; readonly ms: number; readonly shape: OscillatorType; readonly loud: number }

const tone = (hz: number, ms: number, shape: OscillatorType = 'sine', loud = 0.3): Tone => ({ hz, ms, shape, loud })

/** High and short: good. Low: look here. The alarm is meant to be heard over a folding machine. */
const sounds: Readonly<Record<SoundName, readonly Tone[]>> = {
  good: [tone(1320, 90)],
  done: [tone(880, 110), tone(1320, 110), tone(1760, 200)],
  odd: [tone(300, 220, 'triangle', 0.5)],
  stop: [880, 440, 880, 440, 880, 440].map((hz) => tone(hz, 180, 'square', 0.9)),
}

export type Sounds = {
  readonly play: (name: SoundName) => void
  /** False until somebody pressed a key: browsers are silent before. */
  readonly isOn: () => boolean
}

/** Made by the browser itself: nothing is loaded. */
export function createSounds(): Sounds {
  let context: AudioContext | undefined
  const started = (): AudioContext => {
    context ??= new AudioContext()
    void context.resume().catch(() => undefined)
    return context
  }
  return {
    isOn: () => context?.state === 'running',
    play: (name) => {
      try {
        const audio = started()
        let at = audio.currentTime
        for (const each of sounds[name]) at = schedule(audio, each, at)
      } catch {
        // A machine without sound: what is to be seen is on the screen all the same.
      }
    },
  }
}

function schedule(audio: AudioContext, { hz, ms, shape, loud }: Tone, at: number): number {
  const end = at + ms / 1000
  const gain = audio.createGain()
  gain.gain.setValueAtTime(loud, at)
  gain.gain.setTargetAtTime(0, end - 0.02, 0.008)
  const oscillator = audio.createOscillator()
  oscillator.type = shape
  oscillator.frequency.value = hz
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(end)
  return end
}
