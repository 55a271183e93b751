import t from 'tap'
import { parseExact, stringifyExact } from '../../../src/operation/json.js'
import { jsonPatch, PatchFailure } from '../../../src/respond/resource/json-patch.js'
import { mergePatch } from '../../../src/respond/resource/merge-patch.js'

void t.test('JSON Patch, RFC 6902', async (t) => {
  const cases: [document: string, patch: string, result: string | RegExp][] = [
    ['{"a":1}', '[{"op":"add","path":"/b","value":[2]}]', '{"a":1,"b":[2]}'],
    ['{"a":[1,3]}', '[{"op":"add","path":"/a/1","value":2}]', '{"a":[1,2,3]}'],
    ['{"a":[1]}', '[{"op":"add","path":"/a/-","value":2.0}]', '{"a":[1,2.0]}'],
    ['{"a":[1,2]}', '[{"op":"remove","path":"/a/0"}]', '{"a":[2]}'],
    ['{"a":1.50,"b":2}', '[{"op":"copy","from":"/a","path":"/b"}]', '{"a":1.50,"b":1.50}'],
    ['{"a":{"b":1},"c":{}}', '[{"op":"move","from":"/a/b","path":"/c/d"}]', '{"a":{},"c":{"d":1}}'],
    ['{"a":1}', '[{"op":"replace","path":"","value":{"z":0}}]', '{"z":0}'],
    [
      '{"a":{"x":1.0,"y":[null]}}',
      '[{"op":"test","path":"/a","value":{"y":[null],"x":1}}]',
      '{"a":{"x":1.0,"y":[null]}}',
    ],
    ['{"m~n/o":1}', '[{"op":"replace","path":"/m~0n~1o","value":2}]', '{"m~n/o":2}'],
    ['{"a":1}', '[{"op":"test","path":"/a","value":"1"}]', /^409 \/0\/value is not what/],
    ['{"a":1}', '[{"op":"replace","path":"/b","value":1}]', /^409 \/0\/path leads to nothing/],
    ['{"a":1}', '[{"op":"remove","path":"/b"}]', /^409 \/0\/path/],
    ['{"a":1}', '[{"op":"add","path":"/b/c","value":1}]', /^409 \/0\/path/],
    ['{"a":[1]}', '[{"op":"add","path":"/a/2","value":1}]', /^409 \/0\/path/],
    ['{"a":[1]}', '[{"op":"add","path":"/a/01","value":1}]', /^409 \/0\/path/],
    ['{"a":1}', '[{"op":"move","from":"/x","path":"/y"}]', /^409 \/0\/from/],
    ['{"a":{}}', '[{"op":"add","path":"/a/__proto__","value":{"p":1}}]', /^409 \/0\/path/],
    ['{}', '{"op":"add"}', /^400 {2}is not a list/],
    ['{}', '[3]', /^400 \/0 is no operation/],
    ['{}', '[{"op":"frob","path":""}]', /^400 \/0\/op is none of/],
    ['{}', '[{"op":"add","path":"a","value":1}]', /^400 \/0\/path is no JSON pointer/],
    ['{}', '[{"op":"add","path":"/a"}]', /^400 \/0\/value is required/],
    ['{}', '[{"op":"copy","path":"/a"}]', /^400 \/0\/from is no JSON pointer/],
    ['{"a":{}}', '[{"op":"move","from":"/a","path":"/a/b"}]', /^400 \/0\/from lies around/],
  ]
  for (const [document, patch, result] of cases) {
    const before = parseExact(document)
    let told: string
    try {
      told = stringifyExact(jsonPatch(before, parseExact(patch)))
    } catch (error) {
      if (!(error instanceof PatchFailure)) throw error
      told = `${error.isMalformed ? 400 : 409} ${error.pointer} ${error.message}`
    }
    if (typeof result === 'string') t.equal(told, result, patch)
    else t.match(told, result, patch)
    t.equal(stringifyExact(before), document, 'the document itself stays')
  }
  t.equal(Reflect.get({}, 'p'), undefined)
})

void t.test('merge patch, the cases of RFC 7396 appendix A', async (t) => {
  const cases: [target: string, patch: string, result: string][] = [
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
    ['{"a":"b"}', '{"a":null}', '{}'],
    ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
    ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
    ['["a","b"]', '["c","d"]', '["c","d"]'],
    ['{"a":"b"}', '["c"]', '["c"]'],
    ['{"a":"foo"}', 'null', 'null'],
    ['{"a":"foo"}', '"bar"', '"bar"'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
    ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
    ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
  ]
  for (const [target, patch, result] of cases) {
    t.equal(stringifyExact(mergePatch(parseExact(target), parseExact(patch))), result, `${target} ${patch}`)
  }
})
