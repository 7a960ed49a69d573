import { Injectable } from '@nestjs/common';

/** The one place where commands read the time, so that tests may set it. */
@Injectable()
export class WallClock {
  now(): Date {
    return new Date();
  }
}
