import { model } from '../model.ts'

/** Something that somebody is to do at a record. Models are named by id; their names are to be seen by everybody. */
export const activities = model({
  name: 'mail.activity',
  description: 'Activity',
  order: 'date_deadline, id',
  displayName: (activity) => activity.str('summary'),
  fields: {
    res_model_id: { type: 'many2one', relation: 'ir.model', required: true, string: 'Document Model' },
    res_model: {
      type: 'char',
      string: 'Related Document Model',
      store: true,
      depends: ['res_model_id'],
      compute: (activity, env) =>
        activity.num('res_model_id')
          ? env.sudo().model('ir.model').get(activity.num('res_model_id')).str('model')
          : false,
    },
    res_id: { type: 'integer', string: 'Related Document ID' },
    activity_type_id: { type: 'many2one', relation: 'mail.activity.type', string: 'Activity Type' },
    summary: { type: 'char' },
    note: { type: 'html' },
    date_deadline: { type: 'date', required: true, default: (env) => env.now().slice(0, 10), string: 'Due Date' },
    user_id: {
      type: 'many2one',
      relation: 'res.users',
      required: true,
      default: (env) => env.uid,
      string: 'Assigned to',
    },
    active: { type: 'boolean', default: true },
  },
})

export const activityTypes = model({
  name: 'mail.activity.type',
  description: 'Activity Type',
  fields: { name: { type: 'char', required: true }, icon: { type: 'char' } },
})
