import { PythonError, UserError } from '../errors.ts'
import { extension, type Method, model, type Rec } from '../model.ts'

const onlyManagers = ['base.group_erp_manager']
const managed = { read: onlyManagers, write: onlyManagers, create: onlyManagers, unlink: onlyManagers }

export const externalIds = model({
  name: 'ir.model.data',
  description: 'Model Data',
  order: 'module, model, name',
  displayName: (data) => data.str('complete_name'),
  fields: {
    module: { type: 'char', required: true, default: '' },
    name: { type: 'char', required: true, string: 'External Identifier' },
    complete_name: {
      type: 'char',
      string: 'Complete ID',
      compute: (data) => `${data.str('module')}.${data.str('name')}`,
    },
    model: { type: 'char', required: true, string: 'Model Name' },
    res_id: { type: 'integer', string: 'Record ID' },
    noupdate: { type: 'boolean', string: 'Non Updatable' },
  },
  unique: [
    {
      fields: ['name', 'module'],
      message:
        'duplicate key value violates unique constraint "ir_model_data_module_name_uniq_index"\nDETAIL:  Key (module, name)=({module}, {name}) already exists.',
    },
  ],
  methods: {
    check_object_reference: {
      on: 'model',
      params: ['module', 'xml_id', 'raise_on_access_error?'],
      run: (env, { args }) => {
        const record = env.sudo().ref(`${args.module}.${args.xml_id}`)
        if (!record)
          throw new PythonError('ValueError', `External ID not found in the system: ${args.module}.${args.xml_id}`)
        return [record.model, record.id]
      },
    },
  },
  access: managed,
})

export const models = model({
  name: 'ir.model',
  description: 'Models',
  order: 'model',
  fields: {
    name: { type: 'char', required: true, string: 'Model Description' },
    model: { type: 'char', required: true },
    transient: { type: 'boolean' },
  },
  access: managed,
})

export const modelFields = model({
  name: 'ir.model.fields',
  description: 'Fields',
  order: 'name',
  fields: {
    name: { type: 'char', required: true },
    model: { type: 'char', required: true },
    field_description: { type: 'char' },
    ttype: { type: 'char' },
  },
  access: managed,
})

export const modules = model({
  name: 'ir.module.module',
  description: 'Module',
  order: 'name',
  fields: { name: { type: 'char', required: true }, state: { type: 'char' }, shortdesc: { type: 'char' } },
  access: { write: onlyManagers, create: onlyManagers, unlink: onlyManagers },
})

export const messages = model({
  name: 'mail.message',
  description: 'Message',
  order: 'id desc',
  displayName: (message) => message.str('record_name'),
  fields: {
    subject: { type: 'char' },
    body: { type: 'html', string: 'Contents' },
    date: { type: 'datetime', default: (env) => env.now() },
    model: { type: 'char', string: 'Related Document Model' },
    res_id: { type: 'integer', string: 'Related Document ID' },
    record_name: { type: 'char', string: 'Message Record Name' },
    message_type: { type: 'char', default: 'notification' },
    email_from: { type: 'char', string: 'From' },
    author_id: { type: 'many2one', relation: 'res.partner' },
    subtype_id: { type: 'many2one', relation: 'mail.message.subtype', string: 'Subtype' },
  },
})

/** Whether a message is a note among colleagues or goes to whoever follows the document. */
export const messageSubtypes = model({
  name: 'mail.message.subtype',
  description: 'Message subtypes',
  fields: { name: { type: 'char', required: true }, internal: { type: 'boolean' } },
})

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A note below a document. Plain text, unless the caller says that it is HTML; write_date stays (odoo.md §4.5). */
const post: Method = {
  params: [
    'body?',
    'subject?',
    'message_type?',
    'body_is_html?',
    'subtype_xmlid?',
    'subtype_id?',
    'author_id?',
    'partner_ids?',
    'email_from?',
  ],
  run: (env, { model: name, ids, args }) => {
    const [record] = env.sudo().model(name).browse(ids)
    if (!record?.exists() || ids.length !== 1) throw new UserError(`Expected singleton: ${name}(${ids.join(', ')})`)
    const body = typeof args.body === 'string' ? args.body : ''
    const author = env.user.one('partner_id')
    const message = env
      .sudo()
      .model('mail.message')
      .create({
        subject: args.subject ?? false,
        body: args.body_is_html || !body ? body : `<p>${escaped(body)}</p>`,
        model: name,
        res_id: record.id,
        record_name: record.displayName(),
        message_type: args.message_type ?? 'notification',
        author_id: author?.id ?? false,
        email_from: author ? `"${author.str('name')}" <${author.str('email')}>` : false,
      })
    return env.version === 19 ? [message.id] : message.id
  },
}

const messagesOf = (
  record: Rec,
  env: { model(name: string): { search(domain: (string | (string | number)[])[]): number[] } },
) =>
  env.model('mail.message').search([
    ['model', '=', record.model],
    ['res_id', '=', record.id],
  ])

/** Gives a model its chatter: `message_ids` and `message_post`. */
export const chatter = (name: string) =>
  extension({
    extends: name,
    fields: {
      message_ids: {
        type: 'one2many',
        relation: 'mail.message',
        string: 'Messages',
        compute: (record, env) => messagesOf(record, env.sudo()),
      },
    },
    methods: { message_post: post },
  })
