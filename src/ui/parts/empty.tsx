import type { ComponentChildren } from 'preact'

/** In place of a list that has nothing in it: what would be there, and how it comes there. */
export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <div>{children}</div>
    </div>
  )
}
