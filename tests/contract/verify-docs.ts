import { Type } from '@sinclair/typebox'
import type { ApiDescription } from '../../src/operation/description.js'
import type { SourceLocation } from '../../src/operation/source.js'

const at = (line: number): SourceLocation => ({ file: 'docs/clocks.md', line })
const x = (line: number): { 'x-source': string } => ({ 'x-source': `docs/clocks.md:${line}` })

const Clocks = Type.Object(
  {
    clocks: Type.Array(Type.Object({ id: Type.Integer(x(22)), name: Type.String(x(23)) }), x(21)),
    total: Type.Integer({ minimum: 0, ...x(24) }),
  },
  x(20),
)

/** One operation with a token and a bound that Pact has no matcher for. */
export const documented: ApiDescription = {
  title: 'Clocks',
  operations: [
    {
      operationId: 'listClocks',
      method: 'GET',
      path: '/clocks',
      summary: 'List the clocks',
      parameters: [
        {
          in: 'header',
          name: 'X-TOKEN',
          required: true,
          schema: Type.String(),
          example: 'shown',
          source: at(5),
        },
      ],
      responses: [
        {
          status: '200',
          headers: [],
          content: [
            {
              mediaType: 'application/json',
              schema: Clocks,
              examples: [
                {
                  name: 'default',
                  mediaType: 'application/json',
                  text: '{"clocks":[{"id":1,"name":"Big"}],"total":1}',
                  origin: 'documented',
                  repairs: [],
                  source: at(20),
                },
              ],
            },
          ],
          source: at(20),
        },
        {
          status: '401',
          headers: [],
          content: [],
          undocumentedBody: 'only a placeholder is shown',
          source: at(30),
        },
      ],
      security: [{ 'X-TOKEN': [] }],
      resultCodes: [],
      links: [],
      source: at(3),
      sources: [at(3)],
    },
  ],
  securitySchemes: { 'X-TOKEN': { type: 'apiKey', in: 'header', name: 'X-TOKEN', source: at(5) } },
  documents: {},
  findings: [],
}

/** The same operation at other paths, `/0` and so on, under the ids `case0` and so on. */
export const repeated = (count: number): ApiDescription => ({
  ...documented,
  operations: documented.operations.flatMap((operation) =>
    Array.from({ length: count }, (_, index) => ({
      ...operation,
      operationId: `case${index}`,
      path: `/${index}`,
    })),
  ),
})
