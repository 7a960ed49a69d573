import { RulePackSchema, type BusinessCalendar } from '@tallystick/domain';
import type { Desk } from './desk';

export async function calendarOf(desk: Desk): Promise<BusinessCalendar> {
  return RulePackSchema.parse((await networkOf(desk)).rulePack).calendar;
}

/** The calendar is asked of the gateway with the session of the page: people have one on the wall. */
export async function networkOf(desk: Desk): Promise<{ businessDate: string; rulePack: unknown }> {
  const answer = await desk.page.request.get('/api/v1/network');
  return (await answer.json()) as { businessDate: string; rulePack: unknown };
}
