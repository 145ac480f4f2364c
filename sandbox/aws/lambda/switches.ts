import type { State } from '../state.ts'
import type { MappingDefinition, ScheduleDefinition } from '../template/model.ts'

/** Which mappings and schedules are on: the template's word, until an API call says otherwise. Survives a restart. */
export interface Switches {
  mappingEnabled(mapping: MappingDefinition): boolean
  setMapping(mapping: MappingDefinition, enabled: boolean): void
  scheduleProperties(schedule: ScheduleDefinition): Record<string, unknown>
  scheduleEnabled(schedule: ScheduleDefinition): boolean
  setSchedule(schedule: ScheduleDefinition, properties: Record<string, unknown>): void
}

/** @param changed called after a mapping was switched, so that its poller starts or stops */
export function createSwitches(state: State, changed: () => void): Switches {
  const scheduleProperties: Switches['scheduleProperties'] = (schedule) =>
    state.get<Record<string, unknown>>('schedule', schedule.name) ?? schedule.properties
  return {
    mappingEnabled: (mapping) => state.get<boolean>('mapping-enabled', mapping.name) ?? mapping.enabled,
    setMapping: (mapping, enabled) => {
      state.put('mapping-enabled', mapping.name, enabled)
      changed()
    },
    scheduleProperties,
    scheduleEnabled: (schedule) => scheduleProperties(schedule).State !== 'DISABLED',
    setSchedule: (schedule, properties) => state.put('schedule', schedule.name, properties),
  }
}
