/** What a session is kept for, where its name says so: `KIND:NAME`. Else ''. */
export const kindOf = (session: string): string => session.slice(0, Math.max(0, session.indexOf(':')))
