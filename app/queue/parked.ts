/**
 * [Note: Parked jobs] A job whose work goes on elsewhere for hours, in a batch at a service, waits in a lane that nobody
 * claims from, until whoever parked it moves it back. It is live: its run is not over, can be paused and canceled. Being
 * asked for again does not take it into another run, for what was sent was that run's wish.
 */
export const parkedPrefix = 'parked:';

export function isParkedLane(lane: string): boolean {
  return lane.startsWith(parkedPrefix);
}
