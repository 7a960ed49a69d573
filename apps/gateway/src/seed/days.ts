import { addBusinessDays, addDays, earlierOf, isBusinessDay, type BusinessCalendar } from '@tallystick/domain';
import type { Day, PlannedCertificate } from './plan';

/** The plan's days as dates, for a trial that ends on `today`. */
export class Days {
  constructor(
    readonly today: string,
    private readonly calendar: BusinessCalendar,
  ) {}

  /** The date on which something happens: banks work on it, unless it is today. */
  on(day: Day): string {
    return earlierOf(this.businessDayFrom(addDays(this.today, day)), this.today);
  }

  /** A certificate's due date: always a business day. */
  due({ due }: Pick<PlannedCertificate, 'due'>): string {
    return typeof due === 'number'
      ? this.businessDayFrom(addDays(this.today, due))
      : addBusinessDays(this.calendar, this.on(due.after), 1).date;
  }

  private businessDayFrom(date: string): string {
    let day = date;
    while (!isBusinessDay(this.calendar, day)) day = addDays(day, 1);
    return day;
  }
}
