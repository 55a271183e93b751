/** An API whose notes keep state, beside operations that keep none. Each session has the note `both` from the start. */
export const NOTES = `openapi: 3.0.3
info: { title: Notes, version: '1' }
paths:
  /notes:
    get:
      operationId: listNotes
      responses:
        '200':
          description: All notes
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Note' } }, example: [{ id: both }] } }
    post:
      operationId: createNote
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }
      responses:
        '201':
          description: Kept
          content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: readNote
      responses:
        '200':
          description: The note
          content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }
        '404': { description: There is none }
    patch:
      operationId: patchNote
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses:
        '200':
          description: Changed
          content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }
        '404': { description: There is none }
    delete:
      operationId: deleteNote
      responses:
        '204': { description: Gone }
        '404': { description: There is none }
  /greet:
    post:
      operationId: greet
      responses:
        '200': { description: Hello, content: { application/json: { example: { text: hello } } } }
  /part:
    post:
      operationId: part
      responses:
        '200': { description: Goodbye, content: { application/json: { example: { text: goodbye } } } }
components:
  schemas:
    Note:
      type: object
      required: [id]
      properties:
        id: { type: string }
        text: { type: string }
      additionalProperties: { type: integer }
`

export interface Note {
  readonly id: string
  readonly text?: string
  readonly [member: string]: unknown
}
