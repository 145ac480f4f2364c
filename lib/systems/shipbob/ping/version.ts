import { fail, type PingLine, pass, warn } from '../../../core/ping.ts'
import type { Settings } from '../settings.ts'
import { knownVersions, profileOf } from '../versions.ts'

const dayMs = 86_400_000

/**
 * Whether the API version is one we know, and how long ShipBob supports it.
 * @param now epoch milliseconds
 */
export function versionLine({ apiVersion, versionWarningDays }: Settings, now: number): PingLine {
  const found = profileOf(apiVersion)
  if (!found?.known)
    return warn(
      'version',
      `${apiVersion} is newer than those known (${knownVersions.join(', ')}) and is spoken as ${found?.profile.name}`,
      'Update ml-connector, or set apiVersion to a version it knows.',
    )
  const { endOfSupport, latestEndOfSupport } = found.profile
  const days = Math.floor((Date.parse(endOfSupport) - now) / dayMs)
  const told = `${apiVersion}, supported until ${endOfSupport} or ${latestEndOfSupport}; ShipBob says both`
  if (days > versionWarningDays) return pass('version', told)
  const remedy = `Set apiVersion to ${knownVersions.at(-1)}, or update ml-connector for a newer one.`
  if (Date.parse(latestEndOfSupport) < now) return fail('version', `${told}: it has ended`, remedy)
  return warn('version', days < 0 ? `${told}: it may have ended` : `${told}: ${days} days are left`, remedy)
}
