import { keepHandler } from '../lib/pipeline/runtime/keeper.ts'

export const handler = keepHandler()
