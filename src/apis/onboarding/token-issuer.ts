import type { ApiServices, IssueToken } from '../api-module.js'
import { ensureAccount } from './accounts.js'
import { accountNumberOf } from './account-number.js'
import { createTokens } from './tokens.js'

/** Issues tokens as Get Token does: an account that is not known is opened. */
export function tokenIssuer({ secret, now }: ApiServices): IssueToken {
  const tokens = createTokens({
    key: () => secret('token'),
    now,
    documented: new Map(),
    fallbackAccount: undefined,
  })
  return async (state, account) => {
    const number = accountNumberOf(account)
    if (number === undefined) {
      return { refusal: `'${account}' is no account number: a whole number of at most 19 digits` }
    }
    await ensureAccount(state, number, () => secret('pin'))
    return tokens.issue(number)
  }
}
