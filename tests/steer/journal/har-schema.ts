import { Type } from '@sinclair/typebox'

/** HAR 1.2 as its specification has it (http://www.softwareishard.com/blog/har-12-spec/): what is required, and of which type. */
const Text = Type.String()
const Milliseconds = Type.Number({ minimum: -1 })
const Size = Type.Integer({ minimum: -1 })
const Headers = Type.Array(Type.Object({ name: Text, value: Text }))
const Cookies = Type.Array(Type.Object({ name: Text, value: Text }))

export const HarSchema = Type.Object({
  log: Type.Object(
    {
      version: Type.Literal('1.2'),
      creator: Type.Object({ name: Text, version: Text }),
      browser: Type.Optional(Type.Object({ name: Text, version: Text })),
      entries: Type.Array(
        Type.Object({
          startedDateTime: Type.String({
            pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
          }),
          time: Type.Number({ minimum: 0 }),
          request: Type.Object({
            method: Type.String({ minLength: 1 }),
            // Absolute, without a fragment.
            url: Type.String({ pattern: '^https?://[^/#]+/[^#]*$' }),
            httpVersion: Text,
            cookies: Cookies,
            headers: Headers,
            queryString: Type.Array(Type.Object({ name: Text, value: Text })),
            postData: Type.Optional(
              Type.Object({ mimeType: Text, params: Type.Array(Type.Object({ name: Text })), text: Text }),
            ),
            headersSize: Size,
            bodySize: Size,
          }),
          response: Type.Object({
            status: Type.Integer({ minimum: 0 }),
            statusText: Text,
            httpVersion: Text,
            cookies: Cookies,
            headers: Headers,
            content: Type.Object({ size: Size, mimeType: Text, text: Type.Optional(Text) }),
            redirectURL: Text,
            headersSize: Size,
            bodySize: Size,
          }),
          cache: Type.Object({}, { additionalProperties: false }),
          timings: Type.Object({
            send: Type.Number({ minimum: 0 }),
            wait: Type.Number({ minimum: 0 }),
            receive: Type.Number({ minimum: 0 }),
            blocked: Type.Optional(Milliseconds),
          }),
        }),
      ),
    },
    // Names of a program's own begin with an underscore.
    { additionalProperties: false },
  ),
})
