import type { TagRules } from '../blocks.js'

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const KEYS: Record<string, ReadonlySet<string>> = {
  swagger: set('method path baseUrl summary expanded fullWidth src'),
  'swagger-parameter': set('in name type required'),
  'swagger-response': set('status description'),
  'api-method': set('method host path summary'),
  'api-method-parameter': set('name type required'),
  'api-method-response-example': set('httpCode'),
  openapi: set('src path method expanded fullWidth'),
  'openapi-operation': set('spec src path method expanded fullWidth'),
  tab: set('title'),
  hint: set('style'),
  code: set('title overflow lineNumbers fullWidth'),
}
const NONE = set('title')

/** Ranks of api-method's parts, which are often left open: a part ends all that cannot hold it. */
const API_METHOD: Record<string, number> = {
  'api-method': 0,
  'api-method-summary': 1,
  'api-method-description': 1,
  'api-method-spec': 1,
  'api-method-request': 2,
  'api-method-response': 2,
  'api-method-path-parameters': 3,
  'api-method-query-parameters': 3,
  'api-method-headers': 3,
  'api-method-body-parameters': 3,
  'api-method-form-data-parameters': 3,
  'api-method-response-example': 3,
  'api-method-parameter': 4,
  'api-method-response-example-description': 4,
}
const SWAGGER: Record<string, number> = {
  swagger: 0,
  'swagger-description': 1,
  'swagger-parameter': 1,
  'swagger-response': 1,
}

/** GitBook's tags that make up API blocks. Blocks of the dialects never stand inside each other. */
export const GITBOOK_TAGS: TagRules = {
  rank(name) {
    const rank = SWAGGER[name] ?? API_METHOD[name]
    return rank === undefined ? undefined : { family: 'block', rank }
  },
  attributes: (name) => KEYS[name] ?? NONE,
}
