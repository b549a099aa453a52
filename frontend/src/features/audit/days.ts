import type { LogEvent } from './api/events';

export interface Day {
  /** The first moment of it that the log tells of. */
  at: string;
  events: LogEvent[];
}

/** Events by the reader's days, in the order in which they come. */
export function byDay(events: readonly LogEvent[]): Day[] {
  const days: Day[] = [];
  for (const event of events) {
    const last = days.at(-1);
    if (last && dayOf(last.at) === dayOf(event.at)) last.events.push(event);
    else days.push({ at: event.at, events: [event] });
  }
  return days;
}

/** How many days ago a moment was, by the reader's calendar. */
export function daysAgo(at: string, now: Date = new Date()): number {
  const midnight = (moment: Date) =>
    Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return Math.round((midnight(now) - midnight(new Date(at))) / 86_400_000);
}

function dayOf(at: string): string {
  return new Date(at).toDateString();
}
