/**
 * Months since January of the year 0 of the Gregorian calendar: `2019 * 12 + 4` is May 2019. Arithmetic alone, since a million
 * days are looked at in one go (Howard Hinnant's `civil_from_days`).
 *
 * @param day whole days since 1970, before it too
 */
export function monthOfDay(day: number): number {
  // Counted from March of year 0, so that a leap day is the last of its year; 400 years have 146 097 days.
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  // January and February end the year that began in March.
  return (era * 400 + yearOfEra) * 12 + monthFromMarch + 2;
}
