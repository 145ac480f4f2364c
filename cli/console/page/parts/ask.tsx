import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '../http.ts'
import { Trouble } from './basics.tsx'

export interface Question {
  title: string
  /** What it comes to, sentence by sentence. */
  says?: string[]
  /** What the button says. */
  verb: string
  /** What is asked for; absent where only a yes is. */
  field?: string
  /** What is in the field at first. */
  value?: string
  work(text: string): Promise<unknown>
}

/** Asks for a reason before something is done; Enter does it, Escape does not. */
export function Ask({ question, close }: { question: Question; close(): void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState(question.value ?? '')
  const [error, setError] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    try {
      await question.work(text)
      close()
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      setError(thrown)
      setBusy(false)
    }
  }
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="question">
      <form onSubmit={submit}>
        <h2 id="question">{question.title}</h2>
        {question.says?.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {question.field !== undefined && (
          <label>
            {question.field}
            <input value={text} onInput={(event) => setText(event.currentTarget.value)} required />
          </label>
        )}
        <Trouble error={error} />
        <div class="row">
          <button type="submit" class="main" disabled={busy}>
            {question.verb}
          </button>
          <button type="button" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  )
}
