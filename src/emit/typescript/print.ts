import { type Doc, line } from './doc.js'
import { widthOf } from './width.js'

/** One document still to be printed: how far in, and whether its own lines end. */
interface Task {
  readonly depth: number
  readonly broken: boolean
  readonly doc: Doc
}

const INDENT = '  '

/** The text of a document in lines of at most `width` columns, where that can be. Linear in the document. */
export function print(doc: Doc, width: number): string {
  const out: string[] = []
  let column = 0
  const tasks: Task[] = [{ depth: 0, broken: true, doc }]
  const write = (text: string): void => {
    out.push(text)
    column += widthOf(text)
  }
  const newLine = (depth: number): void => {
    out.push('\n', INDENT.repeat(depth))
    column = INDENT.length * depth
  }
  const fit = (task: Task): boolean => fits(task, tasks, width - column)

  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { depth, broken, doc } = task
    if (typeof doc === 'string') {
      write(doc)
      continue
    }
    switch (doc.kind) {
      case 'concat':
        for (let i = doc.parts.length - 1; i >= 0; i--) tasks.push({ depth, broken, doc: doc.parts[i] ?? '' })
        break
      case 'indent':
        tasks.push({ depth: depth + 1, broken, doc: doc.doc })
        break
      case 'line':
        if (broken) newLine(depth)
        else write(doc.flat)
        break
      case 'if-broken':
        write(broken ? doc.ended : doc.flat)
        break
      case 'group': {
        const flat = { depth, broken: false, doc: doc.doc }
        const fitting = !doc.broken && (!broken || fit(flat))
        tasks.push({ depth, broken: !fitting, doc: doc.doc })
        break
      }
      case 'choice': {
        const [first, , last] = doc.layouts
        const found = broken
          ? doc.layouts.find((layout) => fit({ depth, broken: false, doc: layout }))
          : first
        tasks.push({ depth, broken: found === undefined, doc: found ?? last })
        break
      }
      case 'after': {
        const task = { depth, broken, doc: doc.doc }
        if (!broken || fits({ depth, broken: false, doc: ' ' }, [...tasks.slice(-1), task], width - column)) {
          tasks.push(task)
          write(' ')
        } else {
          tasks.push({ ...task, depth: depth + 1 })
          newLine(depth + 1)
        }
        break
      }
      case 'fill':
        tasks.push(...filled(doc.items, task, column, width))
        break
    }
  }
  return out.join('')
}

/** Items of a fill in reverse, as tasks: each on the line where it still fits, else on the next. */
function filled(items: readonly Doc[], { depth, broken }: Task, column: number, width: number): Task[] {
  const tasks: Task[] = []
  let at = column
  for (const [i, item] of items.entries()) {
    const size = typeof item === 'string' ? widthOf(item) : 0
    const stays = !broken || at + 1 + size <= width
    if (i > 0) {
      tasks.push({ depth, broken: !stays, doc: line })
      at = stays ? at + 1 : INDENT.length * depth
    }
    tasks.push({ depth, broken, doc: item })
    at += size
  }
  return tasks.toReversed()
}

/**
 * Whether everything up to the next possible end of a line fits into `room` columns. Looks at no more
 * of the document than that.
 */
function fits(first: Task, rest: readonly Task[], room: number): boolean {
  let left = room
  let next = rest.length
  const tasks: Task[] = [first]
  while (left >= 0) {
    const task = tasks.pop() ?? rest[--next]
    if (task === undefined) return true
    const { broken, doc, depth } = task
    if (typeof doc === 'string') {
      left -= widthOf(doc)
      continue
    }
    switch (doc.kind) {
      case 'concat':
        for (let i = doc.parts.length - 1; i >= 0; i--) tasks.push({ depth, broken, doc: doc.parts[i] ?? '' })
        break
      case 'indent':
        tasks.push({ depth, broken, doc: doc.doc })
        break
      case 'after':
        left -= 1
        tasks.push({ depth, broken, doc: doc.doc })
        break
      case 'line':
        if (broken) return true
        left -= doc.flat.length
        break
      case 'if-broken':
        left -= (broken ? doc.ended : doc.flat).length
        break
      case 'group':
        tasks.push({ depth, broken: broken || doc.broken, doc: doc.doc })
        break
      case 'choice':
        tasks.push({ depth, broken, doc: doc.layouts[broken ? 2 : 0] })
        break
      case 'fill':
        if (broken) return true
        for (let i = doc.items.length - 1; i >= 0; i--) tasks.push({ depth, broken, doc: doc.items[i] ?? '' })
        left -= doc.items.length - 1
        break
    }
  }
  return false
}
