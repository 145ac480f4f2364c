import { render } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { go, href, useKeys, useRoute } from './use.ts'
import { ExceptionsView } from './views/exceptions.tsx'
import { OverviewView } from './views/overview.tsx'
import { ReplayView } from './views/replay.tsx'
import { StoryView } from './views/story.tsx'
import { TablesView } from './views/tables.tsx'

const places = [
  ['', 'Overview', 'g o'],
  ['exceptions', 'Exceptions', 'g e'],
  ['tables', 'Tables', 'g t'],
  ['replay', 'Replay', 'g r'],
] as const

const keysHelp = [
  ['/', 'search'],
  ...places.map(([, name, key]) => [key, name.toLowerCase()] as const),
  ['j, k', 'next, previous cause'],
  ['r', 'retry the cause'],
  ['?', 'these keys'],
] as const

function App() {
  const route = useRoute()
  const search = useRef<HTMLInputElement>(null)
  const [help, setHelp] = useState(false)
  const [place = ''] = route
  useKeys({
    '/': () => search.current?.focus(),
    '?': () => setHelp((shown) => !shown),
    Escape: () => setHelp(false),
    ...Object.fromEntries(places.map(([path, , key]) => [key, () => go(path)])),
  })
  useEffect(() => {
    document.title = `${route.filter(Boolean).join(' ') || 'overview'} – ml-connector`
    // Somebody who is typing already goes on typing.
    if (document.activeElement !== search.current) document.querySelector('main')?.focus()
  }, [route.join('/')])
  return (
    <>
      <button type="button" class="skip" onClick={() => document.querySelector('main')?.focus()}>
        To the content
      </button>
      <header class="top">
        <a class="name" href={href('')}>
          ml-connector
        </a>
        <nav aria-label="Places">
          {places.map(([path, name, key]) => (
            <a key={path} href={href(path)} aria-current={place === path ? 'page' : undefined} title={key}>
              {name}
            </a>
          ))}
        </nav>
        <search>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              const wanted = search.current?.value.trim()
              if (wanted) go('document', wanted)
              search.current?.blur()
            }}
          >
            <input
              ref={search}
              type="search"
              aria-label="Search any number or id"
              placeholder="Any number or id  ( / )"
              autocomplete="off"
            />
          </form>
        </search>
      </header>
      <main id="content" tabIndex={-1}>
        <Place route={route} />
      </main>
      {help && (
        <aside class="card help" aria-label="Keys">
          <dl>
            {keysHelp.map(([key, what]) => (
              <>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </>
            ))}
          </dl>
        </aside>
      )}
      <footer>
        <button type="button" class="link" onClick={() => setHelp(!help)}>
          Keys ( ? )
        </button>{' '}
        Times are UTC.
      </footer>
    </>
  )
}

function Place({ route: [place = '', first, second, third] }: { route: string[] }) {
  if (place === 'exceptions') return <ExceptionsView cause={first} />
  if (place === 'document' && first) return <StoryView key={first} id={first} />
  if (place === 'tables')
    return (
      <TablesView
        {...(first ? { integration: first } : {})}
        {...(second ? { table: second } : {})}
        {...(third ? { cells: third } : {})}
      />
    )
  if (place === 'replay') return <ReplayView key={first ?? ''} id={first} />
  return <OverviewView />
}

const app = document.getElementById('app')
if (app) render(<App />, app)
