/** The files of one page of a made-up portal; the dialects take turns. Realistic in size: some 5 KiB. */
export function portalPage(index: number): [name: string, text: string][] {
  const base = `/service-${Math.floor(index / 40)}/resources-${index}`
  const name = `resource-${index}.md`
  const make = DIALECTS[index % DIALECTS.length]
  if (make) return [[name, make(base, index)]]
  const file = `resource-${index}.json`
  return [
    [name, embedded(base, index, file)],
    [file, openapi(base, index)],
  ]
}

const sample = (index: number): string =>
  JSON.stringify(
    {
      status: 'SUCCESS',
      timestamp: '2024-03-01T10:15:00.000Z',
      data: Array.from({ length: 8 }, (_, row) => ({
        id: index * 100 + row,
        name: `Item ${row} of resource ${index}`,
        amount: 14.5 + row,
        tags: ['new', 'blue', 'tall'],
        address: { street: 'Long Road', number: row, city: 'Springfield', country: 'XX' },
      })),
      page: { number: 1, size: 8, total: 64 },
    },
    null,
    2,
  )

const fence = (text: string, info = 'json'): string => `\`\`\`${info}\n${text}\n\`\`\``

const failures = ['400: Bad Request', '401: Unauthorized', '404: Not Found', '500: Internal Server Error']
const failure = fence(
  '{\n  "status": "FAILURE",\n  "errorCode": "E17",\n  "message": "Something is missing",\n}',
)

const prose = Array.from(
  { length: 6 },
  (_, line) =>
    `Paragraph ${line}: it tells what the operation is for, who may call it, and *when* it [should not](other.md) be called.`,
).join('\n\n')

const curl = (method: string, path: string): string =>
  fence(
    `curl -X ${method} 'https://api.example.com${path}' \\\n  -H 'X-API-KEY: key' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"name": "first", "limit": 10}'`,
    'bash',
  )

const fields = ['name', 'limit', 'sort', 'order', 'filter', 'cursor', 'verbose', 'locale']

const swagger = (base: string, index: number): string => `# Search resource ${index}

${prose}

{% swagger method="post" path="${base}/search" baseUrl="https://api.example.com" summary="Search resource ${index}" %}
{% swagger-description %}
Finds what matches.
{% endswagger-description %}

{% swagger-parameter in="header" name="X-API-KEY" required="true" type="String" %}
The key
{% endswagger-parameter %}
${fields.map((field) => `{% swagger-parameter in="body" name="${field}" type="${field === 'limit' ? 'Integer' : 'String'}" %}\nThe ${field} to search by\n{% endswagger-parameter %}\n`).join('\n')}
{% swagger-response status="200: OK" description="Found" %}
${fence(sample(index))}
{% endswagger-response %}

${failures.map((status) => `{% swagger-response status="${status}" description="Failed" %}\n${failure}\n{% endswagger-response %}\n`).join('\n')}
{% endswagger %}

{% tabs %}
{% tab title="curl" %}
${curl('POST', `${base}/search`)}
{% endtab %}
{% endtabs %}
`

const apiMethod = (base: string, index: number): string => `# Search resource ${index}

${prose}

{% api-method method="post" host="https://api.example.com" path="${base}/search" %}
{% api-method-summary %}
Search resource ${index}
{% endapi-method-summary %}

{% api-method-spec %}
{% api-method-request %}
{% api-method-headers %}
{% api-method-parameter name="X-API-KEY" type="string" required=true %}
The key
{% endapi-method-parameter %}
{% endapi-method-headers %}

{% api-method-body-parameters %}
${fields.map((field) => `{% api-method-parameter name="${field}" type="${field === 'limit' ? 'integer' : 'string'}" required=false %}\nThe ${field} to search by\n{% endapi-method-parameter %}\n`).join('\n')}
{% endapi-method-body-parameters %}
{% endapi-method-request %}

{% api-method-response %}
{% api-method-response-example httpCode=200 %}
{% api-method-response-example-description %}
Found
{% endapi-method-response-example-description %}

${fence(sample(index))}
{% endapi-method-response-example %}
${failures.map((status) => `{% api-method-response-example httpCode=${status.slice(0, 3)} %}\n${failure}\n{% endapi-method-response-example %}\n`).join('\n')}
{% endapi-method-response %}
{% endapi-method-spec %}
{% endapi-method %}
`

const markHeading = (base: string, index: number): string => `# Resource ${index}

${prose}

## Search resource ${index}

<mark style="color:green;">\`POST\`</mark> \`https://api.example.com${base}/search\`

**Headers**

| Name | Value |
| --- | --- |
| X-API-KEY | key |

**Body**

| Name | Type | Description |
| --- | --- | --- |
${fields.map((field) => `| \`${field}\` | ${field === 'limit' ? 'integer' : 'string'} | The ${field} to search by |`).join('\n')}

**Response**

{% tabs %}
{% tab title="200" %}
${fence(sample(index))}
{% endtab %}
${failures.map((status) => `{% tab title="${status.slice(0, 3)}" %}\n${failure}\n{% endtab %}`).join('\n')}
{% endtabs %}

## Code

${curl('POST', `${base}/search`)}
`

const embedded = (base: string, index: number, file: string): string => `# Search resource ${index}

${prose}

{% swagger src="${file}" path="${base}/search" method="post" %}
[${file}](${file})
{% endswagger %}

${curl('POST', `${base}/search`)}
`

const openapi = (base: string, index: number): string =>
  JSON.stringify(
    {
      openapi: '3.0.3',
      info: { title: `Resource ${index}`, version: '1' },
      paths: {
        [`${base}/search`]: {
          post: {
            summary: `Search resource ${index}`,
            requestBody: {
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Search' } } },
            },
            responses: {
              200: {
                description: 'Found',
                content: { 'application/json': { example: JSON.parse(sample(index)) as unknown } },
              },
              404: { description: 'Not found' },
            },
          },
        },
      },
      components: {
        schemas: {
          Search: {
            type: 'object',
            properties: Object.fromEntries(
              fields.map((field) => [field, { type: field === 'limit' ? 'integer' : 'string' }]),
            ),
          },
        },
      },
    },
    null,
    2,
  )

/** The fourth dialect has a file beside its page. */
const DIALECTS = [swagger, apiMethod, markHeading, undefined] as const
