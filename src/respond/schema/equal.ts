/**
 * Equality of JSON values as Ajv sees it (it compares with the same function), so that `const`,
 * `enum` and `uniqueItems` agree with it.
 */
export { default as equal } from 'fast-deep-equal'
