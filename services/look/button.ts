import { type ComponentChildren, h } from './h.ts'

type Props = {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'sign'
  /** It stays focusable and says so: what has the focus must not vanish from under it. */
  readonly isBusy?: boolean
  readonly isDisabled?: boolean
  readonly isPressed?: boolean
  readonly label?: string
  readonly id?: string
  readonly type?: 'button' | 'submit'
  readonly describedBy?: string | undefined
  readonly onClick?: () => void
  readonly children?: ComponentChildren
}

/** A button whose words say what it does. */
export function Button(props: Props) {
  const { kind = 'plain', isBusy = false, isDisabled = false, type = 'button', onClick } = props
  const isOff = isBusy || isDisabled
  return h(
    'button',
    {
      class: 'button',
      'data-kind': kind,
      type,
      id: props.id,
      'aria-label': props.label,
      'aria-disabled': isOff ? 'true' : undefined,
      'aria-busy': isBusy ? 'true' : undefined,
      'aria-pressed': props.isPressed === undefined ? undefined : props.isPressed ? 'true' : 'false',
      'aria-describedby': props.describedBy,
      onClick: (event: Event) => {
        if (isOff) event.preventDefault()
        else onClick?.()
      },
    },
    props.children,
  )
}
