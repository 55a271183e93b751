import MarkdownIt from 'markdown-it'

/**
 * CommonMark's block structure with tables, and nothing else: inline marks are read where they are
 * needed, and indented code is off because GitBook indents what stands inside lists, steps and tabs.
 */
export const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false })
  .disable(['code', 'reference'])
  .disable(['inline', 'linkify', 'replacements', 'smartquotes', 'text_join'], true)

export const lib = {
  /** One HTML entity such as `&amp;` or `&#x20;` as its character; itself where it names none. */
  entity: (text: string): string => markdown.utils.unescapeAll(text),
}
