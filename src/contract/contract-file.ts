/** The name of a contract's file, fit for any system: `web-shop.json`, as Pact's own tools call it. */
export const contractFile = ({ consumer, provider }: { consumer: string; provider: string }): string =>
  `${[consumer, provider].map((name) => name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')).join('-')}.json`
